package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * The IPv6 header (RFC 8200).
 *
 * <pre>
 *  0  version, traffic class, flow label   4, 8 and 20 bits BE
 *  4  payload length                       u16 BE, extension headers included
 *  6  next header                          u8
 *  7  hop limit                            u8
 *  8  source                               16 bytes
 * 24  destination                          16 bytes
 * </pre>
 */
public final class Ipv6Header {
    public static final int PAYLOAD_LENGTH_OFFSET = 4;
    public static final int NEXT_HEADER_OFFSET = 6;
    public static final int HOP_LIMIT_OFFSET = 7;
    public static final int SOURCE_OFFSET = 8;
    public static final int DESTINATION_OFFSET = 24;

    /** Size without extension headers. */
    public static final int SIZE = 40;

    /** Packets of this size fit every link (RFC 8200, 5). */
    public static final int LEAST_MTU = 1280;

    /** Hop limit of packets that the director makes. */
    public static final int OWN_HOP_LIMIT = 64;

    private static final int VERSION_6 = 0x6000_0000;
    private static final int HALF = 8;

    private Ipv6Header() {}

    public static int payloadLength(long ip) {
        return Mem.getUnsignedShortBE(ip + PAYLOAD_LENGTH_OFFSET);
    }

    public static int nextHeader(long ip) {
        return Mem.getByte(ip + NEXT_HEADER_OFFSET) & 0xff;
    }

    public static int hopLimit(long ip) {
        return Mem.getByte(ip + HOP_LIMIT_OFFSET) & 0xff;
    }

    public static int trafficClass(long ip) {
        return Mem.getUnsignedShortBE(ip) >>> 4 & 0xff;
    }

    /** First half of the address at a place, as a number. */
    public static long high(long addressAt) {
        return Long.reverseBytes(Mem.getLong(addressAt));
    }

    /** Second half of the address at a place, as a number. */
    public static long low(long addressAt) {
        return Long.reverseBytes(Mem.getLong(addressAt + HALF));
    }

    /** Writes an address given as numbers. */
    public static void putAddress(long at, long high, long low) {
        Mem.putLong(at, Long.reverseBytes(high));
        Mem.putLong(at + HALF, Long.reverseBytes(low));
    }

    /** Copies an address. */
    public static void copyAddress(long from, long to) {
        long first = Mem.getLong(from);
        long second = Mem.getLong(from + HALF);
        Mem.putLong(to, first);
        Mem.putLong(to + HALF, second);
    }

    /** Lets source and destination change places. */
    public static void swapAddresses(long ip) {
        long high = Mem.getLong(ip + SOURCE_OFFSET);
        long low = Mem.getLong(ip + SOURCE_OFFSET + HALF);
        copyAddress(ip + DESTINATION_OFFSET, ip + SOURCE_OFFSET);
        Mem.putLong(ip + DESTINATION_OFFSET, high);
        Mem.putLong(ip + DESTINATION_OFFSET + HALF, low);
    }

    /** Writes all but the addresses; flow label 0. */
    public static void write(long ip, int trafficClass, int payloadLength, int nextHeader, int hopLimit) {
        Mem.putIntBE(ip, VERSION_6 | trafficClass << 20);
        Mem.putIntBE(ip + PAYLOAD_LENGTH_OFFSET, payloadLength << 16 | nextHeader << 8 | hopLimit);
    }

    /** Sum of both addresses. */
    public static long addressSum(long ip) {
        return InternetChecksum.sum(ip + SOURCE_OFFSET, 4 * HALF);
    }

    /** Sum of the pseudo-header that transport checksums include (RFC 8200, 8.1). */
    public static long pseudoHeaderSum(long ip, int protocol, int transportLength) {
        return addressSum(ip) + InternetChecksum.word(protocol) + InternetChecksum.word(transportLength);
    }

    /** Computes and writes a checksum that stands at an offset of the transport header. */
    public static void putChecksum(long ip, long transport, int offset, int protocol, int length) {
        Mem.putShort(transport + offset, (short) 0);
        short sum =
                InternetChecksum.of(pseudoHeaderSum(ip, protocol, length) + InternetChecksum.sum(transport, length));
        Mem.putShort(transport + offset, sum == 0 && protocol == Protocol.UDP.number() ? -1 : sum);
    }

    /** Whether a transport checksum is right. */
    public static boolean checksumIsRight(long ip, long transport, int protocol, int length) {
        return InternetChecksum.of(pseudoHeaderSum(ip, protocol, length) + InternetChecksum.sum(transport, length))
                == 0;
    }
}
