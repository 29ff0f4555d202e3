package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.ExtensionHeaders;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;

/**
 * IPv6 packets, in the order of decisions: the header, addresses, extension headers, then by protocol. Extension headers
 * are for the director, whose address the packet has; they are taken out, so that all behind this step see the transport
 * header right behind 40 bytes of IPv6 header.
 */
final class Ipv6Path {
    private static final int VERSION_6 = 6;
    private static final int NONE = 0;
    private static final int STATELESS = 1;
    private static final int STATEFUL = 2;
    private static final int NO_NEXT_HEADER = 59;
    private static final int MOVED = EthernetHeader.SIZE + Ipv6Header.SIZE;

    private final OwnAddresses own;
    private final Emitter emitter;
    private final ExtensionHeaders extensions = new ExtensionHeaders();
    private final WidePath transport;
    private final Icmpv6Path icmp;
    private final Icmpv6Answers answers;
    private final Associations associations;
    private final Fragments fragments;
    private final TransitPath transit;
    private final Siit siit;
    private final Nat64 nat64;
    /** Which translation the packet that is looked at is for. */
    private int translating;

    private final KernelPath kernel;

    Ipv6Path(
            WorkerTables tables,
            WidePath transport,
            Icmpv6Path icmp,
            Icmpv6Answers answers,
            Associations associations,
            Fragments fragments,
            TransitPath transit,
            Siit siit,
            Nat64 nat64,
            KernelPath kernel) {
        this.siit = siit;
        this.nat64 = nat64;
        this.kernel = kernel;
        this.associations = associations;
        this.fragments = fragments;
        this.transit = transit;
        this.transport = transport;
        this.icmp = icmp;
        this.answers = answers;
        own = tables.own;
        emitter = tables.emitter;
    }

    /** Takes over a packet of the burst and sees that it is counted. */
    void receive(Burst burst, int i, boolean group) {
        long mbuf = burst.mbufs[i];
        long ip = burst.frames[i] + EthernetHeader.SIZE;
        int available = Mbuf.length(mbuf) - EthernetHeader.SIZE;
        if (!isWellFormed(ip, available)) {
            emitter.drop(mbuf, Counter.DROPPED_IP_MALFORMED);
            return;
        }
        int total = Ipv6Header.SIZE + Ipv6Header.payloadLength(ip);
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + total);
        burst.lengths[i] = total;
        addressed(burst, i, ip, group);
    }

    private static boolean isWellFormed(long ip, int available) {
        return available >= Ipv6Header.SIZE
                && (Mem.getByte(ip) >>> 4 & 15) == VERSION_6
                && Ipv6Header.payloadLength(ip) <= available - Ipv6Header.SIZE;
    }

    private void addressed(Burst burst, int i, long ip, boolean group) {
        long mbuf = burst.mbufs[i];
        long high = Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET);
        long low = Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET);
        long sourceHigh = Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET);
        long sourceLow = Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET);
        boolean toGroup = Ipv6Address.isGroup(high);
        if (isForeignSource(sourceHigh, sourceLow)
                || own.find(sourceHigh, sourceLow) >= 0 && !isNeighbourMessage(ip, burst.lengths[i])) {
            emitter.drop(mbuf, Counter.DROPPED_IP_SOURCE);
        } else if (toGroup) {
            fromGroup(burst, i, ip, high, low);
        } else if (group) {
            emitter.drop(mbuf, Counter.DROPPED_MULTICAST);
        } else if (!isUsable(burst.port, high, low)) {
            if (own.find(high, low) >= 0
                    || !kernel.passWideAddressed(burst, i, high, low)
                            && !translate(burst, i, ip, high, low)
                            && !transit.passWide(burst, i, ip)) {
                emitter.drop(mbuf, Counter.DROPPED_NOT_LOCAL);
            }
        } else if ((sourceHigh | sourceLow) == 0) {
            // Only who checks an address of his own may be nameless, and asks a group (RFC 4861, 7.1.1).
            emitter.drop(mbuf, Counter.DROPPED_IP_SOURCE);
        } else {
            extended(burst, i, ip);
        }
    }

    /** Takes over a packet of translation between the families; false for all others. */
    private boolean translate(Burst burst, int i, long ip, long high, long low) {
        boolean stateful = nat64.takes(high, low);
        if (!stateful && !siit.takes(high, low)) {
            return false;
        }
        translating = stateful ? STATEFUL : STATELESS;
        extended(burst, i, ip);
        translating = NONE;
        return true;
    }

    /** Whether an address is own and may be used; those of a link only on their port. */
    private boolean isUsable(int port, long high, long low) {
        int number = own.find(high, low);
        return number >= 0 && !own.isUnusable(number) && (!Ipv6Address.isLinkLocal(high) || own.port(number) == port);
    }

    /** Whether no other host can have sent from there (RFC 4291, 2.5.3, 2.5.5.2 and 2.7): loopback, mapped, groups. */
    private static boolean isForeignSource(long high, long low) {
        return Ipv6Address.isGroup(high) || high == 0 && low == 1 || Ipv6Address.isMapped(high, low);
    }

    /** Whether it is one of neighbour discovery: only these may claim to come from an own address, and are a conflict. */
    private static boolean isNeighbourMessage(long ip, int length) {
        return Ipv6Header.nextHeader(ip) == Icmpv6Header.PROTOCOL
                && length >= Ipv6Header.SIZE + Icmpv6Header.SIZE
                && Icmpv6Path.isNeighbourMessage(ip);
    }

    /** Of packets to groups, the director listens to neighbour messages; the kernel gets others of the link. */
    private void fromGroup(Burst burst, int i, long ip, long high, long low) {
        int length = burst.lengths[i] - Ipv6Header.SIZE;
        boolean listens = high == Ipv6Address.LINK_GROUP_HIGH
                && (low == Ipv6Address.ALL_NODES_LOW || Ipv6Address.isSolicitedGroup(high, low));
        if (listens && isNeighbourMessage(ip, burst.lengths[i])) {
            icmp.pass(burst, i, ip, length);
        } else if (!kernel.passWideGroup(burst, i, ip)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_MULTICAST);
        }
    }

    private void extended(Burst burst, int i, long ip) {
        long mbuf = burst.mbufs[i];
        switch (extensions.walk(ip, burst.lengths[i])) {
            case ExtensionHeaders.PASSED ->
                deliver(burst, i, extensions.size() == 0 ? ip : strip(burst, i, extensions.size()));
            case ExtensionHeaders.FRAGMENT -> {
                if (fragments.joinWide(burst, i, ip, extensions.fragmentAt())) {
                    extended(burst, i, burst.frames[i] + EthernetHeader.SIZE);
                }
            }
            case ExtensionHeaders.UNWANTED -> emitter.drop(mbuf, Counter.DROPPED_IP_OPTIONS);
            case ExtensionHeaders.PROBLEM ->
                answers.parameterProblem(burst, i, extensions.problem(), extensions.pointer());
            default -> emitter.drop(mbuf, Counter.DROPPED_IP_MALFORMED);
        }
    }

    /** Takes the extension headers out; returns where the header is then. Transport checksums do not cover them. */
    private long strip(Burst burst, int i, int size) {
        long mbuf = burst.mbufs[i];
        long frame = burst.frames[i];
        Mem.copy(frame, frame + size, MOVED);
        Mbuf.prepend(mbuf, -size);
        burst.frames[i] = frame + size;
        burst.lengths[i] -= size;
        long ip = frame + size + EthernetHeader.SIZE;
        Mem.putShortBE(ip + Ipv6Header.PAYLOAD_LENGTH_OFFSET, burst.lengths[i] - Ipv6Header.SIZE);
        Mem.putByte(ip + Ipv6Header.NEXT_HEADER_OFFSET, (byte) extensions.protocol());
        return ip;
    }

    private void deliver(Burst burst, int i, long ip) {
        int protocol = extensions.protocol();
        int length = burst.lengths[i] - Ipv6Header.SIZE;
        long at = ip + Ipv6Header.SIZE;
        if (translating == STATEFUL) {
            nat64.fromIpv6(burst, i, ip);
        } else if (translating == STATELESS) {
            siit.fromIpv6(burst, i, ip);
        } else if (protocol == Protocol.TCP.number()) {
            int header = length < TcpHeader.SIZE ? 0 : TcpHeader.headerLength(at);
            if (header < TcpHeader.SIZE || header > length) {
                emitter.drop(burst.mbufs[i], Counter.DROPPED_L4_MALFORMED);
            } else {
                transport.tcp(burst, i, ip);
            }
        } else if (protocol == Protocol.UDP.number()) {
            int stated = length < UdpHeader.SIZE ? 0 : Mem.getUnsignedShortBE(at + UdpHeader.LENGTH_OFFSET);
            if (stated < UdpHeader.SIZE || stated > length) {
                emitter.drop(burst.mbufs[i], Counter.DROPPED_L4_MALFORMED);
            } else {
                transport.udp(burst, i, ip);
            }
        } else if (protocol == Icmpv6Header.PROTOCOL) {
            icmp.pass(burst, i, ip, length);
        } else if (protocol == NO_NEXT_HEADER) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_PROTOCOL);
        } else if (protocol != Protocol.SCTP.number() || !associations.passWide(burst, i, ip, length)) {
            answers.parameterProblem(burst, i, Icmpv6Header.UNKNOWN_NEXT_HEADER, extensions.pointer());
        }
    }
}
