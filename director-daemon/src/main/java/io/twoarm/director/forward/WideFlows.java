package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.route.Router;
import io.twoarm.director.scheduling.FlowKey;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SequenceNumbers;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;
import io.twoarm.director.session.WideSessionTable;

/** Begins a session for the first packet of a flow one of whose sides has IPv6. */
final class WideFlows {
    private static final int NONE = -1;

    private final WideSessionTable sessions;
    private final SessionLifecycle lifecycle;
    private final ServiceTable services;
    private final Router router;
    private final NeighbourTable neighbours;
    private final WideResets resets;
    private final Icmpv6Answers answers;
    private final IcmpAnswers ipv4Answers;
    private final DataPorts dataPorts;
    private final SequenceNumbers hash;
    private final Emitter emitter;
    private final Counters counters;
    private final ReportRing reports;
    private final FlowKey key = new FlowKey();
    private final PassiveConnections announcements;
    private final AccessCheck access;
    private final OutsidePorts outside;
    private int announced = NONE;

    WideFlows(
            WorkerTables tables,
            SessionLifecycle lifecycle,
            WideResets resets,
            Icmpv6Answers answers,
            IcmpAnswers ipv4Answers,
            DataPorts dataPorts,
            SequenceNumbers hash) {
        this.dataPorts = dataPorts;
        this.ipv4Answers = ipv4Answers;
        this.lifecycle = lifecycle;
        this.resets = resets;
        this.answers = answers;
        this.hash = hash;
        sessions = tables.wideSessions;
        access = new AccessCheck(tables);
        outside = new OutsidePorts(tables);
        announcements = tables.announcements;
        services = tables.services;
        router = tables.router;
        neighbours = tables.neighbours;
        emitter = tables.emitter;
        counters = tables.counters;
        reports = tables.reports;
    }

    /** Whether a client may begin flows of a service at all; its packet is settled if not. */
    boolean permits(Burst burst, int i, long ip, int service, int clientPorts) {
        return access.permitsWide(burst, i, ip, service, clientPorts);
    }

    /**
     * Begins a session.
     *
     * @param ip the packet's IPv6 header of 40 bytes
     * @param clientPorts CPORT and VPORT, raw; for echo the identifier and 0
     * @param protocol a {@link SessionRecord} protocol
     * @return the reference for the packet, or 0 when there is no session and the packet's fate is settled
     */
    long create(Burst burst, int i, long ip, int service, int clientPorts, int protocol) {
        if (!access.admitsWide(burst, i, ip, service, clientPorts, protocol)) {
            return 0;
        }
        int realserver = services.schedule(service, key(burst, ip, clientPorts, protocol));
        if (realserver < 0) {
            refuse(burst, i, protocol);
            return 0;
        }
        boolean onePacket = services.service(service).policy().onePacket();
        int flags = onePacket ? protocol | SessionRecord.ONE_PACKET_FLAG : protocol;
        return begin(burst, i, ip, realserver, clientPorts, flags);
    }

    /**
     * Begins a session for a connection that a realserver has announced.
     *
     * @param number in the announcements, which must not change meanwhile
     * @return the reference for the packet, or 0 when there is no session and the packet's fate is settled
     */
    long createAnnounced(Burst burst, int i, long ip, int number, int clientPorts) {
        announced = number;
        int realserver = announcements.realserver(number);
        long reference = begin(burst, i, ip, realserver, clientPorts, SessionRecord.PROTOCOL_TCP);
        announced = NONE;
        return reference;
    }

    /**
     * Begins a session of an IPv4 client for a realserver with IPv6.
     *
     * @param number in the announcements, or -1 where the flow has not been announced
     * @param wanted a {@link SessionRecord} protocol, perhaps with {@link SessionRecord#ONE_PACKET_FLAG}
     * @return the reference for the packet, or 0 when there is no session and the packet's fate is settled
     */
    long createFromIpv4(Burst burst, int i, int number, int realserver, int clientPorts, int wanted) {
        announced = number;
        long reference = begin(burst, i, burst.frames[i] + EthernetHeader.SIZE, realserver, clientPorts, wanted);
        announced = NONE;
        return reference;
    }

    private static boolean isIpv4(long ip) {
        return (Mem.getByte(ip) >>> 4 & 15) == 4;
    }

    private long begin(Burst burst, int i, long ip, int realserver, int clientPorts, int wanted) {
        boolean ipv4 = Ipv6Address.isMapped(services.high(realserver), services.low(realserver));
        ForwardingMode mode = services.mode(realserver);
        long to = ip + Ipv6Header.DESTINATION_OFFSET;
        int serverHop = mode == ForwardingMode.SNAT
                ? router.nextHop(Ipv6Header.high(to), Ipv6Header.low(to))
                : router.nextHopTo(services.high(realserver), services.low(realserver));
        if (serverHop < 0) {
            settleWithoutWay(burst, i, ip, serverHop, true);
            return 0;
        }
        // Held before the next search, which may clear out neighbours that nobody refers to.
        neighbours.retain(serverHop);
        int clientHop = isIpv4(ip)
                ? router.nextHop(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET))
                : router.nextHop(
                        Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET), Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET));
        if (clientHop < 0) {
            neighbours.release(serverHop);
            settleWithoutWay(burst, i, ip, clientHop, false);
            return 0;
        }
        neighbours.retain(clientHop);
        int flags = wanted
                | SessionRecord.WIDE_FLAG
                | (ipv4 && !mode.isOneSided() ? SessionRecord.IPV4_SERVER_FLAG : 0)
                | (mode.isOneSided() ? SessionRecord.ONE_SIDED_FLAG : 0);
        long session = enter(burst, i, ip, realserver, clientPorts, flags);
        if (session == 0) {
            neighbours.release(serverHop);
            neighbours.release(clientHop);
            return 0;
        }
        Mem.putShort(session + SessionRecord.SERVER_HOP_OFFSET, (short) serverHop);
        Mem.putShort(session + SessionRecord.CLIENT_HOP_OFFSET, (short) clientHop);
        FlowSetup.tellClientAddress(session, services.clientAddress(realserver), mode);
        lifecycle.begin(session);
        return session | SessionTable.FROM_CLIENT;
    }

    private FlowKey key(Burst burst, long ip, int clientPorts, int protocol) {
        key.sourcePort = SessionRecord.sourcePort(clientPorts);
        key.sourceHigh = Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET);
        key.sourceLow = Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET);
        key.destinationHigh = Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET);
        key.destinationLow = Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET);
        key.connection = protocol == SessionRecord.PROTOCOL_UDP ? QuicConnection.idBehind(ip + Ipv6Header.SIZE) : 0;
        key.nowMicros = burst.nowMicros;
        return key;
    }

    private long enter(Burst burst, int i, long ip, int realserver, int clientPorts, int flags) {
        long session = sessions.allocate();
        if (session == 0) {
            reports.add(Report.Kind.SESSION_TABLE_FULL, burst.nowMicros, sessions.size(), 0);
            settle(burst, i, Counter.DROPPED_SESSIONS_FULL);
            return 0;
        }
        SessionRecord.setFlags(session, flags);
        Mem.putInt(session + SessionRecord.CLIENT_PORTS_OFFSET, clientPorts);
        putClientSide(session, ip);
        if (!putServerSide(burst, i, session, realserver, clientPorts)) {
            sessions.giveBack(session);
            return 0;
        }
        Mem.putShort(session + SessionRecord.REALSERVER_OFFSET, (short) realserver);
        Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, burst.clock);
        Mem.putByte(session + SessionRecord.STATE_OFFSET, (byte)
                FlowSetup.firstState(flags).ordinal());
        sessions.enter(session);
        return session;
    }

    private static void putClientSide(long session, long ip) {
        long client = session + WideSessionRecord.CLIENT_OFFSET;
        long virtual = session + WideSessionRecord.VIRTUAL_OFFSET;
        if (isIpv4(ip)) {
            Mem.putLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET, Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET));
            Ipv6Header.putAddress(client, 0, Ipv6Address.mapped(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET)));
            Ipv6Header.putAddress(virtual, 0, Ipv6Address.mapped(Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET)));
        } else {
            Ipv6Header.copyAddress(ip + Ipv6Header.SOURCE_OFFSET, client);
            Ipv6Header.copyAddress(ip + Ipv6Header.DESTINATION_OFFSET, virtual);
        }
    }

    /** Addresses and ports as {@link ServerSide} tells them; false when there are none and the packet is settled. */
    private boolean putServerSide(Burst burst, int i, long session, int realserver, int clientPorts) {
        return switch (services.mode(realserver)) {
            case FULLNAT -> {
                int localPort = announced == NONE ? takeLocalPort(session, realserver) : dataPort(session, realserver);
                if (localPort == 0) {
                    counters.count(Counter.LOCAL_PORTS_EXHAUSTED);
                    reports.add(Report.Kind.LOCAL_PORTS_EXHAUSTED, burst.nowMicros, realserver, 0);
                    settle(burst, i, Counter.DROPPED_NO_LOCAL_PORT);
                    yield false;
                }
                putRealserver(session, realserver, localPort);
                yield true;
            }
            case NAT -> {
                Ipv6Header.copyAddress(
                        session + WideSessionRecord.CLIENT_OFFSET, session + WideSessionRecord.LOCAL_OFFSET);
                putRealserver(session, realserver, SessionRecord.sourcePort(clientPorts));
                boolean free = sessions.find(
                                session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET,
                                session + WideSessionRecord.LOCAL_OFFSET,
                                Mem.getInt(session + SessionRecord.SERVER_PORTS_OFFSET),
                                SessionRecord.protocol(session))
                        == 0;
                if (!free) {
                    settle(burst, i, Counter.DROPPED_FLOW_COLLISION);
                }
                yield free;
            }
            case SNAT -> {
                boolean found = keepDestination(session, realserver, clientPorts);
                if (!found) {
                    counters.count(Counter.LOCAL_PORTS_EXHAUSTED);
                    reports.add(Report.Kind.LOCAL_PORTS_EXHAUSTED, burst.nowMicros, realserver, 0);
                    settle(burst, i, Counter.DROPPED_NO_LOCAL_PORT);
                }
                yield found;
            }
            case DIRECT, TUNNEL, GRE -> {
                Ipv6Header.copyAddress(
                        session + WideSessionRecord.CLIENT_OFFSET, session + WideSessionRecord.LOCAL_OFFSET);
                Ipv6Header.copyAddress(
                        session + WideSessionRecord.VIRTUAL_OFFSET,
                        session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET);
                Mem.putInt(session + SessionRecord.SERVER_PORTS_OFFSET, Integer.rotateLeft(clientPorts, 16));
                yield true;
            }
        };
    }

    /** The destination on both sides, an own address, and a port that is free towards that destination. */
    private boolean keepDestination(long session, int realserver, int clientPorts) {
        long remote = session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET;
        long local = session + WideSessionRecord.LOCAL_OFFSET;
        long ownHigh = services.high(realserver);
        long ownLow = services.low(realserver);
        int remotePort = SessionRecord.destinationPort(clientPorts);
        Ipv6Header.copyAddress(session + WideSessionRecord.VIRTUAL_OFFSET, remote);
        Ipv6Header.putAddress(local, ownHigh, ownLow);
        long high = Ipv6Header.high(remote);
        long low = Ipv6Header.low(remote);
        long client = session + WideSessionRecord.CLIENT_OFFSET;
        outside.begin(Ipv6Header.high(client) * 31 ^ Ipv6Header.low(client) ^ high ^ low ^ (long) clientPorts << 16);
        for (int tries = 0; tries < OutsidePorts.TRIES; tries++) {
            int candidate = outside.next();
            int ports = SessionRecord.joinPorts(remotePort, candidate);
            if (outside.isOurs(high, low, ownHigh, ownLow, remotePort, candidate)
                    && sessions.find(remote, local, ports, SessionRecord.protocol(session)) == 0) {
                putServer(session, high, low, remotePort, candidate);
                return true;
            }
        }
        return false;
    }

    private int takeLocalPort(long session, int realserver) {
        int port = services.localPools().take(realserver);
        Ipv6Header.putAddress(
                session + WideSessionRecord.LOCAL_OFFSET,
                services.localPools().takenHigh(),
                services.localPools().takenLow());
        return port;
    }

    private int dataPort(long session, int realserver) {
        long high = announcements.localHigh(announced);
        long low = announcements.localLow(announced);
        Ipv6Header.putAddress(session + WideSessionRecord.LOCAL_OFFSET, high, low);
        return dataPorts.choose(
                services.high(realserver), services.low(realserver), announcements.port(announced), high, low);
    }

    /** RIP, RPORT and LPORT, and what follows from them. */
    private void putRealserver(long session, int realserver, int localPort) {
        int port = announced == NONE ? services.port(realserver) : announcements.port(announced);
        putServer(session, services.high(realserver), services.low(realserver), port, localPort);
    }

    private void putServer(long session, long high, long low, int port, int localPort) {
        long local = session + WideSessionRecord.LOCAL_OFFSET;
        Mem.putInt(session + SessionRecord.SERVER_PORTS_OFFSET, SessionRecord.joinPorts(port, localPort));
        Ipv6Header.putAddress(session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET, high, low);
        boolean ipv4 = WideSessionRecord.hasIpv4Server(session);
        long addresses = ipv4
                ? SessionRecord.join(Integer.reverseBytes((int) low), Integer.reverseBytes((int) Ipv6Header.low(local)))
                : hash.fold(high, low, Ipv6Header.high(local), Ipv6Header.low(local));
        Mem.putLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET, addresses);
        putChange(session, ipv4);
    }

    static void putChange(long session, boolean ipv4) {
        long client = (WideSessionRecord.hasIpv4Client(session)
                        ? InternetChecksum.sum(session + SessionRecord.CLIENT_ADDRESSES_OFFSET, 8)
                        : InternetChecksum.sum(session + WideSessionRecord.CLIENT_OFFSET, 32))
                + InternetChecksum.sum(session + SessionRecord.CLIENT_PORTS_OFFSET, 4);
        long server = InternetChecksum.sum(session + SessionRecord.SERVER_PORTS_OFFSET, 4)
                + (ipv4
                        ? InternetChecksum.sum(session + SessionRecord.SERVER_ADDRESSES_OFFSET, 8)
                        : InternetChecksum.sum(session + WideSessionRecord.REALSERVER_ADDRESS_OFFSET, 32));
        int change = InternetChecksum.fold(InternetChecksum.change(client, server));
        Mem.putShort(session + SessionRecord.TRANSPORT_CHANGE_OFFSET, (short) change);
    }

    private void refuse(Burst burst, int i, int protocol) {
        if (protocol == SessionRecord.PROTOCOL_TCP) {
            counters.count(Counter.RESET_NO_REALSERVER);
            resets.answer(burst, i);
        } else {
            settle(burst, i, Counter.DROPPED_NO_REALSERVER);
        }
    }

    private void settleWithoutWay(Burst burst, int i, long ip, int why, boolean mayAnswer) {
        if (why == Router.NO_ROOM) {
            settle(burst, i, Counter.DROPPED_NEIGHBOUR_TABLE);
        } else if (mayAnswer && isIpv4(ip)) {
            ipv4Answers.netUnreachable(burst.mbufs[i], burst.nowMicros);
        } else if (mayAnswer) {
            answers.noRoute(burst, i);
        } else {
            settle(burst, i, Counter.DROPPED_NO_ROUTE);
        }
    }

    private void settle(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
    }
}
