package io.twoarm.director.capture;

import java.time.Instant;

/**
 * What turns the workers' clock into nanoseconds since 1970. All streams get the same figure, so that frames of several
 * streams are in the order in which they were seen; it is another one only when the host's time was set.
 */
final class WallClock {
    private static final int MEASUREMENTS = 16;

    /** Above what a measurement can be wrong by, below what matters to a person. */
    private static final long TOLERANCE_NANOS = 1_000_000;

    private static long offset = measured();

    private WallClock() {}

    /** Nanoseconds to add to {@link System#nanoTime}. */
    static synchronized long offset() {
        long now = measured();
        if (Math.abs(now - offset) > TOLERANCE_NANOS) {
            offset = now;
        }
        return offset;
    }

    /** By the quickest of some measurements: the thread may be held up in the middle of one. */
    private static long measured() {
        long quickest = Long.MAX_VALUE;
        long best = 0;
        for (int i = 0; i < MEASUREMENTS; i++) {
            long before = System.nanoTime();
            Instant now = Instant.now();
            long after = System.nanoTime();
            if (after - before < quickest) {
                quickest = after - before;
                best = now.getEpochSecond() * 1_000_000_000 + now.getNano() - before - quickest / 2;
            }
        }
        return best;
    }
}
