package io.twoarm.diagnose.packet;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** TCP (RFC 9293) with its options, TOA among them. */
final class TcpDecoder {
    private static final String[] FLAG_NAMES = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
    private static final int FIXED_HEADER = 20;
    private static final int TOA = 254;
    /** Huawei's and Alibaba's kind for IPv6 clients; DPVS uses 254 for both. */
    private static final int TOA_V6 = 253;

    private static final int TOA_V4_LENGTH = 8;
    private static final int TOA_V6_LENGTH = 20;

    private TcpDecoder() {}

    static String flagNames(int flags) {
        StringJoiner names = new StringJoiner(",");
        for (int i = 0; i < FLAG_NAMES.length; i++) {
            if ((flags >> i & 1) == 1) {
                names.add(FLAG_NAMES[i]);
            }
        }
        return names.toString();
    }

    static void segment(Decoding decoding, IpHeader ip) {
        FieldReader in = decoding.in;
        int start = in.at();
        int sourcePort = in.peek16(0);
        int destinationPort = in.peek16(2);
        Flow flow = new Flow(
                Flow.TCP, new Endpoint(ip.source(), sourcePort), new Endpoint(ip.destination(), destinationPort));
        decoding.flow = Optional.of(flow);
        decoding.summary = flow + " TCP";
        in.group("TCP", () -> {
            in.u16("source port");
            in.u16("destination port");
            long sequence = in.u32("sequence");
            long acknowledgement = in.u32("acknowledgement");
            int header = (in.peek8(0) >> 4) * 4;
            in.note("header length", header + " bytes", 1);
            int flags = in.peek8(0);
            in.note("flags", flagNames(flags), 1);
            int window = in.u16("window");
            boolean complete =
                    ip.whole() && !decoding.quote && ip.payload() >= FIXED_HEADER && start + ip.payload() <= in.end();
            in.note(
                    "checksum",
                    complete
                            ? InternetChecksum.verdict(in.bytes(), start, ip.payload(), start + 16, ip, Flow.TCP)
                            : "0x%04x".formatted(in.peek16(0)),
                    2);
            in.u16("urgent pointer");
            int payload = Math.max(0, ip.payload() - header);
            decoding.tcp = Optional.of(new TcpSegment(sequence, acknowledgement, flags, payload, Optional.empty()));
            List<String> shown = new ArrayList<>();
            decoding.summary = line(flow, flags, sequence, acknowledgement, window, payload, shown);
            Optional<Endpoint> client = options(in, start + header, shown);
            decoding.tcp = Optional.of(new TcpSegment(sequence, acknowledgement, flags, payload, client));
            decoding.summary = line(flow, flags, sequence, acknowledgement, window, payload, shown);
            return flagNames(flags);
        });
        if (!decoding.quote && in.remaining() > 0) {
            payload(decoding);
        }
    }

    private static String line(
            Flow flow, int flags, long sequence, long acknowledgement, int window, int payload, List<String> options) {
        StringBuilder line = new StringBuilder(96)
                .append(flow)
                .append(" TCP ")
                .append(flags == 0 ? "no flags" : flagNames(flags))
                .append(" seq ")
                .append(sequence);
        if ((flags & TcpSegment.ACK) != 0) {
            line.append(" ack ").append(acknowledgement);
        }
        line.append(" win ").append(window);
        if (payload > 0) {
            line.append(" len ").append(payload);
        }
        options.forEach(option -> line.append(' ').append(option));
        return line.toString();
    }

    private static void payload(Decoding decoding) {
        if (!ProxyHeaderDecoder.read(decoding)) {
            FieldReader in = decoding.in;
            String text = in.ascii(in.at(), Math.min(48, in.remaining()));
            in.note("payload", in.remaining() + " bytes: " + text, in.remaining());
        }
    }

    /** Whether an option of this kind is a TOA option when its length fits. */
    static boolean mayNameClient(int kind) {
        return kind == TOA || kind == TOA_V6;
    }

    /** @return whom a TOA option names; of several the first, as realservers take it */
    private static Optional<Endpoint> options(FieldReader in, int end, List<String> shown) {
        List<Endpoint> clients = new ArrayList<>();
        if (end <= in.at()) {
            return Optional.empty();
        }
        in.group("options", () -> {
            while (in.at() < end) {
                int kind = in.peek8(0);
                if (kind == 0) {
                    in.note("end of options", "", 1);
                    in.raw("padding", Math.max(0, end - in.at()));
                    break;
                }
                if (kind == 1) {
                    in.note("no operation", "", 1);
                    continue;
                }
                int length = in.peek8(1);
                if (length < 2 || in.at() + length > end) {
                    in.raw("option " + kind + " of impossible length " + length, Math.max(0, end - in.at()));
                    break;
                }
                option(in, kind, length, shown, clients);
            }
            return "";
        });
        return clients.stream().findFirst();
    }

    private static void option(FieldReader in, int kind, int length, List<String> shown, List<Endpoint> clients) {
        boolean toa = mayNameClient(kind) && (length == TOA_V4_LENGTH || length == TOA_V6_LENGTH);
        if (toa) {
            in.group("TOA", () -> {
                in.u8("kind");
                in.u8("length");
                int port = in.u16("client port");
                InetAddress address = in.address("client address", length - 4);
                Endpoint client = new Endpoint(address, port);
                clients.add(client);
                shown.add("TOA " + client);
                return client + " (kind " + kind + ")";
            });
            return;
        }
        switch (kind) {
            case 2 -> number(in, "maximum segment size", length, "mss", shown);
            case 3 -> number(in, "window scale", length, "wscale", shown);
            case 4 -> in.note("SACK permitted", "", length);
            case 5 -> selective(in, length, shown);
            case 8 -> timestamps(in, length);
            default -> in.note(optionName(kind), in.remaining() < length ? "" : (length - 2) + " bytes", length);
        }
    }

    private static void number(FieldReader in, String name, int length, String word, List<String> shown) {
        long value = length == 4 ? in.peek16(2) : length == 3 ? in.peek8(2) : -1;
        in.note(name, value < 0 ? "of impossible length " + length : Long.toString(value), length);
        if (value >= 0) {
            shown.add(word + " " + value);
        }
    }

    private static void selective(FieldReader in, int length, List<String> shown) {
        StringJoiner blocks = new StringJoiner(", ");
        for (int i = 2; i + 8 <= length; i += 8) {
            blocks.add(in.peek32(i) + "–" + in.peek32(i + 4));
        }
        in.note("SACK", blocks.toString(), length);
        shown.add("sack " + blocks);
    }

    private static void timestamps(FieldReader in, int length) {
        in.note("timestamps", length == 10 ? in.peek32(2) + ", echo " + in.peek32(6) : "", length);
    }

    private static String optionName(int kind) {
        return switch (kind) {
            case 19 -> "MD5 signature";
            case 28 -> "user timeout";
            case 29 -> "authentication";
            case 30 -> "multipath TCP";
            case 34 -> "fast open";
            case 249, 250, 252 -> "address option " + kind;
            default -> "option " + kind;
        };
    }
}
