package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LAN_MAC;
import static io.twoarm.director.forward.PrewarmScene.OTHER_MAC;
import static io.twoarm.director.forward.PrewarmScene.WAN;
import static io.twoarm.director.forward.PrewarmScene.WAN_MAC;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.NeighbourMessage;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.UdpHeader;

/** IPv6 packets for the {@link PrewarmScene}: neighbour discovery, pings and what goes no further. */
final class PrewarmWide {
    static final Ipv6Address VIP = Ipv6Address.parse("2001:db8:2::80");
    static final Ipv6Address CONTESTED = Ipv6Address.parse("2001:db8:2::90");
    static final Ipv6Address LIP = Ipv6Address.parse("2001:db8:3::80");
    static final Ipv6Address CLIENT = Ipv6Address.parse("2001:db8:4::7");
    static final Ipv6Address GATEWAY = Ipv6Address.parse("2001:db8:2::1");
    static final Ipv6Address REALSERVER = Ipv6Address.parse("2001:db8:3::10");
    static final int IP = EthernetHeader.SIZE;
    static final int TRANSPORT = IP + Ipv6Header.SIZE;
    private static final Ipv6Address ALL_NODES = new Ipv6Address(Ipv6Address.LINK_GROUP_HIGH, 1);

    private PrewarmWide() {}

    /** While own addresses are being checked: one of them is somebody else's. */
    static void contest(PrewarmScene scene) {
        advertise(scene, CONTESTED, Icmpv6Header.OVERRIDE_FLAG, OTHER_MAC);
        scene.pass(1_200_000);
    }

    static void neighbours(PrewarmScene scene) {
        introduce(scene);
        solicit(scene, WAN, GATEWAY, new Ipv6Address(VIP.high(), 1), OTHER_MAC);
        solicit(scene, WAN, GATEWAY, VIP, 1L << 40);
        solicit(scene, WAN, Ipv6Address.ANY, VIP, 0);
        advertise(scene, VIP, Icmpv6Header.OVERRIDE_FLAG, OTHER_MAC);
        advertise(scene, GATEWAY, 0, OTHER_MAC + 1);
        advertise(scene, GATEWAY, Icmpv6Header.OVERRIDE_FLAG, OTHER_MAC);
        scene.pass(70_000_000);
        ping(scene, 8);
        introduce(scene);
        scene.pass(4_000_000);
    }

    /** Gateway and realserver ask for the director and answer it. */
    static void introduce(PrewarmScene scene) {
        solicit(scene, WAN, GATEWAY, VIP, OTHER_MAC);
        solicit(scene, LAN, REALSERVER, LIP, OTHER_MAC);
        ping(scene, 8);
        int flags = Icmpv6Header.SOLICITED_FLAG | Icmpv6Header.OVERRIDE_FLAG;
        neighbourMessage(scene, WAN, GATEWAY, VIP, Icmpv6Header.NEIGHBOUR_ADVERTISEMENT, flags, GATEWAY, OTHER_MAC);
        neighbourMessage(
                scene, LAN, REALSERVER, LIP, Icmpv6Header.NEIGHBOUR_ADVERTISEMENT, flags, REALSERVER, OTHER_MAC);
    }

    static void unwanted(PrewarmScene scene) {
        for (int i = 0; i < 4; i++) {
            ping(scene, 8 + i);
            packet(scene, 60, 16, at -> Mem.putLong(at, 0x3a_00_8e_04_0000_0000L));
            packet(scene, 43, 16, at -> Mem.putIntBE(at, 0x3a_00_00_01));
            packet(scene, 60, 16, at -> Mem.putIntBE(at, 0x3a_00_4e_04));
            packet(scene, 60, 16, at -> Mem.putIntBE(at, 0x3a_00_01_09));
            packet(scene, 44, 16, at -> Mem.putIntBE(at, 0x3a_00_00_01));
            packet(scene, 0, 24, at -> {
                Mem.putIntBE(at, 0x3c_00_01_04);
                Mem.putIntBE(at + 8, 0x3b_00_01_04);
            });
            packet(scene, 253, 16, PrewarmScene.Change.NONE);
            packet(scene, Protocol.TCP.number(), 8, PrewarmScene.Change.NONE);
            packet(scene, Protocol.UDP.number(), 16, at -> Mem.putIntBE(at + UdpHeader.LENGTH_OFFSET, 16 << 16));
            packet(scene, Icmpv6Header.PROTOCOL, 16, PrewarmScene.Change.NONE);
        }
    }

    static void ping(PrewarmScene scene, int payload) {
        ping(scene, CLIENT, payload);
    }

    static void ping(PrewarmScene scene, Ipv6Address source, int payload) {
        int length = Icmpv6Header.SIZE + payload;
        packet(scene, WAN, source, VIP, Icmpv6Header.PROTOCOL, length, at -> {
            Mem.putIntBE(at, Icmpv6Header.ECHO_REQUEST << 24);
            long ip = at - Ipv6Header.SIZE;
            Ipv6Header.putChecksum(ip, at, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        });
    }

    /** Delivers a packet of the client; the change gets the address of the first byte behind the header. */
    private static void packet(PrewarmScene scene, int next, int length, PrewarmScene.Change change) {
        packet(scene, WAN, CLIENT, VIP, next, length, change);
    }

    /** Delivers a packet; the change gets the address of the first byte behind the header. */
    static void packet(
            PrewarmScene scene,
            int port,
            Ipv6Address source,
            Ipv6Address destination,
            int next,
            int length,
            PrewarmScene.Change change) {
        scene.raw(port, TRANSPORT + length, frame -> {
            Mem.fill(frame + IP, Ipv6Header.SIZE + length, (byte) 0);
            long mac = Ipv6Address.isGroup(destination.high())
                    ? EthernetHeader.IPV6_GROUP | destination.low() & 0xffff_ffffL
                    : port == WAN ? WAN_MAC : LAN_MAC;
            EthernetHeader.write(frame, mac, OTHER_MAC, EthernetHeader.TYPE_IPV6);
            Ipv6Header.write(frame + IP, 0, length, next, NeighbourMessage.HOP_LIMIT);
            Ipv6Header.putAddress(frame + IP + Ipv6Header.SOURCE_OFFSET, source.high(), source.low());
            Ipv6Header.putAddress(frame + IP + Ipv6Header.DESTINATION_OFFSET, destination.high(), destination.low());
            change.apply(frame + TRANSPORT);
        });
    }

    /** The gateway asks for an address that is not the director's, and one tells the address that it asks from. */
    static void askAndAnswer(PrewarmScene scene, Ipv6Address target) {
        solicit(scene, WAN, GATEWAY, target, OTHER_MAC);
        advertise(scene, GATEWAY, Icmpv6Header.OVERRIDE_FLAG, OTHER_MAC);
    }

    static void solicit(PrewarmScene scene, int port, Ipv6Address from, Ipv6Address target, long mac) {
        Ipv6Address group = new Ipv6Address(Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.solicitedGroup(target.low()));
        neighbourMessage(scene, port, from, group, Icmpv6Header.NEIGHBOUR_SOLICITATION, 0, target, mac);
    }

    private static void advertise(PrewarmScene scene, Ipv6Address target, int flags, long mac) {
        neighbourMessage(scene, WAN, target, ALL_NODES, Icmpv6Header.NEIGHBOUR_ADVERTISEMENT, flags, target, mac);
    }

    private static void neighbourMessage(
            PrewarmScene scene,
            int port,
            Ipv6Address from,
            Ipv6Address to,
            int type,
            int flags,
            Ipv6Address target,
            long mac) {
        int length = mac == 0 ? Icmpv6Header.OPTIONS_OFFSET : NeighbourMessage.SIZE;
        packet(
                scene,
                port,
                from,
                to,
                Icmpv6Header.PROTOCOL,
                length,
                at -> NeighbourMessage.write(at - Ipv6Header.SIZE, type, flags, target.high(), target.low(), mac));
    }
}
