package io.twoarm.director.fragment;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;

/**
 * What the fragments of one packet have in common: addresses, identification, and with IPv4 the protocol (RFC 791, 2.3;
 * RFC 8200, 4.5). Numbers are raw, as the machine reads them. One object serves all packets of a worker, one after the
 * other.
 */
public final class FragmentKey {
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    /** In the place of the protocol: an IPv6 packet. */
    private static final int WIDE = 256;

    long source;
    long sourceRest;
    long destination;
    long destinationRest;
    int identification;
    int protocol;

    /** Reads the key of an IPv4 fragment. */
    public void read(long ip) {
        source = Mem.getInt(ip + Ipv4Header.SOURCE_OFFSET);
        sourceRest = 0;
        destination = Mem.getInt(ip + Ipv4Header.DESTINATION_OFFSET);
        destinationRest = 0;
        identification = Mem.getUnsignedShortBE(ip + Ipv4Header.ID_OFFSET);
        protocol = Ipv4Header.protocol(ip);
    }

    /** Reads the key of an IPv6 fragment. */
    public void readWide(long ip, int number) {
        source = Mem.getLong(ip + Ipv6Header.SOURCE_OFFSET);
        sourceRest = Mem.getLong(ip + Ipv6Header.SOURCE_OFFSET + Long.BYTES);
        destination = Mem.getLong(ip + Ipv6Header.DESTINATION_OFFSET);
        destinationRest = Mem.getLong(ip + Ipv6Header.DESTINATION_OFFSET + Long.BYTES);
        identification = number;
        protocol = WIDE;
    }

    boolean isWide() {
        return protocol == WIDE;
    }

    int hash() {
        long h = (source ^ Long.rotateLeft(sourceRest, 23)) * FACTOR;
        h = (h ^ h >>> 32 ^ destination ^ Long.rotateLeft(destinationRest, 23)) * FACTOR;
        h = (h ^ h >>> 32 ^ ((long) identification << 9 | protocol)) * FACTOR;
        return (int) (h >>> 32);
    }

    boolean isSame(FragmentKey other) {
        return source == other.source
                && sourceRest == other.sourceRest
                && destination == other.destination
                && destinationRest == other.destinationRest
                && identification == other.identification
                && protocol == other.protocol;
    }

    void copy(FragmentKey other) {
        source = other.source;
        sourceRest = other.sourceRest;
        destination = other.destination;
        destinationRest = other.destinationRest;
        identification = other.identification;
        protocol = other.protocol;
    }
}
