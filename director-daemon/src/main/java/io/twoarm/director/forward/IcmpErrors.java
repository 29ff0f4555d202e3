package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;

/**
 * ICMP errors about packets that the director forwarded (RFC 5508, 4; RFC 5382, 7.2): destination unreachable, which path
 * MTU discovery needs, source quench and time exceeded.
 *
 * <p>The quoted packet is one that left here, so its key read backwards finds the session. The error goes to the session's
 * other side, with the quoted packet as that side once sent it: its own addresses and ports, its own sequence numbers. The
 * outer source becomes the address that the side knows, VIP or LIP; where the realserver knows the client itself, the
 * router's address stays, as it does for hosts behind the director. An MTU for a client leaves room for the option that
 * its segments will get.
 */
final class IcmpErrors {
    private static final int QUOTED_TRANSPORT = 8;
    private static final int LEAST_MTU = 68;

    private final WorkerTables tables;
    private final SessionTable sessions;
    private final NeighbourTable neighbours;
    private final Tunnels tunnels;
    private final TunnelErrors tunnelErrors;
    private final Emitter emitter;
    private final WideErrors wide;
    private final boolean decrementTtl;

    IcmpErrors(WorkerTables tables, WideErrors wide) {
        this.tables = tables;
        this.wide = wide;
        sessions = tables.sessions;
        neighbours = tables.neighbours;
        tunnels = tables.tunnels;
        tunnelErrors = new TunnelErrors(tables);
        emitter = tables.emitter;
        decrementTtl = tables.decrementTtl;
    }

    /** Takes over an error whose checksum is right. */
    void pass(Burst burst, int i, long ip, int length) {
        long inner = ip + Ipv4Header.SIZE + IcmpHeader.SIZE;
        int quoted = length - IcmpHeader.SIZE;
        if (!isReadable(inner, quoted)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_MALFORMED);
        } else if (!passKnown(burst, i, ip, length)
                && !tunnelErrors.pass(burst, i, ip, length)
                && !(isOurs(ip, inner) && wide.passFromIpv4(burst, i, ip, quoted))) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_UNRELATED);
        }
    }

    /** Takes over an error, whose checksum is right, about a packet of an IPv4 session; false for all others. */
    boolean passKnown(Burst burst, int i, long ip, int length) {
        long mbuf = burst.mbufs[i];
        long inner = ip + Ipv4Header.SIZE + IcmpHeader.SIZE;
        int quoted = length - IcmpHeader.SIZE;
        long reference = isReadable(inner, quoted) && isOurs(ip, inner) ? find(inner) : 0;
        if (reference == 0) {
            return false;
        }
        if (decrementTtl && (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < 2) {
            // No ICMP error about an ICMP error (RFC 1122, 3.2.2).
            emitter.drop(mbuf, Counter.DROPPED_TTL);
        } else {
            int hop = translate(ip, inner, quoted, length, reference);
            long session = SessionTable.session(reference);
            if (SessionRecord.isOneSided(session) && !tunnels.wrap(mbuf, SessionRecord.realserver(session))) {
                emitter.drop(mbuf, Counter.DROPPED_NO_ROUTE);
            } else {
                neighbours.send(hop, mbuf, Counter.FORWARDED_ICMP_ERROR.ordinal(), burst.nowMicros);
            }
        }
        return true;
    }

    /** Takes over an error of a kind that only IPv6 clients can be told of. */
    void passTranslated(Burst burst, int i, long ip, int length) {
        long inner = ip + Ipv4Header.SIZE + IcmpHeader.SIZE;
        int quoted = length - IcmpHeader.SIZE;
        if (!isReadable(inner, quoted) || !isOurs(ip, inner) || !wide.passFromIpv4(burst, i, ip, quoted)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_ICMP_TYPE);
        }
    }

    private static boolean isReadable(long inner, int quoted) {
        if (quoted < Ipv4Header.SIZE + QUOTED_TRANSPORT || (Mem.getByte(inner) >>> 4 & 15) != 4) {
            return false;
        }
        int header = Ipv4Header.headerLength(inner);
        return header >= Ipv4Header.SIZE && quoted >= header + QUOTED_TRANSPORT;
    }

    /** Whether the quoted packet has a transport header and left from the address that the error came to. */
    private static boolean isOurs(long ip, long inner) {
        boolean laterFragment = (Mem.getUnsignedShortBE(inner + Ipv4Header.FRAGMENT_OFFSET) & 0x1fff) != 0;
        boolean sentFromHere =
                Mem.getInt(ip + Ipv4Header.DESTINATION_OFFSET) == Mem.getInt(inner + Ipv4Header.SOURCE_OFFSET);
        return !laterFragment && sentFromHere;
    }

    /** The session of the quoted packet, as the reference that an answer to that packet would have. */
    private long find(long inner) {
        long addresses = Long.rotateLeft(Mem.getLong(inner + Ipv4Header.SOURCE_OFFSET), 32);
        long transport = inner + Ipv4Header.headerLength(inner);
        int protocol = Ipv4Header.protocol(inner);
        if (protocol == Protocol.ICMP.number()) {
            return findEcho(addresses, transport);
        }
        int ports = Integer.rotateLeft(Mem.getInt(transport), 16);
        int withPorts = SessionRecord.withPorts(protocol);
        return withPorts < 0 ? 0 : sessions.find(addresses, ports, withPorts);
    }

    private long findEcho(long addresses, long icmp) {
        int identifier = Mem.getUnsignedShortBE(icmp + IcmpHeader.ID_OFFSET);
        return switch (Mem.getByte(icmp) & 0xff) {
            case IcmpHeader.ECHO_REQUEST ->
                sessions.find(addresses, SessionRecord.joinPorts(0, identifier), SessionRecord.PROTOCOL_ECHO);
            case IcmpHeader.ECHO_REPLY ->
                sessions.find(addresses, SessionRecord.joinPorts(identifier, 0), SessionRecord.PROTOCOL_ECHO);
            default -> 0;
        };
    }

    /** Rewrites the whole message; returns the number of the neighbour that it goes to. */
    private int translate(long ip, long inner, int quoted, int length, long reference) {
        long session = SessionTable.session(reference);
        boolean toClient = SessionTable.direction(reference) == SessionTable.FROM_SERVER;
        long key = Mem.getLong(session + (toClient ? CLIENT_ADDRESSES_OFFSET : SERVER_ADDRESSES_OFFSET));
        long outer = Long.rotateLeft(key, 32);
        if (!toClient && WideSessionRecord.keepsClient(session)) {
            outer = SessionRecord.join(Mem.getInt(ip + Ipv4Header.SOURCE_OFFSET), SessionRecord.destination(outer));
        }
        if (toClient && WideSessionRecord.keepsServer(session)) {
            // A host behind the director sees the routers on its way, as without it.
            outer = SessionRecord.join(Mem.getInt(ip + Ipv4Header.SOURCE_OFFSET), SessionRecord.destination(outer));
        }
        Ipv4Translation.exchange(ip, outer, decrementTtl);
        long icmp = ip + Ipv4Header.SIZE;
        if (toClient) {
            leaveRoom(icmp, session);
        }
        long addressChange = Ipv4Translation.exchange(inner, key, false);
        int header = Ipv4Header.headerLength(inner);
        translateQuoted(inner + header, quoted - header, session, toClient, addressChange);
        Mem.putShort(icmp + IcmpHeader.CHECKSUM_OFFSET, (short) 0);
        Mem.putShort(icmp + IcmpHeader.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(icmp, length)));
        return toClient ? SessionRecord.clientHop(session) : SessionRecord.serverHop(session);
    }

    private static void leaveRoom(long icmp, long session) {
        boolean tooBig = (Mem.getByte(icmp) & 0xff) == IcmpHeader.UNREACHABLE
                && (Mem.getByte(icmp + IcmpHeader.CODE_OFFSET) & 0xff) == IcmpHeader.FRAGMENTATION_NEEDED;
        int reserve = ProxyInsertion.reserve(session);
        int mtu = Mem.getUnsignedShortBE(icmp + IcmpHeader.MTU_OFFSET);
        if (tooBig && reserve != 0 && mtu >= LEAST_MTU + reserve) {
            Mem.putShortBE(icmp + IcmpHeader.MTU_OFFSET, mtu - reserve);
        }
    }

    /** Gives the quoted transport header the ports and numbers of its first sender, as far as it is quoted. */
    private void translateQuoted(long at, int available, long session, boolean toClient, long addressChange) {
        int protocol = SessionRecord.protocol(session);
        if (protocol == SessionRecord.PROTOCOL_ECHO) {
            int ports = Mem.getInt(session + (toClient ? CLIENT_PORTS_OFFSET : SERVER_PORTS_OFFSET));
            int id = toClient ? SessionRecord.sourcePort(ports) : SessionRecord.destinationPort(ports);
            int idBefore = Mem.getShort(at + IcmpHeader.ID_OFFSET) & 0xffff;
            Mem.putShortBE(at + IcmpHeader.ID_OFFSET, id);
            int idAfter = Mem.getShort(at + IcmpHeader.ID_OFFSET) & 0xffff;
            update(at + IcmpHeader.CHECKSUM_OFFSET, (~idBefore & 0xffff) + idAfter);
            return;
        }
        int before = Mem.getInt(at);
        int after = Mem.getInt(session + (toClient ? CLIENT_PORTS_OFFSET : SERVER_PORTS_OFFSET));
        Mem.putInt(at, after);
        long change = addressChange + InternetChecksum.change(before, after);
        translateNumbers(at, available, session, toClient, tables.serverShift(session), change);
    }

    /**
     * Gives the rest of a quoted TCP or UDP header the numbers and the checksum of its first sender.
     *
     * @param serverShift see {@link WorkerTables#serverShift}
     * @param addressAndPortChange of the sum under the checksum
     */
    static void translateNumbers(
            long at, int available, long session, boolean toClient, int serverShift, long addressAndPortChange) {
        long change = addressAndPortChange;
        if (SessionRecord.protocol(session) == SessionRecord.PROTOCOL_UDP) {
            if (Mem.getShort(at + UdpHeader.CHECKSUM_OFFSET) != 0) {
                update(at + UdpHeader.CHECKSUM_OFFSET, change);
            }
            return;
        }
        if (SessionRecord.protocol(session) == SessionRecord.PROTOCOL_SCTP) {
            // A quoted checksum of SCTP covers what is not quoted; nobody verifies it (RFC 9260, 10).
            return;
        }
        int shift = Mem.getInt(session + SessionRecord.SEQUENCE_SHIFT_OFFSET);
        if (toClient) {
            change += TcpHeader.shiftNumber(at + TcpHeader.SEQUENCE_OFFSET, -shift);
        } else {
            change += TcpHeader.shiftNumber(at + TcpHeader.SEQUENCE_OFFSET, -serverShift);
        }
        if (available >= TcpHeader.ACKNOWLEDGMENT_OFFSET + 4) {
            change += TcpHeader.shiftNumber(at + TcpHeader.ACKNOWLEDGMENT_OFFSET, toClient ? serverShift : shift);
        }
        if (available >= TcpHeader.CHECKSUM_OFFSET + 2) {
            update(at + TcpHeader.CHECKSUM_OFFSET, change);
        }
    }

    private static void update(long checksum, long change) {
        Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), change));
    }
}
