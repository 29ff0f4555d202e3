package io.twoarm.model;

import java.net.InetAddress;
import java.util.List;

/**
 * IPv6 prefixes in which IPv4 addresses stand (RFC 6052, 2.2).
 *
 * <pre>
 *   length  0      32     40     48     56     64     72     80     88     96   104   128
 *   32      prefix |v4(32)                     | u   | suffix
 *   40      prefix        |v4(24)              | u   |(8)  | suffix
 *   48      prefix               |v4(16)       | u   | (16)       | suffix
 *   56      prefix                      |(8)   | u   |  v4(24)           | suffix
 *   64      prefix                             | u   |   v4(32)                 | suffix
 *   96      prefix                                                       |    v4(32)
 * </pre>
 *
 * The octet u, bits 64 to 71, is 0.
 */
public final class TranslationPrefix {
    /** Lengths that the RFC allows, in bits. */
    public static final List<Integer> LENGTHS = List.of(32, 40, 48, 56, 64, 96);

    private static final int U_OCTET = 8;
    private static final int IPV4_BYTES = 4;

    private TranslationPrefix() {}

    /** Whether IPv4 addresses can stand in a prefix. */
    public static boolean isOne(Prefix prefix) {
        return !prefix.isIpv4()
                && LENGTHS.contains(prefix.length())
                && prefix.network().getAddress()[U_OCTET] == 0;
    }

    /** The IPv6 address of an IPv4 address in a prefix for which {@link #isOne} holds. */
    public static InetAddress embed(Prefix prefix, InetAddress ipv4) {
        byte[] bytes = prefix.network().getAddress();
        byte[] inner = ipv4.getAddress();
        int at = prefix.length() / 8;
        for (int i = 0; i < IPV4_BYTES; i++) {
            at = at == U_OCTET ? at + 1 : at;
            bytes[at++] = inner[i];
        }
        return IpLiteral.ofBytes(bytes);
    }

    /** The IPv4 address in an IPv6 address of such a prefix. */
    public static InetAddress extract(Prefix prefix, InetAddress ipv6) {
        byte[] bytes = ipv6.getAddress();
        byte[] inner = new byte[IPV4_BYTES];
        int at = prefix.length() / 8;
        for (int i = 0; i < IPV4_BYTES; i++) {
            at = at == U_OCTET ? at + 1 : at;
            inner[i] = bytes[at++];
        }
        return IpLiteral.ofBytes(inner);
    }
}
