package io.twoarm.director.forward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames that break one rule each: cut at every length, lengths that contradict each other, options, chains of extension
 * headers, damaged checksums, fragments that overlap, ICMP that quotes nonsense, tags. All are made here, from valid ones.
 */
final class MalformedCorpus {
    private static final String CLIENT = "172.16.0.1";
    private static final String VIP = "10.0.96.204";
    private static final String WIDE_CLIENT = "2001:db8:1::1";
    private static final String WIDE_VIP = "2001:db8:96::204";
    private static final String NAT64_VIP = "2001:db8:96::64";
    private static final int ETHERNET = 14;
    private static final int[] EDGES = {0, 1, 2, 7, 8, 19, 20, 21, 39, 40, 59, 60, 61, 255, 1500, 32767, 32768, 65535};

    private final int port;
    private final List<byte[]> frames = new ArrayList<>();

    private MalformedCorpus(int port) {
        this.port = port;
    }

    /** All frames, for the port towards the clients. */
    static List<byte[]> fromClients() {
        MalformedCorpus corpus = new MalformedCorpus(Director.WAN);
        corpus.cutShort();
        corpus.lengths();
        corpus.ipOptions();
        corpus.tcpOptions();
        corpus.extensionHeaders();
        corpus.checksums();
        corpus.fragments();
        corpus.quotations();
        corpus.tags();
        corpus.links();
        return List.copyOf(corpus.frames);
    }

    private byte[] add(String text) {
        byte[] frame = Director.frame(port, text);
        frames.add(frame);
        return frame;
    }

    private static List<String> valid() {
        return List.of(
                "tcp " + CLIENT + ":40000 > " + VIP + ":80 PA seq=1001 ack=5001 ts=1/2 nop nop len=24",
                "udp " + CLIENT + ":5353 > " + VIP + ":53 len=24",
                "icmp " + CLIENT + " > " + VIP + " echo id=7 len=24",
                "icmp 10.9.9.9 > " + VIP + " error type=3 code=4 mtu=1300 [ tcp " + VIP + ":80 > " + CLIENT
                        + ":40000 A seq=5001 ack=1001 ]",
                "tcp [" + WIDE_CLIENT + "]:40000 > [" + WIDE_VIP + "]:80 PA seq=1001 ack=5001 ts=1/2 nop nop len=24",
                "tcp [" + WIDE_CLIENT + "]:40000 > [" + NAT64_VIP + "]:80 PA seq=1001 ack=5001 len=24",
                "udp [" + WIDE_CLIENT + "]:5353 > [" + NAT64_VIP + "]:53 len=24",
                "icmp6 " + WIDE_CLIENT + " > 2001:db8:96::65 echo id=7 len=24",
                "icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=2 mtu=1300 [ tcp [" + NAT64_VIP + "]:80 > [" + WIDE_CLIENT
                        + "]:40000 A seq=5001 ack=1001 ]",
                "ns 2001:db8:96::9 > ff02::1:ff00:204 target=" + WIDE_VIP
                        + " slla=02:00:00:00:0a:09 hop=255 to=33:33:ff:00:02:04",
                "arp request sender=10.0.96.9 sendermac=02:00:00:00:00:09 target=" + VIP + " to=ff:ff:ff:ff:ff:ff");
    }

    private void cutShort() {
        for (String text : valid()) {
            byte[] whole = Director.frame(port, text);
            for (int length = 1; length < whole.length; length++) {
                frames.add(Arrays.copyOf(whole, length));
            }
        }
    }

    private void lengths() {
        for (int edge : EDGES) {
            add("tcp " + CLIENT + ":40000 > " + VIP + ":80 PA seq=1 len=24 total=" + edge);
            add("udp " + CLIENT + ":5353 > " + VIP + ":53 len=24 udplen=" + edge);
            add("udp " + CLIENT + ":5353 > " + VIP + ":53 len=24 total=" + edge + " udplen=" + edge);
            add("tcp [" + WIDE_CLIENT + "]:40000 > [" + WIDE_VIP + "]:80 PA seq=1 len=24 total=" + edge);
            add("udp [" + WIDE_CLIENT + "]:5353 > [" + NAT64_VIP + "]:53 len=24 udplen=" + edge);
            add("icmp6 " + WIDE_CLIENT + " > " + WIDE_VIP + " echo id=7 len=24 total=" + edge);
        }
        for (int words = 0; words < 16; words++) {
            add("tcp " + CLIENT + ":40000 > " + VIP + ":80 PA seq=1 len=24 ihl=" + words);
            add("tcp " + CLIENT + ":40000 > " + VIP + ":80 S seq=1 mss=1460 doff=" + words);
            add("tcp [" + WIDE_CLIENT + "]:40000 > [" + NAT64_VIP + "]:80 S seq=1 mss=1440 doff=" + words);
            add("tcp " + CLIENT + ":40000 > " + VIP + ":80 A seq=1 version=" + words);
            add("tcp [" + WIDE_CLIENT + "]:40000 > [" + WIDE_VIP + "]:80 A seq=1 version=" + words);
        }
    }

    private void ipOptions() {
        List<String> options = List.of(
                "00000000", // end of list
                "01010101", // no operation
                "83070400000000" + "00", // loose source route, RFC 791 3.1
                "890b04" + "0a0060cc" + "c0a8e501" + "00", // strict source route
                "07070400000000" + "00", // record route
                "4408050000000000", // timestamp
                "94040000", // router alert
                "83000000", // length 0
                "83010000", // length 1
                "83ff0000", // longer than the header
                "8303040083030400", // twice
                "07270400" + "00".repeat(36)); // as long as a header can be
        for (String option : options) {
            add("tcp " + CLIENT + ":40000 > " + VIP + ":80 S seq=1 mss=1460 ipopt=" + option);
            add("icmp " + CLIENT + " > " + VIP + " echo id=7 len=8 ipopt=" + option);
        }
    }

    private void tcpOptions() {
        List<String> options = List.of(
                "02000000", // length 0
                "02010000",
                "0203000000000000",
                "0205000000000000",
                "02ff05b4",
                "0104ff00", // the last option begins in the last bytes
                "01010102",
                "010101fe",
                "fe08000000000000",
                "fe07000000000000",
                "fe140000",
                "fe02fe02fe02fe02",
                "0502050205020502",
                "050affffffff0000000001ff",
                "050b00000000000000000000",
                "0812" + "00".repeat(16) + "0000",
                "0000000002040000", // behind the end
                "ff".repeat(40),
                "fe".repeat(40),
                "01".repeat(40),
                "0402".repeat(20));
        for (String option : options) {
            for (String flags : List.of("S", "A", "PA", "SA", "FA", "R", "none", "SF", "SR", "FSRPAUEC")) {
                add("tcp " + CLIENT + ":40000 > " + VIP + ":80 " + flags + " seq=1000 ack=5001 rawopt=" + option);
            }
            add("tcp [" + WIDE_CLIENT + "]:40000 > [" + NAT64_VIP + "]:80 S seq=1000 rawopt=" + option);
            add("tcp [" + WIDE_CLIENT + "]:40000 > [" + WIDE_VIP + "]:80 PA seq=1001 ack=5001 len=5 rawopt=" + option);
        }
    }

    private void extensionHeaders() {
        int[] types = {0, 43, 44, 50, 51, 60, 135, 139, 140, 59, 253};
        for (int first : types) {
            for (int next : types) {
                chain(first, hex(next) + "00" + "00".repeat(6) + hex(6) + "00" + "010400000000");
            }
            chain(first, hex(6) + "ff" + "00".repeat(6)); // longer than the packet
            chain(first, hex(6) + "00"); // cut
            chain(first, hex(6) + "00" + "05ff00000000"); // an option longer than its header
            chain(first, hex(6) + "00" + "c20400010000"); // jumbo payload
            chain(first, hex(6) + "00" + "c10400000000"); // must be known
            chain(first, hex(6) + "00" + "000100000000"); // segments left
            chain(first, hex(first) + "00" + "010400000000".repeat(1) + hex(6) + "00" + "010400000000");
        }
        StringBuilder deep = new StringBuilder();
        for (int depth = 1; depth <= 100; depth += 9) {
            deep.setLength(0);
            for (int i = 0; i < depth; i++) {
                deep.append(hex(i == depth - 1 ? 6 : 60)).append("00010400000000");
            }
            chain(60, deep.toString());
        }
        for (int edge = 0; edge < 64; edge++) {
            chain(44, hex(6) + "00" + String.format("%04x", edge << 3 | edge & 1) + "0000000" + edge % 10);
        }
    }

    private void chain(int first, String headers) {
        add("tcp [" + WIDE_CLIENT + "]:40000 > [" + WIDE_VIP + "]:80 PA seq=1 ack=1 len=8 first=" + first + " ext="
                + headers);
        add("udp [" + WIDE_CLIENT + "]:5353 > [" + NAT64_VIP + "]:53 len=8 first=" + first + " ext=" + headers);
    }

    private static String hex(int value) {
        return String.format("%02x", value);
    }

    private void checksums() {
        for (String text : valid()) {
            add(text.replace("len=24", "len=25 badsum"));
            if (!text.contains("arp")) {
                add(text.replaceFirst(" (?=\\[ |$)", " badipsum ") + (text.contains("[") ? "" : " badipsum"));
                add(text + (text.contains(" [ ") ? "" : " nosum"));
            }
        }
    }

    /** Pairs that overlap, that lie inside each other, that end beyond the largest packet, and ever the same one. */
    private void fragments() {
        int[][] ranges = {
            {0, 1},
            {0, 1480},
            {8, 1},
            {8, 0},
            {16, 24},
            {16, 8},
            {24, 64},
            {1480, 40},
            {1472, 48},
            {65528, 8},
            {65528, 1400},
            {65504, 200}
        };
        for (int id = 1; id <= 3; id++) {
            for (int[] range : ranges) {
                for (int more = 0; more <= 1; more++) {
                    add("udp " + CLIENT + ":5353 > " + VIP + ":53 df=0 id=" + id + " mf=" + more + " offset="
                            + range[0] / 8 + " len=" + range[1]);
                    add("tcp " + CLIENT + ":40000 > " + VIP + ":80 PA seq=1 ack=1 df=0 id=" + id + " mf=" + more
                            + " offset=" + range[0] / 8 + " len=" + range[1]);
                    add("icmp " + CLIENT + " > " + VIP + " echo df=0 id=" + id + " mf=" + more + " offset="
                            + range[0] / 8 + " len=" + range[1]);
                    String header = "00" + String.format("%04x", range[0] & 0xfff8 | more) + "0000000" + id;
                    chain(44, hex(17) + header);
                    chain(44, hex(6) + header);
                    chain(44, hex(44) + header + hex(17) + header);
                }
            }
        }
    }

    private void quotations() {
        String quoted = " [ tcp " + VIP + ":80 > " + CLIENT + ":40000 A seq=5001 ack=1001 ]";
        String wideQuoted = " [ tcp [" + NAT64_VIP + "]:80 > [" + WIDE_CLIENT + "]:40000 A seq=5001 ack=1001 ]";
        for (int type = 0; type < 256; type += type < 20 || type > 120 && type < 160 ? 1 : 17) {
            for (int code : new int[] {0, 1, 4, 15, 255}) {
                add("icmp 10.9.9.9 > " + VIP + " error type=" + type + " code=" + code + " mtu=1300" + quoted);
                add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=" + type + " code=" + code + " mtu=1300"
                        + wideQuoted);
            }
        }
        for (int mtu : EDGES) {
            add("icmp 10.9.9.9 > " + VIP + " error type=3 code=4 mtu=" + mtu + quoted);
            add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=2 mtu=" + mtu + wideQuoted);
            add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=4 pointer=" + mtu + wideQuoted);
        }
        for (int length = 0; length <= 60; length++) {
            add("icmp 10.9.9.9 > " + VIP + " error type=3 code=1 quote=" + length + quoted);
            add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=1 quote=" + length + wideQuoted);
            add("icmp 10.9.9.9 > " + VIP + " error type=11 hex=" + "45".repeat(length + 1));
            add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=3 hex=" + "60".repeat(length + 1));
        }
        for (int words = 0; words < 16; words++) {
            add("icmp 10.9.9.9 > " + VIP + " error type=3 code=3 quote=80 [ udp " + VIP + ":53 > " + CLIENT
                    + ":5353 len=30 ihl=" + words + " ]");
            add("icmp 10.9.9.9 > " + VIP + " error type=3 code=3 quote=80 [ udp " + VIP + ":53 > " + CLIENT
                    + ":5353 len=30 version=" + words + " ]");
            add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=1 [ udp [" + NAT64_VIP + "]:53 > [" + WIDE_CLIENT
                    + "]:5353 len=30 version=" + words + " ]");
        }
        for (int edge : EDGES) {
            add("icmp 10.9.9.9 > " + VIP + " error type=3 code=3 quote=80 [ udp " + VIP + ":53 > " + CLIENT
                    + ":5353 len=30 total=" + edge + " ]");
            add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=1 [ udp [" + NAT64_VIP + "]:53 > [" + WIDE_CLIENT
                    + "]:5353 len=30 total=" + edge + " ]");
        }
        for (int first : new int[] {0, 43, 44, 59, 60, 253}) {
            add("icmp6 2001:db8:1::9 > " + NAT64_VIP + " type=1 [ udp [" + NAT64_VIP + "]:53 > [" + WIDE_CLIENT
                    + "]:5353 len=30 first=" + first + " ext=1100010400000000 ]");
        }
        add("icmp 10.9.9.9 > " + VIP + " error type=3 code=1 quote=80 [ icmp " + VIP + " > " + CLIENT + " error type=3"
                + " code=1 hex=" + "45".repeat(40) + " ]");
        add("icmp 10.9.9.9 > " + VIP + " error type=3 code=1 quote=80 [ udp " + VIP + ":53 > " + CLIENT
                + ":5353 offset=100 len=8 ]");
    }

    private void tags() {
        byte[] plain = Director.frame(port, valid().getFirst());
        for (int tag : new int[] {0x8100, 0x88a8, 0x9100}) {
            for (int id : new int[] {0, 1, 100, 4094, 4095, 0xe000}) {
                byte[] once = tagged(plain, tag, id);
                frames.add(once);
                frames.add(tagged(once, 0x88a8, 7));
                for (int length = 12; length < 20; length++) {
                    frames.add(Arrays.copyOf(once, length));
                }
            }
        }
        for (int type :
                new int[] {0, 46, 1500, 1501, 1535, 1536, 0x0842, 0x8035, 0x8847, 0x8863, 0x8906, 0x8809, 0xffff}) {
            add("raw " + "45".repeat(50) + " ethertype=" + Integer.toHexString(type));
        }
    }

    private static byte[] tagged(byte[] frame, int type, int tag) {
        byte[] longer = new byte[frame.length + 4];
        System.arraycopy(frame, 0, longer, 0, 12);
        longer[12] = (byte) (type >> 8);
        longer[13] = (byte) type;
        longer[14] = (byte) (tag >> 8);
        longer[15] = (byte) tag;
        System.arraycopy(frame, 12, longer, 16, frame.length - 12);
        return longer;
    }

    /** ARP and neighbour messages whose fields contradict each other. */
    private void links() {
        byte[] arp = Director.frame(port, valid().getLast());
        for (int at = ETHERNET; at < ETHERNET + 8; at++) {
            for (int value : new int[] {0, 1, 2, 4, 6, 8, 16, 255}) {
                byte[] changed = arp.clone();
                changed[at] = (byte) value;
                frames.add(changed);
            }
        }
        for (int units = 0; units < 256; units += units < 8 ? 1 : 31) {
            add("ns 2001:db8:96::9 > ff02::1:ff00:204 target=" + WIDE_VIP + " slla=02:00:00:00:0a:09 units=" + units
                    + " hop=255 to=33:33:ff:00:02:04");
            add("na 2001:db8:96::254 > " + WIDE_VIP + " flags=SO target=2001:db8:96::254 tlla=02:00:00:00:0a:fe units="
                    + units + " hop=255");
        }
        for (String target : List.of("::", "::1", "ff02::1", "fe80::1", WIDE_VIP, "2001:db8:96::9")) {
            add("ns :: > ff02::1:ff00:204 target=" + target + " hop=255 to=33:33:ff:00:02:04");
            add("na 2001:db8:96::9 > ff02::1 flags=O target=" + target
                    + " tlla=02:00:00:00:0a:09 hop=255 to=33:33:00:00:00:01");
        }
    }
}
