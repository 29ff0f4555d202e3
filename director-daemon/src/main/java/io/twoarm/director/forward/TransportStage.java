package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.LAST_SEEN_OFFSET;
import static io.twoarm.director.session.SessionRecord.SEQUENCE_SHIFT_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_FIRST_OFFSET;
import static io.twoarm.director.session.SessionRecord.STATE_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.route.Router;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;

/**
 * Third stage: the session's state, and TCP's sequence numbers. FullNAT gives each connection to a realserver its own
 * initial sequence number, so all numbers of the client are shifted on the way in, and acknowledgments of them on the way
 * out.
 *
 * <p>Only the segment that nearly all are is dealt with here: ACK, perhaps PSH, in an established session, without options.
 * All others are {@link UnusualSegments}.
 */
final class TransportStage {
    private static final int TRANSPORT_OFFSET = 34;
    /** Of data offset and flags as they lie in memory: offset; FIN, SYN, RST, ACK. */
    private static final int SHAPE_MASK = 0x17f0;

    private static final int PLAIN_SHAPE = TcpHeader.ACK << 8 | 0x50;
    /** No other state, and no header of the PROXY protocol pending, which is a bit beside the state. */
    private static final int ESTABLISHED = SessionState.ESTABLISHED.ordinal();

    private final UnusualSegments unusual;
    private final Datagrams datagrams;
    private final Router router;

    TransportStage(UnusualSegments unusual, Datagrams datagrams, Router router) {
        this.unusual = unusual;
        this.datagrams = datagrams;
        this.router = router;
    }

    void run(Burst burst, int from, int to) {
        int smallestMtu = router.smallestMtu();
        for (int i = from; i < to; i++) {
            long reference = burst.references[i];
            if (reference > 0) {
                long session = SessionTable.session(reference);
                int stateAndFlags = Mem.getShort(session + STATE_OFFSET);
                if ((stateAndFlags >>> 8 & SessionRecord.PROTOCOL_MASK) != SessionRecord.PROTOCOL_TCP) {
                    datagrams.pass(burst, i);
                } else if (burst.lengths[i] > smallestMtu
                        || (stateAndFlags & 0xff) != ESTABLISHED
                        || !pass(burst, i, reference, session, stateAndFlags)) {
                    unusual.pass(burst, i);
                }
            }
        }
    }

    /** Deals with a plain segment; false when it is not. */
    private static boolean pass(Burst burst, int i, long reference, long session, int stateAndFlags) {
        long tcp = Mem.pointer(burst.frames[i]) + TRANSPORT_OFFSET;
        int shape = Mem.getShort(tcp + TcpHeader.DATA_OFFSET_OFFSET);
        int rawAcknowledgment = Mem.getInt(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET);
        int acknowledgment = Integer.reverseBytes(rawAcknowledgment);
        if ((shape & SHAPE_MASK) != PLAIN_SHAPE) {
            return false;
        }
        int shift = Mem.getInt(session + SEQUENCE_SHIFT_OFFSET);
        if (SessionTable.direction(reference) == SessionTable.FROM_CLIENT) {
            boolean wantsAddress = (stateAndFlags >>> 8 & SessionRecord.CLIENT_ADDRESS_FLAG) != 0;
            if (wantsAddress && acknowledgment == Mem.getInt(session + SERVER_FIRST_OFFSET)) {
                return false;
            }
            int before = Mem.getInt(tcp + TcpHeader.SEQUENCE_OFFSET);
            int after = Integer.reverseBytes(Integer.reverseBytes(before) + shift);
            Mem.putInt(tcp + TcpHeader.SEQUENCE_OFFSET, after);
            Mem.putInt(session + CLIENT_EXPECTS_OFFSET, acknowledgment);
            burst.transportChanges[i] = InternetChecksum.change(before, after);
            burst.hops[i] = SessionRecord.serverHop(session);
        } else {
            int after = Integer.reverseBytes(acknowledgment - shift);
            Mem.putInt(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET, after);
            Mem.putInt(session + SERVER_EXPECTS_OFFSET, acknowledgment);
            burst.transportChanges[i] = InternetChecksum.change(rawAcknowledgment, after);
            burst.hops[i] = SessionRecord.clientHop(session);
        }
        Mem.putInt(session + LAST_SEEN_OFFSET, burst.clock);
        return true;
    }
}
