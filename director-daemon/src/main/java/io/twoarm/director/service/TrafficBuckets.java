package io.twoarm.director.service;

/**
 * What a service may still send, in bytes and packets, each direction by itself: token buckets that hold a tenth of a
 * second's share, at least the largest packet. Tokens are fractions, so that a packet costs a multiplication and no division.
 * One for each worker, which alone uses it.
 */
public final class TrafficBuckets {
    /** Bits behind the point of a byte, and of a packet. */
    private static final int BYTE_FRACTION = 24;

    private static final int PACKET_FRACTION = 36;

    /** An IPv6 packet without jumbo payload. */
    private static final long LARGEST_PACKET = 65_575;

    private static final long SECOND = 1_000_000;
    private static final long TENTH = SECOND / 10;

    private final Direction fromClients;
    private final Direction fromRealservers;

    /** @param workers who share the limits in equal parts */
    public TrafficBuckets(TrafficLimits limits, int workers) {
        fromClients = new Direction(limits, workers);
        fromRealservers = new Direction(limits, workers);
    }

    /** Takes what a packet of a client needs, if it is there. */
    public boolean takeFromClient(int bytes, long nowMicros) {
        return fromClients.take(bytes, nowMicros);
    }

    /** Takes what a packet of a realserver needs, if it is there. */
    public boolean takeFromRealserver(int bytes, long nowMicros) {
        return fromRealservers.take(bytes, nowMicros);
    }

    /** Both buckets of a direction. What is not limited costs nothing. */
    private static final class Direction {
        private final Bucket bytes;
        private final Bucket packets;
        private final long byteCost;
        private final long packetCost;

        Direction(TrafficLimits limits, int workers) {
            // Rounded up, so that a tenth of a second holds as many packets as one expects.
            long parts = SECOND * workers;
            bytes = new Bucket(Math.ceilDiv(limits.bytes() << BYTE_FRACTION, parts), LARGEST_PACKET << BYTE_FRACTION);
            packets =
                    new Bucket(Math.ceilDiv((long) limits.packets() << PACKET_FRACTION, parts), 1L << PACKET_FRACTION);
            byteCost = limits.bytes() == 0 ? 0 : 1L << BYTE_FRACTION;
            packetCost = limits.packets() == 0 ? 0 : 1L << PACKET_FRACTION;
        }

        boolean take(int size, long nowMicros) {
            long cost = size * byteCost;
            if (!bytes.holds(cost, nowMicros) || !packets.holds(packetCost, nowMicros)) {
                return false;
            }
            bytes.tokens -= cost;
            packets.tokens -= packetCost;
            return true;
        }
    }

    private static final class Bucket {
        private final long perMicro;
        private final long micros;
        private final long most;
        private long tokens;
        private long seen;

        /** @param least tokens that it must be able to hold */
        Bucket(long perMicro, long least) {
            this.perMicro = perMicro;
            micros = perMicro == 0 ? 0 : Math.max(TENTH, least / perMicro + 1);
            most = perMicro * micros;
            tokens = most;
        }

        boolean holds(long cost, long nowMicros) {
            long elapsed = Math.min(nowMicros - seen, micros);
            seen = nowMicros;
            tokens = Math.min(tokens + elapsed * perMicro, most);
            return tokens >= cost;
        }
    }
}
