package io.twoarm.director.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DescriptorWaitTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Test
    void theTimeEndsAWait() {
        try (DescriptorWait wait = new DescriptorWait(List.of())) {
            long start = System.nanoTime();
            wait.await(2_000_000);

            assertThat(System.nanoTime() - start).isBetween(2_000_000L, MINUTE);
        }
    }

    @Test
    void anotherThreadEndsAWait() throws Exception {
        try (DescriptorWait wait = new DescriptorWait(List.of())) {
            CountDownLatch done = new CountDownLatch(1);
            Thread.ofPlatform().daemon().start(() -> {
                wait.await(MINUTE);
                done.countDown();
            });
            wait.wake();

            assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aWakeBeforeTheWaitIsNotLostAndCountsOnce() {
        try (DescriptorWait wait = new DescriptorWait(List.of())) {
            wait.wake();
            wait.wake();
            long start = System.nanoTime();
            wait.await(MINUTE);
            assertThat(System.nanoTime() - start).isLessThan(MINUTE);

            long second = System.nanoTime();
            wait.await(2_000_000);
            assertThat(System.nanoTime() - second).isGreaterThanOrEqualTo(2_000_000);
        }
    }

    @Test
    void wakingAfterTheEndHarmsNobody() {
        DescriptorWait wait = new DescriptorWait(List.of());
        wait.close();

        wait.wake();
    }
}
