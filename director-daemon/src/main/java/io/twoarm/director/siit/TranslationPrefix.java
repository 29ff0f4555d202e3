package io.twoarm.director.siit;

/**
 * An IPv6 prefix within which every IPv4 address has its place (RFC 6052, 2.2): behind the prefix, past bits 64 to 71, which
 * are 0; what is left is 0 too.
 *
 * @param high first 64 bits
 * @param low last 64 bits
 * @param length 32, 40, 48, 56, 64 or 96
 */
public record TranslationPrefix(long high, long low, int length) {
    private static final int RESERVED_OCTET = 8;
    private static final int LAST_LENGTH = 96;

    public TranslationPrefix {
        boolean known = length == LAST_LENGTH || length >= 32 && length <= 64 && length % 8 == 0;
        if (!known) {
            throw new IllegalArgumentException("prefix length " + length + ": 32, 40, 48, 56, 64 or 96 allowed");
        }
        if (reserved(low) != 0) {
            throw new IllegalArgumentException("bits 64 to 71 of a translation prefix are 0 (RFC 6052, 2.2)");
        }
    }

    private static int reserved(long low) {
        return (int) (low >>> 56);
    }

    /** Octet of the IPv6 address that holds one of the IPv4 address, 0 to 3. */
    private int octet(int number) {
        int place = length / 8 + number;
        return length != LAST_LENGTH && place >= RESERVED_OCTET ? place + 1 : place;
    }

    /** First 64 bits of the address that stands for an IPv4 one. */
    public long embedHigh(int address) {
        long result = high;
        for (int i = 0; i < 4; i++) {
            int place = octet(i);
            if (place < 8) {
                result |= (address >>> 24 - 8 * i & 0xffL) << 56 - 8 * place;
            }
        }
        return result;
    }

    /** Last 64 bits of it. */
    public long embedLow(int address) {
        long result = low;
        for (int i = 0; i < 4; i++) {
            int place = octet(i);
            if (place >= 8) {
                result |= (address >>> 24 - 8 * i & 0xffL) << 56 - 8 * (place - 8);
            }
        }
        return result;
    }

    /** Whether an address lies within the prefix, with 0 where that must be. */
    public boolean contains(long otherHigh, long otherLow) {
        if (length == LAST_LENGTH) {
            return otherHigh == high && (otherLow & 0xffff_ffff_0000_0000L) == low;
        }
        long mask = length == 64 ? -1L : -1L << 64 - length;
        return (otherHigh & mask) == high && reserved(otherLow) == 0;
    }

    /** The IPv4 address of an address that the prefix contains. */
    public int extract(long otherHigh, long otherLow) {
        int result = 0;
        for (int i = 0; i < 4; i++) {
            int place = octet(i);
            long half = place < 8 ? otherHigh : otherLow;
            result = result << 8 | (int) (half >>> 56 - 8 * (place & 7)) & 0xff;
        }
        return result;
    }
}
