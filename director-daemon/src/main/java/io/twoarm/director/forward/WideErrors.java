package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.IcmpTranslation;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;
import io.twoarm.director.session.WideSessionTable;

/**
 * ICMP errors about packets of sessions one of whose sides has IPv6, from routers of either family. They go to the session's
 * other side, as {@link IcmpErrors} does it; where that side has the other family, message and quoted packet are translated
 * (RFC 7915, 4.2, 4.3, 5.2 and 5.3). The quotation's transport header stays where it is, and all headers are written anew
 * in front of it.
 */
final class WideErrors {
    private final WorkerTables tables;
    private final WideSessionTable sessions;
    private final NeighbourTable neighbours;
    private final Router router;
    private final Tunnels tunnels;
    private final Emitter emitter;
    private final WideTranslation translation;
    private final int step;

    WideErrors(WorkerTables tables, WideTranslation translation) {
        this.tables = tables;
        this.translation = translation;
        sessions = tables.wideSessions;
        neighbours = tables.neighbours;
        router = tables.router;
        tunnels = tables.tunnels;
        emitter = tables.emitter;
        step = tables.decrementTtl ? 1 : 0;
    }

    /** Takes over an ICMPv6 error whose checksum is right. */
    void pass(Burst burst, int i, long ip, int length) {
        if (!isReadable(ip, length)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_MALFORMED);
        } else if (!passKnown(burst, i, ip, length)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_UNRELATED);
        }
    }

    private static boolean isReadable(long ip, int length) {
        long inner = ip + Ipv6Header.SIZE + Icmpv6Header.SIZE;
        return length - Icmpv6Header.SIZE >= Ipv6Header.SIZE + QuotingErrors.QUOTED_TRANSPORT
                && (Mem.getByte(inner) >>> 4 & 15) == 6;
    }

    /** Takes over an error, whose checksum is right, about a packet of a session here; false for all others. */
    boolean passKnown(Burst burst, int i, long ip, int length) {
        int quoted = length - Icmpv6Header.SIZE;
        long reference = isReadable(ip, length) ? find(ip, ip + Ipv6Header.SIZE + Icmpv6Header.SIZE) : 0;
        if (reference == 0) {
            return false;
        }
        if (Ipv6Header.hopLimit(ip) <= step) {
            // No ICMPv6 error about an ICMPv6 error (RFC 4443, 2.4).
            emitter.drop(burst.mbufs[i], Counter.DROPPED_TTL);
        } else if (WideSessionRecord.isIpv4(SessionTable.session(reference), isToClient(reference))) {
            toIpv4(burst, i, ip, quoted, reference);
        } else {
            exchange(burst, i, ip, quoted, reference);
        }
        return true;
    }

    private static boolean isToClient(long reference) {
        return SessionTable.direction(reference) == SessionTable.FROM_SERVER;
    }

    /** The session of the quoted packet, as the reference that an answer to that packet would have. */
    private long find(long ip, long inner) {
        long source = inner + Ipv6Header.SOURCE_OFFSET;
        long destination = inner + Ipv6Header.DESTINATION_OFFSET;
        long to = ip + Ipv6Header.DESTINATION_OFFSET;
        if (Ipv6Header.high(source) != Ipv6Header.high(to) || Ipv6Header.low(source) != Ipv6Header.low(to)) {
            return 0;
        }
        int next = Ipv6Header.nextHeader(inner);
        long transport = inner + Ipv6Header.SIZE;
        int ports = Integer.rotateLeft(Mem.getInt(transport), 16);
        int protocol = SessionRecord.withPorts(next);
        if (next == Icmpv6Header.PROTOCOL) {
            boolean request = (Mem.getByte(transport) & 0xff) == Icmpv6Header.ECHO_REQUEST;
            int id = Mem.getUnsignedShortBE(transport + Icmpv6Header.ID_OFFSET);
            ports = SessionRecord.joinPorts(request ? 0 : id, request ? id : 0);
            protocol = SessionRecord.PROTOCOL_ECHO;
        }
        return protocol < 0 ? 0 : sessions.find(destination, source, ports, protocol);
    }

    private void exchange(Burst burst, int i, long ip, int quoted, long reference) {
        long session = SessionTable.session(reference);
        boolean toClient = isToClient(reference);
        long icmp = ip + Ipv6Header.SIZE;
        long inner = icmp + Icmpv6Header.SIZE;
        Mem.putByte(ip + Ipv6Header.HOP_LIMIT_OFFSET, (byte) (Ipv6Header.hopLimit(ip) - step));
        if (!toClient && WideSessionRecord.keepsClient(session)) {
            Ipv6Header.copyAddress(
                    session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET, ip + Ipv6Header.DESTINATION_OFFSET);
        } else if (toClient && WideSessionRecord.keepsServer(session)) {
            Ipv6Header.copyAddress(session + WideSessionRecord.CLIENT_OFFSET, ip + Ipv6Header.DESTINATION_OFFSET);
        } else {
            WideTranslation.putAddresses(ip, session, !toClient);
        }
        if (toClient && (Mem.getByte(icmp) & 0xff) == Icmpv6Header.TOO_BIG) {
            long mtu = Integer.toUnsignedLong(Mem.getIntBE(icmp + Icmpv6Header.WORD_OFFSET));
            long left = Math.max(Ipv6Header.LEAST_MTU, mtu - ProxyInsertion.reserve(session));
            Mem.putIntBE(icmp + Icmpv6Header.WORD_OFFSET, (int) left);
        }
        // The quoted packet went the other way than the error goes: its source is the one that the error is for.
        WideTranslation.putAddresses(inner, session, !toClient);
        Ipv6Header.swapAddresses(inner);
        quote(inner + Ipv6Header.SIZE, quoted - Ipv6Header.SIZE, session, toClient);
        Ipv6Header.putChecksum(
                ip, icmp, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, Icmpv6Header.SIZE + quoted);
        send(burst, i, session, toClient);
    }

    private void send(Burst burst, int i, long session, boolean toClient) {
        if (SessionRecord.isOneSided(session) && !tunnels.wrap(burst.mbufs[i], SessionRecord.realserver(session))) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NO_ROUTE);
            return;
        }
        int hop = toClient ? SessionRecord.clientHop(session) : SessionRecord.serverHop(session);
        neighbours.send(hop, burst.mbufs[i], Counter.FORWARDED_ICMP_ERROR.ordinal(), burst.nowMicros);
    }

    /** Gives the quoted transport header ports, identifier and numbers of its first sender. */
    private void quote(long at, int available, long session, boolean toClient) {
        if (SessionRecord.protocol(session) == SessionRecord.PROTOCOL_ECHO) {
            int ports = Mem.getInt(session + (toClient ? CLIENT_PORTS_OFFSET : SERVER_PORTS_OFFSET));
            int id = toClient ? SessionRecord.sourcePort(ports) : SessionRecord.destinationPort(ports);
            Mem.putShortBE(at + Icmpv6Header.ID_OFFSET, id);
            // Between the families the checksum changes its meaning; a quoted one is not verified (RFC 7915, 4.3).
            long checksum = at + Icmpv6Header.CHECKSUM_OFFSET;
            int change = WideTranslation.transportChange(session, !toClient);
            Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), change));
        } else {
            Mem.putInt(at, Mem.getInt(session + (toClient ? CLIENT_PORTS_OFFSET : SERVER_PORTS_OFFSET)));
            long change = WideTranslation.transportChange(session, !toClient);
            IcmpErrors.translateNumbers(at, available, session, toClient, tables.serverShift(session), change);
        }
    }

    /** To the side that has IPv4. */
    private void toIpv4(Burst burst, int i, long ip, int quoted, long reference) {
        long session = SessionTable.session(reference);
        boolean toClient = isToClient(reference);
        long icmp = ip + Ipv6Header.SIZE;
        long inner = icmp + Icmpv6Header.SIZE;
        long head = IcmpTranslation.headToIcmp(icmp);
        int kind = IcmpTranslation.kind(head);
        int word = IcmpTranslation.word(head);
        if (kind == (IcmpHeader.UNREACHABLE << 8 | IcmpHeader.FRAGMENTATION_NEEDED)) {
            int told = Mem.getIntBE(icmp + Icmpv6Header.WORD_OFFSET);
            int reserve = toClient ? ProxyInsertion.reserve(session) : 0;
            int stated = Integer.compareUnsigned(told, reserve) < 0 ? 0 : told - reserve;
            word = IcmpTranslation.mtuToIpv4(stated, mtu(session, toClient), mtu(session, !toClient) - reserve);
        }
        if (kind == IcmpTranslation.NONE) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_TYPE);
            return;
        }
        int tos = Ipv6Header.trafficClass(ip);
        int ttl = Ipv6Header.hopLimit(ip) - step;
        int innerTos = Ipv6Header.trafficClass(inner);
        int innerTotal = Ipv4Header.SIZE + Ipv6Header.payloadLength(inner);
        int innerTtl = Ipv6Header.hopLimit(inner);
        int next = Ipv6Header.nextHeader(inner);
        long transport = inner + Ipv6Header.SIZE;
        int kept = Math.min(quoted - Ipv6Header.SIZE, QuotingErrors.LARGEST_ICMP - QuotingErrors.IPV4_HEADERS);
        if (next == Icmpv6Header.PROTOCOL) {
            // What a client answers is a reply.
            Mem.putByte(transport, (byte) (toClient ? IcmpHeader.ECHO_REQUEST : IcmpHeader.ECHO_REPLY));
        }
        quote(transport, kept, session, toClient);
        long addresses = WideSessionRecord.ipv4Addresses(session, toClient);
        long newIp = transport - QuotingErrors.IPV4_HEADERS;
        int total = QuotingErrors.IPV4_HEADERS + kept;
        translation.writeIpv4(transport - Ipv4Header.SIZE, innerTos, innerTotal, innerTtl, next, addresses);
        QuotingErrors.beginIcmp(newIp, kind, word, total - Ipv4Header.SIZE);
        translation.writeIpv4(newIp, tos, total, ttl, Icmpv6Header.PROTOCOL, Long.rotateLeft(addresses, 32));
        QuotingErrors.restart(burst, i, ip, newIp, total);
        send(burst, i, session, toClient);
    }

    private int mtu(long session, boolean client) {
        return Oversize.wideMtu(router, session, client);
    }

    /**
     * An ICMP error whose checksum is right and whose quoted packet can be read and left from here, but is not of an IPv4
     * session: to the side that has IPv6.
     *
     * @param ip an IPv4 header of 20 bytes
     * @return whether it belongs to a session here; its fate is settled then
     */
    boolean passFromIpv4(Burst burst, int i, long ip, int quoted) {
        long icmp = ip + Ipv4Header.SIZE;
        long inner = icmp + IcmpHeader.SIZE;
        long reference = findFromIpv4(inner);
        if (reference == 0) {
            return false;
        }
        long session = SessionTable.session(reference);
        boolean toClient = isToClient(reference);
        int ttl = (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) - step;
        if (ttl < 1) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_TTL);
            return true;
        }
        long head = IcmpTranslation.headToIcmpv6(icmp);
        int kind = IcmpTranslation.kind(head);
        int word = IcmpTranslation.word(head);
        if (kind == Icmpv6Header.TOO_BIG << 8) {
            word = IcmpTranslation.mtuToIpv6(
                    Mem.getUnsignedShortBE(icmp + IcmpHeader.MTU_OFFSET),
                    Ipv4Header.totalLength(inner),
                    mtu(session, !toClient),
                    mtu(session, toClient),
                    toClient ? ProxyInsertion.reserve(session) : 0);
        }
        if (kind == IcmpTranslation.NONE) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_TYPE);
        } else {
            toIpv6(burst, i, ip, quoted, reference, kind, word);
        }
        return true;
    }

    private long findFromIpv4(long inner) {
        long addresses = Long.rotateLeft(Mem.getLong(inner + Ipv4Header.SOURCE_OFFSET), 32);
        long transport = inner + Ipv4Header.headerLength(inner);
        int protocol = Ipv4Header.protocol(inner);
        if (protocol == Protocol.ICMP.number()) {
            int id = Mem.getUnsignedShortBE(transport + IcmpHeader.ID_OFFSET);
            boolean request = (Mem.getByte(transport) & 0xff) == IcmpHeader.ECHO_REQUEST;
            int ids = SessionRecord.joinPorts(request ? 0 : id, request ? id : 0);
            return sessions.findFromIpv4(addresses, ids, SessionRecord.PROTOCOL_ECHO);
        }
        int withPorts = SessionRecord.withPorts(protocol);
        return withPorts < 0
                ? 0
                : sessions.findFromIpv4(addresses, Integer.rotateLeft(Mem.getInt(transport), 16), withPorts);
    }

    private void toIpv6(Burst burst, int i, long ip, int quoted, long reference, int kind, int word) {
        long session = SessionTable.session(reference);
        boolean toClient = isToClient(reference);
        int tos = Mem.getByte(ip + 1) & 0xff;
        int ttl = (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) - step;
        long inner = ip + Ipv4Header.SIZE + IcmpHeader.SIZE;
        int innerHeader = Ipv4Header.headerLength(inner);
        int innerTos = Mem.getByte(inner + 1) & 0xff;
        int innerLength = Math.max(0, Ipv4Header.totalLength(inner) - innerHeader);
        int innerTtl = Mem.getByte(inner + Ipv4Header.TTL_OFFSET) & 0xff;
        boolean echo = Ipv4Header.protocol(inner) == Protocol.ICMP.number();
        int next = echo ? Icmpv6Header.PROTOCOL : Ipv4Header.protocol(inner);
        long transport = inner + innerHeader;
        int kept = Math.min(quoted - innerHeader, Ipv6Header.LEAST_MTU - QuotingErrors.IPV6_HEADERS);
        if (echo) {
            Mem.putByte(transport, (byte) (toClient ? Icmpv6Header.ECHO_REQUEST : Icmpv6Header.ECHO_REPLY));
        }
        quote(transport, kept, session, toClient);
        long newIp = transport - QuotingErrors.IPV6_HEADERS;
        int length = Icmpv6Header.SIZE + Ipv6Header.SIZE + kept;
        long newInner = transport - Ipv6Header.SIZE;
        Ipv6Header.write(newInner, innerTos, innerLength, next, innerTtl);
        WideTranslation.putAddresses(newInner, session, !toClient);
        Ipv6Header.swapAddresses(newInner);
        Ipv6Header.write(newIp, tos, length, Icmpv6Header.PROTOCOL, ttl);
        WideTranslation.putAddresses(newIp, session, !toClient);
        QuotingErrors.beginIcmpv6(newIp, kind, word, length);
        QuotingErrors.restart(burst, i, ip, newIp, Ipv6Header.SIZE + length);
        send(burst, i, session, toClient);
    }
}
