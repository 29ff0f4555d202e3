package io.twoarm.config.keepalived;

/**
 * Bounds of a realserver's sessions.
 *
 * @param upper from so many sessions on it gets no new ones ({@code uthreshold}); 0 for no limit
 * @param lower below so many it gets new ones again ({@code lthreshold}); 0 for three quarters of the upper one
 */
public record ConnectionLimits(int upper, int lower) {
    public static final ConnectionLimits NONE = new ConnectionLimits(0, 0);
    /** More sessions than any director holds. */
    public static final int HIGHEST = 1 << 24;
}
