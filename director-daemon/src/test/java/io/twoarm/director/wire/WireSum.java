package io.twoarm.director.wire;

/** The Internet checksum, straight from the definition in RFC 1071. */
public final class WireSum {
    private WireSum() {}

    public static int of(byte[] bytes, int from, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i++) {
            int value = bytes[from + i] & 0xff;
            sum += i % 2 == 0 ? value << 8 : value;
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }

    static int pseudo(byte[] ip, int from, int protocol, int length) {
        return of(new byte[] {0, (byte) protocol, (byte) (length >> 8), (byte) length}, 0, 4, of(ip, from + 12, 8, 0));
    }
}
