package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * SCTP's common header and the first chunk (RFC 9260, 3).
 *
 * <pre>
 *   0  source port        u16
 *   2  destination port   u16
 *   4  verification tag   u32
 *   8  checksum           u32, CRC32c, lowest byte first
 *  12  chunk type         u8
 * </pre>
 *
 * The checksum covers the packet without addresses. A cyclic code is linear: what it changes by when the ports change follows
 * from the difference of the ports and the number of bytes behind them, whatever these are. So damage stays visible, and
 * nothing but the header is read.
 */
public final class SctpHeader {
    public static final int CHECKSUM_OFFSET = 8;
    public static final int CHUNK_OFFSET = 12;

    /** Bytes of the header with the header of a chunk. */
    public static final int LEAST = 16;

    public static final int INIT = 1;
    public static final int ABORT = 6;
    public static final int SHUTDOWN = 7;
    public static final int SHUTDOWN_ACK = 8;
    public static final int COOKIE_ECHO = 10;
    public static final int COOKIE_ACK = 11;
    public static final int SHUTDOWN_COMPLETE = 14;

    private static final int PORTS_SIZE = 4;

    /** The polynomial of CRC32c with its highest power first, reflected (RFC 3309). */
    private static final int POLYNOMIAL = 0x82f6_3b78;

    private static final int LENGTH_BITS = 16;

    /** By a bit of a number of bytes, a byte of the register and its value: the register behind so many bytes of zeros. */
    private static final int[] ADVANCE = advances();

    private static final int[] FIRST = first();

    private SctpHeader() {}

    private static int[] first() {
        int[] table = new int[256];
        for (int value = 0; value < table.length; value++) {
            int register = value;
            for (int bit = 0; bit < 8; bit++) {
                register = (register & 1) != 0 ? register >>> 1 ^ POLYNOMIAL : register >>> 1;
            }
            table[value] = register;
        }
        return table;
    }

    private static int[] advances() {
        int[] bytes = first();
        int[] table = new int[LENGTH_BITS * 4 * 256];
        for (int bit = 0; bit < LENGTH_BITS; bit++) {
            for (int place = 0; place < 4; place++) {
                for (int value = 0; value < 256; value++) {
                    int register = value << 8 * place;
                    int after = bit == 0
                            ? register >>> 8 ^ bytes[register & 0xff]
                            : advance(table, bit - 1, advance(table, bit - 1, register));
                    table[(bit * 4 + place) * 256 + value] = after;
                }
            }
        }
        return table;
    }

    private static int advance(int[] table, int bit, int register) {
        int at = bit * 4 * 256;
        return table[at + (register & 0xff)]
                ^ table[at + 256 + (register >>> 8 & 0xff)]
                ^ table[at + 512 + (register >>> 16 & 0xff)]
                ^ table[at + 768 + (register >>> 24)];
    }

    /**
     * Gives a packet other ports, and the checksum that follows.
     *
     * @param sctp address of the header
     * @param length of the packet with its header, in bytes, at most 65535
     * @param rawPorts source and destination as they lie in packets
     */
    public static void exchangePorts(long sctp, int length, int rawPorts) {
        int difference = Mem.getInt(sctp) ^ rawPorts;
        if (difference == 0) {
            return;
        }
        Mem.putInt(sctp, rawPorts);
        Mem.putInt(sctp + CHECKSUM_OFFSET, Mem.getInt(sctp + CHECKSUM_OFFSET) ^ change(difference, length));
    }

    /** By what the checksum changes, as it lies in packets, where the first four bytes of a packet do. */
    static int change(int rawDifference, int length) {
        int register = 0;
        for (int i = 0; i < PORTS_SIZE; i++) {
            register = register >>> 8 ^ FIRST[(register ^ rawDifference >>> 8 * i) & 0xff];
        }
        int behind = length - PORTS_SIZE;
        for (int bit = 0; behind >>> bit != 0; bit++) {
            if ((behind >>> bit & 1) != 0) {
                register = advance(ADVANCE, bit, register);
            }
        }
        return register;
    }
}
