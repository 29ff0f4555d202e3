package io.twoarm.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text, without any name lookup: dotted quads and the colon forms of RFC 4291, printed by RFC 5952. */
public final class AddressLiteral {
    private static final Pattern DOTTED_QUAD = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern COLON_FORM = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private AddressLiteral() {}

    /** The address that {@code text} spells; empty when it spells none. Zone identifiers are not accepted. */
    public static Optional<InetAddress> parse(String text) {
        boolean colons = text.indexOf(':') >= 0;
        if (!(colons ? COLON_FORM : DOTTED_QUAD).matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(colons ? Inet6Address.ofLiteral(text) : Inet4Address.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** The address of 4 or 16 bytes in network order. */
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, wrongLength);
        }
    }

    public static boolean sameFamily(InetAddress one, InetAddress other) {
        return one.getAddress().length == other.getAddress().length;
    }

    /** The canonical text: a dotted quad, or lower-case groups with the longest run of zeros as {@code ::}. */
    public static String print(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        int[] groups = new int[8];
        for (int group = 0; group < 8; group++) {
            groups[group] = (bytes[2 * group] & 0xff) << 8 | bytes[2 * group + 1] & 0xff;
        }
        int runStart = -1;
        int runLength = 1;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - start > runLength) {
                runStart = start;
                runLength = end - start;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < 8; group++) {
            if (group == runStart) {
                text.append("::");
                group += runLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[group]));
        }
        return text.toString();
    }
}
