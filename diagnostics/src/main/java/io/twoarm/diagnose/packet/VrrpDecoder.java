package io.twoarm.diagnose.packet;

import io.twoarm.model.IpLiteral;
import java.util.StringJoiner;

/** VRRP advertisements, version 2 (RFC 3768) and version 3 over IPv4 and IPv6 (RFC 9568). */
final class VrrpDecoder {
    private VrrpDecoder() {}

    static void advertisement(Decoding decoding, IpHeader ip) {
        FieldReader in = decoding.in;
        int start = in.at();
        in.group("VRRP", () -> {
            int version = in.peek8(0) >> 4;
            int type = in.peek8(0) & 15;
            in.note("version and type", version + ", " + (type == 1 ? "advertisement" : "type " + type), 1);
            int router = in.u8("virtual router");
            int priority = in.u8("priority");
            int count = in.u8("addresses");
            String interval;
            if (version == 2) {
                in.note("authentication", in.peek8(0) == 0 ? "none" : "type " + in.peek8(0), 1);
                interval = in.peek8(0) + " s";
                in.note("interval", interval, 1);
            } else {
                interval = (in.peek16(0) & 0xfff) * 10 + " ms";
                in.note("interval", interval, 2);
            }
            in.note("checksum", checksum(decoding, ip, start, version), 2);
            StringJoiner addresses = new StringJoiner(" ");
            int length = ip.source().getAddress().length;
            for (int i = 0; i < count; i++) {
                addresses.add(IpLiteral.format(in.address("address", length)));
            }
            if (version == 2) {
                in.raw("authentication data", Math.min(8, in.remaining()));
            }
            String line = "VRRP v" + version + " VRID " + router + " priority " + priority
                    + (priority == 0 ? " (gives up)" : "") + " every " + interval + " for " + addresses;
            decoding.summary = IpLiteral.format(ip.source()) + " → " + IpLiteral.format(ip.destination()) + " " + line;
            return line.substring("VRRP ".length());
        });
    }

    private static String checksum(Decoding decoding, IpHeader ip, int start, int version) {
        FieldReader in = decoding.in;
        if (decoding.quote || !ip.whole() || start + ip.payload() > in.end() || ip.payload() < 8) {
            return "0x%04x".formatted(in.peek16(0));
        }
        String plain = InternetChecksum.verdict(in.bytes(), start, ip.payload(), start + 6);
        // Version 3 takes the pseudo-header in; over IPv4, some leave it out.
        boolean ipv6 = ip.source().getAddress().length == 16;
        return version == 3 && (ipv6 || !plain.endsWith("(right)"))
                ? InternetChecksum.verdict(in.bytes(), start, ip.payload(), start + 6, ip, 112)
                : plain;
    }
}
