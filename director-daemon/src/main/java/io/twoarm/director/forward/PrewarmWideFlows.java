package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.WAN;
import static io.twoarm.director.forward.PrewarmWide.CLIENT;
import static io.twoarm.director.forward.PrewarmWide.LIP;
import static io.twoarm.director.forward.PrewarmWide.REALSERVER;
import static io.twoarm.director.forward.PrewarmWide.TRANSPORT;
import static io.twoarm.director.forward.PrewarmWide.VIP;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;

/** Flows of IPv6 clients for the {@link PrewarmScene}: connections, datagrams, pings and errors, to both families. */
final class PrewarmWideFlows {
    /** Ports of the services: to the IPv6 realserver, to the IPv4 one. */
    static final int SAME_FAMILY = 80;

    static final int OTHER_FAMILY = 64;

    private static final int TCP = Protocol.TCP.number();
    private static final int UDP = Protocol.UDP.number();
    private static final int ACK = TcpHeader.ACK;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private static final int FIN_ACK = TcpHeader.FIN | TcpHeader.ACK;
    private static final int START = 5000;
    private static final int CLIENT_START = 1000;
    private static final int LOAD_PORT = 9700;
    private static final byte[] NO_OPTIONS = {};
    private static final byte[] MSS = {2, 4, 5, -96};

    private PrewarmWideFlows() {}

    static void run(PrewarmScene scene) {
        PrewarmWide.introduce(scene);
        PrewarmKind.introduce(scene);
        for (int i = 0; i < 4; i++) {
            connection(scene, SAME_FAMILY, 9000 + i);
            connection(scene, OTHER_FAMILY, 9100 + i);
            datagrams(scene, SAME_FAMILY, 9000 + i);
            datagrams(scene, OTHER_FAMILY, 9100 + i);
        }
        for (int i = 0; i < 30; i++) {
            fromClient(scene, 9, 9, TcpHeader.SYN, 0, 0, 0);
        }
        // What is left open expires.
        open(scene, SAME_FAMILY, 9500);
        open(scene, OTHER_FAMILY, 9501);
        scene.pass(400_000_000);
    }

    private static boolean isSame(int service) {
        return service == SAME_FAMILY;
    }

    /** Opens a connection to each service, and lets segments go both ways. */
    static void load(PrewarmScene scene, int segments) {
        PrewarmWide.introduce(scene);
        for (int service : new int[] {SAME_FAMILY, OTHER_FAMILY}) {
            open(scene, service, LOAD_PORT);
            int local = scene.lastPort(isSame(service));
            int next = scene.lastSequence(isSame(service));
            for (int i = 0; i < segments; i++) {
                fromClient(scene, service, LOAD_PORT, ACK, CLIENT_START + 1, START + 200, 100);
                fromServer(scene, service, local, ACK, START + 1, next, 100);
            }
        }
    }

    private static void open(PrewarmScene scene, int service, int clientPort) {
        fromClient(scene, service, clientPort, TcpHeader.SYN, CLIENT_START, 0, 0);
        int local = scene.lastPort(isSame(service));
        int sequence = scene.lastSequence(isSame(service));
        fromServer(scene, service, local, SYN_ACK, START, sequence + 1, 0);
        fromClient(scene, service, clientPort, ACK, CLIENT_START + 1, START + 1, 0);
    }

    private static void connection(PrewarmScene scene, int service, int clientPort) {
        fromClient(scene, service, clientPort, TcpHeader.SYN, CLIENT_START, 0, 0);
        int local = scene.lastPort(isSame(service));
        int next = scene.lastSequence(isSame(service)) + 1;
        fromServer(scene, service, local, SYN_ACK, START, next, 0);
        for (int i = 0; i < 20; i++) {
            int acknowledged = i < 2 ? START + 1 : START + 200;
            fromClient(scene, service, clientPort, ACK, CLIENT_START + 1, acknowledged, 100);
            fromServer(scene, service, local, ACK, START + 1, next, 100);
        }
        fromClient(scene, service, clientPort, ACK, CLIENT_START + 1, START + 1, 1380);
        fromServer(scene, service, local, ACK, START + 1, next, 1480);
        errors(scene, service, TCP, clientPort, local);
        fromClient(scene, service, clientPort, FIN_ACK, CLIENT_START + 1, START + 200, 0);
        fromServer(scene, service, local, FIN_ACK, START + 1, next + 1, 0);
    }

    private static void fromClient(
            PrewarmScene scene, int service, int port, int flags, int sequence, int acknowledgment, int payload) {
        wideSegment(scene, WAN, CLIENT, port, VIP, service, flags, sequence, acknowledgment, payload);
    }

    private static void fromServer(
            PrewarmScene scene, int service, int local, int flags, int sequence, int acknowledgment, int payload) {
        if (isSame(service)) {
            wideSegment(scene, LAN, REALSERVER, service, LIP, local, flags, sequence, acknowledgment, payload);
        } else {
            scene.tcp(
                    LAN,
                    1,
                    PrewarmScene.REALSERVER,
                    service,
                    PrewarmScene.LIP,
                    local,
                    flags,
                    sequence,
                    acknowledgment,
                    (flags & TcpHeader.SYN) != 0 ? MSS : NO_OPTIONS,
                    payload,
                    PrewarmScene.Change.NONE);
        }
    }

    static void wideSegment(
            PrewarmScene scene,
            int port,
            Ipv6Address source,
            int sourcePort,
            Ipv6Address destination,
            int destinationPort,
            int flags,
            int sequence,
            int acknowledgment,
            int payload) {
        byte[] options = (flags & TcpHeader.SYN) != 0 ? MSS : NO_OPTIONS;
        int header = TcpHeader.SIZE + options.length;
        PrewarmWide.packet(scene, port, source, destination, TCP, header + payload, at -> {
            TcpHeader.write(at, sourcePort, destinationPort, sequence, acknowledgment, flags, 0xffff);
            Mem.putByte(at + TcpHeader.DATA_OFFSET_OFFSET, (byte) (header << 2));
            for (int i = 0; i < options.length; i++) {
                Mem.putByte(at + TcpHeader.SIZE + i, options[i]);
            }
            Ipv6Header.putChecksum(at - Ipv6Header.SIZE, at, TcpHeader.CHECKSUM_OFFSET, TCP, header + payload);
        });
    }

    private static void datagrams(PrewarmScene scene, int service, int clientPort) {
        for (int i = 0; i < 8; i++) {
            datagram(scene, WAN, CLIENT, clientPort, VIP, service);
            int local = scene.lastPort(isSame(service));
            if (isSame(service)) {
                datagram(scene, LAN, REALSERVER, service, LIP, local);
            } else {
                scene.udp(LAN, 1, PrewarmScene.REALSERVER, service, PrewarmScene.LIP, local, frame -> {});
                scene.udp(
                        LAN,
                        1,
                        PrewarmScene.REALSERVER,
                        service,
                        PrewarmScene.LIP,
                        local,
                        frame -> Mem.putShort(frame + EthernetHeader.SIZE + 26, (short) 0));
            }
            errors(scene, service, UDP, clientPort, local);
        }
    }

    static void datagram(PrewarmScene scene, int port, Ipv6Address source, int sourcePort, Ipv6Address to, int toPort) {
        int length = UdpHeader.SIZE + 20;
        PrewarmWide.packet(scene, port, source, to, UDP, length, at -> {
            Mem.putIntBE(at, sourcePort << 16 | toPort);
            Mem.putIntBE(at + UdpHeader.LENGTH_OFFSET, length << 16);
            Ipv6Header.putChecksum(at - Ipv6Header.SIZE, at, UdpHeader.CHECKSUM_OFFSET, UDP, length);
        });
    }

    /** Errors of routers on both sides about the flow. */
    private static void errors(PrewarmScene scene, int service, int protocol, int clientPort, int local) {
        error(scene, WAN, VIP, CLIENT, protocol, service << 16 | clientPort);
        if (isSame(service)) {
            error(scene, LAN, LIP, REALSERVER, protocol, local << 16 | service);
        } else {
            scene.icmp(
                    LAN,
                    PrewarmScene.REALSERVER,
                    PrewarmScene.LIP,
                    IcmpHeader.UNREACHABLE,
                    IcmpHeader.FRAGMENTATION_NEEDED,
                    1300,
                    40,
                    at -> PrewarmKind.quote(at, PrewarmScene.LIP, PrewarmScene.REALSERVER, protocol, local, service));
        }
    }

    static void error(PrewarmScene scene, int port, Ipv6Address from, Ipv6Address to, int protocol, int ports) {
        int quoted = Ipv6Header.SIZE + TcpHeader.SIZE;
        int length = Icmpv6Header.SIZE + quoted;
        PrewarmWide.packet(scene, port, to, from, Icmpv6Header.PROTOCOL, length, at -> {
            Mem.putIntBE(at, Icmpv6Header.TOO_BIG << 24);
            Mem.putIntBE(at + Icmpv6Header.WORD_OFFSET, 1400);
            long inner = at + Icmpv6Header.SIZE;
            Ipv6Header.write(inner, 0, TcpHeader.SIZE, protocol, 60);
            Ipv6Header.putAddress(inner + Ipv6Header.SOURCE_OFFSET, from.high(), from.low());
            Ipv6Header.putAddress(inner + Ipv6Header.DESTINATION_OFFSET, to.high(), to.low());
            Mem.putIntBE(inner + Ipv6Header.SIZE, ports);
            Ipv6Header.putChecksum(
                    at - Ipv6Header.SIZE, at, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        });
    }

    /** The transport header of a frame. */
    static long transport(long frame, boolean wide) {
        return frame + (wide ? TRANSPORT : EthernetHeader.SIZE + Ipv4Header.SIZE);
    }
}
