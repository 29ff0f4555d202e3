package io.twoarm.director.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a frame into words, like {@code tcp 10.0.0.1:1000 > 10.0.0.2:80 S seq=1 ack=0 win=8192 ttl=64 … mss=1460 len=0}.
 *
 * <p>Every length and checksum is verified against the bytes; an {@link AssertionError} names the first that is wrong.
 * Words about the same things always stand in the same order, options in that of the packet.
 */
public final class PacketReader {
    private static final String FLAG_LETTERS = "FSRPAUEC";

    private final byte[] frame;
    private final ByteBuffer at;
    private final List<String> words = new ArrayList<>();

    private PacketReader(byte[] frame) {
        this.frame = frame;
        at = ByteBuffer.wrap(frame);
    }

    public static List<String> words(byte[] frame) {
        PacketReader reader = new PacketReader(frame);
        reader.ethernet();
        return reader.words;
    }

    public static String text(byte[] frame) {
        return String.join(" ", words(frame));
    }

    private int u8(int offset) {
        return frame[offset] & 0xff;
    }

    private int u16(int offset) {
        return at.getShort(offset) & 0xffff;
    }

    private long u32(int offset) {
        return at.getInt(offset) & 0xffff_ffffL;
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw new AssertionError(what);
        }
    }

    private String mac(int offset) {
        return HexFormat.ofDelimiter(":").formatHex(frame, offset, offset + 6);
    }

    private boolean isWide(int ip) {
        return u8(ip) >> 4 == 6;
    }

    private String source(int ip) {
        return isWide(ip) ? wideAddress(ip + 8) : address(ip + 12);
    }

    private String destination(int ip) {
        return isWide(ip) ? wideAddress(ip + 24) : address(ip + 16);
    }

    private int ttl(int ip) {
        return u8(ip + (isWide(ip) ? 7 : 8));
    }

    private int pseudo(int ip, int protocol, int length) {
        return isWide(ip)
                ? WireSum.of(frame, ip + 8, 32, protocol + length)
                : WireSum.pseudo(frame, ip, protocol, length);
    }

    /** Written by the JDK and then shortened: the first longest row of zero groups becomes two colons (RFC 5952). */
    private String wideAddress(int offset) {
        String[] groups = new String[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = Integer.toHexString(u16(offset + 2 * i));
        }
        String text = String.join(":", groups);
        for (int zeros = 8; zeros > 1; zeros--) {
            String row = String.join(":", Collections.nCopies(zeros, "0"));
            Matcher found = Pattern.compile("(^|:)" + row + "(:|$)").matcher(text);
            if (found.find()) {
                return found.replaceFirst("::");
            }
        }
        return text;
    }

    private String address(int offset) {
        return u8(offset) + "." + u8(offset + 1) + "." + u8(offset + 2) + "." + u8(offset + 3);
    }

    private void ethernet() {
        check(frame.length >= 14, "frame has " + frame.length + " bytes");
        switch (u16(12)) {
            case 0x0800 -> {
                check(u16(16) == frame.length - 14, "IP length " + u16(16) + " in a frame of " + frame.length);
                ipv4(14, frame.length - 14, true);
            }
            case 0x86dd -> {
                check(u16(18) + 40 == frame.length - 14, "payload of " + u16(18) + " in a frame of " + frame.length);
                ipv6(14, frame.length - 14);
            }
            case 0x0806 -> arp();
            default -> words.add("ethertype=" + Integer.toHexString(u16(12)));
        }
        words.add("to=" + mac(0));
        words.add("by=" + mac(6));
    }

    private void arp() {
        check(frame.length >= 42, "ARP frame has " + frame.length + " bytes");
        check(at.getLong(14) >>> 16 == 0x0001_0800_0604L, "ARP is not for IPv4 over Ethernet");
        words.add("arp");
        words.add(
                switch (u16(20)) {
                    case 1 -> "request";
                    case 2 -> "reply";
                    default -> "operation=" + u16(20);
                });
        words.add("sender=" + address(28));
        words.add("sendermac=" + mac(22));
        words.add("target=" + address(38));
        words.add("targetmac=" + mac(32));
    }

    /** A packet; one that is quoted may be cut short, and then its transport checksum cannot be verified. */
    private void ipv4(int ip, int available, boolean whole) {
        check(u8(ip) >> 4 == 4, "IP version " + (u8(ip) >> 4));
        int header = (u8(ip) & 15) * 4;
        int total = u16(ip + 2);
        check(header >= 20 && header <= available, "IP header of " + header + " bytes");
        check(!whole || total == available, "IP length " + total + " of " + available);
        check(WireSum.of(frame, ip, header, 0) == 0xffff, "IP header checksum");
        int transport = ip + header;
        int length = Math.min(available, total) - header;
        if ((u16(ip + 6) & 0x3fff) != 0) {
            fragment(ip, u8(ip + 9), u16(ip + 4), (u16(ip + 6) & 0x1fff) * 8, u16(ip + 6) >> 13 & 1, transport, length);
            return;
        }
        boolean verifiable = total <= available;
        switch (u8(ip + 9)) {
            case 6 -> tcp(ip, transport, length, verifiable);
            case 17 -> udp(ip, transport, length, verifiable);
            case 132 -> sctp(ip, transport, length, verifiable);
            case 1 -> icmp(ip, transport, length, verifiable);
            case 4, 41 -> tunnel(ip, transport, length);
            case 47 -> gre(ip, transport, length);
            default -> words.addAll(List.of("ip", address(ip + 12), ">", address(ip + 16), "proto=" + u8(ip + 9)));
        }
    }

    /** A packet, whole or quoted; behind a fragment header only the first fragment's transport header is looked at. */
    private void ipv6(int ip, int available) {
        check(isWide(ip), "IP version " + (u8(ip) >> 4));
        check(available >= 40, "IPv6 header of " + available + " bytes");
        int length = Math.min(available - 40, u16(ip + 4));
        boolean verifiable = u16(ip + 4) <= available - 40;
        int protocol = u8(ip + 6);
        int transport = ip + 40;
        switch (protocol) {
            case 6 -> tcp(ip, transport, length, verifiable);
            case 17 -> udp(ip, transport, length, verifiable);
            case 132 -> sctp(ip, transport, length, verifiable);
            case 58 -> icmp6(ip, transport, length, verifiable);
            case 4, 41 -> tunnel(ip, transport, length);
            case 47 -> gre(ip, transport, length);
            case 44 -> {
                int field = u16(transport + 2);
                long id = u32(transport + 4);
                fragment(ip, u8(transport), id, field & 0xfff8, field & 1, transport + 8, length - 8);
            }
            default -> words.addAll(List.of("ip", source(ip), ">", destination(ip), "proto=" + protocol));
        }
    }

    /** GRE as of RFC 2784 without a checksum. */
    private void gre(int ip, int gre, int length) {
        check(length >= 4 && u16(gre) == 0, "GRE flags " + u16(gre));
        words.addAll(List.of("gre", source(ip), ">", destination(ip)));
        network(ip);
        words.add("[");
        if (u16(gre + 2) == 0x86dd) {
            check(u16(gre + 8) + 44 == length, "IPv6 length within GRE");
            ipv6(gre + 4, length - 4);
        } else {
            check(u16(gre + 2) == 0x0800, "GRE type " + u16(gre + 2));
            ipv4(gre + 4, length - 4, true);
        }
        words.add("]");
    }

    private void tunnel(int ip, int inner, int length) {
        words.addAll(List.of("tunnel", source(ip), ">", destination(ip)));
        network(ip);
        words.add("[");
        if (isWide(inner)) {
            check((isWide(ip) ? u8(ip + 6) : u8(ip + 9)) == 41, "protocol of a tunnel for IPv6");
            check(u16(inner + 4) + 40 == length, "IPv6 length within a tunnel");
            ipv6(inner, length);
        } else {
            check((isWide(ip) ? u8(ip + 6) : u8(ip + 9)) == 4, "protocol of a tunnel for IPv4");
            ipv4(inner, length, true);
        }
        words.add("]");
    }

    private void fragment(int ip, int next, long id, int offset, int more, int data, int length) {
        check(more == 0 || length % 8 == 0 || words.contains("["), "fragment of " + length + " bytes");
        words.addAll(List.of(
                "frag",
                source(ip),
                ">",
                destination(ip),
                "next=" + next,
                "fid=" + id,
                "offset=" + offset,
                "mf=" + more,
                "ttl=" + ttl(ip),
                "len=" + length,
                "data=" + HexFormat.of().formatHex(frame, data, data + length)));
    }

    private void icmp6(int ip, int icmp, int length, boolean verifiable) {
        int type = u8(icmp);
        boolean neighbour = type == 135 || type == 136;
        ends(neighbour ? type == 135 ? "ns" : "na" : "icmp6", ip, "", "");
        if (verifiable) {
            check(WireSum.of(frame, icmp, length, pseudo(ip, 58, length)) == 0xffff, "ICMPv6 checksum of " + words);
        }
        if (neighbour) {
            check(u8(icmp + 1) == 0 && length >= 24, "neighbour message");
            if (type == 136) {
                int flags = u8(icmp + 4) >> 5;
                words.add("flags=" + ((flags & 4) != 0 ? "R" : "") + ((flags & 2) != 0 ? "S" : "")
                        + ((flags & 1) != 0 ? "O" : ""));
            }
            words.add("target=" + wideAddress(icmp + 8));
            for (int option = icmp + 24; option < icmp + length; option += 8 * u8(option + 1)) {
                words.add((u8(option) == 1 ? "slla=" : u8(option) == 2 ? "tlla=" : "option=") + mac(option + 2));
            }
            words.add("ttl=" + ttl(ip));
            return;
        }
        if (type == 128 || type == 129) {
            words.add(type == 128 ? "echo" : "reply");
            words.add("id=" + u16(icmp + 4));
            words.add("seq=" + u16(icmp + 6));
            words.add("ttl=" + ttl(ip));
            words.add("len=" + (length - 8));
            words.add("data=" + HexFormat.of().formatHex(frame, icmp + 8, icmp + length));
            return;
        }
        words.add("type=" + type);
        words.add("code=" + u8(icmp + 1));
        words.add((type == 4 ? "pointer=" : "mtu=") + u32(icmp + 4));
        words.add("ttl=" + ttl(ip));
        if (type < 128 && length >= 48) {
            words.add("[");
            ipv6(icmp + 8, length - 8);
            words.add("]");
        }
    }

    private void network(int ip) {
        if (isWide(ip)) {
            words.add("ttl=" + ttl(ip));
            words.add("tos=" + (u16(ip) >> 4 & 0xff));
            words.add("flow=" + (u32(ip) & 0xfffff));
            return;
        }
        words.add("ttl=" + u8(ip + 8));
        words.add("id=" + u16(ip + 4));
        words.add("df=" + (u16(ip + 6) >> 14 & 1));
        words.add("tos=" + u8(ip + 1));
    }

    private void ends(String protocol, int ip, String source, String destination) {
        words.add(protocol);
        words.add(withPort(ip, source(ip), source));
        words.add(">");
        words.add(withPort(ip, destination(ip), destination));
    }

    private String withPort(int ip, String address, String port) {
        return isWide(ip) && !port.isEmpty() ? "[" + address + "]" + port : address + port;
    }

    private void tcp(int ip, int tcp, int length, boolean verifiable) {
        ends("tcp", ip, ":" + u16(tcp), ":" + u16(tcp + 2));
        if (length < 20) {
            words.add("cut");
            words.add("seq=" + u32(tcp + 4));
            network(ip);
            return;
        }
        int header = (u8(tcp + 12) >> 4) * 4;
        check(header >= 20 && (header <= length || !verifiable), "TCP header of " + header + " bytes in " + length);
        if (verifiable) {
            check(WireSum.of(frame, tcp, length, pseudo(ip, 6, length)) == 0xffff, "TCP checksum of " + words);
        }
        words.add(flags(u8(tcp + 13)));
        words.add("seq=" + u32(tcp + 4));
        words.add("ack=" + u32(tcp + 8));
        words.add("win=" + u16(tcp + 14));
        network(ip);
        options(tcp + 20, Math.min(tcp + header, tcp + length));
        words.add("len=" + (length - header));
        words.add("data=" + HexFormat.of().formatHex(frame, Math.min(tcp + header, tcp + length), tcp + length));
    }

    private static String flags(int bits) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if ((bits >> i & 1) != 0) {
                letters.append(FLAG_LETTERS.charAt(i));
            }
        }
        return letters.isEmpty() ? "none" : letters.toString();
    }

    private void options(int from, int to) {
        int option = from;
        while (option < to) {
            int kind = u8(option);
            if (kind == 0) {
                words.add("eol*" + (to - option));
                return;
            }
            if (kind == 1) {
                words.add("nop");
                option++;
                continue;
            }
            int size = option + 1 < to ? u8(option + 1) : 0;
            check(size >= 2 && option + size <= to, "TCP option " + kind + " of " + size + " bytes");
            words.add(option(option, kind, size));
            option += size;
        }
    }

    private String option(int option, int kind, int size) {
        if (kind == 2 && size == 4) {
            return "mss=" + u16(option + 2);
        }
        if (kind == 4 && size == 2) {
            return "sackok";
        }
        if (kind == 8 && size == 10) {
            return "ts=" + u32(option + 2) + "/" + u32(option + 6);
        }
        if (kind == 254 && size == 8) {
            return "toa=" + address(option + 4) + ":" + u16(option + 2);
        }
        if (kind == 254 && size == 20) {
            return "toa=[" + wideAddress(option + 4) + "]:" + u16(option + 2);
        }
        if (kind == 5) {
            StringBuilder blocks = new StringBuilder("sack=");
            for (int edge = 2; edge + 8 <= size; edge += 8) {
                blocks.append(edge == 2 ? "" : ",")
                        .append(u32(option + edge))
                        .append('-')
                        .append(u32(option + edge + 4));
            }
            return blocks.toString();
        }
        return "opt" + kind + "=" + HexFormat.of().formatHex(frame, option + 2, option + size);
    }

    private void udp(int ip, int udp, int length, boolean verifiable) {
        ends("udp", ip, ":" + u16(udp), ":" + u16(udp + 2));
        int stated = u16(udp + 4);
        check(!verifiable || stated == length, "UDP length " + stated + " in " + length);
        boolean summed = u16(udp + 6) != 0;
        check(summed || !isWide(ip), "no UDP checksum in an IPv6 packet");
        if (verifiable && summed) {
            check(WireSum.of(frame, udp, length, pseudo(ip, 17, length)) == 0xffff, "UDP checksum of " + words);
        }
        words.add(summed ? "summed" : "nosum");
        network(ip);
        words.add("len=" + (stated - 8));
        words.add("data=" + HexFormat.of().formatHex(frame, udp + 8, udp + length));
    }

    private void sctp(int ip, int sctp, int length, boolean verifiable) {
        ends("sctp", ip, ":" + u16(sctp), ":" + u16(sctp + 2));
        words.add("vtag=" + u32(sctp + 4));
        if (!verifiable || length < 16) {
            network(ip);
            return;
        }
        // A quoted packet's checksum covers what its ports were.
        check(words.contains("[") || SctpPacket.isRight(frame, sctp, length), "SCTP checksum of " + words);
        words.add("chunk=" + SctpPacket.chunk(u8(sctp + 12)));
        network(ip);
        words.add("len=" + (length - 16));
        words.add("data=" + HexFormat.of().formatHex(frame, sctp + 16, sctp + length));
    }

    private void icmp(int ip, int icmp, int length, boolean verifiable) {
        ends("icmp", ip, "", "");
        int type = u8(icmp);
        if (verifiable) {
            check(WireSum.of(frame, icmp, length, 0) == 0xffff, "ICMP checksum of " + words);
        }
        if (type == 8 || type == 0) {
            words.add(type == 8 ? "echo" : "reply");
            words.add("id=" + u16(icmp + 4));
            words.add("seq=" + u16(icmp + 6));
            words.add("ttl=" + u8(ip + 8));
            words.add("len=" + (length - 8));
            words.add("data=" + HexFormat.of().formatHex(frame, icmp + 8, icmp + length));
            return;
        }
        words.add("type=" + type);
        words.add("code=" + u8(icmp + 1));
        words.add(type == 12 ? "pointer=" + u8(icmp + 4) : "mtu=" + u16(icmp + 6));
        words.add("ttl=" + u8(ip + 8));
        if ((type == 3 || type == 11 || type == 4 || type == 12) && length >= 28) {
            words.add("[");
            ipv4(icmp + 8, length - 8, false);
            words.add("]");
        }
    }
}
