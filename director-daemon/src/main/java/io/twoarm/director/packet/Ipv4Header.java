package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * The IPv4 header (RFC 791).
 *
 * <pre>
 *  0  version, header length in words   4 bits each
 *  1  type of service                   u8
 *  2  total length                      u16 BE
 *  4  identification                    u16 BE
 *  6  flags, fragment offset            3 and 13 bits BE
 *  8  time to live                      u8
 *  9  protocol                          u8
 * 10  header checksum                   u16
 * 12  source                            u32 BE
 * 16  destination                       u32 BE
 * </pre>
 */
public final class Ipv4Header {
    public static final int LENGTH_OFFSET = 2;
    public static final int ID_OFFSET = 4;
    public static final int FRAGMENT_OFFSET = 6;
    public static final int TTL_OFFSET = 8;
    public static final int PROTOCOL_OFFSET = 9;
    public static final int CHECKSUM_OFFSET = 10;
    public static final int SOURCE_OFFSET = 12;
    public static final int DESTINATION_OFFSET = 16;

    /** Size without options. */
    public static final int SIZE = 20;

    public static final int DONT_FRAGMENT = 0x4000;

    /** More fragments, or a fragment offset: the packet is a fragment. */
    public static final int FRAGMENT_MASK = 0x3fff;

    /** Change of the sum when the TTL, which is at least 1, becomes smaller by 1: it is the low byte of a raw word. */
    public static final int TTL_STEP_CHANGE = 0xfffe;

    /** TTL of packets that the director makes. */
    public static final int OWN_TTL = 64;

    private Ipv4Header() {}

    public static int headerLength(long ip) {
        return (Mem.getByte(ip) & 15) << 2;
    }

    public static int totalLength(long ip) {
        return Mem.getUnsignedShortBE(ip + LENGTH_OFFSET);
    }

    public static int protocol(long ip) {
        return Mem.getByte(ip + PROTOCOL_OFFSET) & 0xff;
    }

    /** Writes a header without options: don't fragment, identification 0 (RFC 6864), {@link #OWN_TTL}. */
    public static void write(long ip, int totalLength, int protocol, int source, int destination) {
        Mem.putIntBE(ip, 0x4500_0000 | totalLength);
        Mem.putIntBE(ip + ID_OFFSET, DONT_FRAGMENT);
        Mem.putIntBE(ip + TTL_OFFSET, OWN_TTL << 24 | protocol << 16);
        Mem.putIntBE(ip + SOURCE_OFFSET, source);
        Mem.putIntBE(ip + DESTINATION_OFFSET, destination);
        Mem.putShort(ip + CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(ip, SIZE)));
    }

    /** Computes and writes the checksum of a header without options. */
    public static void putChecksum(long ip) {
        Mem.putShort(ip + CHECKSUM_OFFSET, (short) 0);
        Mem.putShort(ip + CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(ip, SIZE)));
    }

    /** Sum of the pseudo-header that TCP and UDP checksums include (RFC 9293, 3.1). */
    public static long pseudoHeaderSum(long ip, int protocol, int transportLength) {
        return (Mem.getInt(ip + SOURCE_OFFSET) & 0xffff_ffffL)
                + (Mem.getInt(ip + DESTINATION_OFFSET) & 0xffff_ffffL)
                + InternetChecksum.word(protocol)
                + InternetChecksum.word(transportLength);
    }
}
