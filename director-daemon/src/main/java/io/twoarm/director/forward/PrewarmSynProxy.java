package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.BURST;
import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LIP;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import java.util.List;
import java.util.Optional;

/** Connections of a {@link PrewarmScene} through a SYN proxy: whole ones, unanswered ones, and guesses. */
final class PrewarmSynProxy {
    private static final int PORT = 40;
    private static final int ACK = TcpHeader.ACK;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private static final int FIN_ACK = TcpHeader.FIN | TcpHeader.ACK;
    private static final int CLIENT_START = 1000;
    private static final int SERVER_START = 5000;
    private static final int ROUNDS = 3;
    private static final long UNTIL_GIVEN_UP = 15_000_000;
    private static final byte[] NONE = {};
    private static final byte[] OPTIONS = {2, 4, 5, -76, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7};
    private static final byte[] SACK = {1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 9};

    private PrewarmSynProxy() {}

    /** What the scene's director needs for them. */
    static List<ServiceDefinition> services() {
        return List.of(
                service(new Ipv4Address(VIP), new Ipv4Address(REALSERVER), new Ipv4Address(LIP)),
                service(PrewarmWide.VIP, PrewarmWide.REALSERVER, PrewarmWide.LIP));
    }

    private static ServiceDefinition service(IpAddress vip, IpAddress realserver, IpAddress local) {
        ServiceDefinition plain = new ServiceDefinition(
                vip,
                PORT,
                Protocol.TCP,
                true,
                Optional.empty(),
                List.of(local),
                List.of(new RealserverDefinition(realserver, PORT, 1, false, Optional.empty())));
        return plain.withPolicy(plain.policy().withSynProxy(true), Optional.empty());
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
        for (int i = 0; i < ROUNDS; i++) {
            whole(scene, 20_000 + i);
            wide(scene, 20_000 + i);
        }
        int first = acknowledged(scene, 21_000);
        fromClient(scene, 21_000, ACK, first, NONE, 0);
        fromClient(scene, 21_001, ACK, first, NONE, 0);
        scene.pass(UNTIL_GIVEN_UP);
    }

    /** The client's part up to its acknowledgment; returns the number of the first byte that it gets. */
    private static int acknowledged(PrewarmScene scene, int port) {
        fromClient(scene, port, TcpHeader.SYN, 0, OPTIONS, 0);
        int first = scene.lastAnswer(false) + 1;
        fromClient(scene, port, ACK, first, NONE, 0);
        return first;
    }

    private static void whole(PrewarmScene scene, int port) {
        int first = acknowledged(scene, port);
        int local = scene.lastLocalPort();
        int expected = scene.lastSequence() + 1;
        fromServer(scene, local, SYN_ACK, expected, 0);
        for (int i = 0; i < BURST; i++) {
            fromClient(scene, port, ACK, first, i % 4 == 0 ? SACK : NONE, 100);
            fromServer(scene, local, ACK, expected, 100);
        }
        scene.icmp(
                WAN,
                CLIENT,
                VIP,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, VIP, CLIENT, Protocol.TCP.number(), PORT, port));
        fromServer(scene, local, FIN_ACK, expected, 0);
        fromClient(scene, port, FIN_ACK, first + 1, NONE, 0);
        fromServer(scene, local, ACK, expected + 1, 0);
        fromClient(scene, port, TcpHeader.SYN, 0, OPTIONS, 0);
    }

    private static void wide(PrewarmScene scene, int port) {
        wideFromClient(scene, port, TcpHeader.SYN, 0, 0);
        int first = scene.lastAnswer(true) + 1;
        wideFromClient(scene, port, ACK, first, 0);
        int local = scene.lastPort(true);
        int expected = scene.lastSequence(true) + 1;
        wideFromServer(scene, local, SYN_ACK, expected, 0);
        for (int i = 0; i < BURST; i++) {
            wideFromClient(scene, port, ACK, first, 100);
            wideFromServer(scene, local, ACK, expected, 100);
        }
        wideFromServer(scene, local, TcpHeader.RST | ACK, expected, 0);
    }

    private static void fromClient(
            PrewarmScene scene, int port, int flags, int acknowledgment, byte[] options, int payload) {
        int sequence = CLIENT_START + ((flags & TcpHeader.SYN) != 0 ? 0 : 1);
        scene.tcp(
                WAN,
                1,
                CLIENT,
                port,
                VIP,
                PORT,
                flags,
                sequence,
                acknowledgment,
                options,
                payload,
                PrewarmScene.Change.NONE);
    }

    private static void fromServer(PrewarmScene scene, int local, int flags, int acknowledgment, int payload) {
        boolean syn = (flags & TcpHeader.SYN) != 0;
        scene.tcp(
                LAN,
                1,
                REALSERVER,
                PORT,
                LIP,
                local,
                flags,
                SERVER_START + (syn ? 0 : 1),
                acknowledgment,
                syn ? OPTIONS : NONE,
                payload,
                PrewarmScene.Change.NONE);
    }

    private static void wideFromClient(PrewarmScene scene, int port, int flags, int acknowledgment, int payload) {
        int sequence = CLIENT_START + ((flags & TcpHeader.SYN) != 0 ? 0 : 1);
        PrewarmWideFlows.wideSegment(
                scene, WAN, PrewarmWide.CLIENT, port, PrewarmWide.VIP, PORT, flags, sequence, acknowledgment, payload);
    }

    private static void wideFromServer(PrewarmScene scene, int local, int flags, int acknowledgment, int payload) {
        PrewarmWideFlows.wideSegment(
                scene,
                LAN,
                PrewarmWide.REALSERVER,
                PORT,
                PrewarmWide.LIP,
                local,
                flags,
                SERVER_START + ((flags & TcpHeader.SYN) != 0 ? 0 : 1),
                acknowledgment,
                payload);
    }
}
