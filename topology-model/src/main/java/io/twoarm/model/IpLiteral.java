package io.twoarm.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * IP addresses as text, read strictly and without ever asking a name server.
 *
 * <p>IPv4 is four decimal numbers without leading zeros, because {@code 010} is 8 to some programs and 10 to others.
 * IPv6 is any form of RFC 4291 section 2.2; it is written as RFC 5952 recommends. Zones ({@code fe80::1%eth0}) and
 * IPv4-mapped addresses ({@code ::ffff:192.0.2.1}) are refused: the first belong to one host only, the second stand
 * for an IPv4 address.
 */
public final class IpLiteral {
    private static final String FIX_IPV4 = "Write four decimal numbers from 0 to 255, such as 192.168.229.1.";
    private static final String FIX_IPV6 = "Write groups of up to four hexadecimal digits, such as 2001:db8::1.";
    private static final int IPV6_GROUPS = 8;

    private IpLiteral() {}

    /**
     * Reads an address.
     *
     * @throws InvalidLiteralException when the text is no strict IPv4 or IPv6 literal
     */
    public static InetAddress parse(String text) {
        return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text, text);
    }

    /** The shortest usual form: dotted decimal, or RFC 5952 for IPv6. */
    public static String format(InetAddress address) {
        return isIpv4(address) ? address.getHostAddress() : formatIpv6(address.getAddress());
    }

    public static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    /** 32 or 128. */
    public static int bits(InetAddress address) {
        return isIpv4(address) ? 32 : 128;
    }

    public static String family(InetAddress address) {
        return isIpv4(address) ? "IPv4" : "IPv6";
    }

    static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    private static InetAddress parseIpv4(String text, String whole) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw ipv4Problem(whole, "it does not consist of four decimal numbers");
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) ipv4Part(parts[i], whole);
        }
        return ofBytes(bytes);
    }

    private static int ipv4Part(String part, String whole) {
        if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ipv4Problem(whole, "\"" + part + "\" is not a decimal number from 0 to 255");
        }
        if (part.length() > 1 && part.startsWith("0")) {
            throw ipv4Problem(whole, "\"" + part + "\" has a leading zero, which some programs read as octal");
        }
        int value = Integer.parseInt(part);
        if (value > 255) {
            throw ipv4Problem(whole, part + " is above 255");
        }
        return value;
    }

    private static InvalidLiteralException ipv4Problem(String whole, String why) {
        return new InvalidLiteralException("\"" + whole + "\" is not an IP address: " + why + ".", FIX_IPV4);
    }

    private static InetAddress parseIpv6(String text) {
        if (text.indexOf('%') >= 0) {
            throw new InvalidLiteralException(
                    "\"" + text + "\" carries a zone, which has a meaning on one host only.",
                    "Remove the % and what follows it.");
        }
        String hexadecimal = text;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') >= 0) {
            byte[] tail = parseIpv4(text.substring(lastColon + 1), text).getAddress();
            hexadecimal = text.substring(0, lastColon + 1)
                    + "%x:%x".formatted((tail[0] & 0xff) << 8 | tail[1] & 0xff, (tail[2] & 0xff) << 8 | tail[3] & 0xff);
        }
        byte[] bytes = ipv6Bytes(hexadecimal, text);
        InetAddress address = ofBytes(bytes);
        if (isIpv4(address)) {
            throw new InvalidLiteralException(
                    "\"" + text + "\" is the IPv4 address " + format(address) + " in IPv6 clothes.",
                    "Write " + format(address) + ".");
        }
        return address;
    }

    private static byte[] ipv6Bytes(String text, String whole) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) {
            throw ipv6Problem(whole, "\"::\" may stand once only");
        }
        if (gap < 0) {
            int[] groups = ipv6Groups(text, whole);
            if (groups.length != IPV6_GROUPS) {
                throw ipv6Problem(whole, "it has " + groups.length + " groups instead of 8");
            }
            return ipv6Join(groups, new int[0]);
        }
        int[] head = ipv6Groups(text.substring(0, gap), whole);
        int[] tail = ipv6Groups(text.substring(gap + 2), whole);
        if (head.length + tail.length >= IPV6_GROUPS) {
            throw ipv6Problem(whole, "\"::\" leaves no room for a group of zeros");
        }
        return ipv6Join(head, tail);
    }

    private static int[] ipv6Groups(String text, String whole) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(IpLiteral::isHexDigit)) {
                throw ipv6Problem(whole, "\"" + part + "\" is not a group of one to four hexadecimal digits");
            }
            groups[i] = Integer.parseInt(part, 16);
        }
        return groups;
    }

    private static boolean isHexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static byte[] ipv6Join(int[] head, int[] tail) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < head.length; i++) {
            bytes[2 * i] = (byte) (head[i] >> 8);
            bytes[2 * i + 1] = (byte) head[i];
        }
        int first = IPV6_GROUPS - tail.length;
        for (int i = 0; i < tail.length; i++) {
            bytes[2 * (first + i)] = (byte) (tail[i] >> 8);
            bytes[2 * (first + i) + 1] = (byte) tail[i];
        }
        return bytes;
    }

    private static InvalidLiteralException ipv6Problem(String whole, String why) {
        return new InvalidLiteralException("\"" + whole + "\" is not an IPv6 address: " + why + ".", FIX_IPV6);
    }

    private static String formatIpv6(byte[] bytes) {
        int[] groups = new int[IPV6_GROUPS];
        Arrays.setAll(groups, i -> (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff);
        int runStart = -1;
        int runLength = 1; // RFC 5952 section 4.2.2: a single group of zeros is not shortened
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int length = zerosFrom(groups, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        if (runStart < 0) {
            return hexadecimal(groups, 0, IPV6_GROUPS);
        }
        return hexadecimal(groups, 0, runStart) + "::" + hexadecimal(groups, runStart + runLength, IPV6_GROUPS);
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String hexadecimal(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (i > from) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
