package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.BURST;
import static io.twoarm.director.forward.PrewarmScene.GATEWAY;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.access.AccessRules;
import io.twoarm.director.access.AccessSubject;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.forward.PrewarmScene.Change;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.service.EndRange;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.TrafficLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flows that hosts behind the director begin in the {@link PrewarmScene}, and flows that an access list refuses. */
final class PrewarmOutbound {
    private static final int OUTSIDE = 0xcb00_7177;
    /** Few may go there. */
    private static final int RATED = 0xcb00_7179;
    /** Nobody may go there. */
    private static final int FORBIDDEN = 0xcb00_7178;

    private static final Ipv6Address WIDE_OUTSIDE = Ipv6Address.parse("2001:db8:4::77");
    private static final int PORT = 443;
    private static final int START = 5000;
    private static final int HOST_START = 1000;
    private static final int ROUNDS = 3;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private static final int FIN_ACK = TcpHeader.FIN | TcpHeader.ACK;
    private static final byte[] OPTIONS = {2, 4, 5, -76, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7};
    private static final byte[] NONE = {};
    /** A second; and so many bits that they limit nothing. */
    private static final TrafficLimits ONE_PACKET = new TrafficLimits(1000, TrafficLimits.WHOLE, 1);

    private PrewarmOutbound() {}

    /** What the scene's director needs for these flows. */
    static List<ServiceDefinition> services() {
        AccessRules nobody = AccessRules.OPEN
                .withDenied(List.of(AccessSubject.parse("198.51.100.0/24")))
                .withAllowed(List.of(AccessSubject.parse("203.0.113.1")));
        ServiceDefinition rated = match(Protocol.UDP, new Ipv4Address(RATED), new Ipv4Address(VIP));
        Stream<ServiceDefinition> free = Stream.concat(
                Stream.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP)
                        .flatMap(protocol -> Stream.of(
                                match(protocol, new Ipv4Address(OUTSIDE), new Ipv4Address(VIP)),
                                match(protocol, new Ipv4Address(FORBIDDEN), new Ipv4Address(VIP))
                                        .withAccess(nobody))),
                Stream.of(Protocol.TCP, Protocol.UDP, Protocol.ICMPV6)
                        .map(protocol -> match(protocol, WIDE_OUTSIDE, PrewarmWide.VIP)));
        return Stream.concat(
                        free,
                        Stream.of(rated.withPolicy(
                                rated.policy().withConnectionRate(1).withTraffic(ONE_PACKET), Optional.empty())))
                .toList();
    }

    private static ServiceDefinition match(Protocol protocol, IpAddress destination, IpAddress own) {
        IpAddress host = own.isIpv4() ? new Ipv4Address(REALSERVER) : PrewarmWide.REALSERVER;
        FlowMatch match = new FlowMatch(
                protocol,
                own.isIpv4(),
                Optional.of(EndRange.of(host, host)),
                Optional.of(EndRange.of(destination, destination)),
                LAN,
                FlowMatch.ANY_PORT);
        RealserverDefinition outside = new RealserverDefinition(own, 0, 1, false, Optional.empty());
        return ServiceDefinition.matching(
                match, Optional.empty(), ServicePolicy.ROUND_ROBIN, List.of(outside.withMode(ForwardingMode.SNAT)));
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
        for (int i = 0; i < ROUNDS; i++) {
            connection(scene, 20_000 + i);
            datagrams(scene, 21_000 + i);
            ping(scene, i);
            wide(scene, 22_000 + i);
            toOutside(scene, 9, 1, TcpHeader.ACK, NONE, 0);
            scene.udp(LAN, 1, REALSERVER, 9, FORBIDDEN, PORT, Change.NONE);
            scene.udp(LAN, 2, REALSERVER, 23_000 + i, RATED, PORT, Change.NONE);
        }
        scene.udp(LAN, 1, REALSERVER, 9, OUTSIDE, PORT, frame -> PrewarmKind.putTtl(frame, 1));
        // What is left open expires.
        toOutside(scene, 24_000, 1, TcpHeader.SYN, OPTIONS, 0);
        fromOutside(scene, port(scene), 1, SYN_ACK, OPTIONS, 0);
        toOutside(scene, 24_000, 1, TcpHeader.ACK, NONE, 0);
        scene.pass(400_000_000);
    }

    private static void connection(PrewarmScene scene, int hostPort) {
        toOutside(scene, hostPort, 1, TcpHeader.SYN, OPTIONS, 0);
        int port = port(scene);
        fromOutside(scene, port, 1, SYN_ACK, OPTIONS, 0);
        toOutside(scene, hostPort, BURST, TcpHeader.ACK, NONE, 100);
        fromOutside(scene, port, BURST, TcpHeader.ACK, NONE, 100);
        scene.icmp(
                WAN,
                GATEWAY,
                VIP,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, VIP, OUTSIDE, Protocol.TCP.number(), port, PORT));
        scene.icmp(
                LAN,
                REALSERVER,
                OUTSIDE,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, OUTSIDE, REALSERVER, Protocol.TCP.number(), PORT, hostPort));
        toOutside(scene, hostPort, 1, FIN_ACK, NONE, 0);
        fromOutside(scene, port, 1, FIN_ACK, NONE, 0);
    }

    private static void toOutside(PrewarmScene scene, int hostPort, int count, int flags, byte[] options, int payload) {
        int acknowledgment = (flags & TcpHeader.ACK) != 0 ? START + 1 : 0;
        int sequence = HOST_START + ((flags & TcpHeader.SYN) != 0 ? 0 : 1);
        scene.tcp(
                LAN,
                count,
                REALSERVER,
                hostPort,
                OUTSIDE,
                PORT,
                flags,
                sequence,
                acknowledgment,
                options,
                payload,
                Change.NONE);
    }

    private static void fromOutside(PrewarmScene scene, int port, int count, int flags, byte[] options, int payload) {
        scene.tcp(WAN, count, OUTSIDE, PORT, VIP, port, flags, START, HOST_START + 1, options, payload, Change.NONE);
    }

    private static void datagrams(PrewarmScene scene, int hostPort) {
        scene.udp(LAN, BURST, REALSERVER, hostPort, OUTSIDE, PORT, Change.NONE);
        scene.udp(WAN, BURST, OUTSIDE, PORT, VIP, port(scene), Change.NONE);
    }

    private static void ping(PrewarmScene scene, int id) {
        scene.icmp(LAN, REALSERVER, OUTSIDE, IcmpHeader.ECHO_REQUEST, 0, id << 16, 56, Change.NONE);
        long icmp = scene.wan.last() + EthernetHeader.SIZE + Ipv4Header.SIZE;
        int outside = Mem.getUnsignedShortBE(icmp + IcmpHeader.ID_OFFSET);
        scene.icmp(WAN, OUTSIDE, VIP, IcmpHeader.ECHO_REPLY, 0, outside << 16, 56, Change.NONE);
    }

    /** The port that the flow's first packet left with. */
    private static int port(PrewarmScene scene) {
        return Mem.getUnsignedShortBE(PrewarmWideFlows.transport(scene.wan.last(), false));
    }

    private static int widePort(PrewarmScene scene) {
        return Mem.getUnsignedShortBE(PrewarmWideFlows.transport(scene.wan.last(), true));
    }

    private static void wide(PrewarmScene scene, int hostPort) {
        wideToOutside(scene, hostPort, TcpHeader.SYN, 0);
        int port = widePort(scene);
        wideFromOutside(scene, port, SYN_ACK, 0);
        for (int i = 0; i < BURST; i++) {
            wideToOutside(scene, hostPort, TcpHeader.ACK, 100);
            wideFromOutside(scene, port, TcpHeader.ACK, 100);
        }
        int tcp = Protocol.TCP.number();
        PrewarmWideFlows.error(scene, WAN, PrewarmWide.VIP, WIDE_OUTSIDE, tcp, port << 16 | PORT);
        PrewarmWideFlows.error(scene, LAN, WIDE_OUTSIDE, PrewarmWide.REALSERVER, tcp, PORT << 16 | hostPort);
        wideToOutside(scene, hostPort, FIN_ACK, 0);
        wideFromOutside(scene, port, FIN_ACK, 0);
        wideToOutside(scene, 9, TcpHeader.ACK, 0);
        PrewarmWideFlows.datagram(scene, LAN, PrewarmWide.REALSERVER, hostPort, WIDE_OUTSIDE, PORT);
        PrewarmWideFlows.datagram(scene, WAN, WIDE_OUTSIDE, PORT, PrewarmWide.VIP, widePort(scene));
        echo(scene, LAN, PrewarmWide.REALSERVER, WIDE_OUTSIDE, Icmpv6Header.ECHO_REQUEST, hostPort);
        int id = Mem.getUnsignedShortBE(PrewarmWideFlows.transport(scene.wan.last(), true) + Icmpv6Header.ID_OFFSET);
        echo(scene, WAN, WIDE_OUTSIDE, PrewarmWide.VIP, Icmpv6Header.ECHO_REPLY, id);
    }

    private static void wideToOutside(PrewarmScene scene, int hostPort, int flags, int payload) {
        PrewarmWideFlows.wideSegment(
                scene,
                LAN,
                PrewarmWide.REALSERVER,
                hostPort,
                WIDE_OUTSIDE,
                PORT,
                flags,
                HOST_START,
                (flags & TcpHeader.ACK) != 0 ? START + 1 : 0,
                payload);
    }

    private static void wideFromOutside(PrewarmScene scene, int port, int flags, int payload) {
        PrewarmWideFlows.wideSegment(
                scene, WAN, WIDE_OUTSIDE, PORT, PrewarmWide.VIP, port, flags, START, HOST_START + 1, payload);
    }

    private static void echo(PrewarmScene scene, int port, Ipv6Address from, Ipv6Address to, int type, int id) {
        int length = Icmpv6Header.SIZE + 56;
        PrewarmWide.packet(scene, port, from, to, Icmpv6Header.PROTOCOL, length, at -> {
            Mem.putIntBE(at, type << 24);
            Mem.putIntBE(at + Icmpv6Header.WORD_OFFSET, id << 16);
            Ipv6Header.putChecksum(
                    at - Ipv6Header.SIZE, at, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        });
    }
}
