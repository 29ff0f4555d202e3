package io.twoarm.diagnose.packet;

import java.net.InetAddress;

/** The header of the PROXY protocol, versions 1 (text) and 2 (binary), at the beginning of a connection's data. */
final class ProxyHeaderDecoder {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final int FIXED = 16;
    private static final int LONGEST_TEXT = 107;

    private ProxyHeaderDecoder() {}

    /** Reads the header and what follows it. Returns false, and reads nothing, when there is none. */
    static boolean read(Decoding decoding) {
        FieldReader in = decoding.in;
        int ahead = in.remaining();
        if (ahead >= FIXED && in.latin(in.at(), SIGNATURE.length()).equals(SIGNATURE)) {
            binary(decoding);
        } else if (ahead >= 8 && in.latin(in.at(), 6).equals("PROXY ")) {
            String text = in.latin(in.at(), Math.min(LONGEST_TEXT, ahead));
            int end = text.indexOf("\r\n");
            if (end < 0) {
                return false;
            }
            decoding.summary += " " + text.substring(0, end);
            in.note("PROXY v1", text.substring(0, end), end + 2);
        } else {
            return false;
        }
        in.raw("payload", in.remaining());
        return true;
    }

    private static void binary(Decoding decoding) {
        FieldReader in = decoding.in;
        in.group("PROXY v2", () -> {
            in.raw("signature", SIGNATURE.length());
            int command = in.peek8(0);
            in.note("version and command", (command >> 4) + ", " + ((command & 15) == 1 ? "PROXY" : "LOCAL"), 1);
            int family = in.peek8(0);
            in.note("family and protocol", familyName(family), 1);
            int length = in.u16("length");
            int address = switch (family >> 4) {
                case 1 -> 4;
                case 2 -> 16;
                default -> 0;
            };
            String value = familyName(family);
            int rest = length;
            if (address > 0 && length >= 2 * address + 4) {
                InetAddress source = in.address("source", address);
                InetAddress destination = in.address("destination", address);
                Endpoint from = new Endpoint(source, in.u16("source port"));
                Endpoint to = new Endpoint(destination, in.u16("destination port"));
                rest -= 2 * address + 4;
                value = from + " → " + to;
            }
            in.raw("further values", rest);
            decoding.summary += " PROXY v2 " + value;
            return value;
        });
    }

    private static String familyName(int family) {
        return switch (family) {
            case 0x11 -> "TCP over IPv4";
            case 0x12 -> "UDP over IPv4";
            case 0x21 -> "TCP over IPv6";
            case 0x22 -> "UDP over IPv6";
            case 0 -> "unspecified";
            default -> "0x%02x".formatted(family);
        };
    }
}
