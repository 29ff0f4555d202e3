package io.twoarm.director.steer;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandoverRingTest {
    private final HandoverRing ring = new HandoverRing(NativeMemory.ofProcess());
    private final long batch = NativeMemory.ofProcess().allocate(8 * 64, 64);

    @Test
    void whatIsGivenIsTakenInOrder() {
        assertThat(ring.isEmpty()).isTrue();
        for (long i = 1; i <= 100; i++) {
            assertThat(ring.offer(i)).isTrue();
        }
        assertThat(ring.isEmpty()).isFalse();
        assertThat(ring.take(batch, 64)).isEqualTo(64);
        assertThat(Mem.getLong(batch)).isEqualTo(1);
        assertThat(Mem.getLong(batch + 63 * 8)).isEqualTo(64);
        assertThat(ring.take(batch, 64)).isEqualTo(36);
        assertThat(ring.take(batch, 64)).isZero();
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void aFullRingRefusesAndHasRoomAgainWhenSomethingWasTaken() {
        for (long i = 0; i < HandoverRing.CAPACITY; i++) {
            assertThat(ring.offer(i)).isTrue();
        }
        assertThat(ring.offer(-1)).isFalse();
        assertThat(ring.take(batch, 1)).isEqualTo(1);
        assertThat(ring.offer(7)).isTrue();
        assertThat(ring.offer(-1)).isFalse();
    }

    @Test
    void betweenTwoThreadsNothingIsLostDoubledOrOutOfOrder() throws Exception {
        int numbers = 300_000;
        CompletableFuture<Void> giver = CompletableFuture.runAsync(() -> {
            for (long i = 1; i <= numbers; ) {
                if (ring.offer(i)) {
                    i++;
                } else {
                    Thread.yield();
                }
            }
        });
        long expected = 1;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (expected <= numbers && System.nanoTime() < end) {
            int count = ring.take(batch, 64);
            for (int i = 0; i < count; i++) {
                assertThat(Mem.getLong(batch + i * 8L)).isEqualTo(expected++);
            }
            if (count == 0) {
                Thread.yield();
            }
        }
        giver.get(120, TimeUnit.SECONDS);
        assertThat(expected).isEqualTo(numbers + 1);
        assertThat(ring.isEmpty()).isTrue();
    }
}
