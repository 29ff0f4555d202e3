package io.twoarm.director.nat64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.NativeMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BindingTableTest {
    private static final int POOL = 0xcb00_7101;
    private static final StaticBinding CONFIGURED =
            new StaticBinding(Nat64Protocol.TCP, new Ipv4Address(POOL), 80, Ipv6Address.parse("2001:db8::80"), 8080);

    private static BindingTable table(int capacity, StaticBinding... configured) {
        return new BindingTable(NativeMemory.ofProcess(), capacity, 42, List.of(configured));
    }

    @Test
    void aBindingIsFoundFromBothSidesUntilItsLastSessionEnds() {
        BindingTable table = table(8);
        int number = table.add(Nat64Protocol.UDP, 1, 2, 4000, POOL, 5000);
        table.retain(number);
        table.retain(number);
        table.release(number);
        assertThat(table.findInside(Nat64Protocol.UDP, 1, 2, 4000)).isEqualTo(number);
        assertThat(table.findOutside(Nat64Protocol.UDP, POOL, 5000)).isEqualTo(number);
        assertThat(table.findOutside(Nat64Protocol.TCP, POOL, 5000)).isEqualTo(BindingTable.NONE);
        assertThat(table.sessions(number)).isOne();
        table.release(number);
        assertThat(table.findInside(Nat64Protocol.UDP, 1, 2, 4000)).isEqualTo(BindingTable.NONE);
        assertThat(table.findOutside(Nat64Protocol.UDP, POOL, 5000)).isEqualTo(BindingTable.NONE);
        assertThat(table.size()).isZero();
    }

    @Test
    void aConfiguredBindingStaysWithoutSessions() {
        BindingTable table = table(8, CONFIGURED);
        int number = table.findOutside(Nat64Protocol.TCP, POOL, 80);
        table.retain(number);
        table.release(number);
        assertThat(table.findOutside(Nat64Protocol.TCP, POOL, 80)).isEqualTo(number);
        assertThat(table.insidePort(number)).isEqualTo(8080);
        assertThat(table.isConfigured(number)).isTrue();
        assertThatThrownBy(() -> table(0, CONFIGURED))
                .hasMessageContaining("1 bindings of NAT64 are configured; 0 are allowed");
    }

    @Test
    void aFullTableRefusesAndTakesAgainWhatIsGivenBack() {
        BindingTable table = table(2);
        int first = table.add(Nat64Protocol.TCP, 1, 1, 1, POOL, 1);
        table.add(Nat64Protocol.TCP, 1, 1, 2, POOL, 2);
        assertThat(table.add(Nat64Protocol.TCP, 1, 1, 3, POOL, 3)).isEqualTo(BindingTable.NONE);
        table.removeUnused(first);
        assertThat(table.add(Nat64Protocol.TCP, 1, 1, 3, POOL, 3)).isNotEqualTo(BindingTable.NONE);
    }

    @Test
    void itHoldsWhatAnOrdinaryMapHolds() {
        BindingTable table = table(4096);
        Map<Integer, Integer> expected = new HashMap<>();
        Random random = new Random(64);
        for (int i = 0; i < 50_000; i++) {
            int port = random.nextInt(6000);
            Integer known = expected.remove(port);
            if (known != null) {
                table.removeUnused(known);
            } else if (expected.size() < 4096) {
                expected.put(port, table.add(Nat64Protocol.TCP, port % 7, port % 5, port, POOL + port % 3, port));
            }
        }
        for (int port = 0; port < 6000; port++) {
            int number = expected.getOrDefault(port, BindingTable.NONE);
            assertThat(table.findInside(Nat64Protocol.TCP, port % 7, port % 5, port))
                    .isEqualTo(number);
            assertThat(table.findOutside(Nat64Protocol.TCP, POOL + port % 3, port))
                    .isEqualTo(number);
        }
        assertThat(table.size()).isEqualTo(expected.size());
    }
}
