package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionStatus;
import io.twoarm.director.wire.FragmentedFrames;
import io.twoarm.director.wire.PacketReader;
import io.twoarm.director.wire.PacketWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs a script of packets through a director: what comes in, what must go out, what must be counted.
 *
 * <pre>
 * wan &lt; PACKET       a packet comes in
 * wan &lt;+ PACKET      the same, in one burst with the line before
 * kni &lt; PACKET       the kernel sends this by its twin of the WAN
 * kni &gt; PACKET       the kernel must have got this from the WAN
 * lan &gt; PACKET       this must have gone out, in this order per port; nothing else may
 * lan &gt;&gt; PACKET      fragments must have gone out that make this packet
 * count NAME=N ...   counters that must have grown by so much since the last such line; those not named must not
 * fails lan TEXT     what went out there is damaged, as the text says
 * after 3s           time passes
 * sessions STATE ... the states of all sessions, sorted
 * flows N [NETWORK]  so many flows of UDP begin, each of a client of its own, far away or from NETWORK1 on; what goes
 *                    out is forgotten
 * room lan N         from now on the port takes so many frames of a burst
 * </pre>
 *
 * <p>{@code $name} stands for what is found there first, and for the same ever after; {@code $name+1} may follow. Of a
 * packet that comes in, {@code split=BYTES} makes fragments with so much data, one burst each, in the {@code order=2,1}
 * that may be given, with the identification {@code fid=}. Of a packet that goes out, words that every packet has may be left out: some always, some with their usual value.
 */
final class PacketScript {
    private static final Set<String> UNIMPORTANT =
            Set.of("id", "win", "df", "tos", "data", "to", "by", "sendermac", "targetmac", "flow");
    private static final Set<String> USUAL =
            Set.of("ack=0", "len=0", "mtu=0", "code=0", "ttl=63", "summed", "pointer=0");
    private static final Set<Counter.Kind> NOT_COUNTED = Set.of(Counter.Kind.RECEIVED);
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)([+-]\\d+)?");

    private final Director director;
    private final Map<String, String> variables = new HashMap<>();
    private static final int KERNEL = 2;

    private final List<Queue<byte[]>> sent = List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
    private final List<byte[]> burst = new ArrayList<>();
    private int burstPort;
    private Map<Counter, Long> counted;

    private final Set<Counter> ignored;

    PacketScript(Director director) {
        this(director, Set.of());
    }

    /** @param ignored counters that no line of the script tells */
    PacketScript(Director director, Set<Counter> ignored) {
        this.director = director;
        this.ignored = ignored;
        counted = director.counters();
    }

    void run(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            try {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    step(line, i + 1 < lines.size() && lines.get(i + 1).contains(" <+ "));
                }
            } catch (AssertionError e) {
                throw new AssertionError("Line " + (i + 1) + ": " + line + "\n" + e.getMessage(), e);
            }
        }
        nothingElseWentOut();
        director.checkBuffers();
    }

    private void step(String line, boolean burstGoesOn) {
        String[] words = line.split("\\s+", 3);
        switch (words[0]) {
            case "wan", "lan", "kni" -> {
                int port = List.of("wan", "lan", "kni").indexOf(words[0]);
                if (port == KERNEL && words[1].equals("<")) {
                    nothingElseWentOut();
                    director.sendFromKernel(
                            PacketWriter.frame(substitute(words[2]), Director.GATEWAY_MAC, Director.WAN_MAC));
                    collect();
                } else if (words[1].equals(">")) {
                    wentOut(port, words[2]);
                } else if (words[1].equals(">>")) {
                    wentOutInPieces(port, words[2]);
                } else {
                    comeIn(port, words[2], burstGoesOn);
                }
            }
            case "after" -> {
                nothingElseWentOut();
                director.pass(Duration.parse("PT" + words[1].toUpperCase(Locale.ROOT)));
                collect();
            }
            case "count" -> counted(line.substring("count".length()).trim());
            case "flows" -> flows(Integer.parseInt(words[1]), words.length > 2 ? words[2] : "");
            case "room" ->
                director.port(words[1].equals("wan") ? Director.WAN : Director.LAN)
                        .setRoom(Integer.parseInt(words[2]));
            case "fails" -> fails(words[1].equals("wan") ? Director.WAN : Director.LAN, words[2]);
            case "sessions" -> sessions(line.substring("sessions".length()).trim());
            default -> throw new IllegalArgumentException("Unknown step: " + line);
        }
    }

    private void flows(int number, String network) {
        nothingElseWentOut();
        for (int i = 0; i < number; i++) {
            String far = "100." + (64 + (i >> 16)) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
            String client = network.isEmpty() ? far : network + (i + 1);
            director.deliver(Director.WAN, "udp " + client + ":5353 > 10.0.96.204:53 len=1");
            director.sent(Director.LAN);
        }
        director.sent(Director.WAN);
        counted = director.counters();
    }

    private void comeIn(int port, String packet, boolean burstGoesOn) {
        nothingElseWentOut();
        if (packet.contains(" split=")) {
            for (byte[] piece : FragmentedFrames.cut(Director.frame(port, substitute(packet)), packet)) {
                director.deliver(port, List.of(piece));
                collect();
            }
            return;
        }
        burst.add(Director.frame(port, substitute(packet)));
        burstPort = port;
        if (!burstGoesOn) {
            director.deliver(burstPort, burst);
            burst.clear();
            collect();
        }
    }

    private void collect() {
        sent.get(Director.WAN).addAll(director.sent(Director.WAN));
        sent.get(Director.LAN).addAll(director.sent(Director.LAN));
        sent.get(KERNEL).addAll(director.givenToKernel());
    }

    private void nothingElseWentOut() {
        for (int port = 0; port < sent.size(); port++) {
            byte[] frame = sent.get(port).poll();
            if (frame != null) {
                throw new AssertionError(name(port) + " also sent: " + PacketReader.text(frame));
            }
        }
    }

    private static String name(int port) {
        return List.of("wan", "lan", "kni").get(port);
    }

    private void wentOutInPieces(int port, String expected) {
        byte[] whole = FragmentedFrames.join(sent.get(port));
        if (whole == null) {
            throw new AssertionError(name(port) + " sent no whole packet" + elsewhere(port));
        }
        wentOut(whole, expected);
    }

    private void wentOut(int port, String expected) {
        byte[] frame = sent.get(port).poll();
        if (frame == null) {
            throw new AssertionError(name(port) + " sent nothing" + elsewhere(port));
        }
        wentOut(frame, expected);
    }

    private void wentOut(byte[] frame, String expected) {
        List<String> wanted = List.of(expected.split("\\s+"));
        List<String> found = reduced(PacketReader.words(frame), wanted);
        String whole = PacketReader.text(frame);
        assertThat(found).as("words of: " + whole).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            match(wanted.get(i), found.get(i), whole);
        }
    }

    private void fails(int port, String complaint) {
        byte[] frame = sent.get(port).poll();
        assertThat(frame).isNotNull();
        assertThatThrownBy(() -> PacketReader.words(frame)).hasMessageContaining(complaint);
    }

    private String elsewhere(int port) {
        if (port == KERNEL) {
            return "";
        }
        byte[] other = sent.get(1 - port).peek();
        return other == null ? "" : "; but " + name(1 - port) + " sent: " + PacketReader.text(other);
    }

    /** Leaves out what is not asked for; within brackets, of the quoted packet, likewise. */
    private static List<String> reduced(List<String> words, List<String> wanted) {
        List<String> left = new ArrayList<>();
        List<String> asked = before("[", wanted);
        for (String word : words) {
            if (word.equals("[")) {
                asked = wanted.contains("[") ? wanted.subList(wanted.indexOf("["), wanted.size()) : List.of();
            }
            String key = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            boolean isAsked = asked.stream().anyMatch(w -> w.equals(word) || w.startsWith(key + "="));
            if (isAsked || !UNIMPORTANT.contains(key) && !USUAL.contains(word)) {
                left.add(word);
            }
        }
        return left;
    }

    private static List<String> before(String mark, List<String> words) {
        int at = words.indexOf(mark);
        return at < 0 ? words : words.subList(0, at);
    }

    private void match(String wanted, String found, String whole) {
        Matcher variable = VARIABLE.matcher(wanted);
        if (variable.find() && variable.group(2) == null && !variables.containsKey(variable.group(1))) {
            String before = wanted.substring(0, variable.start());
            String behind = wanted.substring(variable.end());
            assertThat(found).as("in " + whole).startsWith(before).endsWith(behind);
            variables.put(variable.group(1), found.substring(before.length(), found.length() - behind.length()));
        } else {
            assertThat(found).as("in " + whole).isEqualTo(substitute(wanted));
        }
    }

    private String substitute(String text) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = variables.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("Nothing is known of $" + match.group(1));
            }
            return match.group(2) == null
                    ? value
                    : Long.toString(Long.parseLong(value) + Long.parseLong(match.group(2)) & 0xffff_ffffL);
        });
    }

    private void counted(String expected) {
        Map<Counter, Long> now = director.counters();
        Map<String, Long> grown = now.entrySet().stream()
                .filter(entry -> !ignored.contains(entry.getKey()))
                .filter(entry -> !NOT_COUNTED.contains(entry.getKey().kind()))
                .filter(entry -> entry.getValue() - counted.get(entry.getKey()) != 0)
                .collect(Collectors.toMap(
                        entry -> entry.getKey().label(), entry -> entry.getValue() - counted.get(entry.getKey())));
        Map<String, Long> wanted = new HashMap<>();
        for (String word : expected.split("\\s+")) {
            int equals = word.indexOf('=');
            wanted.put(
                    equals < 0 ? word : word.substring(0, equals),
                    equals < 0 ? 1L : Long.parseLong(word.substring(equals + 1)));
        }
        assertThat(grown).isEqualTo(wanted);
        counted = now;
    }

    private void sessions(String expected) {
        String states = director.view().sessions(100, director.now).stream()
                .map(SessionStatus::state)
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(" "));
        assertThat(states).isEqualTo(expected.equals("none") ? "" : expected);
    }
}
