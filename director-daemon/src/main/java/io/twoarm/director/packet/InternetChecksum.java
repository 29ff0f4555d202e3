package io.twoarm.director.packet;

import io.twoarm.director.memory.Mem;

/**
 * The Internet checksum (RFC 1071) and its incremental update (RFC 1624, equation 3).
 *
 * <p>Sums are taken of the bytes as the machine reads them; the checksum comes out in the same order, since the sum does
 * not care (RFC 1071, 2B). A sum is a non-negative {@code long} of unfolded 16-bit or 32-bit words and must stay below
 * 2^62. A change of a packet is a sum too: the complement of each old word plus each new one.
 */
public final class InternetChecksum {
    private static final long MASK = 0xffff_ffffL;

    private InternetChecksum() {}

    /** The sum of some bytes, starting at an even offset of what is summed. */
    public static long sum(long address, int bytes) {
        long sum = 0;
        long at = Mem.pointer(address);
        int left = bytes;
        for (; left >= 4; left -= 4, at += 4) {
            sum += Mem.getInt(at) & MASK;
        }
        if (left >= 2) {
            sum += Mem.getShort(at) & 0xffff;
            at += 2;
            left -= 2;
        }
        return left == 0 ? sum : sum + (Mem.getByte(at) & 0xff);
    }

    /** What a 16-bit number adds that stands in network byte order in a packet. */
    public static long word(int number) {
        return Short.reverseBytes((short) number) & 0xffff;
    }

    /** What is added when a 32-bit word is replaced by another. */
    public static long change(int before, int after) {
        return (~before & MASK) + (after & MASK);
    }

    /** What is added when a sum over 16-bit words is replaced by another. */
    public static long change(long before, long after) {
        return (~fold(before) & 0xffff) + fold(after);
    }

    /** Folds a sum to 16 bits. */
    public static int fold(long sum) {
        long s = (sum & MASK) + (sum >>> 32);
        s = (s & 0xffff) + (s >>> 16);
        s = (s & 0xffff) + (s >>> 16);
        return (int) ((s & 0xffff) + (s >>> 16));
    }

    /** The checksum of a sum. */
    public static short of(long sum) {
        return (short) ~fold(sum);
    }

    /** The checksum after a change; a wrong one stays wrong. */
    public static short update(short checksum, long change) {
        return (short) ~fold((~checksum & 0xffff) + change);
    }
}
