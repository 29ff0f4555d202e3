package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.SERVICE_PORT;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.ExtensionHeaders;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.UdpHeader;

/** Packets in fragments: whole ones of both families, spoiled ones, ones that never become whole, and too many. */
final class PrewarmFragments {
    private static final int IP = EthernetHeader.SIZE;
    private static final int PIECE = 32;
    private static final int TOTAL = 2 * PIECE;
    private static final int MORE = 0x2000;
    private static final int CLIENT_PORT = 7000;
    private static final long CLIENT_LOW = 9;

    private PrewarmFragments() {}

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        for (int id = 0; id < 8; id++) {
            fragment(scene, id, 0, PIECE, true);
            fragment(scene, id, PIECE, PIECE, false);
            fragment(scene, id, PIECE, PIECE, false);
            fragment(scene, id, 0, PIECE, true);
            wide(scene, PrewarmWideFlows.SAME_FAMILY, id);
            wide(scene, PrewarmWideFlows.OTHER_FAMILY, id);
        }
        fragment(scene, 100, 0, PIECE, true);
        fragment(scene, 100, 0, PIECE, true);
        fragment(scene, 100, 8, PIECE, true);
        fragment(scene, 100, TOTAL, PIECE, true);
        fragment(scene, 101, 0, PIECE - 1, true);
        fragment(scene, 102, 0, PIECE, true);
        fragment(scene, 102, PIECE, PIECE, true);
        fragment(scene, 103, PIECE, PIECE, true);
        scene.pass(6_000_000);
        for (int i = 0; i < 80; i++) {
            fragment(scene, 104, i * PIECE, PIECE, true);
        }
        scene.pass(6_000_000);
        withoutBuffers(scene);
    }

    private static void withoutBuffers(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        fragment(scene, 105, 0, PIECE, true);
        scene.rawWhileEmpty(WAN, IP + Ipv4Header.SIZE + PIECE, frame -> write(frame, 105, PIECE, PIECE, false));
    }

    private static void fragment(PrewarmScene scene, int id, int start, int length, boolean more) {
        scene.raw(WAN, IP + Ipv4Header.SIZE + length, frame -> write(frame, id, start, length, more));
    }

    private static void write(long frame, int id, int start, int length, boolean more) {
        long ip = frame + IP;
        Ipv4Header.write(ip, Ipv4Header.SIZE + length, Protocol.UDP.number(), CLIENT, VIP);
        Mem.putShortBE(ip + Ipv4Header.ID_OFFSET, id);
        Mem.putShortBE(ip + Ipv4Header.FRAGMENT_OFFSET, (more ? MORE : 0) | start / 8);
        Mem.putShort(ip + Ipv4Header.CHECKSUM_OFFSET, (short) 0);
        Mem.putShort(ip + Ipv4Header.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(ip, Ipv4Header.SIZE)));
        Mem.fill(ip + Ipv4Header.SIZE, length, (byte) 0);
        if (start == 0) {
            writeUdp(ip + Ipv4Header.SIZE, SERVICE_PORT, 0);
        }
    }

    private static void writeUdp(long udp, int port, int checksum) {
        Mem.putIntBE(udp, CLIENT_PORT << 16 | port);
        Mem.putIntBE(udp + UdpHeader.LENGTH_OFFSET, TOTAL << 16 | checksum);
    }

    private static void wide(PrewarmScene scene, int port, int id) {
        int length = IP + Ipv6Header.SIZE + ExtensionHeaders.FRAGMENT_SIZE + PIECE;
        scene.raw(WAN, length, frame -> writeWide(frame, port, id, PIECE, PIECE, false));
        scene.raw(WAN, length, frame -> writeWide(frame, port, id, 0, PIECE, true));
        scene.raw(WAN, length - 1, frame -> writeWide(frame, port, id + 50, 0, PIECE - 1, true));
        scene.raw(WAN, length, frame -> writeWide(frame, port, id + 50, 0, PIECE, true));
    }

    private static void writeWide(long frame, int port, int id, int start, int bytes, boolean more) {
        EthernetHeader.write(frame, PrewarmScene.WAN_MAC, PrewarmScene.OTHER_MAC, EthernetHeader.TYPE_IPV6);
        long ip = frame + IP;
        int length = ExtensionHeaders.FRAGMENT_SIZE + bytes;
        Ipv6Header.write(ip, 0, length, ExtensionHeaders.FRAGMENT_HEADER, Ipv6Header.OWN_HOP_LIMIT);
        Ipv6Address client = Ipv6Address.parse("2001:db8:4::9");
        Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, client.high(), CLIENT_LOW);
        Ipv6Header.putAddress(ip + Ipv6Header.DESTINATION_OFFSET, PrewarmWide.VIP.high(), PrewarmWide.VIP.low());
        long at = ip + Ipv6Header.SIZE;
        Mem.putIntBE(at, Protocol.UDP.number() << 24 | start | (more ? 1 : 0));
        Mem.putIntBE(at + 4, id);
        Mem.fill(at + ExtensionHeaders.FRAGMENT_SIZE, bytes, (byte) 0);
        if (start == 0) {
            writeUdp(at + ExtensionHeaders.FRAGMENT_SIZE, port, 1);
        }
    }
}
