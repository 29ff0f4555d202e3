package io.twoarm.director.access;

/** Addresses as two numbers of 64 bits, the first byte highest. */
final class Bits {
    private static final int HALF = 64;

    private Bits() {}

    /** Which of two addresses comes first. */
    static int compare(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compareUnsigned(low, otherLow) : Long.compareUnsigned(high, otherHigh);
    }

    /** The first half of a mask with so many bits of 128. */
    static long highMask(int length) {
        return length >= HALF ? -1 : length <= 0 ? 0 : -1L << HALF - length;
    }

    /** The second half of it. */
    static long lowMask(int length) {
        return length >= 2 * HALF ? -1 : length <= HALF ? 0 : -1L << 2 * HALF - length;
    }
}
