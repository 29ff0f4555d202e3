package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * The options of a SYN that matter to the other end for as long as the connection lives, as one byte, and as they stand in a
 * header.
 *
 * <pre>
 * bits 7 to 4   window scale (RFC 7323, 2.2), 15 for none
 * bit  3        selective acknowledgments are understood (RFC 2018, 2)
 * bits 2 to 0   the segment size, rounded down to one of eight
 * </pre>
 */
public final class SynOptions {
    /** No window scale. */
    public static final int NO_SCALE = 15;

    /** The smallest segment size that is told or kept. */
    public static final int LEAST_SIZE = 64;

    /** Most bytes that {@link #write} writes. */
    public static final int LARGEST = 12;

    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int LARGEST_SCALE = 14;
    private static final int SACK_BIT = 8;
    private static final int SCALE_SHIFT = 4;
    private static final int SIZE_MASK = 7;

    /** What an end takes that names no size (RFC 9293, 3.7.1). */
    private static final int SIZE_UNTOLD = 536;

    private static final int WIDE_SIZE_UNTOLD = 1220;
    private static final int[] SIZES = {LEAST_SIZE, 536, 1220, 1360, 1400, 1440, 1460, 8960};

    private SynOptions() {}

    /**
     * Reads the options of a SYN.
     *
     * @param options address of the first byte
     * @param length bytes of options, 0 to 40
     * @param wide whether the segment came in IPv6
     */
    public static int read(long options, int length, boolean wide) {
        int size = wide ? WIDE_SIZE_UNTOLD : SIZE_UNTOLD;
        int at = TcpOptions.find(options, length, TcpOptions.MSS);
        if (at >= 0 && Mem.getByte(options + at + 1) == 4) {
            size = Mem.getUnsignedShortBE(options + at + 2);
        }
        int number = SIZES.length - 1;
        while (number > 0 && SIZES[number] > size) {
            number--;
        }
        boolean sack = TcpOptions.find(options, length, SACK_PERMITTED) >= 0;
        return of(number, sack, scale(options, length));
    }

    /** The window scale that a SYN or its answer tells, at most 14 (RFC 7323, 2.3); {@link #NO_SCALE} when it tells none. */
    public static int scale(long options, int length) {
        int at = TcpOptions.find(options, length, WINDOW_SCALE);
        return at >= 0 && Mem.getByte(options + at + 1) == 3
                ? Math.min(Mem.getByte(options + at + 2) & 0xff, LARGEST_SCALE)
                : NO_SCALE;
    }

    private static int of(int number, boolean sack, int scale) {
        return scale << SCALE_SHIFT | (sack ? SACK_BIT : 0) | number;
    }

    /** The same without what the answer does not agree to. */
    public static int agree(int packed, boolean sack, boolean scale) {
        return of(packed & SIZE_MASK, sack && hasSack(packed), scale ? scale(packed) : NO_SCALE);
    }

    public static int segmentSize(int packed) {
        return SIZES[packed & SIZE_MASK];
    }

    public static boolean hasSack(int packed) {
        return (packed & SACK_BIT) != 0;
    }

    public static int scale(int packed) {
        return packed >>> SCALE_SHIFT & 15;
    }

    /**
     * Writes options.
     *
     * @param scale 0 to 14, or {@link #NO_SCALE}
     * @return their size in bytes, a multiple of 4
     */
    public static int write(long at, int segmentSize, boolean sack, int scale) {
        Mem.putIntBE(at, TcpOptions.MSS << 24 | 4 << 16 | segmentSize);
        int bytes = 4;
        if (sack) {
            Mem.putIntBE(at + bytes, TcpOptions.NOP << 24 | TcpOptions.NOP << 16 | SACK_PERMITTED << 8 | 2);
            bytes += 4;
        }
        if (scale != NO_SCALE) {
            Mem.putIntBE(at + bytes, TcpOptions.NOP << 24 | WINDOW_SCALE << 16 | 3 << 8 | scale);
            bytes += 4;
        }
        return bytes;
    }
}
