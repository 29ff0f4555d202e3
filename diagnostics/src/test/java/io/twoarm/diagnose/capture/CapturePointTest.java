package io.twoarm.diagnose.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapturePointTest {
    private final Topology topology = ProjectReader.readText(
                    StarterTopologies.named("two-arm-one-nic").orElseThrow().topology(), Path.of("topology.yaml"))
            .topology()
            .orElseThrow();

    @Test
    void vlansOfTheDataplaneAreSeenOnceAtThePortBelowAndTheFilterIsForThemToo() {
        CapturePoint nic = new CapturePoint("director", "dpdk0", true, true);

        assertThat(CapturePoint.parse(topology, "director")).containsExactly(nic);
        assertThat(CapturePoint.parse(topology, "director/dpdk0.200")).containsExactly(nic);
        assertThat(nic.filter("tcp port 80")).isEqualTo("(tcp port 80) or (vlan and (tcp port 80))");
        assertThat(nic.filter("")).isEmpty();
        assertThat(new CapturePoint("rs1", "eth0", false).filter("tcp")).isEqualTo("tcp");
    }
}
