package io.twoarm.director.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuShareTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long LOAN = 3 * MILLISECOND;

    private CpuShare share = new CpuShare(0);
    private long now;

    private void lend(long nanos) {
        share.lent(now, now + nanos);
        now += nanos;
    }

    /** Long loans, until the CPU counts as crowded or so much time went by. */
    private void compute(long nanos) {
        for (long end = now + nanos; now - end < 0 && !share.crowded(now); ) {
            lend(LOAN);
        }
    }

    private void endCrowd(long length) {
        assertThat(share.crowded(now + length - 1)).isTrue();
        now += length;
        assertThat(share.crowded(now)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {77, Long.MAX_VALUE - 60 * MILLISECOND, Long.MIN_VALUE})
    void aWindowOfLongLoansCrowdsTheCpuWhateverTheClock(long start) {
        now = start;
        share = new CpuShare(start);

        compute(2 * CpuShare.WINDOW_NANOS);

        assertThat(share.crowded(now)).isTrue();
        endCrowd(CpuShare.SHORTEST_CROWD_NANOS);
    }

    @Test
    void shortLoansNeverCrowdIt() {
        for (int i = 0; i < 100_000; i++) {
            lend(CpuShare.LONG_LOAN_NANOS - 1);
            assertThat(share.crowded(now)).isFalse();
        }
    }

    @Test
    void longLoansThatTakeHalfOfTheTimeDoNot() {
        for (int i = 0; i < 1000; i++) {
            lend(LOAN);
            now += LOAN;
            assertThat(share.crowded(now)).isFalse();
        }
    }

    @Test
    void theNextLongLoanAfterACrowdMakesOneOfTwiceTheLengthUpToTheLongest() {
        compute(3 * CpuShare.WINDOW_NANOS);
        for (long length = CpuShare.SHORTEST_CROWD_NANOS; length < 4 * CpuShare.LONGEST_CROWD_NANOS; length *= 2) {
            endCrowd(Math.min(length, CpuShare.LONGEST_CROWD_NANOS));
            lend(LOAN);
            assertThat(share.crowded(now)).isTrue();
        }
    }

    @Test
    void aQuietTimeAfterACrowdMakesItForgotten() {
        compute(3 * CpuShare.WINDOW_NANOS);
        endCrowd(CpuShare.SHORTEST_CROWD_NANOS);
        now += CpuShare.WINDOW_NANOS;

        lend(LOAN);
        assertThat(share.crowded(now)).isFalse();
        compute(3 * CpuShare.WINDOW_NANOS);

        endCrowd(CpuShare.SHORTEST_CROWD_NANOS);
    }
}
