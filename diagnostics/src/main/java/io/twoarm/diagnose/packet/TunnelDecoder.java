package io.twoarm.diagnose.packet;

/** GRE (RFC 2784, RFC 2890) and the packet within. */
final class TunnelDecoder {
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int BRIDGED_ETHERNET = 0x6558;

    private TunnelDecoder() {}

    static void gre(Decoding decoding, String ends) {
        FieldReader in = decoding.in;
        int[] protocol = new int[1];
        in.group("GRE", () -> {
            int flags = (int) in.hex("flags and version", 2);
            protocol[0] = (int) in.hex("protocol", 2);
            if ((flags & 0x8000) != 0) {
                in.hex("checksum", 2);
                in.raw("reserved", 2);
            }
            if ((flags & 0x2000) != 0) {
                in.hex("key", 4);
            }
            if ((flags & 0x1000) != 0) {
                in.u32("sequence");
            }
            return "";
        });
        boolean known = protocol[0] == IPV4 || protocol[0] == IPV6 || protocol[0] == BRIDGED_ETHERNET;
        if (!known || !decoding.deeper()) {
            in.raw("payload", in.remaining());
            return;
        }
        decoding.prefix(ends + " GRE: ");
        if (protocol[0] == BRIDGED_ETHERNET) {
            EthernetDecoder.frame(decoding);
        } else {
            IpDecoder.packet(decoding, protocol[0] == IPV6);
        }
    }
}
