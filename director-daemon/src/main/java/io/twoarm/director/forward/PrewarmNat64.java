package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.WAN;
import static io.twoarm.director.forward.PrewarmWide.REALSERVER;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.siit.TranslationPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Packets of stateful NAT64 for the {@link PrewarmScene}: an IPv6 host on the LAN, an IPv4 one beyond the WAN. */
final class PrewarmNat64 {
    private static final int POOL = 0xcb00_7302;
    private static final Ipv6Address PREFIX = Ipv6Address.parse("2001:db8:65::");
    private static final Ipv6Address REMOTE = new Ipv6Address(PREFIX.high(), CLIENT & 0xffff_ffffL);
    private static final Ipv6Address POOL_SEEN = new Ipv6Address(PREFIX.high(), POOL & 0xffff_ffffL);
    private static final int PORT = 80;
    private static final int INSIDE = 20_000;
    private static final int TCP = Protocol.TCP.number();
    private static final int ROUNDS = 16;
    private static final byte[] NO_OPTIONS = {};
    private static final PrewarmScene.Change NONE = PrewarmScene.Change.NONE;

    private PrewarmNat64() {}

    static Nat64Definition definition() {
        Duration brief = Duration.ofSeconds(10);
        return new Nat64Definition(
                Optional.of(new TranslationPrefix(PREFIX.high(), PREFIX.low(), 96)),
                List.of(POOL),
                true,
                64,
                64,
                brief,
                brief,
                brief,
                brief,
                List.of());
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
        for (int i = 0; i < ROUNDS; i++) {
            connection(scene, INSIDE + i);
            datagrams(scene, INSIDE + i);
            pings(scene, i);
            scene.udp(WAN, 1, CLIENT, PORT, POOL, 9, NONE);
        }
        scene.pass(30_000_000);
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
    }

    private static void connection(PrewarmScene scene, int port) {
        outward(scene, port, TcpHeader.SYN, 0);
        inward(scene, port, TcpHeader.SYN | TcpHeader.ACK, 0);
        for (int i = 0; i < 4; i++) {
            outward(scene, port, TcpHeader.ACK, 100);
            inward(scene, port, TcpHeader.ACK, 1000);
        }
        scene.icmp(
                WAN,
                CLIENT,
                POOL,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, POOL, CLIENT, TCP, port, PORT));
        PrewarmWideFlows.error(scene, LAN, REMOTE, REALSERVER, TCP, PORT << 16 | port);
        if (port % 2 == 0) {
            outward(scene, port, TcpHeader.FIN | TcpHeader.ACK, 0);
            inward(scene, port, TcpHeader.FIN | TcpHeader.ACK, 0);
            inward(scene, port, TcpHeader.RST, 0);
        }
    }

    private static void outward(PrewarmScene scene, int port, int flags, int payload) {
        PrewarmWideFlows.wideSegment(scene, LAN, REALSERVER, port, REMOTE, PORT, flags, 1, 1, payload);
    }

    private static void inward(PrewarmScene scene, int port, int flags, int payload) {
        scene.tcp(WAN, 1, CLIENT, PORT, POOL, port, flags, 1, 1, NO_OPTIONS, payload, NONE);
    }

    private static void datagrams(PrewarmScene scene, int port) {
        PrewarmWideFlows.datagram(scene, LAN, REALSERVER, port, REMOTE, PORT);
        scene.udp(WAN, 1, CLIENT, PORT, POOL, port, NONE);
        // To itself, by the pool.
        PrewarmWideFlows.datagram(scene, LAN, REALSERVER, port, POOL_SEEN, port);
    }

    private static void pings(PrewarmScene scene, int identifier) {
        int length = Icmpv6Header.SIZE + 8;
        PrewarmWide.packet(scene, LAN, REALSERVER, REMOTE, Icmpv6Header.PROTOCOL, length, at -> {
            Mem.putIntBE(at, Icmpv6Header.ECHO_REQUEST << 24);
            Mem.putIntBE(at + Icmpv6Header.ID_OFFSET, identifier << 16);
            Ipv6Header.putChecksum(
                    at - Ipv6Header.SIZE, at, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        });
        scene.icmp(WAN, CLIENT, POOL, IcmpHeader.ECHO_REPLY, 0, identifier, 56, NONE);
    }
}
