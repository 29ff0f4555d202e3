package io.twoarm.director.service;

/**
 * Most traffic of a service, for each direction by itself.
 *
 * @param megabits million bits of IP packets per second, 1 to 100,000; 0 for no limit
 * @param proportion percent of {@code megabits} that are given, 1 to 100
 * @param packets per second, 1 to 10,000,000; 0 for no limit
 */
public record TrafficLimits(int megabits, int proportion, int packets) {
    /** All of the bits per second. */
    public static final int WHOLE = 100;

    public static final TrafficLimits NONE = new TrafficLimits(0, WHOLE, 0);

    private static final long BYTES_OF_ONE_PERCENT = 1_000_000 / 8 / 100;

    /** Whether there is no limit at all. */
    public boolean areNone() {
        return megabits == 0 && packets == 0;
    }

    /** Bytes of IP packets per second; 0 for no limit. */
    long bytes() {
        return megabits * BYTES_OF_ONE_PERCENT * proportion;
    }
}
