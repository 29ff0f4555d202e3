package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.BURST;
import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LIP;
import static io.twoarm.director.forward.PrewarmScene.OTHER_MAC;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.forward.PrewarmScene.Change;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.service.EndRange;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Packets of ports that are mapped independently of destinations, for the {@link PrewarmScene}. */
final class PrewarmMapped {
    private static final int HOST = 0xc633_6414;
    private static final int OUTSIDE = PrewarmScene.VIP_WITHOUT_REALSERVER;
    private static final int PORT = 443;
    private static final int OTHER_PORT = 9;
    private static final int UNMAPPED_PORT = 2009;
    private static final int FIRST = 25_000;
    private static final int ROUNDS = 4;
    private static final byte[] NO_OPTIONS = {};

    private PrewarmMapped() {}

    static List<ServiceDefinition> services() {
        return Stream.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP)
                .map(PrewarmMapped::service)
                .toList();
    }

    private static ServiceDefinition service(Protocol protocol) {
        Ipv4Address host = new Ipv4Address(HOST);
        FlowMatch match = new FlowMatch(
                protocol, true, Optional.of(EndRange.of(host, host)), Optional.empty(), LAN, FlowMatch.ANY_PORT);
        RealserverDefinition own = new RealserverDefinition(new Ipv4Address(OUTSIDE), 0, 1, false, Optional.empty());
        return ServiceDefinition.matching(
                match,
                Optional.empty(),
                ServicePolicy.ROUND_ROBIN.withEndpointIndependent(
                        Optional.of(protocol == Protocol.TCP ? OutsideFilter.ADDRESS : OutsideFilter.ENDPOINT)),
                List.of(own.withMode(ForwardingMode.SNAT)));
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        scene.arp(LAN, ArpPacket.REQUEST, OTHER_MAC, HOST, LIP, Change.NONE);
        scene.arp(LAN, ArpPacket.REPLY, OTHER_MAC, HOST, LIP, Change.NONE);
        for (int i = 0; i < ROUNDS; i++) {
            int port = FIRST + 2 * i;
            datagrams(scene, port);
            connections(scene, port);
            scene.icmp(LAN, HOST, CLIENT, IcmpHeader.ECHO_REQUEST, 0, port << 16, 56, Change.NONE);
            scene.icmp(WAN, CLIENT, OUTSIDE, IcmpHeader.ECHO_REPLY, 0, port << 16, 56, Change.NONE);
        }
        scene.udp(WAN, 1, CLIENT, OTHER_PORT + 1, OUTSIDE, FIRST, frame -> PrewarmKind.putTtl(frame, 1));
        scene.pass(400_000_000);
        PrewarmKind.introduce(scene);
    }

    private static void datagrams(PrewarmScene scene, int port) {
        scene.udp(LAN, BURST, HOST, port, CLIENT, PORT, Change.NONE);
        scene.udp(WAN, BURST, CLIENT, PORT, OUTSIDE, port, Change.NONE);
        // From others, and between two ports of the host by the outside address.
        scene.udp(WAN, BURST, CLIENT, OTHER_PORT, OUTSIDE, port, Change.NONE);
        scene.udp(LAN, BURST, HOST, port + 1, OUTSIDE, port, Change.NONE);
        scene.udp(LAN, BURST, HOST, port, OUTSIDE, port + 1, Change.NONE);
        scene.udp(LAN, 1, HOST, port, OUTSIDE, UNMAPPED_PORT, Change.NONE);
        scene.icmp(
                LAN,
                HOST,
                OUTSIDE,
                IcmpHeader.UNREACHABLE,
                0,
                0,
                40,
                at -> PrewarmKind.quote(at, OUTSIDE, HOST, Protocol.UDP.number(), port + 1, port));
    }

    private static void connections(PrewarmScene scene, int port) {
        tcp(scene, LAN, HOST, port, CLIENT, PORT, TcpHeader.SYN);
        tcp(scene, WAN, CLIENT, PORT, OUTSIDE, port, TcpHeader.SYN | TcpHeader.ACK);
        tcp(scene, WAN, CLIENT, OTHER_PORT, OUTSIDE, port, TcpHeader.SYN);
        tcp(scene, LAN, HOST, port, CLIENT, OTHER_PORT, TcpHeader.SYN | TcpHeader.ACK);
        tcp(scene, WAN, CLIENT, OTHER_PORT, OUTSIDE, port, TcpHeader.ACK);
        tcp(scene, WAN, PrewarmScene.GATEWAY, OTHER_PORT, OUTSIDE, port, TcpHeader.SYN);
        tcp(scene, WAN, CLIENT, OTHER_PORT + 1, OUTSIDE, port, TcpHeader.ACK);
    }

    private static void tcp(
            PrewarmScene scene, int in, int source, int sourcePort, int destination, int port, int flags) {
        scene.tcp(in, 1, source, sourcePort, destination, port, flags, 1, 1, NO_OPTIONS, 0, Change.NONE);
    }
}
