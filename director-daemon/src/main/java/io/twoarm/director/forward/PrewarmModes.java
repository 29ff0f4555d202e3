package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.BURST;
import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.forward.PrewarmScene.Change;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flows of the {@link PrewarmScene} in the modes in which realservers see the client's own address. */
final class PrewarmModes {
    private static final int DIRECT_PORT = 8;
    private static final int NAT_PORT = 16;
    /** Leads to the same port of the realserver as {@link #NAT_PORT}. */
    private static final int COLLIDING_PORT = 17;

    private static final int TUNNEL_PORT = 24;
    private static final int CROSSING_PORT = 25;
    private static final int GRE_PORT = 26;
    private static final int CROSSING_GRE_PORT = 27;
    private static final int ACK = TcpHeader.ACK;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private static final int FIN_ACK = TcpHeader.FIN | TcpHeader.ACK;
    private static final int CLIENT_START = 1000;
    private static final int START = 5000;
    private static final int ROUNDS = 3;
    private static final byte[] OPTIONS = {2, 4, 5, -76, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7};
    private static final byte[] NONE = {};

    private PrewarmModes() {}

    /** What the scene's director needs for these flows. */
    static List<ServiceDefinition> services() {
        IpAddress ipv4 = new Ipv4Address(REALSERVER);
        IpAddress ipv6 = PrewarmWide.REALSERVER;
        return Stream.concat(
                        services(new Ipv4Address(VIP), ipv4, ipv6).stream(),
                        services(PrewarmWide.VIP, ipv6, ipv4).stream())
                .toList();
    }

    private static List<ServiceDefinition> services(IpAddress vip, IpAddress realserver, IpAddress ofOtherFamily) {
        return Stream.of(Protocol.TCP, Protocol.UDP)
                .flatMap(protocol -> Stream.of(
                        service(vip, DIRECT_PORT, protocol, realserver, DIRECT_PORT, ForwardingMode.DIRECT),
                        service(vip, NAT_PORT, protocol, realserver, NAT_PORT, ForwardingMode.NAT),
                        service(vip, TUNNEL_PORT, protocol, realserver, TUNNEL_PORT, ForwardingMode.TUNNEL),
                        service(vip, CROSSING_PORT, protocol, ofOtherFamily, CROSSING_PORT, ForwardingMode.TUNNEL),
                        service(vip, GRE_PORT, protocol, realserver, GRE_PORT, ForwardingMode.GRE),
                        service(vip, CROSSING_GRE_PORT, protocol, ofOtherFamily, CROSSING_GRE_PORT, ForwardingMode.GRE),
                        service(vip, COLLIDING_PORT, protocol, realserver, NAT_PORT, ForwardingMode.NAT)))
                .toList();
    }

    private static ServiceDefinition service(
            IpAddress vip, int port, Protocol protocol, IpAddress realserver, int realPort, ForwardingMode mode) {
        RealserverDefinition member = new RealserverDefinition(realserver, realPort, 1, false, Optional.empty());
        return new ServiceDefinition(
                vip, port, protocol, false, Optional.empty(), List.of(), List.of(member.withMode(mode)));
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
        for (int i = 0; i < ROUNDS; i++) {
            oneSided(scene, DIRECT_PORT, 10_000 + i);
            oneSided(scene, TUNNEL_PORT, 10_000 + i);
            oneSided(scene, CROSSING_PORT, 10_000 + i);
            oneSided(scene, GRE_PORT, 10_000 + i);
            oneSided(scene, CROSSING_GRE_PORT, 10_000 + i);
            nat(scene, 11_000 + i);
            wide(scene, 12_000 + i);
            datagrams(scene, 13_000 + i);
        }
        // What is left open expires.
        fromClient(scene, DIRECT_PORT, 14_000, 1, TcpHeader.SYN, NONE, 0);
        fromClient(scene, DIRECT_PORT, 14_000, 1, ACK, NONE, 0);
        openNat(scene, 14_000);
        scene.pass(400_000_000);
    }

    private static void oneSided(PrewarmScene scene, int service, int port) {
        fromClient(scene, service, port, 1, TcpHeader.SYN, OPTIONS, 0);
        fromClient(scene, service, port, BURST, ACK, NONE, 100);
        fromClient(scene, service, port, 1, ACK, NONE, 1400);
        error(scene, WAN, CLIENT, VIP, CLIENT, service, port);
        scene.icmp(
                LAN,
                REALSERVER,
                PrewarmScene.LIP,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                60,
                at -> quoteTunnel(at, port, service));
        fromClient(scene, service, port, 1, FIN_ACK, NONE, 0);
    }

    private static void quoteTunnel(long at, int port, int service) {
        Ipv4Header.write(at, 68, 4, PrewarmScene.LIP, REALSERVER);
        PrewarmKind.quote(at + Ipv4Header.SIZE, CLIENT, VIP, Protocol.TCP.number(), port, service);
    }

    private static void openNat(PrewarmScene scene, int port) {
        fromClient(scene, NAT_PORT, port, 1, TcpHeader.SYN, OPTIONS, 0);
        fromServer(scene, port, 1, SYN_ACK, OPTIONS, 0, Change.NONE);
        fromClient(scene, NAT_PORT, port, 1, ACK, NONE, 0);
    }

    private static void nat(PrewarmScene scene, int port) {
        openNat(scene, port);
        fromClient(scene, NAT_PORT, port, BURST, ACK, NONE, 100);
        fromServer(scene, port, BURST, ACK, NONE, 100, Change.NONE);
        fromServer(scene, port, 1, ACK, NONE, 100, frame -> PrewarmKind.putTtl(frame, 1));
        error(scene, WAN, CLIENT, VIP, CLIENT, NAT_PORT, port);
        error(scene, LAN, REALSERVER, CLIENT, REALSERVER, port, NAT_PORT);
        fromClient(scene, NAT_PORT, port, 1, FIN_ACK, NONE, 0);
        fromServer(scene, port, 1, FIN_ACK, NONE, 0, Change.NONE);
    }

    private static void fromClient(
            PrewarmScene scene, int service, int port, int count, int flags, byte[] options, int payload) {
        int acknowledgment = (flags & ACK) != 0 ? START + 1 : 0;
        int sequence = CLIENT_START + ((flags & TcpHeader.SYN) != 0 ? 0 : 1);
        scene.tcp(
                WAN, count, CLIENT, port, VIP, service, flags, sequence, acknowledgment, options, payload, Change.NONE);
    }

    private static void fromServer(
            PrewarmScene scene, int port, int count, int flags, byte[] options, int payload, Change change) {
        scene.tcp(
                LAN,
                count,
                REALSERVER,
                NAT_PORT,
                CLIENT,
                port,
                flags,
                START,
                CLIENT_START + 1,
                options,
                payload,
                change);
    }

    /** An error about a packet between two hosts, to the one that it came from. */
    private static void error(
            PrewarmScene scene, int port, int router, int source, int destination, int sourcePort, int toPort) {
        scene.icmp(
                port,
                router,
                source,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, source, destination, Protocol.TCP.number(), sourcePort, toPort));
    }

    private static void wide(PrewarmScene scene, int port) {
        for (int service : new int[] {DIRECT_PORT, TUNNEL_PORT, CROSSING_PORT, GRE_PORT, CROSSING_GRE_PORT, NAT_PORT}) {
            segmentFromClient(scene, service, port, TcpHeader.SYN, 0);
            for (int i = 0; i < BURST; i++) {
                segmentFromClient(scene, service, port, ACK, 100);
            }
            PrewarmWideFlows.error(
                    scene, WAN, PrewarmWide.VIP, PrewarmWide.CLIENT, Protocol.TCP.number(), service << 16 | port);
        }
        for (int flags : new int[] {SYN_ACK, ACK, ACK, FIN_ACK}) {
            PrewarmWideFlows.wideSegment(
                    scene,
                    LAN,
                    PrewarmWide.REALSERVER,
                    NAT_PORT,
                    PrewarmWide.CLIENT,
                    port,
                    flags,
                    START,
                    CLIENT_START + 1,
                    0);
        }
        PrewarmWideFlows.error(
                scene, LAN, PrewarmWide.CLIENT, PrewarmWide.REALSERVER, Protocol.TCP.number(), port << 16 | NAT_PORT);
        segmentFromClient(scene, NAT_PORT, port, FIN_ACK, 0);
        segmentFromClient(scene, DIRECT_PORT, port, FIN_ACK, 0);
    }

    private static void segmentFromClient(PrewarmScene scene, int service, int port, int flags, int payload) {
        PrewarmWideFlows.wideSegment(
                scene,
                WAN,
                PrewarmWide.CLIENT,
                port,
                PrewarmWide.VIP,
                service,
                flags,
                CLIENT_START,
                (flags & ACK) != 0 ? START + 1 : 0,
                payload);
    }

    private static void datagrams(PrewarmScene scene, int port) {
        scene.udp(WAN, BURST, CLIENT, port, VIP, DIRECT_PORT, Change.NONE);
        scene.udp(WAN, BURST, CLIENT, port, VIP, TUNNEL_PORT, Change.NONE);
        scene.udp(WAN, BURST, CLIENT, port, VIP, NAT_PORT, Change.NONE);
        scene.udp(LAN, BURST, REALSERVER, NAT_PORT, CLIENT, port, Change.NONE);
        scene.udp(WAN, 1, CLIENT, port, VIP, COLLIDING_PORT, Change.NONE);
        for (int service : new int[] {DIRECT_PORT, TUNNEL_PORT, CROSSING_PORT, NAT_PORT, COLLIDING_PORT}) {
            PrewarmWideFlows.datagram(scene, WAN, PrewarmWide.CLIENT, port, PrewarmWide.VIP, service);
        }
        PrewarmWideFlows.datagram(scene, LAN, PrewarmWide.REALSERVER, NAT_PORT, PrewarmWide.CLIENT, port);
    }
}
