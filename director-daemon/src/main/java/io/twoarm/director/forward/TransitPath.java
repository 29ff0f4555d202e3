package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.ExtensionHeaders;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;

/**
 * Packets to addresses that are not the director's, which no session took in the first stages. Realservers in NAT mode
 * answer to the client's own address, so these may be their pings' answers, ICMP errors about packets that they got, or
 * packets that end here because of their TTL. Hosts behind the director begin flows to the outside where a match service
 * allows it. The director is no router: all else is left to the caller.
 */
final class TransitPath {
    private final TransportExceptions transport;
    private final WidePath wide;
    private final IcmpPath icmp;
    private final Icmpv6Path icmpv6;
    private final Associations associations;
    private final Fragments fragments;
    private final OutboundPath outbound;
    private final ServiceTable services;
    private final Emitter emitter;

    TransitPath(
            WorkerTables tables,
            TransportExceptions transport,
            WidePath wide,
            IcmpPath icmp,
            Icmpv6Path icmpv6,
            Associations associations,
            Fragments fragments,
            OutboundPath outbound) {
        this.associations = associations;
        this.fragments = fragments;
        this.outbound = outbound;
        services = tables.services;
        emitter = tables.emitter;
        this.transport = transport;
        this.wide = wide;
        this.icmp = icmp;
        this.icmpv6 = icmpv6;
    }

    /** Takes over an IPv4 packet that belongs to a session; false for all others. */
    boolean pass(Burst burst, int i, long ip) {
        if (Ipv4Header.headerLength(ip) != Ipv4Header.SIZE) {
            return false;
        }
        if ((Mem.getUnsignedShortBE(ip + Ipv4Header.FRAGMENT_OFFSET) & Ipv4Header.FRAGMENT_MASK) == 0) {
            return passWhole(burst, i, ip);
        }
        if (!services.hasTransit()) {
            return false;
        }
        if (fragments.join(burst, i, ip) && !passWhole(burst, i, burst.frames[i] + EthernetHeader.SIZE)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NOT_LOCAL);
        }
        return true;
    }

    private boolean passWhole(Burst burst, int i, long ip) {
        int length = burst.lengths[i] - Ipv4Header.SIZE;
        int protocol = Ipv4Header.protocol(ip);
        if (protocol == Protocol.TCP.number()) {
            return length >= TcpHeader.SIZE
                    && (transport.passKnown(burst, i, ip, SessionRecord.PROTOCOL_TCP)
                            || transport.beginActive(burst, i, ip)
                            || outbound.begin(burst, i, ip, length, Protocol.TCP));
        }
        if (protocol == Protocol.UDP.number()) {
            return length >= UdpHeader.SIZE
                    && (transport.passKnown(burst, i, ip, SessionRecord.PROTOCOL_UDP)
                            || outbound.begin(burst, i, ip, length, Protocol.UDP));
        }
        if (protocol == Protocol.SCTP.number()) {
            return associations.passKnown(burst, i, ip, length);
        }
        return protocol == Protocol.ICMP.number() && icmp.passTransit(burst, i, ip, length);
    }

    /**
     * Takes over an IPv6 packet, without extension headers but that of a fragment, that belongs to a session; false for all
     * others.
     */
    boolean passWide(Burst burst, int i, long ip) {
        boolean fragment = Ipv6Header.nextHeader(ip) == ExtensionHeaders.FRAGMENT_HEADER
                && burst.lengths[i] >= Ipv6Header.SIZE + ExtensionHeaders.FRAGMENT_SIZE;
        if (!fragment || !services.hasTransit()) {
            return passWideWhole(burst, i, ip);
        }
        if (fragments.joinWide(burst, i, ip, Ipv6Header.SIZE)
                && !passWideWhole(burst, i, burst.frames[i] + EthernetHeader.SIZE)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NOT_LOCAL);
        }
        return true;
    }

    private boolean passWideWhole(Burst burst, int i, long ip) {
        int length = burst.lengths[i] - Ipv6Header.SIZE;
        int protocol = Ipv6Header.nextHeader(ip);
        if (protocol == Protocol.TCP.number()) {
            return length >= TcpHeader.SIZE
                    && (wide.passKnown(burst, i, ip, SessionRecord.PROTOCOL_TCP)
                            || wide.beginActive(burst, i, ip)
                            || outbound.beginWide(burst, i, ip, length, Protocol.TCP));
        }
        if (protocol == Protocol.UDP.number()) {
            return length >= UdpHeader.SIZE
                    && (wide.passKnown(burst, i, ip, SessionRecord.PROTOCOL_UDP)
                            || outbound.beginWide(burst, i, ip, length, Protocol.UDP));
        }
        if (protocol == Protocol.SCTP.number()) {
            return associations.passWideKnown(burst, i, ip, length);
        }
        return protocol == Icmpv6Header.PROTOCOL && icmpv6.passTransit(burst, i, ip, length);
    }
}
