package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.LAST_SEEN_OFFSET;
import static io.twoarm.director.session.SessionRecord.SEQUENCE_SHIFT_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_EXPECTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_FIRST_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.TcpOptions;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SequenceNumbers;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.TcpTransitions;
import io.twoarm.director.session.WideSessionRecord;

/**
 * TCP segments of a session that are not the plain one of {@link EstablishedStage}: connections that begin and end, options,
 * the client's address, packets too large.
 *
 * <p>From clients, options that claim a client address are overwritten, and timestamps on SYN: the clocks of different
 * clients behind one local address would make a realserver discard segments (RFC 7323, 5). The realserver's SYN-ACK gets a
 * lower MSS where the client's address will be added to segments. SACK blocks of the realserver move with the
 * acknowledgments (RFC 2018).
 */
final class UnusualSegments {
    private static final int SYN_RECV = SessionState.SYN_RECV.ordinal();
    private static final int OPENING_FLAGS = TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST | TcpHeader.FIN;
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;

    /** A reopened connection begins at least so far behind what the realserver knows of the old one. */
    private static final int INCARNATION_GAP = 1 << 16;

    /** What a packet that will be cut may grow to: it is cut behind this step. */
    private static final int LARGEST = 65_500;

    private final SessionLifecycle lifecycle;
    private final ServiceTable services;
    private final SequenceNumbers sequenceNumbers;
    private final ClientAddressOption clientAddress;
    private final ProxyInsertion proxies;
    private final PassiveFtp ftp;
    private final ActiveFtp activeFtp;
    private final Oversize oversize;
    private final ProxiedSegments proxied;
    private final Emitter emitter;
    private final Counters counters;

    UnusualSegments(
            WorkerTables tables,
            SessionLifecycle lifecycle,
            Oversize oversize,
            ProxyInsertion proxies,
            PassiveFtp ftp,
            ActiveFtp activeFtp,
            SequenceNumbers sequenceNumbers,
            ProxiedSegments proxied) {
        this.proxied = proxied;
        this.ftp = ftp;
        this.activeFtp = activeFtp;
        this.proxies = proxies;
        this.lifecycle = lifecycle;
        this.oversize = oversize;
        this.sequenceNumbers = sequenceNumbers;
        services = tables.services;
        emitter = tables.emitter;
        counters = tables.counters;
        clientAddress = new ClientAddressOption(services, counters);
    }

    void pass(Burst burst, int i) {
        long reference = burst.references[i];
        long session = SessionTable.session(reference);
        long tcp = burst.frames[i] + EthernetHeader.SIZE + burst.headers[i];
        int header = TcpHeader.headerLength(tcp);
        if (header < TcpHeader.SIZE || header > burst.lengths[i] - burst.headers[i]) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_L4_MALFORMED);
            burst.references[i] = Burst.SETTLED;
            return;
        }
        if (SessionRecord.isProxied(session) && !proxiedGoesOn(burst, i, reference, tcp)) {
            return;
        }
        // The SYN proxy may have made it another segment.
        int flags = TcpHeader.flags(tcp);
        header = TcpHeader.headerLength(tcp);
        boolean getsHeader = ProxyInsertion.isPending(session)
                && SessionTable.direction(reference) == SessionTable.FROM_CLIENT
                && ProxyInsertion.isFirst(session, tcp, flags, burst.lengths[i] - burst.headers[i] - header);
        if (oversize.settle(burst, i, ProxyInsertion.reserve(session), getsHeader ? proxies.size(session) : 0)) {
            return;
        }
        if (SessionTable.direction(reference) == SessionTable.FROM_CLIENT) {
            passFromClient(burst, i, session, tcp, flags, header - TcpHeader.SIZE);
        } else {
            passFromServer(burst, i, session, tcp, flags, header - TcpHeader.SIZE);
        }
    }

    /** False when the segment is settled, or stands without a session. */
    private boolean proxiedGoesOn(Burst burst, int i, long reference, long tcp) {
        long session = SessionTable.session(reference);
        int flags = TcpHeader.flags(tcp);
        ProxiedSegments.Fate fate = SessionTable.direction(reference) == SessionTable.FROM_CLIENT
                ? proxied.fromClient(burst, i, session, flags)
                : proxied.fromServer(burst, i, session, tcp, flags);
        if (fate == ProxiedSegments.Fate.ENDS_SESSION) {
            endWithin(burst, i, session);
        }
        return fate == ProxiedSegments.Fate.GOES_ON;
    }

    private void passFromClient(Burst burst, int i, long session, long tcp, int flags, int optionBytes) {
        int state = SessionRecord.state(session);
        boolean alone = SessionRecord.isOneSided(session);
        int next = TcpTransitions.next(alone ? TcpTransitions.CLIENT_ALONE : SessionTable.FROM_CLIENT, state, flags);
        boolean syn = (flags & OPENING_FLAGS) == TcpHeader.SYN;
        if (syn && next == SYN_RECV && state != SYN_RECV && !open(burst, i, session, tcp, state)) {
            return;
        }
        boolean outbound = !alone && WideSessionRecord.keepsServer(session);
        long change = optionBytes == 0 || alone || outbound
                ? 0
                : cleanOptions(tcp + TcpHeader.SIZE, optionBytes, syn && !WideSessionRecord.keepsClient(session));
        if (SessionRecord.isWatched(session)) {
            change += activeFtp.look(burst, i, session, tcp, optionBytes);
        }
        change += shiftSequence(burst, i, session, tcp, flags, optionBytes);
        if ((flags & TcpHeader.ACK) != 0) {
            // The segment may have moved.
            long at = burst.frames[i] + EthernetHeader.SIZE + burst.headers[i];
            change += noteAcknowledgment(burst, i, session, at, flags);
            if (SessionRecord.isProxied(session)) {
                change += proxied.toServer(burst, i, session);
            }
        }
        Mem.putInt(session + LAST_SEEN_OFFSET, burst.clock);
        lifecycle.changeState(session, next);
        burst.transportChanges[i] = change;
        burst.hops[i] = SessionRecord.serverHop(session);
    }

    /** Moves a client's sequence number, and puts the header in front of its first data. */
    private long shiftSequence(Burst burst, int i, long session, long tcp, int flags, int optionBytes) {
        int before = Mem.getInt(tcp + TcpHeader.SEQUENCE_OFFSET);
        int sequence = Integer.reverseBytes(before);
        int shift = Mem.getInt(session + SEQUENCE_SHIFT_OFFSET);
        boolean isFirst = false;
        if (ProxyInsertion.isPending(session)) {
            int payload = burst.lengths[i] - burst.headers[i] - TcpHeader.SIZE - optionBytes;
            isFirst = ProxyInsertion.isFirst(session, tcp, flags, payload);
            shift += proxies.shift(session, sequence);
        } else if (SessionRecord.isWatched(session)) {
            shift += activeFtp.shift(session, sequence);
        }
        int after = Integer.reverseBytes(sequence + shift);
        Mem.putInt(tcp + TcpHeader.SEQUENCE_OFFSET, after);
        long change = InternetChecksum.change(before, after);
        return isFirst ? change + proxies.insertIntoSegment(burst, i, session) : change;
    }

    private long noteAcknowledgment(Burst burst, int i, long session, long tcp, int flags) {
        int acknowledgment = Mem.getIntBE(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET);
        if ((flags & TcpHeader.RST) == 0) {
            Mem.putInt(session + CLIENT_EXPECTS_OFFSET, acknowledgment);
        }
        int wanted = SessionRecord.CLIENT_ADDRESS_FLAG | SessionRecord.SERVER_SYN_FLAG;
        boolean unheard = (SessionRecord.flags(session) & wanted) == wanted
                && acknowledgment == Mem.getInt(session + SERVER_FIRST_OFFSET);
        // Until the client acknowledges data of the realserver, nothing proves that the address arrived: repeat it.
        return unheard && (flags & (TcpHeader.SYN | TcpHeader.RST)) == 0
                ? clientAddress.insert(
                        burst, i, session, burst.cuts[i] != 0 ? LARGEST : oversize.limit(burst.references[i]))
                : 0;
    }

    private long cleanOptions(long options, int bytes, boolean syn) {
        long before = InternetChecksum.sum(options, bytes);
        int removed = TcpOptions.clean(options, bytes, syn);
        if ((removed & TcpOptions.REMOVED_CLIENT_ADDRESS) != 0) {
            counters.count(Counter.TOA_FORGED);
        }
        if ((removed & TcpOptions.REMOVED_TIMESTAMPS) != 0) {
            counters.count(Counter.TIMESTAMPS_REMOVED);
        }
        return InternetChecksum.change(before, InternetChecksum.sum(options, bytes));
    }

    /**
     * Opens a connection in a session that is new or whose last connection has ended. False when its realserver takes no
     * new ones: the session is gone then, and the segment is to be looked up again. A client whose address the realserver
     * sees keeps its own numbers, and so does a host behind the director.
     */
    private boolean open(Burst burst, int i, long session, long tcp, int state) {
        boolean reused = state != SessionState.NONE.ordinal();
        if (reused) {
            if (!services.isAvailable(SessionRecord.realserver(session))) {
                endWithin(burst, i, session);
                return false;
            }
            counters.count(Counter.SESSIONS_REUSED);
        }
        if (WideSessionRecord.keepsClient(session) || WideSessionRecord.keepsServer(session)) {
            return true;
        }
        int initial = sequenceNumbers.initial(
                Long.rotateLeft(Mem.getLong(session + SERVER_ADDRESSES_OFFSET), 32),
                Integer.rotateLeft(Mem.getInt(session + SERVER_PORTS_OFFSET), 16),
                burst.nowMicros);
        int expected = Mem.getInt(session + SERVER_EXPECTS_OFFSET);
        boolean answered = (SessionRecord.flags(session) & SessionRecord.SERVER_SYN_FLAG) != 0;
        // A realserver in TIME_WAIT takes a SYN only with a number beyond the old ones (RFC 9293, 3.10.7.4).
        if (answered && initial - expected < INCARNATION_GAP) {
            initial = expected + INCARNATION_GAP;
        }
        int sequence = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET);
        Mem.putInt(session + SEQUENCE_SHIFT_OFFSET, initial - sequence);
        Mem.putInt(session + SERVER_FIRST_OFFSET, 0);
        SessionRecord.setFlags(session, SessionRecord.flags(session) & ~SessionRecord.SERVER_SYN_FLAG);
        proxies.open(session, sequence + 1);
        return true;
    }

    /** Ends a session that packets further back in the burst may refer to; they are looked up again. */
    private void endWithin(Burst burst, int i, long session) {
        for (int other = i; other < burst.references.length; other++) {
            long reference = burst.references[other];
            if (reference > 0 && SessionTable.session(reference) == session) {
                burst.references[other] = 0;
            }
        }
        lifecycle.end(session);
    }

    private void passFromServer(Burst burst, int i, long session, long tcp, int flags, int optionBytes) {
        long change = 0;
        if ((flags & OPENING_FLAGS) == SYN_ACK) {
            if (!ProxyInsertion.isPending(session)) {
                Mem.putInt(session + SERVER_FIRST_OFFSET, Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET) + 1);
            }
            SessionRecord.setFlags(session, SessionRecord.flags(session) | SessionRecord.SERVER_SYN_FLAG);
        }
        int shift = Mem.getInt(session + SEQUENCE_SHIFT_OFFSET);
        if (SessionRecord.isWatched(session)) {
            int headers = burst.headers[i] + TcpHeader.SIZE + optionBytes;
            change +=
                    ftp.look(session, tcp + TcpHeader.SIZE + optionBytes, burst.lengths[i] - headers, burst.nowMicros);
        }
        if (optionBytes != 0) {
            change += changeServerOptions(session, tcp + TcpHeader.SIZE, optionBytes, flags, shift);
        }
        if ((flags & TcpHeader.ACK) != 0) {
            int before = Mem.getInt(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET);
            int acknowledgment = Integer.reverseBytes(before);
            int forClient = ProxyInsertion.isPending(session)
                    ? proxies.acknowledgment(session, acknowledgment)
                    : unshifted(session, acknowledgment, shift);
            int after = Integer.reverseBytes(forClient);
            Mem.putInt(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET, after);
            change += InternetChecksum.change(before, after);
            if ((flags & TcpHeader.RST) == 0) {
                Mem.putInt(session + SERVER_EXPECTS_OFFSET, acknowledgment);
            }
        }
        if (SessionRecord.isProxied(session)) {
            change += proxied.toClient(session, tcp);
        }
        Mem.putInt(session + LAST_SEEN_OFFSET, burst.clock);
        int state = SessionRecord.state(session);
        lifecycle.changeState(session, TcpTransitions.next(SessionTable.FROM_SERVER, state, flags));
        burst.transportChanges[i] = change;
        burst.hops[i] = SessionRecord.clientHop(session);
    }

    private int unshifted(long session, int acknowledgment, int shift) {
        int before = acknowledgment - shift;
        return SessionRecord.isWatched(session) ? activeFtp.acknowledgment(session, before) : before;
    }

    private long changeServerOptions(long session, long options, int bytes, int flags, int shift) {
        long before = InternetChecksum.sum(options, bytes);
        if ((flags & TcpHeader.SYN) == 0) {
            shiftSackBlocks(session, options, bytes, shift);
        } else if (TcpOptions.lowerMss(options, bytes, roomInSegments(session))) {
            counters.count(Counter.MSS_LOWERED);
        }
        return InternetChecksum.change(before, InternetChecksum.sum(options, bytes));
    }

    private void shiftSackBlocks(long session, long options, int bytes, int shift) {
        if (ProxyInsertion.isPending(session)) {
            int first = Mem.getInt(session + SERVER_FIRST_OFFSET);
            TcpOptions.shiftSackBlocks(options, bytes, shift + proxies.size(session), first);
        } else {
            TcpOptions.shiftSackBlocks(options, bytes, shift);
            if (SessionRecord.isWatched(session)) {
                activeFtp.correctSackBlocks(session, options, bytes);
            }
        }
    }

    private int roomInSegments(long session) {
        return ProxyInsertion.isPending(session) ? proxies.size(session) : ClientAddressOption.room(session);
    }
}
