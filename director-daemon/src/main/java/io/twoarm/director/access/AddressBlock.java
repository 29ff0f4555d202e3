package io.twoarm.director.access;

import io.twoarm.director.address.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses one after the other.
 *
 * @param first the lowest
 * @param last the highest, of the same family
 */
record AddressBlock(IpAddress first, IpAddress last) {
    private static final int WIDE = 128;

    AddressBlock {
        if (first.isIpv4() != last.isIpv4() || Bits.compare(first.high(), first.low(), last.high(), last.low()) > 0) {
            throw new IllegalArgumentException(first + "-" + last + " is no range: the lower address comes first");
        }
    }

    /**
     * Reads {@code A}, {@code A/LENGTH} or {@code A-B}. Bits of the address behind the length are left out.
     *
     * @throws IllegalArgumentException for any other text
     */
    static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            IpAddress address = IpAddress.parse(text.substring(0, slash));
            String length = text.substring(slash + 1);
            if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > address.width()) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" has no prefix length of 0 to " + address.width() + " behind its slash");
            }
            return ofPrefix(address, Integer.parseInt(length));
        }
        int dash = text.indexOf('-');
        IpAddress first = IpAddress.parse(dash < 0 ? text : text.substring(0, dash));
        return new AddressBlock(first, dash < 0 ? first : IpAddress.parse(text.substring(dash + 1)));
    }

    /** The network of an address. */
    static AddressBlock ofPrefix(IpAddress address, int length) {
        int bits = WIDE - address.width() + length;
        long high = Bits.highMask(bits);
        long low = Bits.lowMask(bits);
        return new AddressBlock(
                IpAddress.of(address.high() & high, address.low() & low),
                IpAddress.of(address.high() | ~high, address.low() | ~low));
    }

    boolean isIpv4() {
        return first.isIpv4();
    }

    boolean isSingle() {
        return first.equals(last);
    }

    /** The networks that make up exactly these addresses, from the first on; lengths of 128 bits. */
    List<Network> networks() {
        List<Network> found = new ArrayList<>();
        long high = first.high();
        long low = first.low();
        while (true) {
            int length = WIDE;
            while (length > 0 && isBlock(high, low, length - 1)) {
                length--;
            }
            found.add(new Network(high, low, length));
            long endHigh = high | ~Bits.highMask(length);
            long endLow = low | ~Bits.lowMask(length);
            if (endHigh == last.high() && endLow == last.low()) {
                return found;
            }
            low = endLow + 1;
            high = low == 0 ? endHigh + 1 : endHigh;
        }
    }

    /** Whether the network of this length begins at this address and ends within the block. */
    private boolean isBlock(long high, long low, int length) {
        return (high & ~Bits.highMask(length)) == 0
                && (low & ~Bits.lowMask(length)) == 0
                && Bits.compare(high | ~Bits.highMask(length), low | ~Bits.lowMask(length), last.high(), last.low())
                        <= 0;
    }

    /** A network by its first address; the length is that of an IPv6 address, 96 to 128 for IPv4. */
    record Network(long high, long low, int length) {
        IpAddress address() {
            return IpAddress.of(high, low);
        }

        /** The length as people write it. */
        int written() {
            return length - WIDE + address().width();
        }
    }

    /** As short as it can be written. */
    @Override
    public String toString() {
        if (isSingle()) {
            return first.toString();
        }
        List<Network> networks = networks();
        return networks.size() == 1 ? first + "/" + networks.getFirst().written() : first + "-" + last;
    }
}
