package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * Changes TCP options in place. Lengths never change here, so sequence numbers and data stay where they are; whoever
 * calls corrects the checksum from the option bytes before and after.
 *
 * <p>The list is read as Linux reads it: it ends at end-of-list, at the header's end, or at an option whose length
 * cannot be (RFC 9293, 3.1, MUST-7).
 */
public final class TcpOptions {
    public static final int END = 0;
    public static final int NOP = 1;
    public static final int MSS = 2;
    public static final int SACK = 5;
    public static final int TIMESTAMPS = 8;

    /** The client's address, as DPVS, Alibaba LVS and their realserver modules understand it. */
    public static final int CLIENT_ADDRESS = 254;

    /** The same with another number, as VTOA and Huawei's realserver module understand it for IPv6. */
    public static final int OTHER_CLIENT_ADDRESS = 253;

    /** Bytes of a {@link #CLIENT_ADDRESS} option for IPv4: kind, length, port BE, address. */
    public static final int CLIENT_ADDRESS_SIZE = 8;

    /** Result bit: an option was removed that claims a client address. */
    public static final int REMOVED_CLIENT_ADDRESS = 1;

    /** Result bit: the timestamp option was removed. */
    public static final int REMOVED_TIMESTAMPS = 2;

    /** Bytes of a {@link #CLIENT_ADDRESS} option for IPv6: kind, length, port BE, address. */
    public static final int WIDE_CLIENT_ADDRESS_SIZE = 20;

    private static final int MSS_SIZE = 4;

    private TcpOptions() {}

    /**
     * Overwrites by NOPs what a client may not tell a realserver: every option that some realserver takes for the
     * client's address (kinds 249, 250, 252, 253, 254), and timestamps where asked for. An option with an impossible
     * length and all behind it becomes end-of-list, for a reader less strict than ours could find an address there.
     *
     * @param options address of the first option byte
     * @param length bytes of options, 0 to 40
     * @return result bits
     */
    public static int clean(long options, int length, boolean removeTimestamps) {
        int removed = 0;
        int at = 0;
        while (at < length) {
            int kind = Mem.getByte(options + at) & 0xff;
            if (kind == END) {
                break;
            }
            int size = kind == NOP ? 1 : optionSize(options, at, length);
            if (size == 0) {
                overwrite(options + at, length - at, END);
                break;
            }
            if (claimsClientAddress(kind)) {
                overwrite(options + at, size, NOP);
                removed |= REMOVED_CLIENT_ADDRESS;
            } else if (removeTimestamps && kind == TIMESTAMPS) {
                overwrite(options + at, size, NOP);
                removed |= REMOVED_TIMESTAMPS;
            }
            at += size;
        }
        return removed;
    }

    private static boolean claimsClientAddress(int kind) {
        return kind >= 249 && kind != 251 && kind != 255;
    }

    private static void overwrite(long at, int bytes, int value) {
        for (int i = 0; i < bytes; i++) {
            Mem.putByte(at + i, (byte) value);
        }
    }

    /** Size of the option at an offset, or 0 when its length cannot be. */
    private static int optionSize(long options, int at, int length) {
        if (at + 1 >= length) {
            return 0;
        }
        int size = Mem.getByte(options + at + 1) & 0xff;
        return size < 2 || at + size > length ? 0 : size;
    }

    /** Offset of the first option of a kind, or -1. */
    public static int find(long options, int length, int wanted) {
        int at = 0;
        while (at < length) {
            int kind = Mem.getByte(options + at) & 0xff;
            if (kind == END) {
                return -1;
            }
            int size = kind == NOP ? 1 : optionSize(options, at, length);
            if (size == 0) {
                return -1;
            }
            if (kind == wanted) {
                return at;
            }
            at += size;
        }
        return -1;
    }

    /** Where the SACK option stands, from the first byte of the options on; -1 when there is none. */
    public static int findSack(long options, int length) {
        return find(options, length, SACK);
    }

    /** Subtracts from both edges of every SACK block (RFC 2018, 3), where there are any. */
    public static void shiftSackBlocks(long options, int length, int subtract) {
        int at = find(options, length, SACK);
        if (at >= 0) {
            shiftBlocks(options + at, subtract, 0, false);
        }
    }

    /** The same, where no edge becomes less than a number. */
    public static void shiftSackBlocks(long options, int length, int subtract, int least) {
        int at = find(options, length, SACK);
        if (at >= 0) {
            shiftBlocks(options + at, subtract, least, true);
        }
    }

    private static void shiftBlocks(long option, int subtract, int least, boolean bounded) {
        int size = Mem.getByte(option + 1) & 0xff;
        for (int edge = 2; edge + 4 <= size; edge += 4) {
            int number = Mem.getIntBE(option + edge) - subtract;
            Mem.putIntBE(option + edge, bounded && number - least < 0 ? least : number);
        }
    }

    /**
     * Lowers the maximum segment size, where the option is present and larger than the amount; not by 0.
     *
     * @return whether it was lowered
     */
    public static boolean lowerMss(long options, int length, int amount) {
        int at = amount == 0 ? -1 : find(options, length, MSS);
        if (at < 0 || (Mem.getByte(options + at + 1) & 0xff) != MSS_SIZE) {
            return false;
        }
        int mss = Mem.getUnsignedShortBE(options + at + 2);
        if (mss <= amount) {
            return false;
        }
        Mem.putShortBE(options + at + 2, mss - amount);
        return true;
    }

    /** Writes an option of a kind with port and address as they stand in the packet. */
    public static void writeClientAddress(long at, int kind, short rawPort, int rawAddress) {
        Mem.putByte(at, (byte) kind);
        Mem.putByte(at + 1, (byte) CLIENT_ADDRESS_SIZE);
        Mem.putShort(at + 2, rawPort);
        Mem.putInt(at + 4, rawAddress);
    }

    /** Writes an option of a kind with port and IPv6 address as they stand in the packet. */
    public static void writeWideClientAddress(long at, int kind, short rawPort, long addressAt) {
        Mem.putByte(at, (byte) kind);
        Mem.putByte(at + 1, (byte) WIDE_CLIENT_ADDRESS_SIZE);
        Mem.putShort(at + 2, rawPort);
        Ipv6Header.copyAddress(addressAt, at + 4);
    }
}
