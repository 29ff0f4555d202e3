package io.twoarm.director.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IPv6 address (RFC 4291).
 *
 * @param high first 64 bits, first byte highest
 * @param low last 64 bits, first byte highest
 */
public record Ipv6Address(long high, long low) implements IpAddress {
    public static final Ipv6Address ANY = new Ipv6Address(0, 0);

    /** First 64 bits of link-local addresses (RFC 4291, 2.5.6). */
    public static final long LINK_LOCAL_HIGH = 0xfe80L << 48;

    /** First 64 bits of groups of the link (RFC 4291, 2.7). */
    public static final long LINK_GROUP_HIGH = 0xff02L << 48;

    /** Last 64 bits of the group of all nodes of the link, ff02::1. */
    public static final long ALL_NODES_LOW = 1;

    private static final long SOLICITED_LOW = 0x0000_0001_ff00_0000L;
    private static final long SOLICITED_BITS = 0xff_ffffL;
    private static final long MAPPED_MASK = 0xffff_ffff_0000_0000L;
    private static final long MAPPED = 0x0000_ffff_0000_0000L;
    private static final int GROUPS = 8;

    /**
     * Reads hexadecimal notation (RFC 4291, 2.2), without zone.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Ipv6Address parse(String text) {
        if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            throw malformed(text);
        }
        InetAddress address;
        try {
            address = Inet6Address.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        // Java turns a mapped address into an IPv4 one.
        return bytes.capacity() == Integer.BYTES
                ? new Ipv6Address(0, mapped(bytes.getInt()))
                : new Ipv6Address(bytes.getLong(), bytes.getLong());
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no IPv6 address: groups of hexadecimal digits are needed, like 2001:db8::1");
    }

    /** Last 64 bits of a mapped IPv4 address. */
    public static long mapped(int ipv4) {
        return MAPPED | ipv4 & 0xffff_ffffL;
    }

    /** Whether two numbers are a mapped IPv4 address. */
    public static boolean isMapped(long high, long low) {
        return high == 0 && (low & MAPPED_MASK) == MAPPED;
    }

    /** Whether the first 64 bits are those of a link-local address, fe80::/10. */
    public static boolean isLinkLocal(long high) {
        return high >>> 54 == 0x3fa;
    }

    /** Whether the first 64 bits are those of a group, ff00::/8. */
    public static boolean isGroup(long high) {
        return high >>> 56 == 0xff;
    }

    /** Last 64 bits of the group that an address is solicited in (RFC 4291, 2.7.1). */
    public static long solicitedGroup(long low) {
        return SOLICITED_LOW | low & SOLICITED_BITS;
    }

    /** Whether two numbers are the group that some address is solicited in. */
    public static boolean isSolicitedGroup(long high, long low) {
        return high == LINK_GROUP_HIGH && (low & ~SOLICITED_BITS) == SOLICITED_LOW;
    }

    /** The link-local address that a port has by its Ethernet address (RFC 4291, appendix A). */
    public static Ipv6Address linkLocal(long mac) {
        long identifier = (mac >>> 24 ^ 0x02_0000L) << 40 | 0xfffeL << 24 | mac & 0xff_ffffL;
        return new Ipv6Address(LINK_LOCAL_HIGH, identifier);
    }

    @Override
    public int width() {
        return 128;
    }

    @Override
    public boolean isAny() {
        return (high | low) == 0;
    }

    private int group(int number) {
        long half = number < 4 ? high : low;
        return (int) (half >>> (3 - (number & 3)) * 16) & 0xffff;
    }

    /** The notation of RFC 5952: lower case, the longest row of zero groups as two colons. */
    @Override
    public String toString() {
        int longest = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - i > length) {
                longest = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (length > 1 && i == longest) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
