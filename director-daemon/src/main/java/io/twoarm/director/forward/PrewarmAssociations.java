package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.CLIENT;
import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.LIP;
import static io.twoarm.director.forward.PrewarmScene.REALSERVER;
import static io.twoarm.director.forward.PrewarmScene.VIP;
import static io.twoarm.director.forward.PrewarmScene.WAN;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.SctpHeader;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import java.util.List;
import java.util.Optional;

/** Associations of SCTP for the {@link PrewarmScene}, in FullNAT within and between the families, and in NAT. */
final class PrewarmAssociations {
    private static final int SCTP = Protocol.SCTP.number();
    private static final int SAME = 2905;
    private static final int OTHER = 2906;
    private static final int NAT = 2907;
    private static final int ROUNDS = 3;
    private static final int LENGTH = 116;
    private static final int DATA = 0;

    private PrewarmAssociations() {}

    /** What the scene's director needs for these flows. */
    static List<ServiceDefinition> services() {
        IpAddress vip = new Ipv4Address(VIP);
        IpAddress realserver = new Ipv4Address(REALSERVER);
        return List.of(
                service(vip, SAME, realserver, ForwardingMode.FULLNAT),
                service(vip, OTHER, PrewarmWide.REALSERVER, ForwardingMode.FULLNAT),
                service(vip, NAT, realserver, ForwardingMode.NAT),
                service(PrewarmWide.VIP, SAME, PrewarmWide.REALSERVER, ForwardingMode.FULLNAT),
                service(PrewarmWide.VIP, OTHER, realserver, ForwardingMode.FULLNAT),
                service(PrewarmWide.VIP, NAT, PrewarmWide.REALSERVER, ForwardingMode.NAT));
    }

    private static ServiceDefinition service(IpAddress vip, int port, IpAddress realserver, ForwardingMode mode) {
        RealserverDefinition member = new RealserverDefinition(realserver, port, 1, false, Optional.empty());
        return new ServiceDefinition(
                vip,
                port,
                Protocol.SCTP,
                false,
                Optional.empty(),
                mode == ForwardingMode.FULLNAT ? List.of(new Ipv4Address(LIP), PrewarmWide.LIP) : List.of(),
                List.of(member.withMode(mode)));
    }

    static void run(PrewarmScene scene) {
        PrewarmKind.introduce(scene);
        PrewarmWide.introduce(scene);
        for (int i = 0; i < ROUNDS; i++) {
            for (int chunk : new int[] {
                DATA,
                SctpHeader.INIT,
                SctpHeader.COOKIE_ECHO,
                SctpHeader.COOKIE_ACK,
                DATA,
                SctpHeader.SHUTDOWN,
                SctpHeader.SHUTDOWN_ACK,
                SctpHeader.SHUTDOWN_COMPLETE
            }) {
                ipv4(scene, 16_000 + i, chunk);
                ipv6(scene, 16_000 + i, chunk);
            }
            packet(scene, WAN, CLIENT, 16_000 + i, VIP, 9, SctpHeader.INIT);
        }
        scene.pass(400_000_000);
    }

    private static void ipv4(PrewarmScene scene, int port, int chunk) {
        packet(scene, WAN, CLIENT, port, VIP, SAME, chunk);
        packet(scene, LAN, REALSERVER, SAME, LIP, scene.lastPort(false), chunk);
        packet(scene, WAN, CLIENT, port, VIP, NAT, chunk);
        packet(scene, LAN, REALSERVER, NAT, CLIENT, port, chunk);
        packet(scene, WAN, CLIENT, port, VIP, OTHER, chunk);
        widePacket(scene, LAN, PrewarmWide.REALSERVER, OTHER, PrewarmWide.LIP, scene.lastPort(true), chunk);
    }

    private static void ipv6(PrewarmScene scene, int port, int chunk) {
        widePacket(scene, WAN, PrewarmWide.CLIENT, port, PrewarmWide.VIP, SAME, chunk);
        widePacket(scene, LAN, PrewarmWide.REALSERVER, SAME, PrewarmWide.LIP, scene.lastPort(true), chunk);
        widePacket(scene, WAN, PrewarmWide.CLIENT, port, PrewarmWide.VIP, NAT, chunk);
        widePacket(scene, LAN, PrewarmWide.REALSERVER, NAT, PrewarmWide.CLIENT, port, chunk);
        widePacket(scene, WAN, PrewarmWide.CLIENT, port, PrewarmWide.VIP, OTHER, chunk);
        packet(scene, LAN, REALSERVER, OTHER, LIP, scene.lastPort(false), chunk);
    }

    private static void packet(
            PrewarmScene scene, int port, int source, int sourcePort, int destination, int toPort, int chunk) {
        int total = Ipv4Header.SIZE + LENGTH;
        scene.raw(port, EthernetHeader.SIZE + total, frame -> {
            Ipv4Header.write(frame + EthernetHeader.SIZE, total, SCTP, source, destination);
            write(frame + EthernetHeader.SIZE + Ipv4Header.SIZE, sourcePort, toPort, chunk);
        });
    }

    private static void widePacket(
            PrewarmScene scene,
            int port,
            Ipv6Address source,
            int sourcePort,
            Ipv6Address destination,
            int toPort,
            int chunk) {
        PrewarmWide.packet(scene, port, source, destination, SCTP, LENGTH, at -> write(at, sourcePort, toPort, chunk));
    }

    private static void write(long sctp, int sourcePort, int toPort, int chunk) {
        Mem.fill(sctp, LENGTH, (byte) 0);
        Mem.putIntBE(sctp, sourcePort << 16 | toPort);
        Mem.putByte(sctp + SctpHeader.CHUNK_OFFSET, (byte) chunk);
    }
}
