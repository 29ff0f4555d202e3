package io.twoarm.director.rate;

/** A token bucket: so many per second, and a tenth of a second's share at once. */
public final class RateLimit {
    /** In nanoseconds: a millionth of a second is too coarse for hundreds of thousands per second. */
    private static final long SECOND = 1_000_000_000;

    private final long interval;
    private final long burst;
    private long full = Long.MIN_VALUE;

    /**
     * @param perSecond 1 to 1,000,000
     */
    public RateLimit(int perSecond) {
        interval = SECOND / perSecond;
        burst = Math.max(SECOND / 10, interval);
    }

    /** Takes a token, if there is one. */
    public boolean take(long nowMicros) {
        long now = nowMicros * 1_000;
        // "full" is when the bucket would be full again; it may lie at most one burst ahead.
        long next = Math.max(full, now) + interval;
        if (next > now + burst) {
            return false;
        }
        full = next;
        return true;
    }
}
