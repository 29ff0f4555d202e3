package io.twoarm.director.address;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** An address of either family. As two numbers it is an IPv6 address; IPv4 ones are mapped (RFC 4291, 2.5.5.2). */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

    /** First 64 bits as an IPv6 address, first byte highest; 0 for IPv4. */
    long high();

    /** Last 64 bits as an IPv6 address, first byte highest; {@code 0x0000ffff} and the address for IPv4. */
    long low();

    /** Bits of an address of this family. */
    int width();

    /** Whether all bits are 0: no address. */
    boolean isAny();

    default boolean isIpv4() {
        return this instanceof Ipv4Address;
    }

    /** Followed by a port: IPv6 addresses get brackets (RFC 3986, 3.2.2). */
    default String withPort(int port) {
        return isIpv4() ? this + ":" + port : "[" + this + "]:" + port;
    }

    /** The same address. */
    static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.capacity() == Integer.BYTES
                ? new Ipv4Address(bytes.getInt())
                : new Ipv6Address(bytes.getLong(), bytes.getLong());
    }

    /** The address that two numbers stand for, IPv4 when they are a mapped one. */
    static IpAddress of(long high, long low) {
        return Ipv6Address.isMapped(high, low) ? new Ipv4Address((int) low) : new Ipv6Address(high, low);
    }

    /**
     * Reads the usual notation of either family.
     *
     * @throws IllegalArgumentException for any other text
     */
    static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? Ipv4Address.parse(text) : Ipv6Address.parse(text);
    }
}
