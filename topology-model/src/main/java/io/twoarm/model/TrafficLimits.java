package io.twoarm.model;

/**
 * Most traffic of a service, for each direction by itself; 0 for no limit.
 *
 * @param bandwidth million bits of IP packets per second, 0 or {@link #BANDWIDTH}
 * @param packetRate packets per second, 0 or {@link #PACKET_RATE}
 */
public record TrafficLimits(int bandwidth, int packetRate) {
    /** Up to 100 Gbit/s. */
    public static final Range BANDWIDTH = new Range(1, 100_000);

    /** What the director counts up to. */
    public static final Range PACKET_RATE = new Range(1, 10_000_000);

    public static final TrafficLimits NONE = new TrafficLimits(0, 0);

    public TrafficLimits {
        check(bandwidth, "bandwidth", BANDWIDTH);
        check(packetRate, "packetRate", PACKET_RATE);
    }

    private static void check(int value, String what, Range range) {
        if (value != 0 && !range.contains(value)) {
            throw new IllegalArgumentException(
                    what + " is " + value + "; allowed is " + range + ", and 0 for no limit");
        }
    }

    /** Whether there is no limit at all. */
    public boolean areNone() {
        return equals(NONE);
    }
}
