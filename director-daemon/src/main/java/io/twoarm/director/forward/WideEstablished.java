package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.LAST_SEEN_OFFSET;
import static io.twoarm.director.session.SessionRecord.STATE_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionTable;

/**
 * The plain segments of {@link EstablishedStage} for sessions whose clients have IPv6: to the port's own Ethernet address,
 * IPv6 without extension headers or plain IPv4 of a realserver, hops left for one more. What the addresses may be was
 * looked at when the session began. All other packets are left as they are to the {@link ExceptionPath}.
 */
final class WideEstablished {
    private static final short RAW_TYPE_IPV6 = (short) 0xdd86;
    private static final int IP_OFFSET = EthernetHeader.SIZE;
    private static final int LEAST_FRAME = EthernetHeader.SIZE + Ipv6Header.SIZE + TcpHeader.SIZE;
    private static final int TCP = Protocol.TCP.number();

    /** What may differ among sessions that this class knows how to treat; every other flag stands for something else. */
    private static final int KNOWN_FLAGS =
            SessionRecord.CLIENT_ADDRESS_FLAG | SessionRecord.SERVER_SYN_FLAG | SessionRecord.IPV4_SERVER_FLAG;

    private static final int STATE_MASK = 0xff | (~KNOWN_FLAGS & 0xff) << 8;

    private static final int ESTABLISHED =
            SessionState.ESTABLISHED.ordinal() | (SessionRecord.PROTOCOL_TCP | SessionRecord.WIDE_FLAG) << 8;

    private final WideSessionTable sessions;
    private final ProxiedSessions proxied;
    private final WideTranslation translation;
    private final EmitStage emit;
    private final long[] rawMacs;
    private final int leastTtl;

    WideEstablished(WorkerTables tables, WideTranslation translation, EmitStage emit) {
        this.translation = translation;
        this.emit = emit;
        sessions = tables.wideSessions;
        proxied = tables.wideProxied;
        leastTtl = tables.leastTtl();
        rawMacs = tables.emitter.rawMacs();
    }

    /** Sends a plain segment on; false, and nothing has happened, when it is not one. */
    boolean pass(Burst burst, int i, int smallestMtu) {
        if (sessions.size() == 0) {
            return false;
        }
        // Only plain packets of IPv4 have a hash.
        return burst.hashes[i] != 0 ? passIpv4(burst, i, smallestMtu) : passIpv6(burst, i, smallestMtu);
    }

    private boolean passIpv6(Burst burst, int i, int smallestMtu) {
        long frame = Mem.pointer(burst.frames[i]);
        long mbuf = burst.mbufs[i];
        int frameLength = Mbuf.length(mbuf);
        if (frameLength < LEAST_FRAME || Mem.getShort(frame + EthernetHeader.TYPE_OFFSET) != RAW_TYPE_IPV6) {
            return false;
        }
        long ip = frame + IP_OFFSET;
        int total = Ipv6Header.SIZE + Ipv6Header.payloadLength(ip);
        boolean plain = (Mem.getByte(ip) & 0xf0) == 0x60
                && Ipv6Header.nextHeader(ip) == TCP
                && Ipv6Header.hopLimit(ip) >= leastTtl
                && total >= Ipv6Header.SIZE + TcpHeader.SIZE
                && total <= Math.min(frameLength - EthernetHeader.SIZE, smallestMtu)
                && (Mem.getLong(frame) & EthernetHeader.ADDRESS_MASK) == rawMacs[burst.port]
                && EstablishedStage.isPlain(ip + Ipv6Header.SIZE);
        if (!plain) {
            return false;
        }
        long reference = sessions.find(
                ip + Ipv6Header.SOURCE_OFFSET,
                ip + Ipv6Header.DESTINATION_OFFSET,
                Mem.getInt(ip + Ipv6Header.SIZE),
                SessionRecord.PROTOCOL_TCP);
        if (reference == 0 || !translate(burst, i, reference, ip + Ipv6Header.SIZE)) {
            return false;
        }
        if (frameLength != total + EthernetHeader.SIZE) {
            Mbuf.setLength(mbuf, total + EthernetHeader.SIZE);
        }
        burst.lengths[i] = total;
        send(burst, i, reference);
        return true;
    }

    /** Of a realserver with IPv4: the packet grows by the difference of the headers. */
    private boolean passIpv4(Burst burst, int i, int smallestMtu) {
        long ip = Mem.pointer(burst.frames[i]) + IP_OFFSET;
        long tcp = ip + Ipv4Header.SIZE;
        if (Ipv4Header.protocol(ip) != TCP
                || burst.lengths[i] + WideTranslation.GROWTH > smallestMtu
                || !EstablishedStage.isPlain(tcp)) {
            return false;
        }
        long reference = sessions.findFromIpv4(
                Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET), Mem.getInt(tcp), SessionRecord.PROTOCOL_TCP);
        if (reference == 0 || !translate(burst, i, reference, tcp)) {
            return false;
        }
        send(burst, i, reference);
        return true;
    }

    /** Changes the segment, and notes what the session must know of it. */
    private boolean translate(Burst burst, int i, long reference, long tcp) {
        long session = SessionTable.session(reference);
        int state = Mem.getShort(session + STATE_OFFSET);
        if (!EstablishedStage.isEstablished(state, STATE_MASK, ESTABLISHED)) {
            return false;
        }
        if (SessionTable.direction(reference) == SessionTable.FROM_CLIENT) {
            if (EstablishedStage.wantsAddress(session, state, tcp)) {
                return false;
            }
            burst.hops[i] = SessionRecord.serverHop(session);
            burst.transportChanges[i] = EstablishedStage.shiftFromClient(session, state, tcp, proxied);
        } else {
            burst.hops[i] = SessionRecord.clientHop(session);
            burst.transportChanges[i] = EstablishedStage.shiftFromServer(session, state, tcp, proxied);
        }
        Mem.putInt(session + LAST_SEEN_OFFSET, burst.clock);
        return true;
    }

    private void send(Burst burst, int i, long reference) {
        translation.pass(burst, i, reference);
        emit.pass(burst, i, reference);
    }
}
