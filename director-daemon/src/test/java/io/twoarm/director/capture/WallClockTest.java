package io.twoarm.director.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WallClockTest {
    @Test
    void allStreamsCountFromTheSameMomentAndItIsTheHostsTime() {
        long offset = WallClock.offset();
        for (int i = 0; i < 1_000; i++) {
            assertThat(WallClock.offset()).isEqualTo(offset);
        }

        Instant now = Instant.now();
        long nanos = System.nanoTime() + offset;
        assertThat(Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000))
                .isBetween(now.minus(Duration.ofMillis(10)), Instant.now().plus(Duration.ofMillis(10)));
    }
}
