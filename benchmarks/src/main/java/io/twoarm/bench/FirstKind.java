package io.twoarm.bench;

import static io.twoarm.bench.Packets.ICMP;
import static io.twoarm.bench.Packets.ICMPV6;
import static io.twoarm.bench.Packets.TCP;
import static io.twoarm.bench.Packets.UDP;
import static io.twoarm.bench.Packets.address;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Kinds of packets that a director of {@link FirstConfiguration} can meet. Some answer what came of the kind before. */
enum FirstKind {
    CONNECTION("connection, FullNAT44", n -> v4(TCP, n, segment(n, FirstConfiguration.FULLNAT, Frame.SYN))),
    CONNECTION_ANSWER("its SYN-ACK", (n, last) -> reply(last, Frame.SYN | Frame.ACK)),
    FIN("FIN of its server", (n, last) -> reply(last, Frame.ACK | FirstKind.FIN_FLAG)),
    RST(
            "RST of its client",
            (n, _) -> v4(TCP, n, segment(n, FirstConfiguration.FULLNAT, Frame.ACK | FirstKind.RST_FLAG))),
    TOA("connection, FullNAT44 with TOA", n -> v4(TCP, n, segment(n, FirstConfiguration.TOA, Frame.SYN))),
    SYN_PROXY("connection, SYN proxy", n -> v4(TCP, n, segment(n, FirstConfiguration.PROXY, Frame.SYN))),
    NAT("connection, NAT", n -> v4(TCP, n, segment(n, FirstConfiguration.NAT, Frame.SYN))),
    DR("connection, DR", n -> v4(TCP, n, segment(n, FirstConfiguration.DR, Frame.SYN))),
    SNAT("connection, SNAT", n -> outwards(n)),
    DATAGRAM("UDP, FullNAT44", n -> v4(UDP, n, datagram(n, FirstConfiguration.FULLNAT, 4))),
    DATAGRAM_ANSWER("its answer", (n, last) -> replyDatagram(last)),
    MISS("segment without a session", n -> v4(TCP, n, segment(n, FirstConfiguration.FULLNAT, Frame.ACK))),
    NO_SERVICE("SYN to a port without service", n -> v4(TCP, n, segment(n, 9, Frame.SYN))),
    NO_UDP_SERVICE("UDP to a port without service", n -> v4(UDP, n, datagram(n, 9, 4))),
    PING("ping of the VIP", n -> v4(ICMP, n, Packets.icmp(8, 0, new byte[20]))),
    ICMP_ERROR("ICMP error about a session", n -> v4(ICMP, n, Packets.icmp(3, 1, quoted()))),
    LAST_HOP(
            "TTL of 1",
            n -> fromGateway(
                    Packets.ipv4(client(n), Wire.VIP, TCP, 1, 0, segment(n, FirstConfiguration.FULLNAT, Frame.SYN)))),
    FRAGMENT("first fragment, UDP", n -> fragment(n, 0)),
    LAST_FRAGMENT("last fragment, UDP", (n, _) -> fragment(n, 1)),
    ARP("ARP request", n -> arp(n)),
    UNKNOWN_TYPE("unknown EtherType", n -> Packets.frame(Wire.GATEWAY, 0x88cc, new byte[46])),
    TAGGED("VLAN tag", n -> Packets.frame(Wire.GATEWAY, 0x8100, new byte[46])),
    SOLICITATION("neighbour solicitation", n -> solicitation(false)),
    INSIDE_SOLICITATION("another one, of a realserver", n -> solicitation(true)),
    WIDE_CONNECTION("connection, FullNAT66", n -> v6(TCP, n, wideSegment(n, FirstConfiguration.FULLNAT))),
    WIDE_DATAGRAM("UDP, FullNAT66", n -> v6(UDP, n, Packets.udp(wideClient(n), port(n), wideVip(), 80, 4))),
    NAT64("connection, NAT64", n -> v6(TCP, n, wideSegment(n, FirstConfiguration.NAT64))),
    WIDE_PING("ping of the IPv6 VIP", n -> v6(ICMPV6, n, Packets.icmpv6(wideClient(n), wideVip(), 128, new byte[20]))),
    WIDE_NO_SERVICE("SYN to an IPv6 port without service", n -> v6(TCP, n, wideSegment(n, 9)));

    private static final int FIN_FLAG = 0x01;
    private static final int RST_FLAG = 0x04;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int IP = 14;
    /** Places in what the director sends to a realserver. */
    private static final int LOCAL = IP + 12;

    private static final int REALSERVER = IP + 16;
    private static final int LOCAL_PORT = IP + 20;
    private static final int PORT = IP + 22;
    /** Bytes of a fragment. */
    private static final int CUT = 24;

    /** What is sent first. */
    private interface Opening {
        byte[] frame(int attempt);
    }

    /** What is sent after the kind before. */
    private interface Sequel {
        byte[] frame(int attempt, byte[] last);
    }

    final String description;
    /** Whether it cannot stand without the kind before. */
    final boolean sequel;

    private final Sequel sequence;

    FirstKind(String description, Opening opening) {
        this.description = description;
        sequel = false;
        sequence = (attempt, _) -> opening.frame(attempt);
    }

    FirstKind(String description, Sequel sequence) {
        this.description = description;
        sequel = true;
        this.sequence = sequence;
    }

    /**
     * The packet.
     *
     * @param attempt 0 for the first; others are of other clients
     * @param last what the director sent last
     */
    byte[] frame(int attempt, byte[] last) {
        return sequence.frame(attempt, last);
    }

    /** All kinds, beginning somewhere else in each round, with sequels after what they follow. */
    static List<List<FirstKind>> chains(int round) {
        List<List<FirstKind>> chains = new ArrayList<>();
        for (FirstKind kind : values()) {
            if (!kind.sequel) {
                chains.add(new ArrayList<>());
            }
            chains.getLast().add(kind);
        }
        // IPv6 neighbours are known after a solicitation.
        int wide = chains.indexOf(List.of(SOLICITATION));
        List<FirstKind> joined = new ArrayList<>();
        chains.subList(wide, chains.size()).forEach(joined::addAll);
        chains.subList(wide, chains.size()).clear();
        chains.add(joined);
        Collections.rotate(chains, -5 * round);
        return chains;
    }

    private static int client(int attempt) {
        return Wire.FIRST_CLIENT + 0x1000 + attempt;
    }

    private static int port(int attempt) {
        return 20_000 + attempt;
    }

    private static byte[] wideVip() {
        return Wire.wide(false, Wire.VIP);
    }

    private static byte[] wideClient(int attempt) {
        return Wire.wide(false, client(attempt));
    }

    private static byte[] fromGateway(byte[] packet) {
        return Packets.frame(Wire.GATEWAY, IPV4, packet);
    }

    private static byte[] v4(int protocol, int attempt, byte[] payload) {
        return fromGateway(Packets.ipv4(client(attempt), Wire.VIP, protocol, payload));
    }

    private static byte[] v6(int next, int attempt, byte[] payload) {
        return Packets.frame(Wire.GATEWAY, IPV6, Packets.ipv6(wideClient(attempt), wideVip(), next, 64, payload));
    }

    private static byte[] segment(int attempt, int port, int flags) {
        return Packets.tcp(address(client(attempt)), port(attempt), address(Wire.VIP), port, flags);
    }

    private static byte[] wideSegment(int attempt, int port) {
        return Packets.tcp(wideClient(attempt), port(attempt), wideVip(), port, Frame.SYN);
    }

    private static byte[] datagram(int attempt, int port, int data) {
        return Packets.udp(address(client(attempt)), port(attempt), address(Wire.VIP), port, data);
    }

    private static byte[] outwards(int attempt) {
        int host = FirstConfiguration.INSIDE + attempt;
        byte[] segment = Packets.tcp(address(host), port(attempt), address(Wire.GATEWAY), 80, Frame.SYN);
        return fromGateway(Packets.ipv4(host, Wire.GATEWAY, TCP, segment));
    }

    /** A segment that goes back where the director's came from. */
    private static byte[] reply(byte[] last, int flags) {
        ByteBuffer came = ByteBuffer.wrap(last);
        byte[] local = address(came.getInt(LOCAL));
        byte[] realserver = address(came.getInt(REALSERVER));
        return back(came, TCP, Packets.tcp(realserver, came.getShort(PORT), local, came.getShort(LOCAL_PORT), flags));
    }

    private static byte[] replyDatagram(byte[] last) {
        ByteBuffer came = ByteBuffer.wrap(last);
        byte[] local = address(came.getInt(LOCAL));
        byte[] realserver = address(came.getInt(REALSERVER));
        return back(came, UDP, Packets.udp(realserver, came.getShort(PORT), local, came.getShort(LOCAL_PORT), 4));
    }

    private static byte[] back(ByteBuffer came, int protocol, byte[] payload) {
        int realserver = came.getInt(REALSERVER);
        return Packets.frame(realserver, IPV4, Packets.ipv4(realserver, came.getInt(LOCAL), protocol, payload));
    }

    /** Header and ports of a packet to the client of the connection that {@link RoundTrips} has open. */
    private static byte[] quoted() {
        byte[] segment = Packets.tcp(
                address(Wire.VIP), Wire.SERVICE_PORT, address(Wire.clientAddress(0)), Wire.clientPort(0), Frame.ACK);
        return Packets.ipv4(Wire.VIP, Wire.clientAddress(0), TCP, Arrays.copyOf(segment, 8));
    }

    private static byte[] fragment(int attempt, int part) {
        byte[] datagram = datagram(attempt, FirstConfiguration.FULLNAT, 2 * CUT - 8);
        byte[] piece = Arrays.copyOfRange(datagram, part * CUT, (part + 1) * CUT);
        int fragment = part == 0 ? Packets.MORE_FRAGMENTS : CUT / 8;
        return fromGateway(Packets.ipv4(client(attempt), Wire.VIP, UDP, 64, fragment, piece));
    }

    private static byte[] arp(int attempt) {
        int asker = attempt == 0 ? Wire.GATEWAY : Wire.FIRST_REALSERVER;
        byte[] reply = new Frame().arpReply(asker, Wire.VIP).array();
        byte[] request = Arrays.copyOf(reply, 60);
        request[IP + 7] = 1;
        return request;
    }

    /** RFC 4861, 4.3: the gateway asks for the VIP, or the realserver for a local address. */
    private static byte[] solicitation(boolean inside) {
        int neighbour = inside ? Wire.FIRST_REALSERVER : Wire.GATEWAY;
        byte[] source = Wire.wide(inside, neighbour);
        byte[] target = Wire.wide(inside, inside ? Wire.FIRST_LOCAL_ADDRESS : Wire.VIP);
        byte[] body = ByteBuffer.allocate(24)
                .put(target)
                .putShort((short) 0x0101)
                .put(Stations.of(neighbour))
                .array();
        return Packets.frame(
                neighbour, IPV6, Packets.ipv6(source, target, ICMPV6, 255, Packets.icmpv6(source, target, 135, body)));
    }
}
