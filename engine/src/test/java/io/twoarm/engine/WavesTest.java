package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WavesTest {
    private final List<Host> hosts = new ArrayList<>();
    private final List<DirectorGroup> groups = new ArrayList<>();

    private static List<Port> port() {
        return List.of(
                new Port("eth0", "wire", List.of(InterfaceAddress.parse("10.0.0.1/24")), new Attachment.Kernel()));
    }

    private void realservers(String... names) {
        for (String name : names) {
            hosts.add(new Host.Realserver(name, port(), List.of(), Optional.empty(), List.of()));
        }
    }

    private void directors(String... names) {
        for (String name : names) {
            hosts.add(new Host.Director(
                    name, port(), List.of(), Optional.empty(), DirectorKind.BUNDLED, DataplaneSettings.MODEST));
        }
    }

    private List<List<String>> waves() {
        return Waves.of(new Topology(
                "waves",
                "Waves",
                "",
                List.of(new Segment("wire", List.of())),
                hosts,
                List.of(),
                List.of(),
                List.of(),
                groups,
                List.of()));
    }

    @Test
    void directorsAreLastWithThePreferredOneOfAGroupAfterItsBackups() {
        directors("a1", "a2", "a3", "alone");
        hosts.add(new Host.Client("client", port(), List.of(), Optional.empty()));
        groups.add(new DirectorGroup(
                "pair",
                List.of("a1", "a2", "a3"),
                new DirectorGroup.Redundancy.Vrrp(
                        List.of(), DirectorGroup.Redundancy.Vrrp.STANDARD_INTERVAL, false, Optional.empty())));

        assertThat(waves()).containsExactly(List.of("client"), List.of("a3", "alone"), List.of("a2"), List.of("a1"));
    }

    @Test
    void realserversComeInThirdsThatSplitNeighbours() {
        realservers("r1", "r2", "r3", "r4", "r5");

        assertThat(waves()).containsExactly(List.of("r1", "r4"), List.of("r2", "r5"), List.of("r3"));
    }

    @Test
    void twoRealserversAreNeverTouchedAtTheSameTime() {
        realservers("r1", "r2");

        assertThat(waves()).containsExactly(List.of("r1"), List.of("r2"));
    }
}
