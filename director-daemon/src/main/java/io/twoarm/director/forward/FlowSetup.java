package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.route.Router;
import io.twoarm.director.scheduling.FlowKey;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;

/** Begins a session for the first packet of a flow: chooses a realserver, ways to both sides and a local port. */
final class FlowSetup {
    private final WorkerTables tables;
    private final SessionTable sessions;
    private final SessionLifecycle lifecycle;
    private final ServiceTable services;
    private final Router router;
    private final NeighbourTable neighbours;
    private final ResetAnswers resets;
    private final IcmpAnswers answers;
    private final Emitter emitter;
    private final Counters counters;
    private final ReportRing reports;
    private static final int NONE = -1;

    private final AccessCheck access;
    private final ServerSide server;
    private final WideFlows wide;
    private final PassiveConnections announcements;
    private final FlowKey key = new FlowKey();
    private int announced = NONE;

    FlowSetup(
            WorkerTables tables,
            SessionLifecycle lifecycle,
            ResetAnswers resets,
            IcmpAnswers answers,
            DataPorts dataPorts,
            WideFlows wide) {
        this.tables = tables;
        this.wide = wide;
        this.lifecycle = lifecycle;
        this.resets = resets;
        this.answers = answers;
        access = new AccessCheck(tables);
        server = new ServerSide(tables, dataPorts);
        sessions = tables.sessions;
        announcements = tables.announcements;
        services = tables.services;
        router = tables.router;
        neighbours = tables.neighbours;
        emitter = tables.emitter;
        counters = tables.counters;
        reports = tables.reports;
    }

    /** Whether a client may begin flows of a service at all; its packet is settled if not. */
    boolean permits(Burst burst, int i, int service, long clientAddresses, int clientPorts) {
        return access.permits(burst, i, service, clientAddresses, clientPorts);
    }

    /**
     * Begins a session.
     *
     * @param clientAddresses CIP and VIP, raw, as in the packet
     * @param clientPorts CPORT and VPORT, raw; for echo the identifier and 0
     * @param protocol a {@link SessionRecord} protocol
     * @return the reference for the packet, or 0 when there is no session and the packet's fate is settled
     */
    long create(Burst burst, int i, int service, long clientAddresses, int clientPorts, int protocol) {
        if (!access.admits(burst, i, service, clientAddresses, clientPorts, protocol)) {
            return 0;
        }
        int mapped = mapped(service, clientAddresses, clientPorts, protocol);
        int realserver = mapped >= 0
                ? mapped
                : services.schedule(service, key(burst, i, clientAddresses, clientPorts, protocol));
        if (realserver < 0) {
            refuse(burst, i, protocol);
            return 0;
        }
        boolean onePacket = services.service(service).policy().onePacket();
        int flags = onePacket ? protocol | SessionRecord.ONE_PACKET_FLAG : protocol;
        return begin(burst, i, realserver, clientAddresses, clientPorts, flags);
    }

    /** The own address that a host's port is mapped to already; less than 0 where it is not, or where none is mapped. */
    private int mapped(int service, long clientAddresses, int clientPorts, int protocol) {
        if (services.service(service).policy().endpointIndependent().isEmpty()) {
            return NONE;
        }
        int host = Integer.reverseBytes(SessionRecord.source(clientAddresses));
        int mapping = tables.endpoints.findInside(protocol, host, SessionRecord.sourcePort(clientPorts));
        return mapping == EndpointMappings.NONE ? NONE : tables.endpoints.realserver(mapping);
    }

    /**
     * Begins a session for what comes from outside to a port that is mapped.
     *
     * @param clientAddresses the host's and the sender's, raw
     * @param clientPorts the same of ports
     * @return false when there is no session and the packet's fate is settled
     */
    boolean createMapped(
            Burst burst, int i, int service, int realserver, long clientAddresses, int clientPorts, int protocol) {
        return access.admits(burst, i, service, clientAddresses, clientPorts, protocol)
                && begin(burst, i, realserver, clientAddresses, clientPorts, protocol) != 0;
    }

    /**
     * Begins a session for a connection that a realserver has announced.
     *
     * @param number in the announcements, which must not change meanwhile
     * @return the reference for the packet, or 0 when there is no session and the packet's fate is settled
     */
    long createAnnounced(Burst burst, int i, int number, long clientAddresses, int clientPorts) {
        announced = number;
        int realserver = announcements.realserver(number);
        long reference = begin(burst, i, realserver, clientAddresses, clientPorts, SessionRecord.PROTOCOL_TCP);
        announced = NONE;
        return reference;
    }

    private long begin(Burst burst, int i, int realserver, long clientAddresses, int clientPorts, int flags) {
        if (!Ipv6Address.isMapped(services.high(realserver), services.low(realserver))
                && services.mode(realserver) == ForwardingMode.FULLNAT) {
            return wide.createFromIpv4(burst, i, announced, realserver, clientPorts, flags);
        }
        int serverHop = services.mode(realserver) == ForwardingMode.SNAT
                ? router.nextHop(Integer.reverseBytes(SessionRecord.destination(clientAddresses)))
                : router.nextHopTo(services.high(realserver), services.low(realserver));
        if (serverHop < 0) {
            settleWithoutWay(burst, i, serverHop, true);
            return 0;
        }
        // Held before the next search, which may clear out neighbours that nobody refers to.
        neighbours.retain(serverHop);
        int clientHop = router.nextHop(Integer.reverseBytes(SessionRecord.source(clientAddresses)));
        if (clientHop < 0) {
            neighbours.release(serverHop);
            settleWithoutWay(burst, i, clientHop, false);
            return 0;
        }
        neighbours.retain(clientHop);
        long session = enter(burst, i, realserver, clientAddresses, clientPorts, flags);
        if (session == 0) {
            neighbours.release(serverHop);
            neighbours.release(clientHop);
            return 0;
        }
        Mem.putShort(session + SessionRecord.SERVER_HOP_OFFSET, (short) serverHop);
        Mem.putShort(session + SessionRecord.CLIENT_HOP_OFFSET, (short) clientHop);
        tellClientAddress(session, services.clientAddress(realserver), services.mode(realserver));
        lifecycle.begin(session);
        return session | SessionTable.FROM_CLIENT;
    }

    /** Notes in a new session how its realserver learns of the client; a connection's header comes with its SYN. */
    static void tellClientAddress(long session, ClientAddressWay way, ForwardingMode mode) {
        int protocol = SessionRecord.protocol(session);
        int port = SessionRecord.destinationPort(Mem.getInt(session + SessionRecord.CLIENT_PORTS_OFFSET));
        boolean control = protocol == SessionRecord.PROTOCOL_TCP && port == PassiveFtp.CONTROL_PORT;
        if (control && !mode.isOneSided() && mode != ForwardingMode.SNAT && !way.isProxy()) {
            SessionRecord.watch(session);
        }
        if (mode != ForwardingMode.FULLNAT) {
            return;
        }
        if (protocol == SessionRecord.PROTOCOL_TCP && way.isOption()) {
            SessionRecord.setFlags(session, SessionRecord.flags(session) | SessionRecord.CLIENT_ADDRESS_FLAG);
        } else if (protocol == SessionRecord.PROTOCOL_UDP && way == ClientAddressWay.PROXY_V2) {
            SessionRecord.setPending(session, true);
        }
    }

    private FlowKey key(Burst burst, int i, long clientAddresses, int clientPorts, int protocol) {
        key.sourcePort = SessionRecord.sourcePort(clientPorts);
        key.sourceLow = Integer.reverseBytes(SessionRecord.source(clientAddresses)) & 0xffff_ffffL;
        key.destinationLow = Integer.reverseBytes(SessionRecord.destination(clientAddresses)) & 0xffff_ffffL;
        key.connection = protocol == SessionRecord.PROTOCOL_UDP ? QuicConnection.id(burst.mbufs[i]) : 0;
        key.nowMicros = burst.nowMicros;
        return key;
    }

    private long enter(Burst burst, int i, int realserver, long clientAddresses, int clientPorts, int wanted) {
        boolean found = announced == NONE
                ? server.find(realserver, clientAddresses, clientPorts, wanted & SessionRecord.PROTOCOL_MASK)
                : server.findAnnounced(
                        realserver,
                        announcements.port(announced),
                        announcements.localLow(announced),
                        clientAddresses,
                        clientPorts);
        if (!found) {
            if (server.obstacle() == Counter.DROPPED_NO_LOCAL_PORT) {
                counters.count(Counter.LOCAL_PORTS_EXHAUSTED);
                reports.add(Report.Kind.LOCAL_PORTS_EXHAUSTED, burst.nowMicros, realserver, 0);
            }
            settle(burst, i, server.obstacle());
            return 0;
        }
        int flags = wanted | server.flags();
        long session = sessions.create(clientAddresses, clientPorts, server.addresses(), server.ports(), flags);
        if (session == 0) {
            server.giveUp(realserver);
            reports.add(Report.Kind.SESSION_TABLE_FULL, burst.nowMicros, sessions.size(), 0);
            settle(burst, i, Counter.DROPPED_SESSIONS_FULL);
            return 0;
        }
        if (services.isMapped(realserver)) {
            tables.endpoints.retain(session);
        }
        Mem.putShort(session + SessionRecord.REALSERVER_OFFSET, (short) realserver);
        Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, burst.clock);
        Mem.putByte(
                session + SessionRecord.STATE_OFFSET, (byte) firstState(flags).ordinal());
        if ((flags & SessionRecord.ONE_SIDED_FLAG) == 0) {
            putChanges(session, clientAddresses, clientPorts, server.addresses(), server.ports());
        }
        return session;
    }

    static SessionState firstState(int flags) {
        if (SessionRecord.isOnePacket(flags)) {
            return SessionState.ONE_PACKET;
        }
        return switch (flags & SessionRecord.PROTOCOL_MASK) {
            case SessionRecord.PROTOCOL_TCP -> SessionState.NONE;
            case SessionRecord.PROTOCOL_UDP -> SessionState.UDP_ONEWAY;
            case SessionRecord.PROTOCOL_SCTP -> SessionState.SCTP_INIT;
            default -> SessionState.ICMP_ECHO;
        };
    }

    static void putChanges(long session, long clientAddresses, int clientPorts, long serverAddresses, int serverPorts) {
        long addresses =
                InternetChecksum.change(SessionRecord.source(clientAddresses), SessionRecord.source(serverAddresses))
                        + InternetChecksum.change(
                                SessionRecord.destination(clientAddresses), SessionRecord.destination(serverAddresses));
        long transport = addresses + InternetChecksum.change(clientPorts, serverPorts);
        int both = InternetChecksum.fold(addresses) | InternetChecksum.fold(transport) << 16;
        Mem.putInt(session + SessionRecord.CHANGES_OFFSET, both);
    }

    private void refuse(Burst burst, int i, int protocol) {
        if (protocol == SessionRecord.PROTOCOL_TCP) {
            counters.count(Counter.RESET_NO_REALSERVER);
            resets.answer(burst.mbufs[i], burst.nowMicros);
            burst.references[i] = Burst.SETTLED;
        } else {
            settle(burst, i, Counter.DROPPED_NO_REALSERVER);
        }
    }

    private void settleWithoutWay(Burst burst, int i, int why, boolean mayAnswer) {
        if (why == Router.NO_ROOM) {
            settle(burst, i, Counter.DROPPED_NEIGHBOUR_TABLE);
        } else if (mayAnswer) {
            answers.netUnreachable(burst.mbufs[i], burst.nowMicros);
            burst.references[i] = Burst.SETTLED;
        } else {
            settle(burst, i, Counter.DROPPED_NO_ROUTE);
        }
    }

    private void settle(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
        burst.references[i] = Burst.SETTLED;
    }
}
