package io.twoarm.config.keepalived;

/**
 * Most traffic of a virtual server, for each direction by itself.
 *
 * @param megabits million bits of IP packets per second ({@code bps}), 1 to {@link #HIGHEST_BPS}; 0 for no limit
 * @param proportion percent of {@code megabits} that are given ({@code limit_proportion}), 1 to 100
 * @param packets per second ({@code packet_rate}), 1 to {@link #HIGHEST_PACKET_RATE}; 0 for no limit
 */
public record TrafficLimits(int megabits, int proportion, int packets) {
    /** 100 Gbit/s. */
    public static final int HIGHEST_BPS = 100_000;

    /** Most packets per second that can be asked for. */
    public static final int HIGHEST_PACKET_RATE = 10_000_000;

    /** All of what {@code bps} says. */
    public static final int WHOLE = 100;

    public static final TrafficLimits NONE = new TrafficLimits(0, WHOLE, 0);

    /** The same with other bits per second. */
    public TrafficLimits withMegabits(int wanted) {
        return new TrafficLimits(wanted, proportion, packets);
    }

    /** The same with another part of them. */
    public TrafficLimits withProportion(int wanted) {
        return new TrafficLimits(megabits, wanted, packets);
    }

    /** The same with other packets per second. */
    public TrafficLimits withPackets(int wanted) {
        return new TrafficLimits(megabits, proportion, wanted);
    }
}
