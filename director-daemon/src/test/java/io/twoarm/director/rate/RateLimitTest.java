package io.twoarm.director.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000, 300_000, 600_000, 1_000_000})
    void aSecondLetsThroughAsManyAsSaidAndATenthAtOnce(int perSecond) {
        RateLimit limit = new RateLimit(perSecond);
        long now = 5_000_000;
        // The time between two is whole nanoseconds: up to a thousandth more.
        int tenth = Math.max(1, perSecond / 10);
        assertThat(taken(limit, now)).isBetween(tenth, tenth + tenth / 1_000);

        long passed = 0;
        for (int millisecond = 1; millisecond <= 10_000; millisecond++) {
            passed += taken(limit, now + millisecond * 1_000L);
        }
        assertThat(passed).isBetween(10L * perSecond - 10, 10L * perSecond + perSecond / 100 + 1);
    }

    private static int taken(RateLimit limit, long nowMicros) {
        int count = 0;
        while (limit.take(nowMicros)) {
            count++;
        }
        return count;
    }
}
