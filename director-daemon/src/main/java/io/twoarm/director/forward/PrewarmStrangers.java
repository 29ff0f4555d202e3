package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.OTHER_MAC;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.TcpHeader;

/**
 * Hosts on the link that the {@link PrewarmScene} has not heard of: neighbours are made, and others forgotten for them. What is
 * sent to one makes sure that it is still there, since it has only asked itself.
 */
final class PrewarmStrangers {
    private static final int FIRST = 0xc000_0280;
    private static final long FIRST_LOW = 0x8000;
    /** So many that those of the last round are known no more. */
    private static final int HOSTS = 64;

    private static final int FIRST_PORT = 25_000;
    private static final int AT_ONCE = 4;

    private PrewarmStrangers() {}

    static void run(PrewarmScene scene) {
        for (int i = 0; i < AT_ONCE; i++) {
            int host = scene.nextStranger() % HOSTS;
            scene.arp(WAN, ArpPacket.REQUEST, OTHER_MAC, FIRST + host, VIP, PrewarmScene.Change.NONE);
            Ipv6Address wide = new Ipv6Address(PrewarmWide.VIP.high(), FIRST_LOW + host);
            PrewarmWide.solicit(scene, WAN, wide, PrewarmWide.VIP, OTHER_MAC);
            scene.icmp(WAN, FIRST + host, VIP, IcmpHeader.ECHO_REQUEST, 0, 1, 56, PrewarmScene.Change.NONE);
            PrewarmWide.ping(scene, wide, 56);
            changeCard(scene, host);
        }
    }

    /** The realserver has another Ethernet address from now on; a connection to it makes sure. */
    private static void changeCard(PrewarmScene scene, int host) {
        PrewarmWide.solicit(scene, LAN, PrewarmWide.REALSERVER, PrewarmWide.LIP, OTHER_MAC + 1 + host);
        PrewarmWideFlows.wideSegment(
                scene,
                WAN,
                PrewarmWide.CLIENT,
                FIRST_PORT + host,
                PrewarmWide.VIP,
                PrewarmWideFlows.SAME_FAMILY,
                TcpHeader.SYN,
                1,
                0,
                0);
    }
}
