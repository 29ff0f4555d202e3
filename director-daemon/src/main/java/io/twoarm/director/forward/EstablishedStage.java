package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CHANGES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.LAST_SEEN_OFFSET;
import static io.twoarm.director.session.SessionRecord.SEQUENCE_SHIFT_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_FIRST_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.STATE_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.route.Router;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;

/**
 * Third stage: takes the segment that nearly all are from its session to the outgoing port in one go: ACK, perhaps PSH, in
 * an established session, without options. Its session and its headers are in the cache by now, so a pass for each step
 * would only cost. All other packets go one by one through {@link SingleFile}, and those without a session through the
 * {@link ExceptionPath}, so that all leave in the order in which they came.
 *
 * <p>FullNAT gives each connection to a realserver its own initial sequence number, so all numbers of the client are shifted
 * on the way in, and acknowledgments of them on the way out. A packet of the client becomes LIP:LPORT to RIP:RPORT, one of
 * the realserver VIP:VPORT to CIP:CPORT: the other side's key with its halves swapped. All checksums are corrected by their
 * change (RFC 1624), so that damage done elsewhere stays visible to the receiver; the change of addresses and ports is
 * stored for the way in, the way out has its complement.
 */
final class EstablishedStage {
    private static final int IP_OFFSET = 14;
    private static final int TTL_WORD_OFFSET = IP_OFFSET + 8;
    private static final int ADDRESSES_OFFSET = IP_OFFSET + 12;
    private static final int TRANSPORT_OFFSET = IP_OFFSET + 20;

    /** Of data offset and flags as they lie in memory: offset; FIN, SYN, RST, ACK. */
    private static final int SHAPE_MASK = 0x17f0;

    private static final int PLAIN_SHAPE = TcpHeader.ACK << 8 | 0x50;

    /** What may differ among sessions that this class knows how to treat; every other flag stands for something else. */
    private static final int KNOWN_FLAGS =
            SessionRecord.CLIENT_ADDRESS_FLAG | SessionRecord.SERVER_SYN_FLAG | SessionRecord.ONE_SIDED_FLAG;

    private static final int STATE_MASK = 0xff | (~KNOWN_FLAGS & 0xff) << 8;

    /** Of TCP; neither watched nor with a header of the PROXY protocol pending, which are bits beside the state. */
    private static final int ESTABLISHED = SessionState.ESTABLISHED.ordinal() | SessionRecord.PROTOCOL_TCP << 8;

    private static final int WANTS_ADDRESS = SessionRecord.CLIENT_ADDRESS_FLAG << 8;
    private static final int PROXIED = SessionRecord.PROXIED_FLAG << 8;
    private static final int ANSWERED = SessionRecord.SERVER_SYN_FLAG << 8;

    private final LookupStage lookup;
    private final ProxiedSessions proxied;
    private final WideEstablished wide;
    private final SingleFile others;
    private final EmitStage emit;
    private final Router router;
    private final int ttlStep;
    private final int ttlChange;

    EstablishedStage(
            LookupStage lookup,
            ProxiedSessions proxied,
            WideEstablished wide,
            SingleFile others,
            EmitStage emit,
            Router router,
            boolean decrementTtl) {
        this.lookup = lookup;
        this.proxied = proxied;
        this.wide = wide;
        this.others = others;
        this.emit = emit;
        this.router = router;
        ttlStep = decrementTtl ? 1 : 0;
        ttlChange = decrementTtl ? Ipv4Header.TTL_STEP_CHANGE : 0;
    }

    void run(Burst burst, int count, ExceptionPath exceptions) {
        int smallestMtu = router.smallestMtu();
        for (int i = 0; i < count; i++) {
            long reference = burst.references[i];
            if (reference > 0) {
                reference = lookup.verified(burst, i, reference);
            }
            if (reference > 0) {
                if (burst.lengths[i] <= smallestMtu && pass(burst, i, reference)) {
                    emit.pass(burst, i, reference);
                } else if (!others.pass(burst, i, reference)) {
                    exceptions.pass(burst, i);
                }
            } else if (reference == 0 && !wide.pass(burst, i, smallestMtu)) {
                exceptions.pass(burst, i);
            }
        }
    }

    /** Translates a plain segment; false, and nothing has happened, when it is not. */
    private boolean pass(Burst burst, int i, long reference) {
        long session = SessionTable.session(reference);
        int state = Mem.getShort(session + STATE_OFFSET);
        long frame = Mem.pointer(burst.frames[i]);
        if (!isEstablished(state, STATE_MASK, ESTABLISHED) || !isPlain(frame + TRANSPORT_OFFSET)) {
            return false;
        }
        boolean passed = SessionTable.direction(reference) == SessionTable.FROM_CLIENT
                ? passFromClient(burst, i, session, state, frame)
                : passFromServer(burst, i, session, state, frame);
        if (passed) {
            Mem.putInt(session + LAST_SEEN_OFFSET, burst.clock);
        }
        return passed;
    }

    private boolean passFromClient(Burst burst, int i, long session, int state, long frame) {
        long tcp = frame + TRANSPORT_OFFSET;
        if (wantsAddress(session, state, tcp)) {
            return false;
        }
        burst.hops[i] = SessionRecord.serverHop(session);
        exchange(
                frame,
                Mem.getLong(session + SERVER_ADDRESSES_OFFSET),
                Mem.getInt(session + SERVER_PORTS_OFFSET),
                Mem.getInt(session + CHANGES_OFFSET),
                shiftFromClient(session, state, tcp, proxied));
        return true;
    }

    private boolean passFromServer(Burst burst, int i, long session, int state, long frame) {
        burst.hops[i] = SessionRecord.clientHop(session);
        exchange(
                frame,
                Mem.getLong(session + CLIENT_ADDRESSES_OFFSET),
                Mem.getInt(session + CLIENT_PORTS_OFFSET),
                ~Mem.getInt(session + CHANGES_OFFSET),
                shiftFromServer(session, state, frame + TRANSPORT_OFFSET, proxied));
        return true;
    }

    /** Whether plain segments of a session are known; where a SYN proxy began it, its realserver must have answered. */
    static boolean isEstablished(int state, int mask, int established) {
        int known = state & mask;
        return known == established || known == (established | PROXIED) && (state & ANSWERED) != 0;
    }

    /** Whether a header is ACK, perhaps PSH, and has no options. */
    static boolean isPlain(long tcp) {
        return (Mem.getShort(tcp + TcpHeader.DATA_OFFSET_OFFSET) & SHAPE_MASK) == PLAIN_SHAPE;
    }

    /** Whether a client's segment gets the client's address. */
    static boolean wantsAddress(long session, int state, long tcp) {
        return (state & WANTS_ADDRESS) != 0
                && Mem.getIntBE(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET) == Mem.getInt(session + SERVER_FIRST_OFFSET);
    }

    /** Moves a client's numbers and notes its acknowledgment; returns how the sum under the checksum changes. */
    static long shiftFromClient(long session, int state, long tcp, ProxiedSessions proxied) {
        int before = Mem.getInt(tcp + TcpHeader.SEQUENCE_OFFSET);
        int after = Integer.reverseBytes(Integer.reverseBytes(before) + Mem.getInt(session + SEQUENCE_SHIFT_OFFSET));
        Mem.putInt(tcp + TcpHeader.SEQUENCE_OFFSET, after);
        Mem.putInt(session + CLIENT_EXPECTS_OFFSET, Mem.getIntBE(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET));
        long change = InternetChecksum.change(before, after);
        return (state & PROXIED) == 0 ? change : change + proxied.shiftFromClient(session, tcp);
    }

    /** Moves a realserver's numbers and notes its acknowledgment; returns how the sum under the checksum changes. */
    static long shiftFromServer(long session, int state, long tcp, ProxiedSessions proxied) {
        int before = Mem.getInt(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET);
        int acknowledgment = Integer.reverseBytes(before);
        int after = Integer.reverseBytes(acknowledgment - Mem.getInt(session + SEQUENCE_SHIFT_OFFSET));
        Mem.putInt(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET, after);
        Mem.putInt(session + SERVER_EXPECTS_OFFSET, acknowledgment);
        long change = InternetChecksum.change(before, after);
        return (state & PROXIED) == 0 ? change : change + proxied.shiftFromServer(session, tcp);
    }

    /** Changes addresses, ports, TTL and checksums. */
    private void exchange(long frame, long addresses, int ports, int changes, long segmentChange) {
        Mem.putLong(frame + ADDRESSES_OFFSET, Long.rotateLeft(addresses, 32));
        Mem.putInt(frame + TRANSPORT_OFFSET, Integer.rotateLeft(ports, 16));
        int ttlWord = Mem.getInt(frame + TTL_WORD_OFFSET);
        short checksum = InternetChecksum.update((short) (ttlWord >>> 16), (changes & 0xffff) + ttlChange);
        Mem.putInt(frame + TTL_WORD_OFFSET, (ttlWord & 0xffff) - ttlStep | checksum << 16);
        long at = frame + TRANSPORT_OFFSET + TcpHeader.CHECKSUM_OFFSET;
        Mem.putShort(at, InternetChecksum.update(Mem.getShort(at), (changes >>> 16) + segmentChange));
    }
}
