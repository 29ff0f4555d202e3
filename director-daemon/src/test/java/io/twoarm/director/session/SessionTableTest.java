package io.twoarm.director.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SessionTableTest {
    private record Key(long addresses, int ports, int protocol) {}

    private record Entered(long session, Key client, Key server) {}

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(4);

    private SessionTable table(int capacity) {
        return new SessionTable(
                NativeMemory.ofProcess(), capacity, new SecretKey(random.nextLong(), random.nextLong()));
    }

    private static long find(SessionTable table, Key key) {
        return table.find(key.addresses(), key.ports(), key.protocol());
    }

    @Test
    void aMillionRandomChangesLeaveWhatAMapWouldHold() {
        SessionTable table = table(2000);
        Map<Key, Long> expected = new HashMap<>();
        List<Entered> entered = new ArrayList<>();
        for (int step = 0; step < 1_000_000; step++) {
            if (!entered.isEmpty() && (random.nextInt(100) < 49 || entered.size() == table.capacity())) {
                Entered gone = entered.remove(random.nextInt(entered.size()));
                table.remove(gone.session());
                expected.remove(gone.client());
                expected.remove(gone.server());
                assertThat(find(table, gone.client())).isZero();
                assertThat(find(table, gone.server())).isZero();
            } else {
                int protocol = random.nextInt(3);
                // Few different values, so that keys differ in one place only.
                Key client = new Key(random.nextInt(50), step, protocol);
                Key server = new Key(random.nextInt(50), ~step, protocol);
                long session =
                        table.create(client.addresses(), client.ports(), server.addresses(), server.ports(), protocol);
                assertThat(session).isNotZero();
                expected.put(client, session | SessionTable.FROM_CLIENT);
                expected.put(server, session | SessionTable.FROM_SERVER);
                entered.add(new Entered(session, client, server));
            }
        }
        expected.forEach((key, reference) -> assertThat(find(table, key)).isEqualTo(reference));
        assertThat(table.size()).isEqualTo(entered.size());
    }

    @Test
    void aFullTableRefusesAndTakesAgainAfterARemoval() {
        SessionTable table = table(1024);
        long first = 0;
        for (int i = 0; i < 1024; i++) {
            long session = table.create(1, i, 2, i, 0);
            first = i == 0 ? session : first;
            assertThat(session % SessionRecord.SIZE).as("alignment").isZero();
        }
        assertThat(table.create(1, 5000, 2, 5000, 0)).isZero();
        table.remove(first);
        assertThat(table.create(1, 5000, 2, 5000, 0)).isEqualTo(first);
    }

    @Test
    void protocolsWithTheSamePortsAreDifferentFlows() {
        SessionTable table = table(1024);
        long tcp = table.create(1, 2, 3, 4, SessionRecord.PROTOCOL_TCP);
        long udp = table.create(1, 2, 3, 4, SessionRecord.PROTOCOL_UDP);
        assertThat(table.find(1, 2, SessionRecord.PROTOCOL_TCP)).isEqualTo(tcp);
        assertThat(table.find(1, 2, SessionRecord.PROTOCOL_UDP)).isEqualTo(udp);
        assertThat(table.find(1, 2, SessionRecord.PROTOCOL_ECHO)).isZero();
    }

    @Test
    void aSessionTakesLittleMemory() {
        long[] bytes = {0};
        NativeMemory counting = (size, alignment) -> {
            bytes[0] += size;
            return NativeMemory.ofProcess().allocate(size, alignment);
        };
        int sessions = 1 << 16;
        new SessionTable(counting, sessions, new SecretKey(1, 2));
        assertThat(bytes[0] / sessions).isLessThanOrEqualTo(128);
    }
}
