package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.CHECKED_PORT;
import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.GATEWAY;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LIP;
import static io.twoarm.director.forward.PrewarmScene.OTHER_MAC;
import static io.twoarm.director.forward.PrewarmScene.PLAIN_PORT;
import static io.twoarm.director.forward.PrewarmScene.PROXY_PORT;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.SERVICE_PORT;
import static io.twoarm.director.forward.PrewarmScene.UNREACHABLE_PORT;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.VIP_WITHOUT_REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.TcpHeader;
import java.util.function.Consumer;

/**
 * Every kind of packet that a director meets, each as it comes about. Whatever kind is missing here costs milliseconds when
 * it first comes in operation, because compiled code that has never seen it is thrown away.
 */
enum PrewarmKind {
    CONTESTED_ADDRESS(PrewarmWide::contest),
    STRANGERS(PrewarmStrangers::run),
    NEIGHBOURS(PrewarmKind::neighbours),
    CONNECTION(scene -> PrewarmConnection.run(scene, SERVICE_PORT)),
    CONNECTION_WITHOUT_OPTION(scene -> PrewarmConnection.run(scene, PLAIN_PORT)),
    CONNECTION_WITH_PROXY_HEADER(scene -> PrewarmConnection.run(scene, PROXY_PORT)),
    SYN_PROXY(PrewarmSynProxy::run),
    PASSIVE_FTP(PrewarmFtp::run),
    REFUSED_CONNECTIONS(PrewarmKind::refusedConnections),
    DATAGRAMS(PrewarmKind::datagrams),
    FRAGMENTS(PrewarmFragments::run),
    PINGS(PrewarmKind::pings),
    ICMP_ERRORS(PrewarmKind::icmpErrors),
    HEALTH_CHECKS(PrewarmKind::healthChecks),
    UNWANTED_FRAMES(PrewarmKind::unwantedFrames),
    TAGGED_FRAMES(PrewarmVlan::run),
    UNWANTED_PACKETS(PrewarmKind::unwantedPackets),
    UNANSWERED_NEIGHBOUR(PrewarmKind::unansweredNeighbour),
    EXPIRY(PrewarmKind::expiry),
    WIDE_NEIGHBOURS(PrewarmWide::neighbours),
    WIDE_UNWANTED(PrewarmWide::unwanted),
    WIDE_FLOWS(PrewarmWideFlows::run),
    FOUR_TO_SIX(PrewarmFourToSix::run),
    MODES(PrewarmModes::run),
    ASSOCIATIONS(PrewarmAssociations::run),
    STATELESS_TRANSLATION(PrewarmSiit::run),
    STATEFUL_TRANSLATION(PrewarmNat64::run),
    OUTBOUND(PrewarmOutbound::run),
    MAPPED_PORTS(PrewarmMapped::run),
    KERNEL(PrewarmKernel::run),
    FULL_TABLES(PrewarmKind::fullTables);

    private static final byte[] NO_OPTIONS = {};
    private static final int IP = EthernetHeader.SIZE;
    private static final int TRANSPORT = IP + Ipv4Header.SIZE;
    private static final int QUOTED = 28;

    private final Consumer<PrewarmScene> action;

    PrewarmKind(Consumer<PrewarmScene> action) {
        this.action = action;
    }

    /** Lets the packets of the kind happen. */
    void happen(PrewarmScene scene) {
        action.accept(scene);
    }

    private static void neighbours(PrewarmScene scene) {
        introduce(scene);
        scene.arp(WAN, ArpPacket.REQUEST, OTHER_MAC, GATEWAY, GATEWAY, PrewarmScene.Change.NONE);
        scene.arp(WAN, ArpPacket.REQUEST, OTHER_MAC, GATEWAY, GATEWAY + 1, PrewarmScene.Change.NONE);
        scene.arp(WAN, ArpPacket.REQUEST, OTHER_MAC, VIP, VIP, PrewarmScene.Change.NONE);
        scene.arp(WAN, 9, OTHER_MAC, GATEWAY, VIP, PrewarmScene.Change.NONE);
        scene.forwarder.announceAddresses(0);
        scene.pass(3_000_000);
    }

    /** Gateway and realserver ask for the director and answer it. */
    static void introduce(PrewarmScene scene) {
        scene.arp(WAN, ArpPacket.REQUEST, OTHER_MAC, GATEWAY, VIP, PrewarmScene.Change.NONE);
        scene.arp(WAN, ArpPacket.REPLY, OTHER_MAC, GATEWAY, VIP, PrewarmScene.Change.NONE);
        scene.arp(LAN, ArpPacket.REQUEST, OTHER_MAC, REALSERVER, LIP, PrewarmScene.Change.NONE);
        scene.arp(LAN, ArpPacket.REPLY, OTHER_MAC, REALSERVER, LIP, PrewarmScene.Change.NONE);
    }

    private static void refusedConnections(PrewarmScene scene) {
        for (int i = 0; i < 40; i++) {
            stray(scene, 9, TcpHeader.SYN, PrewarmScene.Change.NONE);
        }
        scene.pass(2_000_000);
        stray(scene, 9, TcpHeader.ACK, PrewarmScene.Change.NONE);
        stray(scene, 9, TcpHeader.RST, PrewarmScene.Change.NONE);
        stray(scene, 9, TcpHeader.SYN, frame -> Mem.putByte(frame + TRANSPORT + 16, (byte) 1));
        for (int i = 0; i < 40; i++) {
            stray(scene, SERVICE_PORT, TcpHeader.SYN, frame -> putTtl(frame, 1));
        }
        scene.pass(1_000_000);
        stray(scene, UNREACHABLE_PORT, TcpHeader.SYN, PrewarmScene.Change.NONE);
        tcp(scene, 0x0b00_0001, VIP, SERVICE_PORT, TcpHeader.SYN, PrewarmScene.Change.NONE);
        tcp(scene, CLIENT, VIP_WITHOUT_REALSERVER, SERVICE_PORT, TcpHeader.SYN, PrewarmScene.Change.NONE);
        scene.pass(1_000_000);
    }

    private static void stray(PrewarmScene scene, int port, int flags, PrewarmScene.Change change) {
        tcp(scene, CLIENT, VIP, port, flags, change);
    }

    private static void tcp(
            PrewarmScene scene, int source, int destination, int port, int flags, PrewarmScene.Change change) {
        scene.tcp(WAN, 1, source, 999, destination, port, flags, 1, 1, NO_OPTIONS, 0, change);
    }

    private static void datagrams(PrewarmScene scene) {
        for (int i = 0; i < 4; i++) {
            scene.udp(WAN, PrewarmScene.BURST, CLIENT, 2000 + i, VIP, SERVICE_PORT, PrewarmScene.Change.NONE);
            int local = scene.lastLocalPort();
            scene.udp(LAN, PrewarmScene.BURST, REALSERVER, SERVICE_PORT, LIP, local, PrewarmScene.Change.NONE);
            scene.udp(
                    LAN,
                    1,
                    REALSERVER,
                    SERVICE_PORT,
                    LIP,
                    local,
                    frame -> Mem.putShort(frame + TRANSPORT + 6, (short) 0));
            scene.udp(WAN, 1, CLIENT, 2000 + i, VIP, SERVICE_PORT, frame -> Mem.putShortBE(frame + TRANSPORT + 4, 99));
            scene.udp(WAN, 2, CLIENT, 2000 + i, VIP, PROXY_PORT, PrewarmScene.Change.NONE);
        }
        for (int i = 0; i < 40; i++) {
            scene.udp(WAN, 1, CLIENT, 2000, VIP, 9, PrewarmScene.Change.NONE);
        }
        scene.udp(WAN, 1, CLIENT, 2000, VIP_WITHOUT_REALSERVER, SERVICE_PORT, PrewarmScene.Change.NONE);
        scene.udp(WAN, 1, CLIENT, 2000, VIP, 9, frame -> Mem.putShortBE(frame + TRANSPORT + 4, 99));
        scene.pass(1_000_000);
    }

    private static void pings(PrewarmScene scene) {
        for (int i = 0; i < 4; i++) {
            scene.icmp(WAN, CLIENT, VIP, IcmpHeader.ECHO_REQUEST, 0, i, 56, PrewarmScene.Change.NONE);
            scene.icmp(
                    WAN,
                    CLIENT,
                    VIP_WITHOUT_REALSERVER,
                    IcmpHeader.ECHO_REQUEST,
                    0,
                    i << 16,
                    56,
                    PrewarmScene.Change.NONE);
            int id = scene.lastLocalPort();
            scene.icmp(LAN, REALSERVER, LIP, IcmpHeader.ECHO_REPLY, 0, id << 16, 56, PrewarmScene.Change.NONE);
            scene.icmp(
                    WAN,
                    CLIENT,
                    VIP_WITHOUT_REALSERVER,
                    IcmpHeader.ECHO_REQUEST,
                    0,
                    i << 16,
                    56,
                    PrewarmScene.Change.NONE);
        }
        scene.icmp(LAN, REALSERVER, LIP, IcmpHeader.ECHO_REPLY, 0, 1, 56, PrewarmScene.Change.NONE);
        scene.icmp(WAN, CLIENT, VIP, 13, 0, 1, 12, PrewarmScene.Change.NONE);
        scene.raw(WAN, TRANSPORT + 8, frame -> putIpv4(frame, 28, 1));
    }

    private static void icmpErrors(PrewarmScene scene) {
        scene.udp(WAN, 1, CLIENT, 3000, VIP, SERVICE_PORT, PrewarmScene.Change.NONE);
        int local = scene.lastLocalPort();
        PrewarmScene.Change toServer = at -> quote(at, LIP, REALSERVER, 17, local, SERVICE_PORT);
        PrewarmScene.Change toClient = at -> quote(at, VIP, CLIENT, 17, SERVICE_PORT, 3000);
        for (int i = 0; i < 4; i++) {
            scene.icmp(LAN, REALSERVER, LIP, IcmpHeader.UNREACHABLE, 3, 0, QUOTED, toServer);
            scene.icmp(WAN, CLIENT, VIP, IcmpHeader.TIME_EXCEEDED, 0, 0, QUOTED, toClient);
        }
        PrewarmScene.Change unknown = at -> quote(at, VIP, CLIENT, 6, SERVICE_PORT, 3001);
        scene.icmp(WAN, CLIENT, VIP, IcmpHeader.UNREACHABLE, 4, 1300, QUOTED, unknown);
        scene.icmp(WAN, CLIENT, VIP, IcmpHeader.UNREACHABLE, 4, 1300, 4, PrewarmScene.Change.NONE);
    }

    static void quote(long at, int source, int destination, int protocol, int sourcePort, int destinationPort) {
        Ipv4Header.write(at, 48, protocol, source, destination);
        Mem.putIntBE(at + Ipv4Header.SIZE, sourcePort << 16 | destinationPort);
        Mem.putIntBE(at + Ipv4Header.SIZE + 4, 28 << 16);
    }

    private static void healthChecks(PrewarmScene scene) {
        introduce(scene);
        for (int turn = 0; turn < 40; turn++) {
            scene.pass(250_000);
            if (scene.lastWentTo(CHECKED_PORT)) {
                int port = scene.lastLocalPort();
                int next = scene.lastSequence() + 1;
                int flags = turn % 3 == 2 ? TcpHeader.RST | TcpHeader.ACK : TcpHeader.SYN | TcpHeader.ACK;
                health(scene, port, flags, 100, next);
                health(scene, port, TcpHeader.FIN | TcpHeader.ACK, 101, next + 1);
            }
        }
    }

    private static void health(PrewarmScene scene, int port, int flags, int sequence, int acknowledgment) {
        scene.tcp(
                LAN,
                1,
                REALSERVER,
                CHECKED_PORT,
                LIP,
                port,
                flags,
                sequence,
                acknowledgment,
                NO_OPTIONS,
                0,
                PrewarmScene.Change.NONE);
    }

    private static void unwantedFrames(PrewarmScene scene) {
        scene.raw(WAN, 6, PrewarmScene.Change.NONE);
        scene.raw(WAN, 60, frame -> EthernetHeader.putAddress(frame, OTHER_MAC));
        scene.raw(WAN, 60, frame -> Mem.putShortBE(frame + 12, EthernetHeader.TYPE_VLAN));
        scene.raw(WAN, 60, frame -> Mem.putShortBE(frame + 12, 0x88cc));
        scene.raw(WAN, 60, frame -> EthernetHeader.putAddress(frame, EthernetHeader.BROADCAST));
        scene.raw(WAN, 60, frame -> Mem.putByte(frame + IP, (byte) 0));
    }

    private static void unwantedPackets(PrewarmScene scene) {
        stray(scene, SERVICE_PORT, TcpHeader.SYN, frame -> readdress(frame, CLIENT, VIP + 50));
        stray(scene, SERVICE_PORT, TcpHeader.SYN, frame -> readdress(frame, CLIENT, 0xe000_0012));
        stray(scene, SERVICE_PORT, TcpHeader.SYN, frame -> readdress(frame, VIP, VIP));
        stray(scene, SERVICE_PORT, TcpHeader.SYN, frame -> Mem.putByte(frame + TRANSPORT + 12, (byte) 0xf0));
        scene.raw(WAN, TRANSPORT + 20, frame -> putIpv4(frame, 40, 132));
        scene.raw(WAN, TRANSPORT + 20, frame -> {
            putIpv4(frame, 40, 17);
            Mem.putByte(frame + IP, (byte) 0x46);
            Mem.putInt(frame + TRANSPORT, 0x0101_0101);
            putHeaderChecksum(frame, 24);
        });
    }

    static void putTtl(long frame, int ttl) {
        Mem.putByte(frame + IP + Ipv4Header.TTL_OFFSET, (byte) ttl);
        putHeaderChecksum(frame, Ipv4Header.SIZE);
    }

    static void allowCutting(long frame) {
        Mem.putShort(frame + IP + Ipv4Header.FRAGMENT_OFFSET, (short) 0);
        putHeaderChecksum(frame, Ipv4Header.SIZE);
    }

    private static void putIpv4(long frame, int total, int protocol) {
        Ipv4Header.write(frame + IP, total, protocol, CLIENT, VIP);
    }

    private static void readdress(long frame, int source, int destination) {
        Mem.putIntBE(frame + IP + Ipv4Header.SOURCE_OFFSET, source);
        Mem.putIntBE(frame + IP + Ipv4Header.DESTINATION_OFFSET, destination);
        putHeaderChecksum(frame, Ipv4Header.SIZE);
    }

    private static void putHeaderChecksum(long frame, int header) {
        long checksum = frame + IP + Ipv4Header.CHECKSUM_OFFSET;
        Mem.putShort(checksum, (short) 0);
        Mem.putShort(checksum, InternetChecksum.of(InternetChecksum.sum(frame + IP, header)));
    }

    private static void unansweredNeighbour(PrewarmScene scene) {
        for (int i = 0; i < 4; i++) {
            scene.udp(WAN, 1, CLIENT, 4000 + i, VIP, PLAIN_PORT, PrewarmScene.Change.NONE);
        }
        scene.pass(4_000_000);
        scene.udp(WAN, 1, CLIENT, 4000, VIP, PLAIN_PORT, PrewarmScene.Change.NONE);
    }

    private static void fullTables(PrewarmScene scene) {
        introduce(scene);
        scene.lan.setFull(true);
        for (int i = 0; i < 1200; i++) {
            scene.udp(WAN, 1, CLIENT, 5000 + i, VIP, SERVICE_PORT, PrewarmScene.Change.NONE);
        }
        scene.lan.setFull(false);
        scene.setEmpty(true);
        scene.pass(3_000_000);
        scene.setEmpty(false);
        scene.pass(310_000_000);
        for (int i = 0; i < 20; i++) {
            scene.udp(WAN, 1, GATEWAY + 1 - 2 * i, 6000, VIP, SERVICE_PORT, PrewarmScene.Change.NONE);
        }
    }

    private static void expiry(PrewarmScene scene) {
        introduce(scene);
        PrewarmConnection.open(scene, SERVICE_PORT, 7000);
        PrewarmConnection.open(scene, PLAIN_PORT, 7001);
        scene.pass(400_000_000);
    }
}
