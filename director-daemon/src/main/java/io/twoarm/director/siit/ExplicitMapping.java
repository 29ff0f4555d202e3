package io.twoarm.director.siit;

/**
 * An entry of an explicit address mapping table (RFC 7757, 3.1): the bits of an IPv4 address behind the one prefix stand
 * right behind the other.
 *
 * @param ipv4 the IPv4 prefix, host bits 0
 * @param ipv4Length 0 to 32
 * @param high first 64 bits of the IPv6 prefix, host bits 0
 * @param low last 64 bits of it
 * @param ipv6Length at most 128 less the bits that are left of the IPv4 address
 */
public record ExplicitMapping(int ipv4, int ipv4Length, long high, long low, int ipv6Length) {
    public ExplicitMapping {
        if (ipv6Length + 32 - ipv4Length > 128) {
            throw new IllegalArgumentException("IPv6 prefix of length " + ipv6Length + " leaves no room for the "
                    + (32 - ipv4Length) + " bits behind the IPv4 prefix");
        }
    }

    private int suffixLength() {
        return 32 - ipv4Length;
    }

    private long suffix(int address) {
        return suffixLength() == 32 ? address & 0xffff_ffffL : address & (1L << suffixLength()) - 1;
    }

    /** Places to the left of the suffix's last bit in an IPv6 address. */
    private int shift() {
        return 128 - ipv6Length - suffixLength();
    }

    boolean matches(int address) {
        return ipv4Length == 0 || (address ^ ipv4) >>> suffixLength() == 0;
    }

    boolean matches(long otherHigh, long otherLow) {
        long highMask = ipv6Length >= 64 ? -1L : ipv6Length == 0 ? 0 : -1L << 64 - ipv6Length;
        long lowMask = ipv6Length <= 64 ? 0 : -1L << 128 - ipv6Length;
        return ((otherHigh ^ high) & highMask) == 0 && ((otherLow ^ low) & lowMask) == 0;
    }

    long toHigh(int address) {
        int shift = shift();
        long suffix = suffix(address);
        return high | (shift >= 64 ? suffix << shift - 64 : shift == 0 ? 0 : suffix >>> 64 - shift);
    }

    long toLow(int address) {
        return low | (shift() >= 64 ? 0 : suffix(address) << shift());
    }

    int toIpv4(long otherHigh, long otherLow) {
        int shift = shift();
        long moved = shift >= 64
                ? otherHigh >>> shift - 64
                : shift == 0 ? otherLow : otherLow >>> shift | otherHigh << 64 - shift;
        return ipv4 | (int) suffix((int) moved);
    }
}
