package io.twoarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.engine.LiveSnapshot.HostState;
import io.twoarm.engine.LiveSnapshot.LinkState;
import io.twoarm.engine.LiveSnapshot.NeighbourState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostReportTest {
    private final HostReport report = new HostReport("rs1", List.of("nginx.service", "twoarm-toa.service"));

    private HostState told(long nanos, String lines) {
        Optional<HostState> state = Optional.empty();
        for (String line : lines.split("\n")) {
            state = report.next(line, nanos);
        }
        return state.orElseThrow();
    }

    @Test
    void unitsLinksAddressesAndNeighboursAreRead() {
        HostState state = told(0, """
                units active failed
                link eth0 1 100 50
                link lo 1 7 7
                address 2: eth0    inet 192.168.229.1/24 scope global eth0\\       valid_lft forever
                address 2: eth0    inet6 fe80::1/64 scope link
                neighbour 192.168.229.2 dev eth0 lladdr 02:00:00:00:00:02 REACHABLE
                neighbour 192.168.229.9 dev eth0 FAILED
                end""");

        assertThat(state.reachable()).isTrue();
        assertThat(state.services()).isEqualTo(Map.of("nginx.service", "active", "twoarm-toa.service", "failed"));
        assertThat(state.links()).containsExactly(new LinkState("eth0", true, 0, 0));
        assertThat(state.addresses()).containsExactlyInAnyOrder("192.168.229.1", "fe80::1");
        assertThat(state.neighbours())
                .containsExactly(
                        new NeighbourState("192.168.229.2", "eth0", "REACHABLE"),
                        new NeighbourState("192.168.229.9", "eth0", "FAILED"));
        assertThat(state.neighbours()).extracting(NeighbourState::silent).containsExactly(false, true);
    }

    @Test
    void ratesAreOfTheTimeBetweenTwoReportsAndACounterThatBeganAnewIsNoRate() {
        told(0, "units\nlink eth0 1 100 50\nend");

        assertThat(told(2_000_000_000L, "units\nlink eth0 0 300 60\nend").links())
                .containsExactly(new LinkState("eth0", false, 100, 5));
        assertThat(told(3_000_000_000L, "units\nlink eth0 1 10 61\nend").links())
                .containsExactly(new LinkState("eth0", true, 0, 1));
    }
}
