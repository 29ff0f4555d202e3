package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes about without saying so. */
final class Awaited {
    private Awaited() {}

    static void within(Duration limit, BooleanSupplier condition) {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now())
                    .as("the condition did not come about in time")
                    .isBefore(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
