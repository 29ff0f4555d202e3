package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.ArpReceiver;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv4Options;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;

/**
 * Packets that no session took in the first stages, in the order of decisions: Ethernet, ARP, the IPv4 header, addresses,
 * then by protocol. What turns out to be TCP or UDP goes on in {@link TransportExceptions}, ICMP in {@link IcmpPath}.
 */
final class ExceptionPath {
    private static final int VERSION_4 = 4;
    private static final int THIS_NETWORK = 0;
    private static final int LOOPBACK = 127;
    private static final int FIRST_MULTICAST = 224;

    private final OwnAddresses own;
    private final ArpReceiver arp;
    private final TransportExceptions transport;
    private final IcmpPath icmp;
    private final Ipv6Path ipv6;
    private final Associations associations;
    private final Fragments fragments;
    private final TransitPath transit;
    private final Siit siit;
    private final Nat64 nat64;
    private final KernelPath kernel;
    private final EndpointPath endpoints;
    private final TaggedFrames tagged;
    private final Emitter emitter;

    ExceptionPath(
            WorkerTables tables,
            TransportExceptions transport,
            IcmpPath icmp,
            Ipv6Path ipv6,
            Associations associations,
            Fragments fragments,
            TransitPath transit,
            Siit siit,
            Nat64 nat64,
            KernelPath kernel,
            TaggedFrames tagged,
            EndpointPath endpoints) {
        this.endpoints = endpoints;
        this.tagged = tagged;
        this.siit = siit;
        this.nat64 = nat64;
        this.kernel = kernel;
        this.associations = associations;
        this.fragments = fragments;
        this.transit = transit;
        this.transport = transport;
        this.icmp = icmp;
        this.ipv6 = ipv6;
        own = tables.own;
        emitter = tables.emitter;
        arp = new ArpReceiver(own, tables.neighbours, emitter, tables.counters, tables.reports, tables.share.isFirst());
    }

    /** Takes over a packet of the burst and sees that it is counted. */
    void pass(Burst burst, int i) {
        long mbuf = burst.mbufs[i];
        long frame = burst.frames[i];
        if (Mbuf.length(mbuf) < EthernetHeader.SIZE) {
            emitter.drop(mbuf, Counter.DROPPED_RUNT);
            return;
        }
        long destination = EthernetHeader.address(frame);
        boolean group = (Mem.getByte(frame) & EthernetHeader.RAW_GROUP_BIT) != 0;
        if (!group && destination != emitter.mac(burst.port)) {
            emitter.drop(mbuf, Counter.DROPPED_FOREIGN_MAC);
            return;
        }
        switch (EthernetHeader.type(frame)) {
            case EthernetHeader.TYPE_IPV4 -> ipv4(burst, i, group);
            case EthernetHeader.TYPE_IPV6 -> ipv6.receive(burst, i, group);
            case EthernetHeader.TYPE_ARP -> {
                if (!kernel.passArp(burst.port, mbuf, frame, burst.nowMicros)) {
                    arp.receive(burst.port, mbuf, frame, burst.nowMicros);
                }
            }
            case EthernetHeader.TYPE_VLAN, EthernetHeader.TYPE_SERVICE_VLAN -> tagged.take(burst.port, mbuf, frame);
            default -> emitter.drop(mbuf, Counter.DROPPED_ETHER_TYPE);
        }
    }

    private void ipv4(Burst burst, int i, boolean group) {
        long mbuf = burst.mbufs[i];
        long ip = burst.frames[i] + EthernetHeader.SIZE;
        int available = Mbuf.length(mbuf) - EthernetHeader.SIZE;
        if (group) {
            if (!isWellFormed(ip, available) || !kernel.passGroup(burst, i, ip)) {
                emitter.drop(mbuf, Counter.DROPPED_MULTICAST);
            }
        } else if (!isWellFormed(ip, available)) {
            emitter.drop(mbuf, Counter.DROPPED_IP_MALFORMED);
        } else {
            int total = Ipv4Header.totalLength(ip);
            Mbuf.setLength(mbuf, EthernetHeader.SIZE + total);
            burst.lengths[i] = total;
            addressed(burst, i, ip);
        }
    }

    private static boolean isWellFormed(long ip, int available) {
        if (available < Ipv4Header.SIZE || (Mem.getByte(ip) >>> 4 & 15) != VERSION_4) {
            return false;
        }
        int header = Ipv4Header.headerLength(ip);
        int total = Ipv4Header.totalLength(ip);
        return header >= Ipv4Header.SIZE
                && total >= header
                && total <= available
                && InternetChecksum.of(InternetChecksum.sum(ip, header)) == 0;
    }

    private void addressed(Burst burst, int i, long ip) {
        long mbuf = burst.mbufs[i];
        int destination = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        // What has turned around comes from an own address.
        boolean turned = burst.port == emitter.last();
        if (!turned && isForeignSource(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET))) {
            emitter.drop(mbuf, Counter.DROPPED_IP_SOURCE);
        } else if (!own.contains(destination)) {
            if (destination >>> 24 >= FIRST_MULTICAST) {
                emitter.drop(mbuf, Counter.DROPPED_MULTICAST);
            } else if (!kernel.passAddressed(burst, i, destination)
                    && !translate(burst, i, ip, destination)
                    && !transit.pass(burst, i, hasOptionsToSkip(ip) ? stripOptions(burst, i, ip) : ip)) {
                emitter.drop(burst.mbufs[i], Counter.DROPPED_NOT_LOCAL);
            }
        } else if (Ipv4Header.headerLength(ip) == Ipv4Header.SIZE) {
            whole(burst, i, ip);
        } else if (hasOptionsToSkip(ip)) {
            whole(burst, i, stripOptions(burst, i, ip));
        } else {
            emitter.drop(mbuf, Counter.DROPPED_IP_OPTIONS);
        }
    }

    /** Takes over a packet of translation between the families, which leaves whole and without options; false for all others. */
    private boolean translate(Burst burst, int i, long ip, int destination) {
        boolean stateful = nat64.takes(destination);
        if (!stateful && !siit.takes(destination)) {
            return false;
        }
        boolean options = Ipv4Header.headerLength(ip) != Ipv4Header.SIZE;
        if (options && !hasOptionsToSkip(ip)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_IP_OPTIONS);
            return true;
        }
        long bare = options ? stripOptions(burst, i, ip) : ip;
        if ((Mem.getUnsignedShortBE(bare + Ipv4Header.FRAGMENT_OFFSET) & Ipv4Header.FRAGMENT_MASK) == 0) {
            translateWhole(burst, i, bare, stateful);
        } else if (fragments.join(burst, i, bare)) {
            translateWhole(burst, i, burst.frames[i] + EthernetHeader.SIZE, stateful);
        }
        return true;
    }

    private void translateWhole(Burst burst, int i, long ip, boolean stateful) {
        if (stateful) {
            nat64.fromIpv4(burst, i, ip);
        } else {
            siit.fromIpv4(burst, i, ip);
        }
    }

    /** Takes options out, which are for the director as IPv6's extension headers are; returns where the header is then. */
    private static long stripOptions(Burst burst, int i, long ip) {
        int size = Ipv4Header.headerLength(ip) - Ipv4Header.SIZE;
        long frame = burst.frames[i];
        Mem.copy(frame, frame + size, EthernetHeader.SIZE + Ipv4Header.SIZE);
        Mbuf.prepend(burst.mbufs[i], -size);
        burst.frames[i] = frame + size;
        burst.lengths[i] -= size;
        long moved = ip + size;
        Mem.putByte(moved, (byte) (VERSION_4 << 4 | Ipv4Header.SIZE / 4));
        Mem.putShortBE(moved + Ipv4Header.LENGTH_OFFSET, burst.lengths[i]);
        Ipv4Header.putChecksum(moved);
        return moved;
    }

    private void whole(Burst burst, int i, long ip) {
        if ((Mem.getUnsignedShortBE(ip + Ipv4Header.FRAGMENT_OFFSET) & Ipv4Header.FRAGMENT_MASK) != 0) {
            if (fragments.join(burst, i, ip)) {
                deliver(burst, i, burst.frames[i] + EthernetHeader.SIZE);
            }
        } else {
            deliver(burst, i, ip);
        }
    }

    private static boolean hasOptionsToSkip(long ip) {
        int bytes = Ipv4Header.headerLength(ip) - Ipv4Header.SIZE;
        return bytes != 0 && Ipv4Options.maySkip(ip + Ipv4Header.SIZE, bytes);
    }

    /** Whether no other host can have sent from there (RFC 1812, 5.3.7): this network, loopback, groups, ourselves. */
    private boolean isForeignSource(int source) {
        int first = source >>> 24;
        return first == THIS_NETWORK || first == LOOPBACK || first >= FIRST_MULTICAST || own.contains(source);
    }

    private void deliver(Burst burst, int i, long ip) {
        int protocol = Ipv4Header.protocol(ip);
        int length = burst.lengths[i] - Ipv4Header.SIZE;
        if (protocol == Protocol.TCP.number()) {
            int header = length < TcpHeader.SIZE ? 0 : TcpHeader.headerLength(ip + Ipv4Header.SIZE);
            if (header < TcpHeader.SIZE || header > length) {
                emitter.drop(burst.mbufs[i], Counter.DROPPED_L4_MALFORMED);
            } else if (!endpoints.pass(burst, i, ip, length, Protocol.TCP)) {
                transport.tcp(burst, i, ip);
            }
        } else if (protocol == Protocol.UDP.number()) {
            long udp = ip + Ipv4Header.SIZE;
            int stated = length < UdpHeader.SIZE ? 0 : Mem.getUnsignedShortBE(udp + UdpHeader.LENGTH_OFFSET);
            if (stated < UdpHeader.SIZE || stated > length) {
                emitter.drop(burst.mbufs[i], Counter.DROPPED_L4_MALFORMED);
            } else if (!endpoints.pass(burst, i, ip, length, Protocol.UDP)) {
                transport.udp(burst, i, ip);
            }
        } else if (protocol == Protocol.ICMP.number()) {
            icmp.pass(burst, i, ip, length);
        } else if (protocol != Protocol.SCTP.number() || !associations.pass(burst, i, ip, length)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_PROTOCOL);
        }
    }
}
