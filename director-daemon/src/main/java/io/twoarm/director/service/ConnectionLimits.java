package io.twoarm.director.service;

/**
 * Bounds of a realserver's sessions.
 *
 * @param upper from so many sessions on it gets no new flows; 0 for no limit
 * @param lower below so many it gets new flows again; 0 for three quarters of the upper one
 */
public record ConnectionLimits(int upper, int lower) {
    public static final ConnectionLimits NONE = new ConnectionLimits(0, 0);

    /** Sessions below which a full realserver gets new flows again. */
    int resume() {
        return lower != 0 ? lower : Math.max(1, upper - upper / 4);
    }
}
