package io.twoarm.director.scheduling;

/**
 * What a scheduler may know of a new flow. One object serves all flows of a worker: it is filled, used, and filled again.
 * Addresses are two numbers with the first byte highest: the halves of an IPv6 address, or 0 and the 32 bits of an IPv4 one.
 */
public final class FlowKey {
    /** The client's address. */
    public long sourceHigh;

    public long sourceLow;

    /** The client's port; the identifier of an echo. */
    public int sourcePort;

    /** The address that the client connects to. */
    public long destinationHigh;

    public long destinationLow;

    /** The first eight bytes of QUIC's destination connection id; 0 without one. */
    public long connection;

    /** The worker's clock in microseconds. */
    public long nowMicros;

    /** Hash of an address, alike on every director. */
    public static long hash(long high, long low) {
        return high == 0 ? KeyHash.of(low) : KeyHash.of(low ^ KeyHash.of(high));
    }

    long source() {
        return hash(sourceHigh, sourceLow);
    }

    /** Hash of the client's address, or of address and port. */
    long source(HashTarget target) {
        return target == HashTarget.SOURCE_AND_PORT ? KeyHash.of(source() ^ KeyHash.of(sourcePort)) : source();
    }

    long destination() {
        return hash(destinationHigh, destinationLow);
    }
}
