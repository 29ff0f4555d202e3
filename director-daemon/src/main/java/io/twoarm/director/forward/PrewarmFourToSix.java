package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.WAN;
import static io.twoarm.director.forward.PrewarmWide.LIP;
import static io.twoarm.director.forward.PrewarmWide.REALSERVER;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flows of the {@link PrewarmScene} of IPv4 clients to an IPv6 realserver. */
final class PrewarmFourToSix {
    static final int VIP = 0xc000_022e;
    private static final int PORT = 46;
    private static final int TCP = Protocol.TCP.number();
    private static final int UDP = Protocol.UDP.number();
    private static final int ACK = TcpHeader.ACK;
    private static final int CLIENT_START = 1000;
    private static final int START = 5000;
    private static final int ROUNDS = 3;
    private static final byte[] NO_OPTIONS = {};

    private PrewarmFourToSix() {}

    /** What the scene's director needs for these flows. */
    static List<ServiceDefinition> services() {
        return Stream.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP)
                .map(protocol -> new ServiceDefinition(
                        new Ipv4Address(VIP),
                        protocol == Protocol.ICMP ? 0 : PORT,
                        protocol,
                        true,
                        Optional.empty(),
                        List.of(LIP),
                        List.of(new RealserverDefinition(
                                REALSERVER, protocol == Protocol.ICMP ? 0 : PORT, 1, false, Optional.empty()))))
                .toList();
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
        for (int i = 0; i < ROUNDS; i++) {
            connection(scene, 15_000 + i);
            datagrams(scene, 15_000 + i);
            ping(scene, i);
        }
        // What is left open expires.
        open(scene, 15_500);
        scene.pass(400_000_000);
    }

    private static int open(PrewarmScene scene, int clientPort) {
        fromClient(scene, clientPort, TcpHeader.SYN, CLIENT_START, 0, 0);
        int local = scene.lastPort(true);
        fromServer(scene, local, TcpHeader.SYN | ACK, START, scene.lastSequence(true) + 1, 0);
        fromClient(scene, clientPort, ACK, CLIENT_START + 1, START + 1, 0);
        return local;
    }

    private static void connection(PrewarmScene scene, int clientPort) {
        int local = open(scene, clientPort);
        int next = scene.lastSequence(true);
        for (int i = 0; i < 20; i++) {
            fromClient(scene, clientPort, ACK, CLIENT_START + 1, START + (i < 2 ? 1 : 200), 100);
            fromServer(scene, local, ACK, START + 1, next, 100);
        }
        fromClient(scene, clientPort, ACK, CLIENT_START + 1, START + 1, 1400);
        errors(scene, TCP, clientPort, local);
        fromClient(scene, clientPort, TcpHeader.FIN | ACK, CLIENT_START + 1, START + 200, 0);
        fromServer(scene, local, TcpHeader.FIN | ACK, START + 1, next + 1, 0);
    }

    private static void fromClient(
            PrewarmScene scene, int port, int flags, int sequence, int acknowledgment, int payload) {
        PrewarmScene.Change none = PrewarmScene.Change.NONE;
        scene.tcp(WAN, 1, CLIENT, port, VIP, PORT, flags, sequence, acknowledgment, NO_OPTIONS, payload, none);
    }

    private static void fromServer(
            PrewarmScene scene, int local, int flags, int sequence, int acknowledgment, int payload) {
        PrewarmWideFlows.wideSegment(
                scene, LAN, REALSERVER, PORT, LIP, local, flags, sequence, acknowledgment, payload);
    }

    private static void datagrams(PrewarmScene scene, int clientPort) {
        for (int i = 0; i < 8; i++) {
            scene.udp(WAN, 1, CLIENT, clientPort, VIP, PORT, PrewarmScene.Change.NONE);
            int local = scene.lastPort(true);
            scene.udp(
                    WAN,
                    1,
                    CLIENT,
                    clientPort,
                    VIP,
                    PORT,
                    frame -> Mem.putShort(frame + EthernetHeader.SIZE + 26, (short) 0));
            PrewarmWideFlows.datagram(scene, LAN, REALSERVER, PORT, LIP, local);
            errors(scene, UDP, clientPort, local);
        }
    }

    /** Errors of routers on both sides about the flow. */
    private static void errors(PrewarmScene scene, int protocol, int clientPort, int local) {
        PrewarmWideFlows.error(scene, LAN, LIP, REALSERVER, protocol, local << 16 | PORT);
        scene.icmp(
                WAN,
                CLIENT,
                VIP,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, VIP, CLIENT, protocol, PORT, clientPort));
    }

    private static void ping(PrewarmScene scene, int id) {
        for (int i = 0; i < 2; i++) {
            scene.icmp(WAN, CLIENT, VIP, IcmpHeader.ECHO_REQUEST, 0, id << 16, 56, PrewarmScene.Change.NONE);
        }
        int local = Mem.getUnsignedShortBE(PrewarmWideFlows.transport(scene.lan.last(), true) + Icmpv6Header.ID_OFFSET);
        int length = Icmpv6Header.SIZE + 8;
        PrewarmWide.packet(scene, LAN, REALSERVER, LIP, Icmpv6Header.PROTOCOL, length, at -> {
            Mem.putIntBE(at, Icmpv6Header.ECHO_REPLY << 24);
            Mem.putIntBE(at + Icmpv6Header.ID_OFFSET, local << 16);
            Ipv6Header.putChecksum(
                    at - Ipv6Header.SIZE, at, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        });
    }
}
