package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.route.Router;
import io.twoarm.director.session.SequenceNumbers;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;
import io.twoarm.director.session.WideSessionTable;

/**
 * Begins sessions for connections that a realserver opens to a client that asked for it ({@link ActiveFtp}). The client sees
 * them come from the VIP and the realserver's own port. Numbers stay as they are: both ends chose theirs for this connection.
 */
final class DataFlows {
    private final ActiveConnections connections;
    private final SessionTable sessions;
    private final WideSessionTable wideSessions;
    private final SessionLifecycle lifecycle;
    private final SessionLifecycle wideLifecycle;
    private final Router router;
    private final NeighbourTable neighbours;
    private final SequenceNumbers hash;
    private final Emitter emitter;
    private final ReportRing reports;

    DataFlows(WorkerTables tables, SessionLifecycle lifecycle, SessionLifecycle wideLifecycle, SequenceNumbers hash) {
        this.lifecycle = lifecycle;
        this.wideLifecycle = wideLifecycle;
        this.hash = hash;
        connections = tables.activeConnections;
        sessions = tables.sessions;
        wideSessions = tables.wideSessions;
        router = tables.router;
        neighbours = tables.neighbours;
        emitter = tables.emitter;
        reports = tables.reports;
    }

    /**
     * Begins a session for a realserver's SYN.
     *
     * @param number in the connections, claimed
     * @param serverPort the realserver's port
     * @return the reference for the packet, or 0 when there is no session and the packet's fate is settled
     */
    long create(Burst burst, int i, int number, int serverPort) {
        int serverHop = router.nextHopTo(connections.serverHigh(number), connections.serverLow(number));
        if (serverHop < 0) {
            return refuse(burst, i, Counter.DROPPED_NO_ROUTE);
        }
        // Held before the next search, which may clear out neighbours that nobody refers to.
        neighbours.retain(serverHop);
        int clientHop = router.nextHopTo(connections.clientHigh(number), connections.clientLow(number));
        if (clientHop < 0) {
            neighbours.release(serverHop);
            return refuse(burst, i, Counter.DROPPED_NO_ROUTE);
        }
        neighbours.retain(clientHop);
        boolean wide = !isIpv4Client(number) || !isIpv4Server(number);
        long session = wide ? enterWide(burst, i, number, serverPort) : enter(burst, i, number, serverPort);
        if (session == 0) {
            neighbours.release(serverHop);
            neighbours.release(clientHop);
            return 0;
        }
        Mem.putShort(session + SessionRecord.REALSERVER_OFFSET, (short) connections.realserver(number));
        Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, burst.clock);
        SessionRecord.setState(session, SessionState.NONE.ordinal());
        Mem.putShort(session + SessionRecord.SERVER_HOP_OFFSET, (short) serverHop);
        Mem.putShort(session + SessionRecord.CLIENT_HOP_OFFSET, (short) clientHop);
        (wide ? wideLifecycle : lifecycle).begin(session);
        return session | SessionTable.FROM_SERVER;
    }

    private boolean isIpv4Client(int number) {
        return Ipv6Address.isMapped(connections.clientHigh(number), connections.clientLow(number));
    }

    private boolean isIpv4Server(int number) {
        return Ipv6Address.isMapped(connections.serverHigh(number), connections.serverLow(number));
    }

    private static int raw(long mapped) {
        return Integer.reverseBytes((int) mapped);
    }

    private long clientAddresses(int number) {
        return SessionRecord.join(raw(connections.clientLow(number)), raw(connections.virtualLow(number)));
    }

    private long serverAddresses(int number) {
        return SessionRecord.join(raw(connections.serverLow(number)), raw(connections.localLow(number)));
    }

    private long enter(Burst burst, int i, int number, int serverPort) {
        long clientAddresses = clientAddresses(number);
        int clientPorts = SessionRecord.joinPorts(connections.clientPort(number), serverPort);
        long serverAddresses = serverAddresses(number);
        int serverPorts = SessionRecord.joinPorts(serverPort, connections.localPort(number));
        int protocol = SessionRecord.PROTOCOL_TCP;
        if (sessions.find(clientAddresses, clientPorts, protocol) != 0) {
            return refuse(burst, i, Counter.DROPPED_FLOW_COLLISION);
        }
        long session = sessions.create(clientAddresses, clientPorts, serverAddresses, serverPorts, protocol);
        if (session == 0) {
            reports.add(Report.Kind.SESSION_TABLE_FULL, burst.nowMicros, sessions.size(), 0);
            return refuse(burst, i, Counter.DROPPED_SESSIONS_FULL);
        }
        FlowSetup.putChanges(session, clientAddresses, clientPorts, serverAddresses, serverPorts);
        return session;
    }

    private long enterWide(Burst burst, int i, int number, int serverPort) {
        long session = wideSessions.allocate();
        if (session == 0) {
            reports.add(Report.Kind.SESSION_TABLE_FULL, burst.nowMicros, wideSessions.size(), 0);
            return refuse(burst, i, Counter.DROPPED_SESSIONS_FULL);
        }
        boolean ipv4Server = isIpv4Server(number);
        SessionRecord.setFlags(
                session,
                SessionRecord.PROTOCOL_TCP
                        | SessionRecord.WIDE_FLAG
                        | (ipv4Server ? SessionRecord.IPV4_SERVER_FLAG : 0));
        putAddresses(session, number);
        int clientPorts = SessionRecord.joinPorts(connections.clientPort(number), serverPort);
        Mem.putInt(session + SessionRecord.CLIENT_PORTS_OFFSET, clientPorts);
        Mem.putInt(
                session + SessionRecord.SERVER_PORTS_OFFSET,
                SessionRecord.joinPorts(serverPort, connections.localPort(number)));
        boolean ipv4Client = isIpv4Client(number);
        long known = ipv4Client
                ? wideSessions.findFromIpv4(clientAddresses(number), clientPorts, SessionRecord.PROTOCOL_TCP)
                : wideSessions.find(
                        session + WideSessionRecord.CLIENT_OFFSET,
                        session + WideSessionRecord.VIRTUAL_OFFSET,
                        clientPorts,
                        SessionRecord.PROTOCOL_TCP);
        if (known != 0) {
            wideSessions.giveBack(session);
            return refuse(burst, i, Counter.DROPPED_FLOW_COLLISION);
        }
        WideFlows.putChange(session, ipv4Server);
        wideSessions.enter(session);
        return session;
    }

    private void putAddresses(long session, int number) {
        long serverHigh = connections.serverHigh(number);
        long serverLow = connections.serverLow(number);
        long localHigh = connections.localHigh(number);
        long localLow = connections.localLow(number);
        put(session + WideSessionRecord.CLIENT_OFFSET, connections.clientHigh(number), connections.clientLow(number));
        put(
                session + WideSessionRecord.VIRTUAL_OFFSET,
                connections.virtualHigh(number),
                connections.virtualLow(number));
        put(session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET, serverHigh, serverLow);
        put(session + WideSessionRecord.LOCAL_OFFSET, localHigh, localLow);
        if (isIpv4Client(number)) {
            Mem.putLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET, clientAddresses(number));
        }
        Mem.putLong(
                session + SessionRecord.SERVER_ADDRESSES_OFFSET,
                isIpv4Server(number) ? serverAddresses(number) : hash.fold(serverHigh, serverLow, localHigh, localLow));
    }

    private static void put(long at, long high, long low) {
        Ipv6Header.putAddress(at, high, low);
    }

    private long refuse(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
        return 0;
    }
}
