package io.twoarm.director.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes in some seconds of a load that is far above the limit. */
class TrafficBucketsTest {
    private static final long START = 5_000_000_000L;
    private static final long SECOND = 1_000_000;

    @ParameterizedTest(name = "{0} Mbit/s, {1} %, {2} workers, packets of {3} bytes")
    @CsvSource({
        "1, 100, 1, 1500",
        "100, 100, 1, 1500",
        "100, 50, 1, 64",
        "100, 1, 1, 1500",
        "1000, 100, 4, 700",
        "1000, 33, 1, 65575"
    })
    void soManyBitsPassASecond(int megabits, int proportion, int workers, int bytes) {
        TrafficBuckets buckets = new TrafficBuckets(new TrafficLimits(megabits, proportion, 0), workers);
        double allowed = megabits * 1e6 / 8 * proportion / 100 / workers;
        int seconds = (int) Math.max(4, 20 * bytes / allowed);
        long now = START;
        // What the bucket held at first does not count.
        long end = now + SECOND;
        while (now < end) {
            buckets.takeFromClient(bytes, now);
            now += 1;
        }
        long passed = 0;
        end = now + seconds * SECOND;
        long step = Math.max(1, (long) (bytes / allowed * SECOND / 20));
        while (now < end) {
            passed += buckets.takeFromClient(bytes, now) ? bytes : 0;
            now += step;
        }

        assertThat((double) passed / seconds).isCloseTo(allowed, Percentage.withPercentage(7));
    }

    @ParameterizedTest(name = "{0} per second")
    @CsvSource({"1", "10", "999", "30000", "1000000", "10000000"})
    void soManyPacketsPassASecond(int packets) {
        TrafficBuckets buckets = new TrafficBuckets(new TrafficLimits(0, TrafficLimits.WHOLE, packets), 1);
        long passed = 0;
        while (buckets.takeFromRealserver(60, START)) {
            passed++;
        }
        assertThat(passed).as("at once").isEqualTo(Math.max(1, packets / 10));

        int seconds = packets > 100_000 ? 1 : 4;
        passed = 0;
        int most = Math.max(1, packets / 500_000);
        for (long now = START + 1; now <= START + seconds * SECOND + 1; now++) {
            for (int i = 0; i < 2 * most; i++) {
                passed += buckets.takeFromRealserver(60, now) ? 1 : 0;
            }
        }
        assertThat(passed).isCloseTo((long) packets * seconds, within(1 + packets / 10_000L));
    }

    @Test
    void eachDirectionHasTokensOfItsOwnAndBothKindsAreNeeded() {
        TrafficBuckets buckets = new TrafficBuckets(new TrafficLimits(1, TrafficLimits.WHOLE, 20), 1);

        assertThat(buckets.takeFromClient(60, START)).isTrue();
        assertThat(buckets.takeFromClient(60, START)).isTrue();
        assertThat(buckets.takeFromClient(60, START)).as("the third packet").isFalse();
        assertThat(buckets.takeFromRealserver(65_000, START)).isTrue();
        assertThat(buckets.takeFromRealserver(65_000, START))
                .as("too many bytes")
                .isFalse();
        assertThat(buckets.takeFromRealserver(60, START)).as("one that fits").isTrue();
    }

    @Test
    void aLongSilenceFillsABucketAndNoMore() {
        TrafficBuckets buckets = new TrafficBuckets(new TrafficLimits(100_000, TrafficLimits.WHOLE, 20), 1);
        long later = START + Duration.ofDays(400).toNanos() / 1000;

        assertThat(buckets.takeFromClient(1500, START)).isTrue();
        assertThat(buckets.takeFromClient(1500, later)).isTrue();
        assertThat(buckets.takeFromClient(1500, later)).isTrue();
        assertThat(buckets.takeFromClient(1500, later)).isFalse();
    }
}
