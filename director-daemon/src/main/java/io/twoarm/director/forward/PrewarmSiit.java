package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.WAN;
import static io.twoarm.director.forward.PrewarmWide.REALSERVER;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.siit.AddressMappings;
import io.twoarm.director.siit.ExplicitMapping;
import io.twoarm.director.siit.TranslationPrefix;
import java.util.List;
import java.util.Optional;

/** Packets of stateless translation for the {@link PrewarmScene}. */
final class PrewarmSiit {
    private static final int SERVER = 0xcb00_7301;
    private static final Ipv6Address PREFIX = Ipv6Address.parse("2001:db8:64::");
    private static final Ipv6Address WIDE_CLIENT = new Ipv6Address(PREFIX.high(), CLIENT & 0xffff_ffffL);
    private static final Ipv6Address UNMAPPED = Ipv6Address.parse("2001:db8:3::11");
    private static final int PORT = 80;
    private static final int TCP = Protocol.TCP.number();
    private static final int UDP = Protocol.UDP.number();
    private static final int ROUNDS = 16;
    private static final byte[] NO_OPTIONS = {};

    private PrewarmSiit() {}

    static AddressMappings mappings() {
        return new AddressMappings(
                Optional.of(new TranslationPrefix(PREFIX.high(), PREFIX.low(), 96)),
                List.of(new ExplicitMapping(SERVER, 32, REALSERVER.high(), REALSERVER.low(), 128)));
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
        PrewarmScene.Change none = PrewarmScene.Change.NONE;
        for (int i = 0; i < ROUNDS; i++) {
            segment(scene, 100, none);
            segment(scene, 1400, none);
            segment(scene, 1400, PrewarmKind::allowCutting);
            segment(scene, 0, frame -> PrewarmKind.putTtl(frame, 1));
            scene.udp(WAN, 1, CLIENT, PORT, SERVER, PORT, none);
            scene.udp(
                    WAN,
                    1,
                    CLIENT,
                    PORT,
                    SERVER,
                    PORT,
                    frame -> Mem.putShort(frame + EthernetHeader.SIZE + 26, (short) 0));
            scene.icmp(WAN, CLIENT, SERVER, IcmpHeader.ECHO_REQUEST, 0, i, 56, none);
            scene.icmp(WAN, CLIENT, SERVER, 13, 0, i, 56, none);
            error(scene, TCP);
            error(scene, UDP);
            PrewarmWideFlows.wideSegment(scene, LAN, REALSERVER, PORT, WIDE_CLIENT, PORT, TcpHeader.ACK, 1, 1, 100);
            PrewarmWideFlows.datagram(scene, LAN, REALSERVER, PORT, WIDE_CLIENT, PORT);
            PrewarmWideFlows.datagram(scene, LAN, UNMAPPED, PORT, WIDE_CLIENT, PORT);
            ping(scene);
            PrewarmWideFlows.error(scene, LAN, WIDE_CLIENT, REALSERVER, TCP, PORT << 16 | PORT);
            PrewarmWideFlows.error(scene, LAN, WIDE_CLIENT, REALSERVER, UDP, PORT << 16 | PORT);
        }
    }

    private static void segment(PrewarmScene scene, int payload, PrewarmScene.Change change) {
        scene.tcp(WAN, 1, CLIENT, PORT, SERVER, PORT, TcpHeader.ACK, 1, 1, NO_OPTIONS, payload, change);
    }

    private static void error(PrewarmScene scene, int protocol) {
        scene.icmp(
                WAN,
                CLIENT,
                SERVER,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                1300,
                40,
                at -> PrewarmKind.quote(at, SERVER, CLIENT, protocol, PORT, PORT));
    }

    private static void ping(PrewarmScene scene) {
        int length = Icmpv6Header.SIZE + 8;
        PrewarmWide.packet(scene, LAN, REALSERVER, WIDE_CLIENT, Icmpv6Header.PROTOCOL, length, at -> {
            Mem.putIntBE(at, Icmpv6Header.ECHO_REPLY << 24);
            Ipv6Header.putChecksum(
                    at - Ipv6Header.SIZE, at, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        });
    }
}
