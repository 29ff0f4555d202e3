package io.twoarm.director.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
    private final LocalPorts ports = new LocalPorts(NativeMemory.ofProcess(), new SecretKey(5, 6));
    private final long pool = ports.create(first -> -1L);
    private final long other = ports.create(first -> -1L);

    @Test
    void aPoolGivesEveryPortOnceAndThenNone() {
        BitSet taken = new BitSet();
        for (int i = 0; i < LocalPorts.PER_POOL; i++) {
            int port = LocalPorts.take(pool);
            assertThat(port).isBetween(1025, 65535);
            assertThat(taken.get(port)).isFalse();
            taken.set(port);
        }
        assertThat(LocalPorts.take(pool)).isZero();
        assertThat(LocalPorts.used(pool)).isEqualTo(64_511);
        assertThat(LocalPorts.used(other)).isZero();
        assertThat(LocalPorts.take(other)).isNotZero();
    }

    @Test
    void theOnlyFreePortIsFoundWhereverItIs() {
        for (int i = 0; i < LocalPorts.PER_POOL; i++) {
            LocalPorts.take(pool);
        }
        for (int port : new int[] {1025, 65535, 1087, 1088, 5119, 5120, 40_000}) {
            LocalPorts.giveBack(pool, port);
            assertThat(LocalPorts.take(pool)).isEqualTo(port);
            assertThat(LocalPorts.take(pool)).isZero();
        }
    }

    @Test
    void aPortComesBackOnlyAfterMostOthers() {
        Queue<Integer> inUse = new ArrayDeque<>();
        int[] lastTaken = new int[65_536];
        for (int i = 1; i <= 500_000; i++) {
            int port = LocalPorts.take(pool);
            if (lastTaken[port] != 0) {
                assertThat(i - lastTaken[port]).isGreaterThan(LocalPorts.PER_POOL - 2000);
            }
            lastTaken[port] = i;
            inUse.add(port);
            if (inUse.size() > 1000) {
                LocalPorts.giveBack(pool, inUse.poll());
            }
        }
    }

    @Test
    void randomTakingAndGivingLosesNothing() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        BitSet taken = new BitSet();
        int count = 0;
        for (int i = 0; i < 400_000; i++) {
            int port = random.nextInt(1025, 65_536);
            if (taken.get(port) && random.nextInt(3) == 0) {
                LocalPorts.giveBack(pool, port);
                taken.clear(port);
                count--;
            } else {
                int got = LocalPorts.take(pool);
                assertThat(got == 0).isEqualTo(count == LocalPorts.PER_POOL);
                if (got != 0) {
                    assertThat(taken.get(got)).isFalse();
                    taken.set(got);
                    count++;
                }
            }
        }
        assertThat(LocalPorts.used(pool)).isEqualTo(count).isEqualTo(taken.cardinality());
    }

    @Test
    void poolsBeginAtDifferentPortsThatAnOutsiderCannotKnow() {
        LocalPorts others = new LocalPorts(NativeMemory.ofProcess(), new SecretKey(5, 7));
        assertThat(LocalPorts.take(pool))
                .isNotEqualTo(LocalPorts.take(other))
                .isNotEqualTo(LocalPorts.take(others.create(first -> -1L)));
    }
}
