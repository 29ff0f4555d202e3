package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.neighbour.StaticNeighbour;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.wire.PacketReader;
import io.twoarm.director.wire.PacketWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A flow that goes on whatever else the director has to do. What comes out is compared byte for byte with what {@link
 * PacketWriter} makes of the same words. Its addresses differ in four bytes from those of all other tests, so that no
 * frame that is changed in three places can be taken for one of its own.
 */
final class SteadyFlow {
    private static final String REALSERVER_MAC = "02:00:00:00:0b:77";
    private static final int LARGEST_DATA = 600;

    /** What the director does with the flow. */
    enum Way {
        FULLNAT44("100.64.77.", "10.0.96.207", "10.77.77.77", "192.168.229.204"),
        FULLNAT66("fd64:6464:6464:6464::", "2001:db8:96::77", "fd77:7777:7777:7777::77", "2001:db8:229::204"),
        NAT64("fd64:6464:6464:6464::", "2001:db8:96::78", "10.77.77.77", "192.168.229.204");

        final String clientNetwork;
        final String vip;
        final String realserver;
        final String local;

        Way(String clientNetwork, String vip, String realserver, String local) {
            this.clientNetwork = clientNetwork;
            this.vip = vip;
            this.realserver = realserver;
            this.local = local;
        }
    }

    private final Director director;
    private final RandomGenerator random;
    private final Way way;
    private final boolean isTcp;
    private final String client;
    private final String virtual;
    private final String realserver;
    private String local = "";
    private long clientNext;
    private long serverNext;
    /** What the director adds to the client's sequence numbers. */
    private long shift;

    SteadyFlow(Director director, Way way, boolean isTcp, int number, RandomGenerator random) {
        this.director = director;
        this.way = way;
        this.isTcp = isTcp;
        this.random = random;
        client = end(way.clientNetwork + (number + 7), 30_000 + number);
        virtual = end(way.vip, isTcp ? 80 : 53);
        realserver = end(way.realserver, isTcp ? 8080 : 53);
        clientNext = random.nextLong(1L << 32);
        serverNext = random.nextLong(1L << 32);
    }

    /** Tables with the services, routes and neighbours that these flows need. */
    static ForwardingTables served(ForwardingTables tables) {
        List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
        List<ServiceDefinition> services = new ArrayList<>(tables.services());
        for (Way way : Way.values()) {
            addresses.add(new OwnAddress(IpAddress.parse(way.vip), Director.WAN, OwnAddress.Role.VIRTUAL));
            services.add(service(way, 80, Protocol.TCP, 8080));
            services.add(service(way, 53, Protocol.UDP, 53));
        }
        List<Route> routes = new ArrayList<>(tables.routes());
        routes.add(Route.onLink(IpAddress.parse("10.77.77.0"), 24, Director.LAN));
        routes.add(Route.onLink(IpAddress.parse("fd77:7777:7777:7777::"), 64, Director.LAN));
        List<StaticNeighbour> neighbours = new ArrayList<>(tables.neighbours());
        for (String address : List.of("10.77.77.77", "fd77:7777:7777:7777::77")) {
            neighbours.add(new StaticNeighbour(IpAddress.parse(address), Director.LAN, 0x0200_0000_0b77L));
        }
        for (String gateway : List.of("10.0.96.254", "2001:db8:96::254")) {
            StaticNeighbour known = new StaticNeighbour(IpAddress.parse(gateway), Director.WAN, 0x0200_0000_0afeL);
            if (!neighbours.contains(known)) {
                neighbours.add(known);
            }
        }
        return new ForwardingTables(
                addresses, routes, neighbours, services, tables.timeouts(), tables.limits(), tables.decrementTtl());
    }

    private static ServiceDefinition service(Way way, int port, Protocol protocol, int realserverPort) {
        return new ServiceDefinition(
                IpAddress.parse(way.vip),
                port,
                protocol,
                false,
                Optional.empty(),
                List.of(IpAddress.parse(way.local)),
                List.of(new RealserverDefinition(
                        IpAddress.parse(way.realserver), realserverPort, 1, false, Optional.empty())));
    }

    private static String end(String address, int port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    /** Opens the flow, and learns the local end and the shift of sequence numbers that the director has chosen. */
    void open() {
        if (!isTcp) {
            List<String> words = sentWords(Director.WAN, "udp " + client + " > " + virtual + " len=1");
            local = words.get(1);
            return;
        }
        List<String> syn =
                sentWords(Director.WAN, "tcp " + client + " > " + virtual + " S seq=" + clientNext + " mss=1400");
        local = syn.get(1);
        shift = Long.parseLong(syn.get(5).substring("seq=".length())) - clientNext & 0xffff_ffffL;
        clientNext = add(clientNext, 1);
        pass(Director.LAN, tcp("SA", serverNext, add(clientNext, shift)) + " mss=1400");
        serverNext = add(serverNext, 1);
        pass(Director.WAN, tcp("A", clientNext, serverNext));
    }

    /** Data one way or the other, or both. */
    void exchange() {
        boolean fromClient = random.nextBoolean();
        int length = random.nextInt(LARGEST_DATA);
        if (!isTcp) {
            pass(fromClient ? Director.WAN : Director.LAN, "udp len=" + length);
            return;
        }
        String data = " hex=" + hex(length + 1);
        if (fromClient) {
            pass(Director.WAN, tcp("PA", clientNext, serverNext) + data);
            clientNext = add(clientNext, length + 1);
            pass(Director.LAN, tcp("A", serverNext, add(clientNext, shift)));
        } else {
            pass(Director.LAN, tcp("PA", serverNext, add(clientNext, shift)) + data);
            serverNext = add(serverNext, length + 1);
            pass(Director.WAN, tcp("A", clientNext, serverNext));
        }
    }

    private String hex(int length) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        return HexFormat.of().formatHex(data);
    }

    private static long add(long number, long by) {
        return number + by & 0xffff_ffffL;
    }

    private static String tcp(String flags, long seq, long ack) {
        return "tcp " + flags + " seq=" + seq + " ack=" + ack;
    }

    /** Sends a packet of one end, and compares what comes out at the other. */
    private void pass(int from, String packet) {
        String[] kindAndRest = packet.split(" ", 2);
        String fields = kindAndRest[1] + " win=" + random.nextInt(65536);
        boolean fromClient = from == Director.WAN;
        int id = random.nextInt(65536);
        String in = kindAndRest[0] + " " + (fromClient ? client + " > " + virtual : realserver + " > " + local) + " "
                + fields + " id=" + id;
        byte[] found = sent(from, in);
        String outFields = fromClient && isTcp ? shifted(fields, "seq", shift) : fields;
        if (!fromClient && isTcp) {
            outFields = shifted(outFields, "ack", -shift);
        }
        String out = kindAndRest[0] + " " + (fromClient ? local + " > " + realserver : virtual + " > " + client) + " "
                + outFields + networkFields(fromClient, id, found);
        byte[] wanted = fromClient
                ? PacketWriter.frame(out, REALSERVER_MAC, Director.LAN_MAC)
                : PacketWriter.frame(out, Director.GATEWAY_MAC, Director.WAN_MAC);
        assertThat(HexFormat.of().formatHex(found))
                .as(way + " " + in)
                .isEqualTo(HexFormat.of().formatHex(wanted));
    }

    /** NAT64 gives small packets an identification of its own and no DF (RFC 7915, 5.1). */
    private String networkFields(boolean fromClient, int id, byte[] found) {
        if (way == Way.NAT64 && fromClient) {
            return " ttl=63 df=0 id=" + ((found[18] & 0xff) << 8 | found[19] & 0xff);
        }
        return " ttl=63 id=" + id;
    }

    private static String shifted(String fields, String key, long by) {
        StringBuilder text = new StringBuilder();
        for (String word : fields.split(" ")) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(
                            word.startsWith(key + "=")
                                    ? key + "=" + add(Long.parseLong(word.substring(key.length() + 1)), by)
                                    : word);
        }
        return text.toString();
    }

    private List<String> sentWords(int from, String packet) {
        return PacketReader.words(sent(from, packet));
    }

    private byte[] sent(int from, String packet) {
        byte[] frame = from == Director.WAN
                ? Director.frame(from, packet)
                : PacketWriter.frame(packet, Director.LAN_MAC, REALSERVER_MAC);
        director.deliver(from, frame);
        List<byte[]> frames = director.sent(1 - from);
        assertThat(frames).as("what came out for " + way + " " + packet).hasSize(1);
        assertThat(director.sent(from))
                .as("what came back for " + way + " " + packet)
                .isEmpty();
        return frames.getFirst();
    }
}
