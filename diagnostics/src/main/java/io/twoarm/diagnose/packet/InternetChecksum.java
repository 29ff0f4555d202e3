package io.twoarm.diagnose.packet;

import java.net.InetAddress;

/** The checksum of RFC 1071, as text about whether a packet has the right one. */
final class InternetChecksum {
    private InternetChecksum() {}

    /** The one's complement sum of a range, not folded; {@code length} may be odd. */
    private static long sum(byte[] bytes, int offset, int length) {
        long sum = 0;
        int last = offset + length - 1;
        for (int i = offset; i < last; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        return length % 2 == 0 ? sum : sum + ((bytes[last] & 0xffL) << 8);
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >> 16);
        }
        return (int) folded;
    }

    /** @param at offset of the checksum itself */
    static String verdict(byte[] bytes, int offset, int length, int at) {
        return verdict(bytes, at, sum(bytes, offset, length));
    }

    /** The same with the pseudo-header of RFC 9293 and RFC 8200. */
    static String verdict(byte[] bytes, int offset, int length, int at, IpHeader ip, int protocol) {
        return verdict(
                bytes,
                at,
                sum(bytes, offset, length)
                        + sum(ip.source())
                        + sum(ip.destination())
                        + protocol
                        + (length & 0xffff)
                        + (length >>> 16));
    }

    private static long sum(InetAddress address) {
        byte[] bytes = address.getAddress();
        return sum(bytes, 0, bytes.length);
    }

    private static String verdict(byte[] bytes, int at, long sum) {
        int found = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        String text = "0x%04x".formatted(found);
        if (fold(sum) == 0xffff) {
            return text + " (right)";
        }
        // The sum without the field itself is what the field should complement.
        return text + " (wrong; right is 0x%04x)".formatted(~fold(sum + (~found & 0xffff)) & 0xffff);
    }
}
