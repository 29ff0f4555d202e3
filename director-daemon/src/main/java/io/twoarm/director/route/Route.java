package io.twoarm.director.route;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;

/**
 * A route of either family.
 *
 * @param prefix destination; bits behind the length must be 0
 * @param length prefix length, 0 to 32 or 128; 0 is the family's default route
 * @param gateway next hop, or a family's ANY when the destination is on the link
 * @param port index of the port that packets leave by
 * @param source own address for packets that the director makes itself, or a family's ANY for the port's best
 * @param mtu largest IP packet in bytes, or 0 for the port's
 */
public record Route(IpAddress prefix, int length, IpAddress gateway, int port, IpAddress source, int mtu) {
    private static final int LONG = Long.SIZE;

    public Route {
        if (length < 0 || length > prefix.width()) {
            throw new IllegalArgumentException(
                    "Prefix length " + length + " of route " + prefix + ": 0 to " + prefix.width() + " allowed");
        }
        IpAddress network = network(prefix, length);
        if (!network.equals(prefix)) {
            throw new IllegalArgumentException(
                    "Route " + prefix + "/" + length + " has bits behind its length; write " + network + "/" + length);
        }
        if (!gateway.isAny() && gateway.isIpv4() != prefix.isIpv4()) {
            throw new IllegalArgumentException(
                    "Gateway " + gateway + " of route " + prefix + "/" + length + " is of the other family");
        }
        if (mtu != 0 && (mtu < 68 || mtu > 65535)) {
            throw new IllegalArgumentException("MTU " + mtu + " of route " + prefix + "/" + length + ": 68 to 65535");
        }
    }

    /** A network reachable on the port's link. */
    public static Route onLink(IpAddress prefix, int length, int port) {
        return new Route(prefix, length, Ipv4Address.ANY, port, Ipv4Address.ANY, 0);
    }

    /** A network behind a gateway. */
    public static Route via(IpAddress prefix, int length, IpAddress gateway, int port) {
        return new Route(prefix, length, gateway, port, Ipv4Address.ANY, 0);
    }

    /** The network mask of an IPv4 prefix length. */
    public static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    /** First 64 bits of the network mask of an IPv6 prefix length. */
    static long highMask(int length) {
        return length == 0 ? 0 : -1L << Math.max(0, LONG - length);
    }

    /** Last 64 bits of the network mask of an IPv6 prefix length. */
    static long lowMask(int length) {
        return length <= LONG ? 0 : -1L << 2 * LONG - length;
    }

    private static IpAddress network(IpAddress address, int length) {
        return switch (address) {
            case Ipv4Address ipv4 -> new Ipv4Address(ipv4.bits() & mask(length));
            case Ipv6Address ipv6 -> new Ipv6Address(ipv6.high() & highMask(length), ipv6.low() & lowMask(length));
        };
    }

    @Override
    public String toString() {
        return prefix + "/" + length + (gateway.isAny() ? "" : " via " + gateway);
    }
}
