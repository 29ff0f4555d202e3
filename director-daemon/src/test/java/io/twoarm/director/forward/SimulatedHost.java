package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.wire.PacketReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * One end of a TCP connection, simple and strict: it sends its data in segments of the MSS it was told, repeats what is not
 * acknowledged, reports gaps by SACK, and fails upon anything that does not fit its own numbers.
 */
final class SimulatedHost {
    private static final long MASK = 0xffff_ffffL;
    private static final int WINDOW_SEGMENTS = 8;
    private static final long REPEAT_AFTER = 20_000;

    private final String name;
    private final String own;
    private final boolean server;
    private final long first;
    private final byte[] outgoing;
    private String peer;
    private int mss = 1460;
    private boolean open;
    private long peerFirst;
    private int acknowledged;
    private int next;
    private boolean finSent;
    private boolean finAcknowledged;
    private boolean peerFinished;
    private int received;
    private final byte[] incoming;
    private final TreeMap<Integer, Integer> ahead = new TreeMap<>();
    private long lastProgress;
    private final List<String> addressOptions = new ArrayList<>();
    private int largestPacket;

    /**
     * @param own address and port
     * @param peer where to connect to; null for a server
     * @param first initial sequence number
     */
    SimulatedHost(String name, String own, String peer, long first, byte[] outgoing, int incoming) {
        this.name = name;
        this.own = own;
        this.peer = peer;
        this.server = peer == null;
        this.first = first;
        this.outgoing = outgoing;
        this.incoming = new byte[incoming];
    }

    boolean isDone() {
        return finAcknowledged && peerFinished && acknowledged == outgoing.length;
    }

    byte[] incoming() {
        return incoming;
    }

    int receivedBytes() {
        return received;
    }

    int mss() {
        return mss;
    }

    int largestPacket() {
        return largestPacket;
    }

    /** Client addresses that segments carried, in order of arrival; "-" for those without. */
    List<String> addressOptions() {
        return addressOptions;
    }

    private String segment(String flags, long sequence, String options, int from, int length) {
        String acknowledgment =
                flags.equals("S") ? "" : " ack=" + (peerFirst + 1 + received + (peerFinished ? 1 : 0) & MASK);
        String data = HexFormat.of().formatHex(outgoing, from, from + length);
        return "tcp " + own + " > " + peer + " " + flags + " seq=" + (sequence & MASK) + acknowledgment + options
                + (data.isEmpty() ? "" : " hex=" + data);
    }

    /** The largest segments that a link of 1500 bytes takes. */
    private String offer() {
        return (own.startsWith("[") ? " mss=1440" : " mss=1460") + " sackok";
    }

    /** What is to be sent now. */
    List<String> send(long nowMicros) {
        List<String> segments = new ArrayList<>();
        boolean repeat = nowMicros - lastProgress > REPEAT_AFTER;
        if (!open) {
            if (peer != null && (repeat || lastProgress == 0)) {
                lastProgress = nowMicros;
                segments.add(segment(server ? "SA" : "S", first, offer(), 0, 0));
            }
            return segments;
        }
        if (repeat) {
            next = acknowledged;
            finSent = finAcknowledged;
            lastProgress = nowMicros;
        }
        while (next < outgoing.length && next - acknowledged < WINDOW_SEGMENTS * mss) {
            int length = Math.min(mss, outgoing.length - next);
            segments.add(segment("PA", first + 1 + next, "", next, length));
            next += length;
        }
        if (next == outgoing.length && !finSent && received == incoming.length) {
            finSent = true;
            segments.add(segment("FA", first + 1 + next, "", 0, 0));
        }
        return segments;
    }

    /** Takes a frame; returns what is to be sent in answer at once. */
    List<String> receive(byte[] frame, long nowMicros) {
        List<String> words = PacketReader.words(frame);
        largestPacket = Math.max(largestPacket, frame.length - 14);
        assertThat(words.get(3)).as(name + " got " + words).isEqualTo(own);
        String flags = words.get(4);
        assertThat(flags).as(name + " got a reset: " + words).doesNotContain("R");
        if (flags.contains("S")) {
            return receiveSyn(words, nowMicros);
        }
        assertThat(words.get(1)).isEqualTo(peer);
        addressOptions.add(value(words, "toa", "-"));
        open |= server;
        receiveAcknowledgment(number(words, "ack"), nowMicros);
        checkSack(words);
        return receiveData(words, flags);
    }

    private List<String> receiveSyn(List<String> words, long nowMicros) {
        if (open) {
            return List.of(segment("A", first + 1 + next, "", 0, 0));
        }
        peerFirst = number(words, "seq");
        mss = (int) number(words, "mss");
        if (server) {
            peer = words.get(1);
            lastProgress = nowMicros;
            return List.of(segment("SA", first, offer(), 0, 0));
        }
        assertThat(number(words, "ack")).as("acknowledgment of the SYN").isEqualTo(first + 1 & MASK);
        open = true;
        return List.of(segment("A", first + 1, "", 0, 0));
    }

    private void receiveAcknowledgment(long acknowledgment, long nowMicros) {
        int bytes = (int) (acknowledgment - first - 1);
        int limit = outgoing.length + 1;
        assertThat(bytes)
                .as(name + " got an acknowledgment of what it never sent")
                .isBetween(0, limit);
        if (bytes > acknowledged || bytes == limit && !finAcknowledged) {
            lastProgress = nowMicros;
        }
        finAcknowledged |= bytes == limit;
        acknowledged = Math.max(acknowledged, Math.min(bytes, outgoing.length));
        next = Math.max(next, acknowledged);
    }

    private void checkSack(List<String> words) {
        String blocks = value(words, "sack", "");
        for (String block : blocks.isEmpty() ? new String[0] : blocks.split(",")) {
            for (String edge : block.split("-")) {
                int bytes = (int) (Long.parseLong(edge) - first - 1);
                assertThat(bytes).as(name + " got a SACK edge outside its data").isBetween(0, outgoing.length + 1);
            }
        }
    }

    private List<String> receiveData(List<String> words, String flags) {
        int offset = (int) (number(words, "seq") - peerFirst - 1);
        byte[] data = HexFormat.of().parseHex(value(words, "data", ""));
        assertThat(offset).as(name + " got a sequence number out of place").isBetween(0, incoming.length + 1);
        if (data.length > 0) {
            assertThat(offset + data.length).isLessThanOrEqualTo(incoming.length);
            System.arraycopy(data, 0, incoming, offset, data.length);
            ahead.merge(offset, offset + data.length, Math::max);
        }
        while (!ahead.isEmpty() && ahead.firstKey() <= received) {
            received = Math.max(received, ahead.pollFirstEntry().getValue());
        }
        boolean fin = flags.contains("F");
        if (fin && received == offset + data.length) {
            peerFinished = true;
        }
        if (data.length == 0 && !fin) {
            return List.of();
        }
        String sack = ahead.isEmpty()
                ? ""
                : " nop nop sack=" + edge(ahead.firstEntry().getKey()) + "-"
                        + edge(ahead.firstEntry().getValue());
        return List.of(segment("A", first + 1 + next + (finSent ? 1 : 0), sack, 0, 0));
    }

    private long edge(int offset) {
        return peerFirst + 1 + offset & MASK;
    }

    private static String value(List<String> words, String key, String otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private static long number(List<String> words, String key) {
        return Long.parseLong(value(words, key, "0"));
    }
}
