package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.GATEWAY;
import static io.twoarm.director.forward.PrewarmScene.OTHER_MAC;
import static io.twoarm.director.forward.PrewarmScene.WAN;
import static io.twoarm.director.forward.PrewarmScene.WAN_MAC;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.exception.KernelQueue;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.steer.HandoverRing;

/** What the kernel gets and sends, for the {@link PrewarmScene}: advertisements of VRRP, its own packets and neighbours. */
final class PrewarmKernel {
    static final int ADDRESS = 0xc000_02c8;
    static final Ipv6Address WIDE_ADDRESS = Ipv6Address.parse("2001:db8:2::c8");

    private static final int VRRP = 112;
    private static final int OSPF = 89;
    private static final int TCP = 6;
    private static final int LENGTH = 40;
    private static final int VRRP_GROUP = 0xe000_0012;
    private static final Ipv6Address WIDE_GROUP = new Ipv6Address(Ipv6Address.LINK_GROUP_HIGH, 0x12);

    private PrewarmKernel() {}

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        for (int i = 0; i < 4; i++) {
            ipv4(scene, VRRP_GROUP, VRRP);
            ipv4(scene, ADDRESS, TCP);
            PrewarmWide.packet(scene, WAN, PrewarmWide.GATEWAY, WIDE_GROUP, VRRP, LENGTH, PrewarmScene.Change.NONE);
            PrewarmWide.packet(scene, WAN, PrewarmWide.GATEWAY, WIDE_ADDRESS, TCP, LENGTH, PrewarmScene.Change.NONE);
            scene.arp(WAN, ArpPacket.REQUEST, OTHER_MAC, GATEWAY, ADDRESS, PrewarmScene.Change.NONE);
            scene.arp(WAN, ArpPacket.REPLY, OTHER_MAC, GATEWAY, ADDRESS, PrewarmScene.Change.NONE);
            PrewarmWide.askAndAnswer(scene, WIDE_ADDRESS);
            send(scene, WAN_MAC);
            send(scene, OTHER_MAC);
        }
        for (int i = 0; i < 120; i++) {
            ipv4(scene, VRRP_GROUP + 1, OSPF);
        }
        fill(scene);
        ipv4(scene, VRRP_GROUP, VRRP);
        fill(scene);
        scene.arp(WAN, ArpPacket.REPLY, OTHER_MAC, GATEWAY, ADDRESS, PrewarmScene.Change.NONE);
    }

    /** Lets the queue to the kernel be full, of entries without buffers. */
    private static void fill(PrewarmScene scene) {
        for (int i = 0; i < HandoverRing.CAPACITY; i++) {
            scene.kernel.offer(WAN, 0);
        }
    }

    private static void ipv4(PrewarmScene scene, int destination, int protocol) {
        scene.raw(WAN, EthernetHeader.SIZE + LENGTH, frame -> {
            if (destination != ADDRESS) {
                EthernetHeader.putAddress(frame, 0x0100_5e00_0000L | destination & 0x7f_ffff);
            }
            Ipv4Header.write(frame + EthernetHeader.SIZE, LENGTH, protocol, GATEWAY, destination);
        });
    }

    private static void send(PrewarmScene scene, long mac) {
        long entry = scene.buffer(EthernetHeader.SIZE + LENGTH);
        EthernetHeader.write(Mbuf.data(entry), OTHER_MAC, mac, EthernetHeader.TYPE_IPV4);
        scene.kernel.offerFromKernel(WAN, entry);
        scene.sendFromKernel();
    }

    /** Frees what waits for the kernel; an entry without a buffer only took up room. */
    static void drain(KernelQueue queue, long place, BufferPool buffers) {
        while (queue.take(place, 1) == 1) {
            long mbuf = KernelQueue.buffer(Mem.getLong(place));
            if (mbuf != 0) {
                Mem.putLong(place, mbuf);
                buffers.free(place, 1);
            }
        }
    }
}
