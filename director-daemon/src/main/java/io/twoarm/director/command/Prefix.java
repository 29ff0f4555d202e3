package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.route.Route;

/**
 * An address and how many of its first bits are the network, as in {@code 10.0.96.0/24}.
 *
 * @param length 0 to 32 or 128
 */
record Prefix(IpAddress address, int length) {

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS/LENGTH}.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Prefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new Prefix(address, address.width());
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > address.width()) {
            throw new IllegalArgumentException(
                    "invalid parameter: \"" + text + "\" has no prefix length of 0 to " + address.width());
        }
        return new Prefix(address, Integer.parseInt(length));
    }

    /** The address with all bits behind the length 0. */
    IpAddress network() {
        return switch (address) {
            case Ipv4Address ipv4 -> new Ipv4Address(length == 0 ? 0 : ipv4.bits() & -1 << 32 - length);
            case Ipv6Address ipv6 -> new Ipv6Address(ipv6.high() & mask(length), ipv6.low() & mask(length - 64));
        };
    }

    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1 : -1L << 64 - length;
    }

    /** No address, of this family. */
    IpAddress any() {
        return address.isIpv4() ? Ipv4Address.ANY : Ipv6Address.ANY;
    }

    boolean contains(IpAddress other) {
        return other.isIpv4() == address.isIpv4()
                && new Prefix(other, length).network().equals(network());
    }

    boolean isDestinationOf(Route route) {
        return route.length() == length && route.prefix().equals(network());
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
