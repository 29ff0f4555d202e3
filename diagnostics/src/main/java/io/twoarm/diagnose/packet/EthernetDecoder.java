package io.twoarm.diagnose.packet;

import io.twoarm.model.IpLiteral;
import java.net.InetAddress;

/** Ethernet II and IEEE 802.1Q, the cooked headers of Linux' "any" device, and ARP (RFC 826). */
final class EthernetDecoder {
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    private static final int IPV6 = 0x86dd;
    private static final int SLOW_PROTOCOLS = 0x8809;
    private static final int LLDP = 0x88cc;
    /** Smaller values are lengths (IEEE 802.3). */
    private static final int SMALLEST_TYPE = 0x600;

    private EthernetDecoder() {}

    static void frame(Decoding decoding) {
        FieldReader in = decoding.in;
        int[] type = new int[1];
        in.group("Ethernet", () -> {
            String destination = in.mac("destination");
            String source = in.mac("source");
            type[0] = type(in);
            decoding.summary = source + " → " + destination + " " + typeName(type[0]);
            return source + " → " + destination;
        });
        payload(decoding, type[0]);
    }

    static void cooked(Decoding decoding) {
        FieldReader in = decoding.in;
        int[] type = new int[1];
        in.group("Linux cooked", () -> {
            String direction = direction(in.peek16(0));
            in.note("direction", direction, 2);
            in.u16("hardware type");
            in.u16("address length");
            in.raw("link address", 8);
            type[0] = type(in);
            return direction;
        });
        payload(decoding, type[0]);
    }

    static void cookedV2(Decoding decoding) {
        FieldReader in = decoding.in;
        int[] type = new int[1];
        in.group("Linux cooked v2", () -> {
            type[0] = type(in);
            in.raw("reserved", 2);
            in.u32("interface");
            in.u16("hardware type");
            String direction = direction(in.peek8(0));
            in.note("direction", direction, 1);
            in.u8("address length");
            in.raw("link address", 8);
            return direction;
        });
        payload(decoding, type[0]);
    }

    private static String direction(int kind) {
        return switch (kind) {
            case 0 -> "to this host";
            case 1 -> "broadcast";
            case 2 -> "multicast";
            case 3 -> "between others";
            case 4 -> "from this host";
            default -> "kind " + kind;
        };
    }

    private static int type(FieldReader in) {
        int type = in.peek16(0);
        in.note("type", typeName(type), 2);
        return type;
    }

    private static String typeName(int type) {
        return switch (type) {
            case IPV4 -> "IPv4";
            case ARP -> "ARP";
            case VLAN -> "VLAN";
            case SERVICE_VLAN -> "service VLAN";
            case IPV6 -> "IPv6";
            case SLOW_PROTOCOLS -> "slow protocols (LACP)";
            case LLDP -> "LLDP";
            default -> type < SMALLEST_TYPE ? "802.3, " + type + " bytes" : "0x%04x".formatted(type);
        };
    }

    private static void payload(Decoding decoding, int type) {
        FieldReader in = decoding.in;
        int[] next = {type};
        while ((next[0] == VLAN || next[0] == SERVICE_VLAN)) {
            in.group("VLAN", () -> {
                int tag = in.peek16(0);
                in.noteAt("priority", Integer.toString(tag >> 13), in.at(), 1);
                in.noteAt("drop eligible", (tag >> 12 & 1) == 1 ? "yes" : "no", in.at(), 1);
                in.note("id", Integer.toString(tag & 0xfff), 2);
                next[0] = type(in);
                decoding.prefix("VLAN " + (tag & 0xfff) + " ");
                return Integer.toString(tag & 0xfff);
            });
        }
        switch (next[0]) {
            case IPV4 -> IpDecoder.packet(decoding, false);
            case IPV6 -> IpDecoder.packet(decoding, true);
            case ARP -> arp(decoding);
            default -> in.raw("payload", in.remaining());
        }
    }

    private static void arp(Decoding decoding) {
        FieldReader in = decoding.in;
        in.group("ARP", () -> {
            in.u16("hardware type");
            in.hex("protocol type", 2);
            int hardware = in.u8("hardware length");
            int protocol = in.u8("protocol length");
            int operation = in.peek16(0);
            in.note("operation", operation == 1 ? "request" : operation == 2 ? "reply" : "" + operation, 2);
            if (hardware != 6 || protocol != 4) {
                decoding.summary = "ARP with addresses of " + hardware + " and " + protocol + " bytes";
                in.raw("addresses", in.remaining());
                return decoding.summary;
            }
            String senderMac = in.mac("sender MAC");
            InetAddress sender = in.address("sender address", 4);
            in.mac("target MAC");
            InetAddress target = in.address("target address", 4);
            decoding.summary = arpLine(operation, senderMac, sender, target);
            return decoding.summary.substring("ARP ".length());
        });
    }

    private static String arpLine(int operation, String senderMac, InetAddress sender, InetAddress target) {
        String who = IpLiteral.format(sender);
        if (sender.equals(target)) {
            return "ARP " + who + " is at " + senderMac + " (gratuitous)";
        }
        return switch (operation) {
            case 1 -> "ARP who has " + IpLiteral.format(target) + "? tell " + who;
            case 2 -> "ARP " + who + " is at " + senderMac;
            default -> "ARP operation " + operation + " from " + who;
        };
    }
}
