package io.twoarm.diagnose.packet;

import java.util.Optional;

/** UDP (RFC 768), what it carries, and the chunks of SCTP (RFC 9260). */
final class UdpDecoder {
    private static final int HEADER = 8;
    private static final int DNS_PORT = 53;

    private UdpDecoder() {}

    static void datagram(Decoding decoding, IpHeader ip) {
        FieldReader in = decoding.in;
        int start = in.at();
        Flow flow = ends(decoding, ip, Flow.UDP);
        int[] length = new int[1];
        in.group("UDP", () -> {
            in.u16("source port");
            in.u16("destination port");
            length[0] = in.u16("length");
            boolean complete = ip.whole()
                    && !decoding.quote
                    && in.peek16(0) != 0
                    && length[0] >= HEADER
                    && start + length[0] <= in.end();
            in.note(
                    "checksum",
                    complete
                            ? InternetChecksum.verdict(in.bytes(), start, length[0], start + 6, ip, Flow.UDP)
                            : in.peek16(0) == 0 ? "none" : "0x%04x".formatted(in.peek16(0)),
                    2);
            return "";
        });
        decoding.summary = flow + " UDP len " + Math.max(0, length[0] - HEADER);
        in.limit(length[0] - HEADER);
        boolean dns = flow.source().port() == DNS_PORT || flow.destination().port() == DNS_PORT;
        if (decoding.quote || in.remaining() == 0) {
            return;
        }
        if (dns) {
            DnsDecoder.message(decoding);
        } else if (!ProxyHeaderDecoder.read(decoding)) {
            in.raw("payload", in.remaining());
        }
    }

    private static Flow ends(Decoding decoding, IpHeader ip, int protocol) {
        Flow flow = new Flow(
                protocol,
                new Endpoint(ip.source(), decoding.in.peek16(0)),
                new Endpoint(ip.destination(), decoding.in.peek16(2)));
        decoding.flow = Optional.of(flow);
        decoding.summary = flow + " " + IpDecoder.protocolName(protocol);
        return flow;
    }

    static void sctp(Decoding decoding, IpHeader ip) {
        FieldReader in = decoding.in;
        Flow flow = ends(decoding, ip, Flow.SCTP);
        StringBuilder chunks = new StringBuilder();
        in.group("SCTP", () -> {
            in.u16("source port");
            in.u16("destination port");
            in.hex("verification tag", 4);
            in.hex("checksum", 4);
            return "";
        });
        while (in.remaining() >= 4) {
            String name = chunkName(in.peek8(0));
            chunks.append(' ').append(name);
            decoding.summary = flow + " SCTP" + chunks;
            in.group(name, () -> {
                in.u8("type");
                in.hex("flags", 1);
                int length = in.u16("length");
                // Chunks begin at multiples of four bytes; the last one may be without padding.
                in.raw("value", Math.max(0, length - 4));
                in.raw("padding", Math.min(in.remaining(), -length & 3));
                return length + " bytes";
            });
        }
    }

    private static String chunkName(int type) {
        return switch (type) {
            case 0 -> "DATA";
            case 1 -> "INIT";
            case 2 -> "INIT-ACK";
            case 3 -> "SACK";
            case 4 -> "HEARTBEAT";
            case 5 -> "HEARTBEAT-ACK";
            case 6 -> "ABORT";
            case 7 -> "SHUTDOWN";
            case 8 -> "SHUTDOWN-ACK";
            case 9 -> "ERROR";
            case 10 -> "COOKIE-ECHO";
            case 11 -> "COOKIE-ACK";
            case 14 -> "SHUTDOWN-COMPLETE";
            default -> "chunk " + type;
        };
    }
}
