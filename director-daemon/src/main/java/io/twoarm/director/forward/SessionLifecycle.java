package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionRecords;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTimers;
import io.twoarm.director.session.WideSessionRecord;

/**
 * What goes with a session's life: its state and timer, what its realserver counts, its local port and its hold on
 * neighbours. An established TCP session that expires gets a reset to both sides, each with the sequence number that the
 * receiver expects next (RFC 5961, 3), so that neither waits for a connection that the director has forgotten.
 */
final class SessionLifecycle implements SessionTimers.Policy {
    private static final int ESTABLISHED = SessionState.ESTABLISHED.ordinal();
    private static final int SYN_SENT = SessionState.SYN_SENT.ordinal();
    private static final int SCTP_ESTABLISHED = SessionState.SCTP_ESTABLISHED.ordinal();

    private final WorkerTables tables;
    private final SessionRecords sessions;
    private final SessionTimers timers;
    private final ServiceTable services;
    private final NeighbourTable neighbours;
    private final LineEdits lineEdits;
    private final ExpiryResets resets;
    private final Counters counters;
    private final ProxiedSegments proxied;
    /** Numbers of sessions below this are still to be looked at, for their realserver may have lost its weight. */
    private int sweep;

    /**
     * @param sessions the table whose sessions these are
     */
    SessionLifecycle(WorkerTables tables, SessionRecords sessions, ProxiedSegments proxied, long startMicros) {
        this.sessions = sessions;
        this.proxied = proxied;
        this.tables = tables;
        resets = new ExpiryResets(tables);
        services = tables.services;
        neighbours = tables.neighbours;
        counters = tables.counters;
        lineEdits = tables.lineEdits;
        timers = new SessionTimers(sessions, this, startMicros);
    }

    /** A session was entered in the table, all its fields are set, and its neighbours know that it refers to them. */
    void begin(long session) {
        services.countSession(SessionRecord.realserver(session));
        timers.schedule(session);
        counters.count(Counter.SESSIONS_CREATED);
    }

    /** Sets a session's state. When it last saw a packet is already noted. */
    void changeState(long session, int state) {
        int before = SessionRecord.state(session);
        if (before == state) {
            return;
        }
        SessionRecord.setState(session, state);
        int realserver = SessionRecord.realserver(session);
        if (isActive(state) && !isActive(before)) {
            services.countActive(realserver, 1);
        } else if (isActive(before) && !isActive(state)) {
            services.countActive(realserver, -1);
        }
        if (services.idleTime(realserver, state) < services.idleTime(realserver, before)) {
            timers.reschedule(session);
        }
    }

    private static boolean isActive(int state) {
        return state == ESTABLISHED || state == SCTP_ESTABLISHED;
    }

    /** Ends a session that has a timer. */
    void end(long session) {
        timers.cancel(session);
        forget(session);
    }

    private void forget(long session) {
        int realserver = SessionRecord.realserver(session);
        if (isActive(SessionRecord.state(session))) {
            services.countActive(realserver, -1);
        }
        services.forgetSession(realserver);
        if (SessionRecord.isWatched(session)) {
            lineEdits.forget(session);
        }
        if (services.isMapped(realserver)) {
            tables.endpoints.release(session);
        }
        neighbours.release(SessionRecord.clientHop(session));
        neighbours.release(SessionRecord.serverHop(session));
        int ports = Mem.getInt(session + SERVER_PORTS_OFFSET);
        int localPort = SessionRecord.destinationPort(ports);
        if (SessionRecord.sourcePort(ports) != services.port(realserver)) {
            // A data connection of FTP: its port is of no pool.
            sessions.remove(session);
            return;
        }
        if (WideSessionRecord.isWide(session)) {
            long local = session + WideSessionRecord.LOCAL_OFFSET;
            services.localPools().giveBack(realserver, Ipv6Header.high(local), Ipv6Header.low(local), localPort);
        } else {
            int rawLocal = SessionRecord.destination(Mem.getLong(session + SERVER_ADDRESSES_OFFSET));
            long low = Ipv6Address.mapped(Integer.reverseBytes(rawLocal));
            services.localPools().giveBack(realserver, 0, low, localPort);
        }
        sessions.remove(session);
    }

    /** Realservers have lost their weight: all sessions are to be looked at. */
    void beginSweep() {
        sweep = sessions.used();
    }

    /** Ends sessions whose time is over, or whose realserver may keep none; returns how many were looked at. */
    int tick(long nowMicros, int budget) {
        int looked = 0;
        while (sweep > 0 && looked < budget) {
            sweep--;
            looked++;
            long session = sessions.record(sweep);
            if (Mem.getLong(session + CLIENT_ADDRESSES_OFFSET) != 0
                    && services.endsSessions(SessionRecord.realserver(session))) {
                timers.cancel(session);
                expire(session, nowMicros);
            }
        }
        return looked + timers.tick(nowMicros, budget);
    }

    @Override
    public int idleTime(long session) {
        int state = isAsking(session) ? SYN_SENT : SessionRecord.state(session);
        return services.idleTime(SessionRecord.realserver(session), state);
    }

    /** Whether a SYN proxy waits for the answer of the session's realserver. */
    private static boolean isAsking(long session) {
        return SessionRecord.isProxied(session) && !ProxiedSegments.isAnswered(session);
    }

    @Override
    public void expire(long session, long nowMicros) {
        boolean tcp = SessionRecord.protocol(session) == SessionRecord.PROTOCOL_TCP;
        if (tcp && isAsking(session)) {
            if (!services.endsSessions(SessionRecord.realserver(session)) && proxied.ask(session, nowMicros)) {
                timers.schedule(session);
                return;
            }
            resets.sendToClient(session, nowMicros);
        }
        // Of a connection that is heard on one side only, nobody here knows what the realserver expects.
        if (tcp && SessionRecord.state(session) == ESTABLISHED && !SessionRecord.isOneSided(session)) {
            resets.send(session, nowMicros);
        }
        counters.count(Counter.SESSIONS_EXPIRED);
        forget(session);
    }
}
