package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * The TCP header (RFC 9293, 3.1).
 *
 * <pre>
 *  0  source port        u16 BE
 *  2  destination port   u16 BE
 *  4  sequence number    u32 BE
 *  8  acknowledgment     u32 BE
 * 12  data offset        4 bits, in words; 4 bits reserved
 * 13  flags              u8
 * 14  window             u16 BE
 * 16  checksum           u16
 * 18  urgent pointer     u16 BE
 * 20  options
 * </pre>
 */
public final class TcpHeader {
    public static final int SOURCE_PORT_OFFSET = 0;
    public static final int DESTINATION_PORT_OFFSET = 2;
    public static final int SEQUENCE_OFFSET = 4;
    public static final int ACKNOWLEDGMENT_OFFSET = 8;
    public static final int DATA_OFFSET_OFFSET = 12;
    public static final int FLAGS_OFFSET = 13;
    public static final int WINDOW_OFFSET = 14;
    public static final int CHECKSUM_OFFSET = 16;

    /** Size without options. */
    public static final int SIZE = 20;

    /** Size with as many options as fit. */
    public static final int LARGEST_SIZE = 60;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;

    private TcpHeader() {}

    public static int headerLength(long tcp) {
        return (Mem.getByte(tcp + DATA_OFFSET_OFFSET) & 0xf0) >>> 2;
    }

    public static int flags(long tcp) {
        return Mem.getByte(tcp + FLAGS_OFFSET) & 0xff;
    }

    /** Writes a header without options, checksum and urgent pointer 0. */
    public static void write(
            long tcp, int sourcePort, int destinationPort, int sequence, int acknowledgment, int flags, int window) {
        Mem.putIntBE(tcp, sourcePort << 16 | destinationPort);
        Mem.putIntBE(tcp + SEQUENCE_OFFSET, sequence);
        Mem.putIntBE(tcp + ACKNOWLEDGMENT_OFFSET, acknowledgment);
        Mem.putIntBE(tcp + DATA_OFFSET_OFFSET, SIZE << 26 | flags << 16 | window);
        Mem.putInt(tcp + CHECKSUM_OFFSET, 0);
    }

    /** Adds to a sequence number or an acknowledgment; returns how the sum under the checksum changes. */
    public static long shiftNumber(long at, int amount) {
        int before = Mem.getInt(at);
        int after = Integer.reverseBytes(Integer.reverseBytes(before) + amount);
        Mem.putInt(at, after);
        return InternetChecksum.change(before, after);
    }

    /** Computes and writes the checksum of a segment behind an IPv4 header without options. */
    public static void putChecksum(long ip, long tcp, int length) {
        Mem.putShort(tcp + CHECKSUM_OFFSET, (short) 0);
        long sum = Ipv4Header.pseudoHeaderSum(ip, Protocol.TCP.number(), length) + InternetChecksum.sum(tcp, length);
        Mem.putShort(tcp + CHECKSUM_OFFSET, InternetChecksum.of(sum));
    }

    /** Whether a segment's checksum is right. */
    public static boolean checksumIsRight(long ip, long tcp, int length) {
        return InternetChecksum.of(Ipv4Header.pseudoHeaderSum(ip, Protocol.TCP.number(), length)
                        + InternetChecksum.sum(tcp, length))
                == 0;
    }
}
