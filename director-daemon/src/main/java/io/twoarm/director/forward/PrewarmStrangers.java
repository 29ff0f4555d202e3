package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.OTHER_MAC;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.packet.ArpPacket;

/** Hosts on the link that the {@link PrewarmScene} has not heard of: neighbours are made, and others forgotten for them. */
final class PrewarmStrangers {
    private static final int FIRST = 0xc000_0280;
    private static final long FIRST_LOW = 0x8000;
    /** So many that those of the last round are known no more. */
    private static final int HOSTS = 64;

    private static final int AT_ONCE = 4;

    private PrewarmStrangers() {}

    static void run(PrewarmScene scene) {
        for (int i = 0; i < AT_ONCE; i++) {
            int host = scene.nextStranger() % HOSTS;
            scene.arp(WAN, ArpPacket.REQUEST, OTHER_MAC, FIRST + host, VIP, PrewarmScene.Change.NONE);
            Ipv6Address wide = new Ipv6Address(PrewarmWide.VIP.high(), FIRST_LOW + host);
            PrewarmWide.solicit(scene, WAN, wide, PrewarmWide.VIP, OTHER_MAC);
        }
    }
}
