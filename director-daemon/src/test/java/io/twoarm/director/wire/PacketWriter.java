package io.twoarm.director.wire;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes a frame of words, like {@code tcp 10.0.0.1:1000 > 10.0.0.2:80 S seq=1 mss=1460}. Words that are not given have
 * plain values; words that spoil the packet come last: {@code badsum}, {@code badipsum}, {@code cut=N}, {@code pad=N}.
 */
public final class PacketWriter {
    private static final String FLAG_LETTERS = "FSRPAUEC";

    private final List<String> words;

    private PacketWriter(List<String> words) {
        this.words = words;
    }

    /**
     * Makes a frame.
     *
     * @param text the words
     * @param toMac destination unless a word {@code to=} says otherwise
     * @param byMac source unless a word {@code by=} says otherwise
     */
    public static byte[] frame(String text, String toMac, String byMac) {
        return new PacketWriter(Arrays.asList(text.trim().split("\\s+"))).frame(toMac, byMac);
    }

    private byte[] frame(String toMac, String byMac) {
        byte[] payload = switch (words.getFirst()) {
            case "arp" -> arp();
            case "raw" -> HexFormat.of().parseHex(words.get(1));
            default -> packet(words);
        };
        boolean wide =
                words.size() > 3 && isWide(words.get(1)) && !words.getFirst().equals("arp");
        int type = words.getFirst().equals("arp") ? 0x0806 : wide ? 0x86dd : 0x0800;
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length + (int) number("pad", 0));
        frame.put(mac(value("to", toMac))).put(mac(value("by", byMac)));
        frame.putShort((short) Integer.parseInt(value("ethertype", Integer.toHexString(type)), 16));
        frame.put(payload);
        byte[] whole = frame.array();
        int cut = (int) number("cut", 0);
        return cut == 0 ? whole : Arrays.copyOf(whole, whole.length - cut);
    }

    private String value(String key, String otherwise) {
        return value(words, key, otherwise);
    }

    private static String value(List<String> words, String key, String otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private long number(String key, long otherwise) {
        return Long.parseLong(value(key, Long.toString(otherwise)));
    }

    private static long number(List<String> words, String key, long otherwise) {
        return Long.parseLong(value(words, key, Long.toString(otherwise)));
    }

    private static byte[] mac(String text) {
        return HexFormat.ofDelimiter(":").parseHex(text);
    }

    private static byte[] address(String text) {
        byte[] bytes = new byte[4];
        String[] parts = text.split("\\.");
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    private static int port(String end) {
        return Integer.parseInt(end.substring(end.lastIndexOf(':') + 1));
    }

    /** Whether an end is {@code [IPv6 address]:port} or an IPv6 address. */
    private static boolean isWide(String end) {
        return end.indexOf(':') != end.lastIndexOf(':');
    }

    private static byte[] host(String end) {
        if (isWide(end)) {
            String address = end.startsWith("[") ? end.substring(1, end.indexOf(']')) : end;
            return Inet6Address.ofLiteral(address).getAddress();
        }
        int colon = end.indexOf(':');
        return address(colon < 0 ? end : end.substring(0, colon));
    }

    private byte[] arp() {
        ByteBuffer arp = ByteBuffer.allocate(28);
        arp.putShort((short) number("hardware", 1))
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4);
        arp.putShort((short) (words.get(1).equals("request") ? 1 : words.get(1).equals("reply") ? 2 : 3));
        arp.put(mac(value("sendermac", value("by", "02:00:00:00:0a:fe")))).put(address(value("sender", "0.0.0.0")));
        arp.put(mac(value("targetmac", "00:00:00:00:00:00"))).put(address(value("target", "0.0.0.0")));
        return arp.array();
    }

    private static byte[] widePacket(List<String> words, byte[] transport, int number) {
        byte[] extensions = HexFormat.of().parseHex(value(words, "ext", ""));
        ByteBuffer ip = ByteBuffer.allocate(40 + extensions.length + transport.length);
        ip.putInt((int) (number(words, "version", 6) << 28 | number(words, "tos", 0) << 20 | number(words, "flow", 0)));
        ip.putShort((short) number(words, "total", ip.capacity() - 40));
        ip.put((byte) number(words, "first", number)).put((byte) number(words, "ttl", number(words, "hop", 64)));
        ip.put(host(words.get(1))).put(host(words.get(3))).put(extensions).put(transport);
        int place = number == 6 ? 16 : number == 17 ? 6 : number == 58 ? 2 : -1;
        if (place >= 0 && transport.length >= place + 2 && !words.contains("nosum")) {
            int start = WireSum.of(ip.array(), 8, 32, number + transport.length);
            int sum = ~WireSum.of(ip.array(), 40 + extensions.length, transport.length, start) & 0xffff;
            sum = number == 17 && sum == 0 ? 0xffff : sum;
            ip.putShort(40 + extensions.length + place, (short) (words.contains("badsum") ? sum + 1 : sum));
        }
        return ip.array();
    }

    private static byte[] neighbourMessage(List<String> words) {
        ByteBuffer icmp = ByteBuffer.allocate(64);
        boolean solicitation = words.getFirst().equals("ns");
        String flags = value(words, "flags", "");
        icmp.put((byte) (solicitation ? 135 : 136))
                .put((byte) number(words, "code", 0))
                .putShort((short) 0);
        icmp.putInt((flags.contains("R") ? 1 << 31 : 0)
                | (flags.contains("S") ? 1 << 30 : 0)
                | (flags.contains("O") ? 1 << 29 : 0));
        icmp.put(host(value(words, "target", "::")));
        for (String option : List.of("slla", "tlla")) {
            String mac = value(words, option, "");
            if (!mac.isEmpty()) {
                icmp.put((byte) (option.equals("slla") ? 1 : 2))
                        .put((byte) number(words, "units", 1))
                        .put(mac(mac));
            }
        }
        return Arrays.copyOf(icmp.array(), icmp.position());
    }

    private static byte[] packet(List<String> all) {
        int open = all.indexOf("[");
        List<String> words = open < 0 ? all : all.subList(0, open);
        String protocol = words.get(0);
        byte[] transport = switch (protocol) {
            case "tcp" -> tcp(words);
            case "udp" -> udp(words);
            case "sctp" ->
                SctpPacket.write(
                        port(words.get(1)),
                        port(words.get(3)),
                        number(words, "vtag", 0),
                        value(words, "chunk", "data"),
                        data(words),
                        words.contains("badsum"));
            case "icmp" -> icmp(all, words);
            case "icmp6" -> icmp6(all, words);
            case "ns", "na" -> neighbourMessage(words);
            default -> data(words);
        };
        int number = switch (protocol) {
            case "tcp" -> 6;
            case "udp" -> 17;
            case "sctp" -> 132;
            case "icmp" -> 1;
            case "icmp6", "ns", "na" -> 58;
            default -> (int) number(words, "proto", 253);
        };
        if (isWide(words.get(1))) {
            return widePacket(words, transport, number);
        }
        byte[] ipOptions = HexFormat.of().parseHex(value(words, "ipopt", ""));
        int header = 20 + ipOptions.length;
        ByteBuffer ip = ByteBuffer.allocate(header + transport.length);
        ip.put((byte) (number(words, "version", 4) << 4 | number(words, "ihl", header / 4)));
        ip.put((byte) number(words, "tos", 0));
        ip.putShort((short) number(words, "total", ip.capacity()));
        ip.putShort((short) number(words, "id", 7));
        ip.putShort((short) (number(words, "df", 1) << 14 | number(words, "mf", 0) << 13 | number(words, "offset", 0)));
        ip.put((byte) number(words, "ttl", 64)).put((byte) number).putShort((short) 0);
        ip.put(host(words.get(1))).put(host(words.get(3))).put(ipOptions);
        int sum = ~WireSum.of(ip.array(), 0, header, 0);
        ip.putShort(10, (short) (words.contains("badipsum") ? sum + 1 : sum));
        ip.put(header, transport);
        sum(words, ip, header, transport.length, number);
        return ip.array();
    }

    private static void sum(List<String> words, ByteBuffer ip, int header, int length, int protocol) {
        int place = protocol == 6 ? 16 : protocol == 17 ? 6 : protocol == 1 ? 2 : -1;
        if (place < 0 || length < place + 2 || words.contains("nosum")) {
            return;
        }
        int start = protocol == 1 ? 0 : WireSum.pseudo(ip.array(), 0, protocol, length);
        int sum = ~WireSum.of(ip.array(), header, length, start) & 0xffff;
        if (protocol == 17 && sum == 0) {
            sum = 0xffff;
        }
        ip.putShort(header + place, (short) (words.contains("badsum") ? sum + 1 : sum));
    }

    private static byte[] tcp(List<String> words) {
        byte[] options = options(words);
        byte[] data = data(words);
        ByteBuffer tcp = ByteBuffer.allocate(20 + options.length + data.length);
        tcp.putShort((short) port(words.get(1))).putShort((short) port(words.get(3)));
        tcp.putInt((int) number(words, "seq", 0)).putInt((int) number(words, "ack", 0));
        int flags = 0;
        for (char letter :
                words.get(4).equals("none") ? new char[0] : words.get(4).toCharArray()) {
            flags |= 1 << FLAG_LETTERS.indexOf(letter);
        }
        tcp.put((byte) (number(words, "doff", (20 + options.length) / 4) << 4)).put((byte) flags);
        tcp.putShort((short) number(words, "win", 64240)).putShort((short) 0);
        tcp.putShort((short) 0);
        return tcp.put(options).put(data).array();
    }

    private static byte[] options(List<String> words) {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        for (String word : words) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            String value = word.substring(equals + 1);
            switch (key) {
                case "nop" -> options.write(1);
                case "eol" -> options.write(0);
                case "sackok" -> options.writeBytes(new byte[] {4, 2});
                case "mss" ->
                    options.writeBytes(ByteBuffer.allocate(4)
                            .put(new byte[] {2, 4})
                            .putShort((short) Integer.parseInt(value))
                            .array());
                case "ts" ->
                    options.writeBytes(ByteBuffer.allocate(10)
                            .put(new byte[] {8, 10})
                            .putInt(Integer.parseUnsignedInt(value.split("/")[0]))
                            .putInt(Integer.parseUnsignedInt(value.split("/")[1]))
                            .array());
                case "toa" ->
                    options.writeBytes(ByteBuffer.allocate(isWide(value) ? 20 : 8)
                            .put(new byte[] {(byte) 254, (byte) (isWide(value) ? 20 : 8)})
                            .putShort((short) port(value))
                            .put(host(value))
                            .array());
                case "sack" -> options.writeBytes(sack(value));
                default -> {
                    if (key.startsWith("opt")) {
                        byte[] body = HexFormat.of().parseHex(value);
                        options.write(Integer.parseInt(key.substring(3)));
                        options.write(body.length + 2);
                        options.writeBytes(body);
                    } else if (key.equals("rawopt")) {
                        options.writeBytes(HexFormat.of().parseHex(value));
                    }
                }
            }
        }
        while (options.size() % 4 != 0) {
            options.write(0);
        }
        return options.toByteArray();
    }

    private static byte[] sack(String value) {
        String[] blocks = value.split(",");
        ByteBuffer option = ByteBuffer.allocate(2 + 8 * blocks.length);
        option.put((byte) 5).put((byte) option.capacity());
        for (String block : blocks) {
            option.putInt(Integer.parseUnsignedInt(block.substring(0, block.indexOf('-'))));
            option.putInt(Integer.parseUnsignedInt(block.substring(block.indexOf('-') + 1)));
        }
        return option.array();
    }

    private static byte[] udp(List<String> words) {
        byte[] data = data(words);
        ByteBuffer udp = ByteBuffer.allocate(8 + data.length);
        udp.putShort((short) port(words.get(1))).putShort((short) port(words.get(3)));
        udp.putShort((short) number(words, "udplen", udp.capacity())).putShort((short) 0);
        return udp.put(data).array();
    }

    private static byte[] icmp(List<String> all, List<String> words) {
        byte[] body;
        if (all.size() > words.size()) {
            byte[] quoted = packet(all.subList(words.size() + 1, all.lastIndexOf("]")));
            body = Arrays.copyOf(quoted, (int) Math.min(quoted.length, number(words, "quote", 28)));
        } else {
            body = data(words);
        }
        ByteBuffer icmp = ByteBuffer.allocate(8 + body.length);
        switch (words.get(4)) {
            case "echo", "reply" -> {
                icmp.put((byte) (words.get(4).equals("echo") ? 8 : 0))
                        .put((byte) 0)
                        .putShort((short) 0);
                icmp.putShort((short) number(words, "id", 1)).putShort((short) number(words, "seq", 1));
            }
            default -> {
                icmp.put((byte) number(words, "type", 3)).put((byte) number(words, "code", 0));
                icmp.putShort((short) 0);
                icmp.putInt((int) number(words, "word", number(words, "mtu", 0)));
            }
        }
        return icmp.put(body).array();
    }

    private static byte[] icmp6(List<String> all, List<String> words) {
        byte[] body = data(words);
        if (all.size() > words.size()) {
            byte[] quoted = packet(all.subList(words.size() + 1, all.lastIndexOf("]")));
            body = Arrays.copyOf(quoted, (int) Math.min(quoted.length, number(words, "quote", 1232)));
        }
        ByteBuffer icmp = ByteBuffer.allocate(8 + body.length);
        switch (words.get(4)) {
            case "echo", "reply" -> {
                icmp.putInt((words.get(4).equals("echo") ? 128 : 129) << 24);
                icmp.putShort((short) number(words, "id", 1)).putShort((short) number(words, "seq", 1));
            }
            default -> {
                icmp.put((byte) number(words, "type", 1))
                        .put((byte) number(words, "code", 0))
                        .putShort((short) 0);
                icmp.putInt((int) number(words, "mtu", number(words, "pointer", 0)));
            }
        }
        return icmp.put(body).array();
    }

    /** Bytes given by {@code hex=}, or as many as {@code len=} says. */
    private static byte[] data(List<String> words) {
        String hex = value(words, "hex", "");
        if (!hex.isEmpty()) {
            return HexFormat.of().parseHex(hex);
        }
        byte[] data = new byte[(int) number(words, "len", 0)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 7 + 1);
        }
        return data;
    }
}
