package io.twoarm.diagnose.packet;

import io.twoarm.model.IpLiteral;
import java.net.InetAddress;

/** IPv4 (RFC 791), IPv6 with extension headers (RFC 8200), and which decoder goes on. */
final class IpDecoder {
    private static final int HOP_BY_HOP = 0;
    private static final int IPIP = 4;
    private static final int IPV6_IN_IP = 41;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int GRE = 47;
    private static final int AUTHENTICATION = 51;
    private static final int NO_NEXT = 59;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int VRRP = 112;

    private IpDecoder() {}

    static void packet(Decoding decoding, boolean ipv6) {
        FieldReader in = decoding.in;
        int end = in.end();
        if (ipv6) {
            ipv6(decoding);
        } else {
            ipv4(decoding);
        }
        in.endAt(end);
    }

    private static void ipv4(Decoding decoding) {
        FieldReader in = decoding.in;
        IpHeader[] header = new IpHeader[1];
        int[] protocol = new int[1];
        int[] offset = new int[1];
        in.group("IPv4", () -> {
            int start = in.at();
            int length = (in.peek8(0) & 15) * 4;
            in.noteAt("version", Integer.toString(in.peek8(0) >> 4), start, 1);
            in.note("header length", length + " bytes", 1);
            in.hex("type of service", 1);
            int total = in.u16("total length");
            in.hex("identification", 2);
            int flags = in.peek16(0);
            offset[0] = (flags & 0x1fff) * 8;
            boolean more = (flags & 0x2000) != 0;
            in.note(
                    "fragment",
                    ((flags & 0x4000) != 0 ? "do not fragment, " : "") + (more ? "more follow, " : "") + "offset "
                            + offset[0],
                    2);
            int ttl = in.u8("TTL");
            protocol[0] = in.peek8(0);
            in.note("protocol", protocolName(protocol[0]), 1);
            int checksumAt = in.at();
            String checksum = length >= 20 && start + length <= in.end() && !decoding.quote
                    ? InternetChecksum.verdict(in.bytes(), start, length, checksumAt)
                    : "0x%04x".formatted(in.peek16(0));
            in.note("checksum", checksum, 2);
            InetAddress source = in.address("source", 4);
            InetAddress destination = in.address("destination", 4);
            in.raw("options", Math.max(0, length - 20));
            header[0] = new IpHeader(source, destination, ttl, Math.max(0, total - length), offset[0] == 0 && !more);
            return IpLiteral.format(source) + " → " + IpLiteral.format(destination);
        });
        in.limit(header[0].payload());
        transport(decoding, header[0], protocol[0], offset[0]);
    }

    private static void ipv6(Decoding decoding) {
        FieldReader in = decoding.in;
        InetAddress[] ends = new InetAddress[2];
        int[] next = new int[1];
        int[] hopLimit = new int[1];
        int[] payload = new int[1];
        in.group("IPv6", () -> {
            in.noteAt("version", Integer.toString(in.peek8(0) >> 4), in.at(), 1);
            in.noteAt("traffic class", "0x%02x".formatted(in.peek16(0) >> 4 & 0xff), in.at(), 2);
            in.note("flow label", "0x%05x".formatted(in.peek32(0) & 0xfffff), 4);
            payload[0] = in.u16("payload length");
            next[0] = in.peek8(0);
            in.note("next header", protocolName(next[0]), 1);
            hopLimit[0] = in.u8("hop limit");
            ends[0] = in.address("source", 16);
            ends[1] = in.address("destination", 16);
            return IpLiteral.format(ends[0]) + " → " + IpLiteral.format(ends[1]);
        });
        in.limit(payload[0]);
        int start = in.at();
        int[] offset = new int[1];
        boolean[] whole = {true};
        while (isExtension(next[0])) {
            next[0] = extension(in, next[0], offset, whole);
            if (offset[0] > 0) {
                break;
            }
        }
        IpHeader header =
                new IpHeader(ends[0], ends[1], hopLimit[0], Math.max(0, payload[0] - (in.at() - start)), whole[0]);
        transport(decoding, header, next[0], offset[0]);
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    /** @return the next header's protocol */
    private static int extension(FieldReader in, int protocol, int[] offset, boolean[] whole) {
        int[] next = new int[1];
        in.group(protocolName(protocol), () -> {
            next[0] = in.peek8(0);
            in.note("next header", protocolName(next[0]), 1);
            if (protocol == FRAGMENT) {
                in.raw("reserved", 1);
                int field = in.peek16(0);
                offset[0] = field & 0xfff8;
                boolean more = (field & 1) != 0;
                whole[0] = offset[0] == 0 && !more;
                in.note("fragment", (more ? "more follow, " : "") + "offset " + offset[0], 2);
                in.hex("identification", 4);
                return "offset " + offset[0];
            }
            int units = in.peek8(0);
            int length = protocol == AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
            in.note("length", length + " bytes", 1);
            if (protocol == ROUTING) {
                in.u8("routing type");
                in.u8("segments left");
                in.raw("data", length - 4);
            } else {
                in.raw("content", length - 2);
            }
            return length + " bytes";
        });
        return next[0];
    }

    private static void transport(Decoding decoding, IpHeader ip, int protocol, int offset) {
        FieldReader in = decoding.in;
        String ends = IpLiteral.format(ip.source()) + " → " + IpLiteral.format(ip.destination());
        decoding.summary = ends + " " + protocolName(protocol) + ", " + ip.payload() + " bytes";
        decoding.flow = java.util.Optional.of(
                new Flow(protocol, new Endpoint(ip.source(), 0), new Endpoint(ip.destination(), 0)));
        if (offset > 0) {
            decoding.summary = ends + " fragment of " + protocolName(protocol) + " at " + offset;
            in.raw("fragment", in.remaining());
            return;
        }
        switch (protocol) {
            case Flow.TCP -> TcpDecoder.segment(decoding, ip);
            case Flow.UDP -> UdpDecoder.datagram(decoding, ip);
            case Flow.SCTP -> UdpDecoder.sctp(decoding, ip);
            case Flow.ICMP -> IcmpDecoder.v4(decoding, ip);
            case Flow.ICMPV6 -> IcmpDecoder.v6(decoding, ip);
            case VRRP -> VrrpDecoder.advertisement(decoding, ip);
            case IPIP, IPV6_IN_IP -> {
                if (decoding.deeper()) {
                    decoding.prefix(ends + (protocol == IPIP ? " IPIP: " : " IPv6 in IP: "));
                    packet(decoding, protocol == IPV6_IN_IP);
                } else {
                    in.raw("packet", in.remaining());
                }
            }
            case GRE -> TunnelDecoder.gre(decoding, ends);
            case NO_NEXT -> in.raw("payload", in.remaining());
            default -> in.raw("payload", in.remaining());
        }
    }

    static String protocolName(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP -> "hop-by-hop options";
            case Flow.ICMP -> "ICMP";
            case 2 -> "IGMP";
            case IPIP -> "IPIP";
            case Flow.TCP -> "TCP";
            case Flow.UDP -> "UDP";
            case IPV6_IN_IP -> "IPv6 in IP";
            case ROUTING -> "routing header";
            case FRAGMENT -> "fragment header";
            case GRE -> "GRE";
            case 50 -> "ESP";
            case AUTHENTICATION -> "authentication header";
            case Flow.ICMPV6 -> "ICMPv6";
            case NO_NEXT -> "no next header";
            case DESTINATION_OPTIONS -> "destination options";
            case 89 -> "OSPF";
            case VRRP -> "VRRP";
            case Flow.SCTP -> "SCTP";
            case 248 -> "UOA";
            default -> "protocol " + protocol;
        };
    }
}
