package io.twoarm.director.forward;

import io.twoarm.director.report.Counter;
import io.twoarm.director.wire.FragmentedFrames;
import io.twoarm.director.wire.PacketReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * Changed frames in great number through one director, while steady flows go on beside them. After every burst all packets
 * must have been counted once, no buffer may be missing, and the steady flows' packets must come out as they should.
 */
final class FrameStorm {
    private static final int LARGEST_BURST = 32;
    private static final int FLOWS_PER_WAY = 3;
    private static final int KEPT_ANSWERS = 300;
    private static final int LONGEST_PAUSE_MICROS = 2000;
    private static final List<String> VALID = List.of(
            "tcp 172.16.0.1:40000 > 10.0.96.204:80 S seq=1000 mss=1460 sackok ts=1/0 nop opt3=07",
            "tcp 172.16.0.1:40000 > 10.0.96.204:80 A seq=1001 ack=5001",
            "tcp 172.16.0.1:40000 > 10.0.96.204:80 PA seq=1001 ack=5001 toa=1.2.3.4:5 len=300",
            "tcp 172.16.0.1:40000 > 10.0.96.204:80 PA seq=1001 ack=5001 ts=1/2 nop nop len=1448",
            "tcp 172.16.0.1:40000 > 10.0.96.204:80 FA seq=1301 ack=5001",
            "tcp 172.16.0.1:40000 > 10.0.96.204:80 R seq=1301",
            "tcp 172.16.0.1:40001 > 10.0.96.204:81 S seq=7",
            "tcp 172.16.0.1:40001 > 10.0.96.204:81 PA seq=8 ack=5001 nop nop sack=6000-7000 len=1400",
            "tcp 172.16.0.1:40001 > 10.0.96.204:81 A seq=8 ack=5001 ttl=1",
            "tcp 172.16.0.1:40001 > 10.0.96.204:99 S seq=7",
            "udp 172.16.0.1:5353 > 10.0.96.204:53 len=40",
            "udp 172.16.0.1:5353 > 10.0.96.204:54 len=40",
            "udp 172.16.0.1:5354 > 10.0.96.204:53 nosum len=9",
            "icmp 172.16.0.1 > 10.0.96.204 echo id=7 len=56",
            "icmp 172.16.0.1 > 10.0.96.205 echo id=7 len=56",
            "icmp 10.9.9.9 > 10.0.96.204 error type=3 code=4 mtu=1300 [ tcp 10.0.96.204:80 > 172.16.0.1:40000 A seq=5001 ack=1001 len=1400 ]",
            "icmp 10.9.9.9 > 10.0.96.204 error type=11 code=0 [ udp 10.0.96.204:53 > 172.16.0.1:5353 len=30 ]",
            "arp request sender=10.0.96.9 sendermac=02:00:00:00:00:09 target=10.0.96.204 to=ff:ff:ff:ff:ff:ff",
            "arp reply sender=10.0.96.254 sendermac=02:00:00:00:0a:fe target=10.0.96.204",
            "ip 172.16.0.1 > 10.0.96.204 proto=47 len=60",
            "tcp [2001:db8:1::1]:40000 > [2001:db8:96::204]:80 S seq=1000 mss=1440 sackok ts=1/0",
            "tcp [2001:db8:1::1]:40000 > [2001:db8:96::204]:80 PA seq=1001 ack=5001 len=300 first=60 ext=0600010400000000",
            "tcp [2001:db8:1::1]:40000 > [2001:db8:96::64]:80 S seq=1000 mss=1440 sackok ts=1/0",
            "tcp [2001:db8:1::1]:40000 > [2001:db8:96::64]:80 PA seq=1001 ack=5001 len=300",
            "tcp [2001:db8:1::1]:40000 > [2001:db8:96::64]:80 FA seq=1301 ack=5001",
            "tcp [2001:db8:1::1]:40000 > [2001:db8:96::64]:80 R seq=1301",
            "udp [2001:db8:1::1]:5353 > [2001:db8:96::204]:53 len=40",
            "udp [2001:db8:1::1]:5353 > [2001:db8:96::64]:53 len=40",
            "icmp6 2001:db8:1::1 > 2001:db8:96::204 echo id=7 len=56",
            "icmp6 2001:db8:1::1 > 2001:db8:96::65 echo id=7 len=56",
            "icmp6 2001:db8:1::1 > 2001:db8:96::66 echo id=7 len=1400",
            "icmp6 2001:db8:1::9 > 2001:db8:96::64 type=2 mtu=1300 [ tcp [2001:db8:96::64]:80 > [2001:db8:1::1]:40000 A seq=5001 ack=1001 len=1400 ]",
            "icmp6 2001:db8:1::9 > 2001:db8:96::204 type=1 [ tcp [2001:db8:96::204]:80 > [2001:db8:1::1]:40000 A seq=5001 ack=1001 len=40 ]",
            "ns 2001:db8:96::9 > ff02::1:ff00:204 target=2001:db8:96::204 slla=02:00:00:00:0a:09 hop=255 to=33:33:ff:00:02:04",
            "na 2001:db8:96::254 > 2001:db8:96::204 flags=SO target=2001:db8:96::254 tlla=02:00:00:00:0a:fe hop=255",
            "ip 2001:db8:1::1 > 2001:db8:96::204 proto=47 len=60");

    private static final List<String> OUTBOUND = List.of(
            "tcp 192.168.229.1:40000 > 203.0.113.5:443 S seq=1000 mss=1460 len=0",
            "tcp 192.168.229.1:40000 > 203.0.113.5:443 PA seq=1001 ack=5001 len=30",
            "udp 192.168.229.2:5000 > 203.0.113.5:53 len=40",
            "icmp 192.168.229.1 > 203.0.113.5 echo id=7 seq=1 len=56",
            "tcp [2001:db8:229::1]:40000 > [2001:db8:5::5]:443 S seq=1000 mss=1440 len=0",
            "udp [2001:db8:229::1]:5000 > [2001:db8:5::5]:53 len=40",
            "icmp6 2001:db8:229::1 > 2001:db8:5::5 echo id=7 seq=1 len=56");

    /** To IPv4 by NAT64, to each other by its pool, in pieces. */
    private static final List<String> BY_NAT64 = List.of(
            "tcp [2001:db8:229::1]:40000 > [64:ff9b::ac10:1]:443 S seq=1000 mss=1440 len=0",
            "udp [2001:db8:229::1]:40000 > [64:ff9b::ac10:1]:53 len=40",
            "udp [2001:db8:229::1]:40002 > [64:ff9b::ac10:1]:53 len=400 split=200",
            "udp [2001:db8:229::1]:40004 > [64:ff9b::ac10:1]:53 len=400 split=200",
            "udp [2001:db8:229::2]:40002 > [64:ff9b::cb00:7101]:40000 len=40",
            "udp [2001:db8:229::2]:40000 > [64:ff9b::cb00:7101]:40002 len=400 split=200",
            "icmp6 2001:db8:229::1 > 64:ff9b::ac10:1 echo id=7 seq=1 len=56",
            "icmp6 2001:db8:229::2 > 64:ff9b::cb00:7101 error type=2 mtu=1300"
                    + " [ udp [64:ff9b::cb00:7101]:40000 > [2001:db8:229::2]:40002 len=100 ]");

    private static final List<String> TO_POOL = List.of(
            "tcp 172.16.0.1:443 > 203.0.113.1:40000 SA seq=5000 ack=1001",
            "tcp 172.16.0.1:5000 > 203.0.113.1:8080 S seq=5000",
            "udp 172.16.0.1:53 > 203.0.113.1:40000 len=40",
            "udp 172.16.0.1:53 > 203.0.113.1:40002 len=400 df=0 split=200",
            "udp 172.16.0.1:53 > 203.0.113.1:40004 len=400 df=0 split=200",
            "icmp 172.16.0.1 > 203.0.113.1 reply id=7 seq=1 len=56",
            "icmp 172.16.0.9 > 203.0.113.1 error type=3 code=4 mtu=1300"
                    + " [ udp 203.0.113.1:40002 > 172.16.0.1:53 len=100 ]");

    /** What kind of director the frames go to. */
    private enum Scene {
        PLAIN,
        /** Stations behind the director tell their Ethernet addresses when asked, or never. */
        NEIGHBOURS_UNKNOWN,
        /** Packets become too large for the way to the realservers. */
        SMALL_LINK,
        /** Services come and go meanwhile. */
        CHANGES,
        /** Two workers share the work, that of NAT64 as well. */
        TWO_WORKERS,
        /** Clients have to prove themselves, and some do. */
        SYN_PROXY
    }

    private final long seed;
    private final Scene scene;
    private final Director director;
    private final RandomGenerator random;
    private final FrameMutator mutator;
    private final List<byte[]> fromClients;
    /** Hosts behind the director go out, where it lets them. */
    private final List<byte[]> fromHosts = Stream.concat(
                    OUTBOUND.stream().map(text -> Director.frame(Director.LAN, text)),
                    BY_NAT64.stream().flatMap(text -> pieces(Director.LAN, text)))
            .toList();

    private final List<byte[]> answers = new ArrayList<>();
    /** What clients say to the SYN proxy's answers. */
    private final List<byte[]> acknowledgments = new ArrayList<>();

    private final List<SteadyFlow> flows = new ArrayList<>();
    private long sent;
    private int bursts;

    FrameStorm(long seed) {
        this.seed = seed;
        scene = Scene.values()[(int) (seed % Scene.values().length)];
        director = director(scene);
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        mutator = new FrameMutator(random);
        // As many valid ones as malformed ones, so that sessions come to be.
        List<byte[]> corpus = MalformedCorpus.fromClients();
        List<byte[]> valid = Stream.concat(
                        VALID.stream().map(text -> Director.frame(Director.WAN, text)),
                        TO_POOL.stream().flatMap(text -> pieces(Director.WAN, text)))
                .toList();
        fromClients = Stream.concat(
                        corpus.stream(),
                        Stream.generate(() -> valid)
                                .limit(corpus.size() / valid.size())
                                .flatMap(List::stream))
                .toList();
    }

    private static Stream<byte[]> pieces(int port, String text) {
        byte[] whole = Director.frame(port, text);
        return text.contains(" split=") ? FragmentedFrames.cut(whole, text).stream() : Stream.of(whole);
    }

    private static Director director(Scene scene) {
        return switch (scene) {
            case PLAIN -> Director.with(tables -> SteadyFlow.served(DirectorTables.withIpv6(tables)));
            case CHANGES -> Director.with(tables -> SteadyFlow.served(Outbound.denying(tables)));
            case NEIGHBOURS_UNKNOWN ->
                Director.with(
                        tables -> SteadyFlow.served(DirectorTables.withoutNeighbours(DirectorTables.withIpv6(tables))));
            case TWO_WORKERS ->
                Director.ofTwoWorkers(tables -> StatefulTranslation.added(SteadyFlow.served(Outbound.tables(tables))));
            case SYN_PROXY -> Director.with(tables -> SteadyFlow.served(SynProxyTest.proxied(tables)));
            case SMALL_LINK -> Director.withMtus(tables -> SteadyFlow.served(Outbound.tables(tables)), 1500, 1280);
        };
    }

    /**
     * Sends frames and checks.
     *
     * @throws AssertionError naming the seed and the frame at which it failed
     */
    void run(long frames) {
        try {
            openFlows();
            while (sent < frames) {
                burst();
            }
            flows.forEach(SteadyFlow::exchange);
            director.pass(Duration.ofMinutes(12));
            drain();
            director.checkBuffers();
            if (scene == Scene.SYN_PROXY && director.count(Counter.SENT_SYN_PROXY) == 0) {
                throw new AssertionError("no client got through the SYN proxy");
            }
            if (director.view().sessionCount() != 0) {
                throw new AssertionError(director.view().sessionCount() + " sessions did not end");
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", after " + sent + " frames: " + e.getMessage(), e);
        }
    }

    private void openFlows() {
        for (int number = 0; number < FLOWS_PER_WAY; number++) {
            for (SteadyFlow.Way way : SteadyFlow.Way.values()) {
                flows.add(new SteadyFlow(director, way, true, number, random));
                flows.add(new SteadyFlow(director, way, false, number, random));
            }
        }
        flows.forEach(SteadyFlow::open);
    }

    private void burst() {
        int port = random.nextInt(3) == 0 ? Director.LAN : Director.WAN;
        int size = 1 + random.nextInt(LARGEST_BURST);
        List<byte[]> frames = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            frames.add(mutated(port));
        }
        boolean narrow = random.nextInt(64) == 0;
        if (narrow) {
            director.port(random.nextInt(2)).setRoom(random.nextInt(4));
        }
        director.deliver(port, frames);
        sent += size;
        director.now += random.nextInt(LONGEST_PAUSE_MICROS);
        director.tick();
        director.wan.setRoom(Integer.MAX_VALUE);
        director.lan.setRoom(Integer.MAX_VALUE);
        if (++bursts % 16 == 0) {
            collectAnswers();
        }
        if (scene == Scene.SYN_PROXY) {
            collectAcknowledgments();
        }
        drain();
        if (scene == Scene.CHANGES && bursts % 200 == 0) {
            ForwardingTables all = Outbound.denying(DirectorTables.tables());
            ForwardingTables next = bursts % 400 == 0 ? DirectorTables.services(all) : all;
            director.change(tables -> SteadyFlow.served(next));
            drain();
        }
        flows.get(random.nextInt(flows.size())).exchange();
        director.checkBuffers();
    }

    private byte[] mutated(int port) {
        boolean fromHost = port == Director.LAN && random.nextInt(4) == 0;
        boolean acknowledges = port == Director.WAN && !acknowledgments.isEmpty() && random.nextInt(4) == 0;
        List<byte[]> pool = fromHost
                ? fromHosts
                : acknowledges ? acknowledgments : port == Director.LAN && !answers.isEmpty() ? answers : fromClients;
        return mutator.mutate(pool.get(random.nextInt(pool.size())), pool);
    }

    private void drain() {
        director.sent(Director.WAN);
        director.sent(Director.LAN);
    }

    /** Most frames of realservers answer what the director sent to them, so that they belong to sessions. */
    private void collectAnswers() {
        for (byte[] frame : director.sent(Director.LAN)) {
            List<String> words = readable(frame);
            if (words.size() > 4 && words.getFirst().matches("tcp|udp|icmp|icmp6")) {
                keep(answers, answer(words));
            }
        }
    }

    /** A client that got the proxy's number tells it, alone or with its first bytes. */
    private void collectAcknowledgments() {
        for (byte[] frame : director.sent(Director.WAN)) {
            List<String> words = readable(frame);
            if (words.size() > 4
                    && words.getFirst().equals("tcp")
                    && words.get(4).equals("SA")) {
                String text = "tcp " + words.get(3) + " > " + words.get(1) + " PA seq="
                        + SynProxyTest.value(words, "ack") + " ack="
                        + (Long.parseLong(SynProxyTest.value(words, "seq")) + 1 & 0xffff_ffffL) + " len="
                        + random.nextInt(64);
                keep(acknowledgments, Director.frame(Director.WAN, text));
            }
        }
    }

    private void keep(List<byte[]> frames, byte[] frame) {
        if (frames.size() == KEPT_ANSWERS) {
            frames.remove(random.nextInt(frames.size()));
        }
        frames.add(frame);
    }

    /** Damage of what came in is passed on and must not stop the storm: it has been counted. */
    private static List<String> readable(byte[] frame) {
        try {
            return PacketReader.words(frame);
        } catch (AssertionError | IndexOutOfBoundsException damaged) {
            return List.of();
        }
    }

    private byte[] answer(List<String> words) {
        String ends = words.getFirst() + " " + words.get(3) + " > " + words.get(1);
        String rest = switch (words.getFirst()) {
            case "tcp" ->
                (words.get(4).equals("S") ? " SA" : random.nextInt(8) == 0 ? " FA" : " PA")
                        + " seq=5000 ack=77 mss=1460 len=" + random.nextInt(64);
            case "udp" -> " len=" + random.nextInt(64);
            default -> words.get(4).equals("echo") ? " reply " + words.get(5) + " len=56" : " type=3 mtu=1300 len=40";
        };
        return Director.frame(Director.LAN, ends + rest);
    }

    /** How many packets ended in which way. */
    Map<Counter, Long> reached() {
        Map<Counter, Long> reached = new EnumMap<>(Counter.class);
        director.counters().forEach((counter, value) -> {
            if (counter.kind().isDisposition() && value > 0) {
                reached.put(counter, value);
            }
        });
        return reached;
    }
}
