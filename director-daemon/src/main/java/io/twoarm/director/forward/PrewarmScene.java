package io.twoarm.director.forward;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.exception.KernelMailbox;
import io.twoarm.director.exception.KernelQueue;
import io.twoarm.director.exception.Sleeper;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.TcpCheck;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.Timeouts;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.steer.Colleagues;
import io.twoarm.director.worker.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A small director of its own, with a client on one side and a realserver on the other, all in this process and with a
 * clock that goes as it is told. Addresses are those for documentation (RFC 5737).
 */
final class PrewarmScene {
    static final int WAN = 0;
    static final int LAN = 1;
    static final int CLIENT = 0xcb00_7109;
    static final int VIP = 0xc000_0264;
    static final int VIP_WITHOUT_REALSERVER = 0xc000_0265;
    static final int GATEWAY = 0xc000_02fe;
    static final int LIP = 0xc633_6464;
    static final int REALSERVER = 0xc633_640a;
    static final int WAY_OUT_OF_REACH = 0xc633_6499;
    static final int SERVICE_PORT = 80;
    static final int PLAIN_PORT = 81;
    static final int UNREACHABLE_PORT = 83;
    static final int PROXY_PORT = 84;
    static final int CHECKED_PORT = 7;
    static final long WAN_MAC = 0x0200_0000_0001L;
    static final long LAN_MAC = 0x0200_0000_0002L;
    static final long OTHER_MAC = 0x0200_0000_0009L;
    static final int BURST = 32;
    static final int BUFFERS = 256;
    private static final int SESSIONS = 1024;
    private static final int WAN_MTU = 1500;
    private static final int LAN_MTU = 1400;
    private static final long TURN = 2000;

    private final BufferPool buffers;
    final PrewarmPort wan;
    final PrewarmPort lan;
    final Forwarder forwarder;
    final KernelQueue kernel;
    private final KernelMailbox fromKernel;
    private final long drained;
    private final long burst;
    private int strangers;
    private long nowMicros = 1;
    private long packets;

    /** With buffers in ordinary memory. */
    PrewarmScene(NativeMemory memory) {
        this(memory, new PrewarmBuffers(memory, BUFFERS));
    }

    /** @param buffers of which it uses at most {@link #BUFFERS} at a time */
    PrewarmScene(NativeMemory memory, BufferPool buffers) {
        this.buffers = buffers;
        wan = new PrewarmPort("wan", WAN_MAC, WAN_MTU, buffers, memory);
        lan = new PrewarmPort("lan", LAN_MAC, LAN_MTU, buffers, memory);
        burst = Mem.pointer(memory.allocate(BURST * 8L, 64));
        drained = Mem.pointer(memory.allocate(Long.BYTES, Long.BYTES));
        kernel = new KernelQueue(List.of(true, false), memory, new Sleeper());
        forwarder = new Forwarder(new ForwarderSetup(
                List.of(wan, lan),
                buffers,
                memory,
                tables(),
                SecretKey.random(),
                nowMicros,
                WorkerShare.ALONE,
                kernel,
                Colleagues.NONE));
        fromKernel = new KernelMailbox(Mailbox.NONE, kernel, forwarder.kernel(), memory);
    }

    private static ForwardingTables tables() {
        TcpCheck check = new TcpCheck(
                new Ipv4Address(REALSERVER),
                CHECKED_PORT,
                Ipv4Address.ANY,
                Duration.ofSeconds(4),
                Duration.ofSeconds(3),
                1,
                Duration.ofSeconds(1),
                false);
        return new ForwardingTables(
                        List.of(
                                new OwnAddress(new Ipv4Address(VIP), WAN, OwnAddress.Role.VIRTUAL),
                                new OwnAddress(new Ipv4Address(VIP_WITHOUT_REALSERVER), WAN, OwnAddress.Role.VIRTUAL),
                                new OwnAddress(new Ipv4Address(PrewarmFourToSix.VIP), WAN, OwnAddress.Role.VIRTUAL),
                                new OwnAddress(new Ipv4Address(LIP), LAN, OwnAddress.Role.LOCAL),
                                new OwnAddress(PrewarmWide.VIP, WAN, OwnAddress.Role.VIRTUAL),
                                new OwnAddress(PrewarmWide.CONTESTED, WAN, OwnAddress.Role.VIRTUAL),
                                new OwnAddress(PrewarmWide.LIP, LAN, OwnAddress.Role.LOCAL),
                                new OwnAddress(
                                        new Ipv4Address(PrewarmVlan.ADDRESS),
                                        PrewarmVlan.INTERFACE.port(),
                                        OwnAddress.Role.PORT),
                                new OwnAddress(new Ipv4Address(PrewarmKernel.ADDRESS), WAN, OwnAddress.Role.KERNEL),
                                new OwnAddress(PrewarmKernel.WIDE_ADDRESS, WAN, OwnAddress.Role.KERNEL)),
                        List.of(
                                Route.onLink(
                                        new Ipv4Address(PrewarmVlan.ADDRESS & -256), 24, PrewarmVlan.INTERFACE.port()),
                                Route.onLink(new Ipv4Address(0xc000_0200), 24, WAN),
                                Route.onLink(new Ipv4Address(0xc633_6400), 24, LAN),
                                Route.via(new Ipv4Address(0xcb00_7100), 24, new Ipv4Address(GATEWAY), WAN),
                                Route.onLink(Ipv6Address.parse("2001:db8:2::"), 64, WAN),
                                Route.onLink(Ipv6Address.parse("2001:db8:3::"), 64, LAN),
                                Route.via(Ipv6Address.parse("2001:db8:4::"), 64, PrewarmWide.GATEWAY, WAN)),
                        List.of(),
                        Stream.of(
                                        services(check),
                                        PrewarmModes.services(),
                                        PrewarmOutbound.services(),
                                        PrewarmMapped.services(),
                                        PrewarmFourToSix.services(),
                                        PrewarmAssociations.services(),
                                        PrewarmSynProxy.services())
                                .flatMap(List::stream)
                                .toList(),
                        Timeouts.defaults(),
                        new ForwardingLimits(SESSIONS, 16, 2, Duration.ofSeconds(60), 20),
                        true)
                .withMappings(PrewarmSiit.mappings())
                .withNat64(PrewarmNat64.definition())
                .withVlans(List.of(PrewarmVlan.INTERFACE));
    }

    private static List<ServiceDefinition> services(TcpCheck check) {
        return List.of(
                service(VIP, SERVICE_PORT, Protocol.TCP, REALSERVER, Optional.of(check)),
                service(VIP, PLAIN_PORT, Protocol.TCP, REALSERVER, Optional.empty()),
                service(VIP, PassiveFtp.CONTROL_PORT, Protocol.TCP, REALSERVER, Optional.empty()),
                service(VIP, PROXY_PORT, Protocol.TCP, REALSERVER, Optional.empty())
                        .withClientAddress(ClientAddressWay.PROXY_V1),
                service(VIP, PROXY_PORT, Protocol.UDP, REALSERVER, Optional.empty())
                        .withClientAddress(ClientAddressWay.PROXY_V2),
                service(VIP, UNREACHABLE_PORT, Protocol.TCP, 0xcb00_7201, Optional.empty()),
                service(VIP, SERVICE_PORT, Protocol.UDP, REALSERVER, Optional.empty()),
                service(VIP, PLAIN_PORT, Protocol.UDP, WAY_OUT_OF_REACH, Optional.empty()),
                service(VIP_WITHOUT_REALSERVER, SERVICE_PORT, Protocol.TCP, 0, Optional.empty()),
                service(VIP_WITHOUT_REALSERVER, SERVICE_PORT, Protocol.UDP, 0, Optional.empty()),
                service(VIP_WITHOUT_REALSERVER, 0, Protocol.ICMP, REALSERVER, Optional.empty()),
                wide(PrewarmWideFlows.SAME_FAMILY, Protocol.TCP, PrewarmWide.REALSERVER),
                wide(PrewarmWideFlows.SAME_FAMILY, Protocol.UDP, PrewarmWide.REALSERVER),
                wide(PrewarmWideFlows.OTHER_FAMILY, Protocol.TCP, new Ipv4Address(REALSERVER)),
                wide(PrewarmWideFlows.OTHER_FAMILY, Protocol.UDP, new Ipv4Address(REALSERVER)));
    }

    private static ServiceDefinition service(
            int vip, int port, Protocol protocol, int realserver, Optional<TcpCheck> check) {
        return new ServiceDefinition(
                new Ipv4Address(vip),
                port,
                protocol,
                port == SERVICE_PORT,
                Optional.empty(),
                List.of(new Ipv4Address(LIP)),
                realserver == 0
                        ? List.of()
                        : List.of(new RealserverDefinition(new Ipv4Address(realserver), port, 1, false, check)));
    }

    private static ServiceDefinition wide(int port, Protocol protocol, IpAddress realserver) {
        IpAddress local = realserver.isIpv4() ? new Ipv4Address(LIP) : PrewarmWide.LIP;
        return new ServiceDefinition(
                PrewarmWide.VIP,
                port,
                protocol,
                true,
                Optional.empty(),
                List.of(local),
                List.of(new RealserverDefinition(realserver, port, 1, false, Optional.empty())));
    }

    /** Packets that went through since the beginning. */
    long packets() {
        return packets;
    }

    /** Counts hosts that were never there before. */
    int nextStranger() {
        return strangers++;
    }

    /** Lets time pass, in turns of the worker. */
    void pass(long micros) {
        long end = nowMicros + micros;
        long step = Math.max(TURN, micros / 200);
        while (nowMicros < end) {
            nowMicros = Math.min(end, nowMicros + step);
            forwarder.tick(nowMicros);
        }
    }

    /** A buffer with a frame of a length, for the kernel to send. */
    long buffer(int length) {
        frame(0, length);
        return Mem.getLong(burst);
    }

    /** Sends what the kernel has given. */
    void sendFromKernel() {
        fromKernel.work(forwarder, nowMicros);
    }

    /** Frees what waits for the kernel. */
    private void drainKernel() {
        PrewarmKernel.drain(kernel, drained, buffers);
    }

    /** Makes the buffers be used up, unless they are DPDK's. */
    void setEmpty(boolean isEmpty) {
        if (buffers instanceof PrewarmBuffers own) {
            own.setEmpty(isEmpty);
        }
    }

    /** Makes the frame that a port will receive next. */
    private long frame(int place, int length) {
        if (!buffers.allocate(burst + place * 8L, 1)) {
            throw new IllegalStateException("the rehearsal has no buffer left");
        }
        long mbuf = Mem.getLong(burst + place * 8L);
        Mbuf.setLength(mbuf, length);
        return Mbuf.data(mbuf);
    }

    private void deliver(int port, int count) {
        packets += count;
        forwarder.process(port, burst, count, nowMicros++);
        drainKernel();
    }

    private static void ethernet(int port, long frame, int type) {
        EthernetHeader.write(frame, port == WAN ? WAN_MAC : LAN_MAC, OTHER_MAC, type);
    }

    /** What is to be done to a frame before it is delivered; {@code frame} is the address of its first byte. */
    @FunctionalInterface
    interface Change {
        Change NONE = frame -> {};

        void apply(long frame);
    }

    /**
     * Delivers TCP segments, all alike. The checksum is made after the options are written and before the change.
     *
     * @param options up to 40 bytes, a multiple of 4
     */
    void tcp(
            int port,
            int count,
            int source,
            int sourcePort,
            int destination,
            int destinationPort,
            int flags,
            int sequence,
            int acknowledgment,
            byte[] options,
            int payload,
            Change change) {
        int header = TcpHeader.SIZE + options.length;
        int total = Ipv4Header.SIZE + header + payload;
        for (int i = 0; i < count; i++) {
            long frame = frame(i, EthernetHeader.SIZE + total);
            ethernet(port, frame, EthernetHeader.TYPE_IPV4);
            long ip = frame + EthernetHeader.SIZE;
            Ipv4Header.write(ip, total, Protocol.TCP.number(), source, destination);
            long tcp = ip + Ipv4Header.SIZE;
            TcpHeader.write(tcp, sourcePort, destinationPort, sequence, acknowledgment, flags, 0xffff);
            Mem.putByte(tcp + TcpHeader.DATA_OFFSET_OFFSET, (byte) (header << 2));
            for (int b = 0; b < options.length; b++) {
                Mem.putByte(tcp + TcpHeader.SIZE + b, options[b]);
            }
            TcpHeader.putChecksum(ip, tcp, header + payload);
            change.apply(frame);
        }
        deliver(port, count);
    }

    /** Delivers UDP datagrams, all alike. */
    void udp(int port, int count, int source, int sourcePort, int destination, int destinationPort, Change change) {
        int length = UdpHeader.SIZE + 26;
        int total = Ipv4Header.SIZE + length;
        for (int i = 0; i < count; i++) {
            long frame = frame(i, EthernetHeader.SIZE + total);
            ethernet(port, frame, EthernetHeader.TYPE_IPV4);
            long ip = frame + EthernetHeader.SIZE;
            Ipv4Header.write(ip, total, Protocol.UDP.number(), source, destination);
            long udp = ip + Ipv4Header.SIZE;
            Mem.putIntBE(udp, sourcePort << 16 | destinationPort);
            Mem.putIntBE(udp + UdpHeader.LENGTH_OFFSET, length << 16);
            Mem.putShort(
                    udp + UdpHeader.CHECKSUM_OFFSET,
                    InternetChecksum.of(Ipv4Header.pseudoHeaderSum(ip, Protocol.UDP.number(), length)
                            + InternetChecksum.sum(udp, length)));
            change.apply(frame);
        }
        deliver(port, count);
    }

    /** Delivers an ICMP message whose second word is given; behind the header stands what {@code quoted} writes. */
    void icmp(int port, int source, int destination, int type, int code, int word, int payload, Change quoted) {
        int total = Ipv4Header.SIZE + IcmpHeader.SIZE + payload;
        long frame = frame(0, EthernetHeader.SIZE + total);
        ethernet(port, frame, EthernetHeader.TYPE_IPV4);
        long ip = frame + EthernetHeader.SIZE;
        Ipv4Header.write(ip, total, Protocol.ICMP.number(), source, destination);
        long icmp = ip + Ipv4Header.SIZE;
        Mem.putIntBE(icmp, type << 24 | code << 16);
        Mem.putIntBE(icmp + IcmpHeader.ID_OFFSET, word);
        quoted.apply(icmp + IcmpHeader.SIZE);
        Mem.putShort(
                icmp + IcmpHeader.CHECKSUM_OFFSET,
                InternetChecksum.of(InternetChecksum.sum(icmp, IcmpHeader.SIZE + payload)));
        deliver(port, 1);
    }

    /** Delivers an ARP packet. */
    void arp(int port, int operation, long senderMac, int sender, int target, Change change) {
        long frame = frame(0, ArpPacket.FRAME_SIZE);
        ArpPacket.write(frame, EthernetHeader.BROADCAST, operation, senderMac, sender, 0, target);
        change.apply(frame);
        deliver(port, 1);
    }

    /** Delivers a frame of a length whose bytes the change writes. */
    void raw(int port, int length, Change change) {
        long frame = frame(0, length);
        ethernet(port, frame, EthernetHeader.TYPE_IPV4);
        change.apply(frame);
        deliver(port, 1);
    }

    /** The same, while no other buffer is free. */
    void rawWhileEmpty(int port, int length, Change change) {
        long frame = frame(0, length);
        ethernet(port, frame, EthernetHeader.TYPE_IPV4);
        change.apply(frame);
        setEmpty(true);
        deliver(port, 1);
        setEmpty(false);
    }

    /** The local port, or the identifier of a ping, in what the LAN port sent last. */
    int lastLocalPort() {
        long ip = lan.last() + EthernetHeader.SIZE;
        int offset = Ipv4Header.protocol(ip) == Protocol.ICMP.number() ? IcmpHeader.ID_OFFSET : 0;
        return Mem.getUnsignedShortBE(ip + Ipv4Header.SIZE + offset);
    }

    /** The sequence number in what the LAN port sent last. */
    int lastSequence() {
        return Mem.getIntBE(lan.last() + EthernetHeader.SIZE + Ipv4Header.SIZE + TcpHeader.SEQUENCE_OFFSET);
    }

    /** The source port in what the LAN port sent last, of IPv6 or IPv4. */
    int lastPort(boolean wide) {
        return Mem.getUnsignedShortBE(PrewarmWideFlows.transport(lan.last(), wide));
    }

    /** The sequence number in what the LAN port sent last, of IPv6 or IPv4. */
    int lastSequence(boolean wide) {
        return Mem.getIntBE(PrewarmWideFlows.transport(lan.last(), wide) + TcpHeader.SEQUENCE_OFFSET);
    }

    /** The sequence number in what the WAN port sent last, of IPv6 or IPv4. */
    int lastAnswer(boolean wide) {
        return Mem.getIntBE(PrewarmWideFlows.transport(wan.last(), wide) + TcpHeader.SEQUENCE_OFFSET);
    }

    /** Whether the LAN port's last frame is a TCP segment to a port of the realserver. */
    boolean lastWentTo(int port) {
        long ip = lan.last() + EthernetHeader.SIZE;
        return EthernetHeader.type(lan.last()) == EthernetHeader.TYPE_IPV4
                && Ipv4Header.protocol(ip) == Protocol.TCP.number()
                && SessionRecord.destinationPort(Mem.getInt(ip + Ipv4Header.SIZE)) == port;
    }

    long count(Counter counter) {
        return forwarder.counters().get(counter);
    }
}
