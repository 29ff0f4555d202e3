package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.SctpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;
import io.twoarm.director.session.WideSessionTable;

/**
 * SCTP (RFC 9260) of sessions of all modes and families, one packet at a time. An association begins with INIT; what the
 * first chunk of a packet says moves the session's state. Addresses that the ends tell each other within chunks stay as they
 * are, so associations have one path.
 */
final class Associations {
    private static final int SCTP = SessionRecord.PROTOCOL_SCTP;
    private static final int INIT = SessionState.SCTP_INIT.ordinal();
    private static final int ESTABLISHED = SessionState.SCTP_ESTABLISHED.ordinal();
    private static final int SHUTDOWN = SessionState.SCTP_SHUTDOWN.ordinal();
    private static final int CLOSED = SessionState.SCTP_CLOSED.ordinal();

    private final SessionTable sessions;
    private final WideSessionTable wideSessions;
    private final ServiceTable services;
    private final SessionLifecycle lifecycle;
    private final SessionLifecycle wideLifecycle;
    private final FlowSetup flows;
    private final WideFlows wideFlows;
    private final Oversize oversize;
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final WideTranslation translation;
    private final EmitStage emit;
    private final Emitter emitter;
    private final boolean decrementTtl;
    private final int leastTtl;

    Associations(
            WorkerTables tables,
            SessionLifecycle lifecycle,
            SessionLifecycle wideLifecycle,
            FlowSetup flows,
            WideFlows wideFlows,
            Oversize oversize,
            IcmpAnswers answers,
            Icmpv6Answers wideAnswers,
            WideTranslation translation,
            EmitStage emit) {
        this.lifecycle = lifecycle;
        this.wideLifecycle = wideLifecycle;
        this.flows = flows;
        this.wideFlows = wideFlows;
        this.oversize = oversize;
        this.answers = answers;
        this.wideAnswers = wideAnswers;
        this.translation = translation;
        this.emit = emit;
        sessions = tables.sessions;
        wideSessions = tables.wideSessions;
        services = tables.services;
        emitter = tables.emitter;
        decrementTtl = tables.decrementTtl;
        leastTtl = tables.leastTtl();
    }

    /** Takes over a packet behind 20 bytes of IPv4 header that is of a session, or for a service; false for all others. */
    boolean pass(Burst burst, int i, long ip, int length) {
        if (passKnown(burst, i, ip, length)) {
            return true;
        }
        int service = length < SctpHeader.LEAST
                ? -1
                : services.find(
                        Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET),
                        Mem.getUnsignedShortBE(ip + Ipv4Header.SIZE + 2),
                        Protocol.SCTP.number());
        if (service < 0) {
            return false;
        }
        long sctp = ip + Ipv4Header.SIZE;
        if (chunk(sctp) != SctpHeader.INIT) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NO_SESSION);
        } else if (!endsHere(burst, i, ip)) {
            long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
            long reference = flows.create(burst, i, service, addresses, Mem.getInt(sctp), SCTP);
            if (reference != 0) {
                forward(burst, i, ip, reference, Ipv4Header.SIZE);
            }
        }
        return true;
    }

    /** Takes over a packet behind 20 bytes of IPv4 header that is of a session; false for all others. */
    boolean passKnown(Burst burst, int i, long ip, int length) {
        if (length < SctpHeader.LEAST) {
            return false;
        }
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        int ports = Mem.getInt(ip + Ipv4Header.SIZE);
        long narrow = sessions.find(addresses, ports, SCTP);
        long reference = narrow != 0 ? narrow : wideSessions.findFromIpv4(addresses, ports, SCTP);
        if (reference != 0 && !endsHere(burst, i, ip)) {
            forward(burst, i, ip, reference, Ipv4Header.SIZE);
        }
        return reference != 0;
    }

    /** The same as {@link #pass} behind 40 bytes of IPv6 header. */
    boolean passWide(Burst burst, int i, long ip, int length) {
        if (passWideKnown(burst, i, ip, length)) {
            return true;
        }
        long to = ip + Ipv6Header.DESTINATION_OFFSET;
        long sctp = ip + Ipv6Header.SIZE;
        int service = length < SctpHeader.LEAST
                ? -1
                : services.find(
                        Ipv6Header.high(to),
                        Ipv6Header.low(to),
                        Mem.getUnsignedShortBE(sctp + 2),
                        Protocol.SCTP.number());
        if (service < 0) {
            return false;
        }
        if (chunk(sctp) != SctpHeader.INIT) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NO_SESSION);
        } else if (!endsHereWide(burst, i, ip)) {
            long reference = wideFlows.create(burst, i, ip, service, Mem.getInt(sctp), SCTP);
            if (reference != 0) {
                forward(burst, i, ip, reference, Ipv6Header.SIZE);
            }
        }
        return true;
    }

    /** The same as {@link #passKnown} behind 40 bytes of IPv6 header. */
    boolean passWideKnown(Burst burst, int i, long ip, int length) {
        long reference = length < SctpHeader.LEAST
                ? 0
                : wideSessions.find(
                        ip + Ipv6Header.SOURCE_OFFSET,
                        ip + Ipv6Header.DESTINATION_OFFSET,
                        Mem.getInt(ip + Ipv6Header.SIZE),
                        SCTP);
        if (reference != 0 && !endsHereWide(burst, i, ip)) {
            forward(burst, i, ip, reference, Ipv6Header.SIZE);
        }
        return reference != 0;
    }

    private static int chunk(long sctp) {
        return Mem.getByte(sctp + SctpHeader.CHUNK_OFFSET) & 0xff;
    }

    private boolean endsHere(Burst burst, int i, long ip) {
        boolean over = (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < leastTtl;
        if (over) {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
        }
        return over;
    }

    private boolean endsHereWide(Burst burst, int i, long ip) {
        boolean over = Ipv6Header.hopLimit(ip) < leastTtl;
        if (over) {
            wideAnswers.hopLimitExceeded(burst, i);
        }
        return over;
    }

    private void forward(Burst burst, int i, long ip, long reference, int header) {
        burst.references[i] = reference;
        burst.headers[i] = header;
        burst.frames[i] = ip - EthernetHeader.SIZE;
        int length = burst.lengths[i] - header;
        if (!oversize.settle(burst, i, 0)) {
            long session = SessionTable.session(reference);
            boolean fromClient = SessionTable.direction(reference) == SessionTable.FROM_CLIENT;
            move(session, fromClient, chunk(ip + header), burst.clock);
            long sctp = network(burst, i, ip, reference);
            int ports = Mem.getInt(session + (fromClient ? SERVER_PORTS_OFFSET : CLIENT_PORTS_OFFSET));
            SctpHeader.exchangePorts(sctp, length, Integer.rotateLeft(ports, 16));
            burst.hops[i] = fromClient ? SessionRecord.serverHop(session) : SessionRecord.clientHop(session);
            emit.pass(burst, i, reference);
        }
        burst.headers[i] = Ipv4Header.SIZE;
        burst.references[i] = Burst.SETTLED;
    }

    /** Gives a packet the header of the other side; returns where SCTP's is then. */
    private long network(Burst burst, int i, long ip, long reference) {
        long session = SessionTable.session(reference);
        if (WideSessionRecord.isWide(session)) {
            translation.pass(burst, i, reference);
            long moved = Mbuf.data(burst.mbufs[i]) + EthernetHeader.SIZE;
            boolean ipv4 = (Mem.getByte(moved) >>> 4 & 15) == 4;
            return moved + (ipv4 ? Ipv4Header.SIZE : Ipv6Header.SIZE);
        }
        boolean fromClient = SessionTable.direction(reference) == SessionTable.FROM_CLIENT;
        long key = Mem.getLong(session + (fromClient ? SERVER_ADDRESSES_OFFSET : CLIENT_ADDRESSES_OFFSET));
        Ipv4Translation.exchange(ip, Long.rotateLeft(key, 32), decrementTtl);
        return ip + Ipv4Header.SIZE;
    }

    private void move(long session, boolean fromClient, int chunk, int clock) {
        Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, clock);
        if (SessionRecord.state(session) == SessionState.ONE_PACKET.ordinal()) {
            return;
        }
        int state = SessionRecord.state(session);
        int next = next(state, fromClient, SessionRecord.isOneSided(session), chunk);
        (WideSessionRecord.isWide(session) ? wideLifecycle : lifecycle).changeState(session, next);
    }

    /** The state after a packet with a first chunk. */
    private static int next(int state, boolean fromClient, boolean alone, int chunk) {
        return switch (chunk) {
            case SctpHeader.INIT -> fromClient && state != ESTABLISHED ? INIT : state;
            // The client's cookie is the last that is seen of a handshake where answers go another way.
            case SctpHeader.COOKIE_ECHO -> alone ? ESTABLISHED : state;
            case SctpHeader.COOKIE_ACK -> fromClient ? state : ESTABLISHED;
            case SctpHeader.SHUTDOWN, SctpHeader.SHUTDOWN_ACK -> state == CLOSED ? CLOSED : SHUTDOWN;
            case SctpHeader.SHUTDOWN_COMPLETE, SctpHeader.ABORT -> CLOSED;
            default -> state;
        };
    }
}
