package io.twoarm.director.worker;

/**
 * Whether others want the worker's CPU for themselves.
 *
 * <p>A worker without work lends its CPU. It comes back soon from programs that wait for packets themselves. Programs that
 * compute keep it for as long as the scheduler lets them, some milliseconds, and packets wait meanwhile; beside those it is
 * better to sleep and to be preferred when a packet comes. So the CPU counts as crowded for a while when most of a window went
 * to long loans. After that the next long loan makes it so, for twice as long.
 */
final class CpuShare {
    static final long LONG_LOAN_NANOS = 1_000_000;
    static final long WINDOW_NANOS = 50_000_000;
    /** Part of a window, in percent, that goes to long loans where programs compute. */
    static final int MOST_PERCENT = 60;

    static final long SHORTEST_CROWD_NANOS = 100_000_000;
    static final long LONGEST_CROWD_NANOS = 3_200_000_000L;

    private long crowd = SHORTEST_CROWD_NANOS;
    private boolean crowded;
    private long crowdedUntil;
    /** Whether it has been crowded just now. */
    private boolean suspected;

    private long windowStart;
    private long lentLong;

    /** @param nowNanos the worker's clock */
    CpuShare(long nowNanos) {
        open(nowNanos);
    }

    /** @param nowNanos the worker's clock */
    boolean crowded(long nowNanos) {
        if (crowded && nowNanos - crowdedUntil >= 0) {
            crowded = false;
            suspected = true;
            open(nowNanos);
        }
        return crowded;
    }

    /**
     * The CPU was lent.
     *
     * @param fromNanos the worker's clock before
     * @param untilNanos and after
     */
    void lent(long fromNanos, long untilNanos) {
        long nanos = untilNanos - fromNanos;
        if (nanos < LONG_LOAN_NANOS) {
            return;
        }
        lentLong += nanos;
        long window = untilNanos - windowStart;
        if (suspected && window < WINDOW_NANOS) {
            crowd = Math.min(crowd * 2, LONGEST_CROWD_NANOS);
            crowd(untilNanos);
        } else if (window >= WINDOW_NANOS) {
            suspected = false;
            if (lentLong > window / 100 * MOST_PERCENT) {
                crowd = SHORTEST_CROWD_NANOS;
                crowd(untilNanos);
            }
            open(untilNanos);
        }
    }

    private void crowd(long nowNanos) {
        crowded = true;
        crowdedUntil = nowNanos + crowd;
    }

    private void open(long nowNanos) {
        windowStart = nowNanos;
        lentLong = 0;
    }
}
