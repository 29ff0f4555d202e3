package io.twoarm.diagnose.packet;

import io.twoarm.model.IpLiteral;
import java.util.Optional;

/** ICMP (RFC 792), ICMPv6 (RFC 4443) and neighbour discovery (RFC 4861), with the packet that an error quotes. */
final class IcmpDecoder {
    private IcmpDecoder() {}

    static void v4(Decoding decoding, IpHeader ip) {
        FieldReader in = decoding.in;
        int start = in.at();
        String ends = IpLiteral.format(ip.source()) + " → " + IpLiteral.format(ip.destination());
        in.group("ICMP", () -> {
            int type = in.peek8(0);
            int code = in.peek8(1);
            String name = nameV4(type, code);
            decoding.summary = ends + " ICMP " + name;
            in.note("type", type + " (" + name + ")", 1);
            in.u8("code");
            boolean complete = ip.whole() && !decoding.quote && start + ip.payload() <= in.end() && ip.payload() >= 4;
            in.note(
                    "checksum",
                    complete
                            ? InternetChecksum.verdict(in.bytes(), start, ip.payload(), start + 2)
                            : "0x%04x".formatted(in.peek16(0)),
                    2);
            switch (type) {
                case 0, 8 -> echo(decoding, ip, Flow.ICMP);
                case 3 -> {
                    in.raw("unused", 2);
                    int mtu = in.u16("MTU of next hop");
                    decoding.summary += code == 4 ? " " + mtu : "";
                    quote(decoding, false);
                }
                case 4, 11, 12 -> {
                    in.raw("unused", 4);
                    quote(decoding, false);
                }
                case 5 -> {
                    String gateway = IpLiteral.format(in.address("gateway", 4));
                    decoding.summary += " to " + gateway;
                    quote(decoding, false);
                }
                default -> in.raw("content", in.remaining());
            }
            return name;
        });
        in.raw("payload", in.remaining());
    }

    static void v6(Decoding decoding, IpHeader ip) {
        FieldReader in = decoding.in;
        int start = in.at();
        String ends = IpLiteral.format(ip.source()) + " → " + IpLiteral.format(ip.destination());
        in.group("ICMPv6", () -> {
            int type = in.peek8(0);
            String name = nameV6(type, in.peek8(1));
            decoding.summary = ends + " ICMPv6 " + name;
            in.note("type", type + " (" + name + ")", 1);
            in.u8("code");
            boolean complete = ip.whole() && !decoding.quote && start + ip.payload() <= in.end() && ip.payload() >= 4;
            in.note(
                    "checksum",
                    complete
                            ? InternetChecksum.verdict(in.bytes(), start, ip.payload(), start + 2, ip, Flow.ICMPV6)
                            : "0x%04x".formatted(in.peek16(0)),
                    2);
            switch (type) {
                case 128, 129 -> echo(decoding, ip, Flow.ICMPV6);
                case 1, 2, 3, 4 -> {
                    long word = in.u32(type == 2 ? "MTU" : type == 4 ? "pointer" : "unused");
                    decoding.summary += type == 2 ? " " + word : "";
                    quote(decoding, true);
                }
                case 133, 134, 135, 136, 137 -> discovery(decoding, type);
                default -> in.raw("content", in.remaining());
            }
            return name;
        });
        in.raw("payload", in.remaining());
    }

    private static void echo(Decoding decoding, IpHeader ip, int protocol) {
        FieldReader in = decoding.in;
        int identifier = in.u16("identifier");
        int sequence = in.u16("sequence");
        decoding.summary += " id " + identifier + " seq " + sequence;
        decoding.flow = Optional.of(
                new Flow(protocol, new Endpoint(ip.source(), identifier), new Endpoint(ip.destination(), identifier)));
    }

    private static void quote(Decoding decoding, boolean ipv6) {
        if (decoding.quote || decoding.in.remaining() == 0) {
            return;
        }
        String inner = decoding.quotedPacket(ipv6);
        decoding.summary += inner.isEmpty() ? "" : ", quoting " + inner;
    }

    private static void discovery(Decoding decoding, int type) {
        FieldReader in = decoding.in;
        switch (type) {
            case 133 -> in.raw("reserved", 4);
            case 134 -> {
                in.u8("hop limit");
                in.hex("flags", 1);
                in.u16("lifetime");
                in.u32("reachable time");
                in.u32("retransmit time");
            }
            case 136 -> {
                int flags = in.peek8(0);
                in.note(
                        "flags",
                        ((flags & 0x80) != 0 ? "router " : "")
                                + ((flags & 0x40) != 0 ? "solicited " : "")
                                + ((flags & 0x20) != 0 ? "override" : ""),
                        4);
                decoding.summary += ": " + IpLiteral.format(in.address("target", 16));
            }
            default -> {
                in.raw("reserved", 4);
                decoding.summary += " for " + IpLiteral.format(in.address("target", 16));
                if (type == 137) {
                    in.address("destination", 16);
                }
            }
        }
        while (in.remaining() >= 8) {
            int option = in.peek8(0);
            int length = in.peek8(1) * 8;
            if (length == 0 || length > in.remaining()) {
                break;
            }
            option(decoding, option, length);
        }
        in.raw("rest", in.remaining());
    }

    private static void option(Decoding decoding, int option, int length) {
        FieldReader in = decoding.in;
        in.group(optionName(option), () -> {
            in.u8("type");
            in.u8("length");
            String value = "";
            int left = length - 2;
            if ((option == 1 || option == 2) && left >= 6) {
                value = in.mac("link address");
                left -= 6;
                decoding.summary += option == 1 ? " from " + value : " is at " + value;
            } else if (option == 5 && left == 6) {
                in.raw("reserved", 2);
                value = Long.toString(in.u32("MTU"));
                left = 0;
            }
            in.raw("content", left);
            return value;
        });
    }

    private static String optionName(int option) {
        return switch (option) {
            case 1 -> "source link address";
            case 2 -> "target link address";
            case 3 -> "prefix";
            case 4 -> "redirected header";
            case 5 -> "MTU option";
            default -> "option " + option;
        };
    }

    private static String nameV4(int type, int code) {
        return switch (type) {
            case 0 -> "echo reply";
            case 3 ->
                switch (code) {
                    case 0 -> "network unreachable";
                    case 1 -> "host unreachable";
                    case 2 -> "protocol unreachable";
                    case 3 -> "port unreachable";
                    case 4 -> "too big, next hop takes";
                    case 9, 10, 13 -> "forbidden by an administrator";
                    default -> "unreachable, code " + code;
                };
            case 4 -> "source quench";
            case 5 -> "redirect";
            case 8 -> "echo request";
            case 11 -> code == 0 ? "time exceeded" : "reassembly time exceeded";
            case 12 -> "parameter problem";
            default -> "type " + type + " code " + code;
        };
    }

    private static String nameV6(int type, int code) {
        return switch (type) {
            case 1 ->
                switch (code) {
                    case 0 -> "no route";
                    case 1 -> "forbidden by an administrator";
                    case 3 -> "address unreachable";
                    case 4 -> "port unreachable";
                    default -> "unreachable, code " + code;
                };
            case 2 -> "too big, next hop takes";
            case 3 -> code == 0 ? "time exceeded" : "reassembly time exceeded";
            case 4 -> "parameter problem";
            case 128 -> "echo request";
            case 129 -> "echo reply";
            case 133 -> "router solicitation";
            case 134 -> "router advertisement";
            case 135 -> "neighbour solicitation";
            case 136 -> "neighbour advertisement";
            case 137 -> "redirect";
            default -> "type " + type + " code " + code;
        };
    }
}
