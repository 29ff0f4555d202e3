package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.health.HealthChecks;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionTable;

/**
 * TCP and UDP of sessions one of whose sides has IPv6: packets of clients and realservers of either family, and flows of
 * IPv6 clients that begin. The steps of a packet are those of the stages, one packet at a time.
 */
final class WidePath {
    private static final int OPENING_FLAGS = TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST | TcpHeader.FIN;

    private final WideSessionTable sessions;
    private final ServiceTable services;
    private final HealthChecks health;
    private final WideFlows flows;
    private final PassiveFtp ftp;
    private final ActiveFtp activeFtp;
    private final DataFlows dataFlows;
    private final UnusualSegments segments;
    private final Datagrams datagrams;
    private final WideTranslation translation;
    private final EmitStage emit;
    private final WideResets resets;
    private final Icmpv6Answers answers;
    private final IcmpAnswers ipv4Answers;
    private final Emitter emitter;
    private final SynProxy proxy;
    private final ProxiedSegments proxied;
    private final Strays strays;
    private final int leastTtl;

    WidePath(
            WorkerTables tables,
            HealthChecks health,
            WideFlows flows,
            PassiveFtp ftp,
            ActiveFtp activeFtp,
            DataFlows dataFlows,
            UnusualSegments segments,
            Datagrams datagrams,
            WideTranslation translation,
            EmitStage emit,
            WideResets resets,
            Icmpv6Answers answers,
            IcmpAnswers ipv4Answers,
            SynProxy proxy,
            ProxiedSegments proxied) {
        this.proxy = proxy;
        this.proxied = proxied;
        this.health = health;
        this.flows = flows;
        this.ftp = ftp;
        this.activeFtp = activeFtp;
        this.dataFlows = dataFlows;
        this.segments = segments;
        this.datagrams = datagrams;
        this.translation = translation;
        this.emit = emit;
        this.resets = resets;
        this.answers = answers;
        this.ipv4Answers = ipv4Answers;
        sessions = tables.wideSessions;
        services = tables.services;
        emitter = tables.emitter;
        strays = new Strays(tables);
        leastTtl = tables.leastTtl();
    }

    /** A segment with a whole header behind 40 bytes of IPv6 header. */
    void tcp(Burst burst, int i, long ip) {
        if (passKnown(burst, i, ip, SessionRecord.PROTOCOL_TCP)
                || health.receiveWide(burst.mbufs[i], ip, burst.nowMicros)) {
            return;
        }
        int service = service(ip, Protocol.TCP);
        boolean opens = (TcpHeader.flags(ip + Ipv6Header.SIZE) & OPENING_FLAGS) == TcpHeader.SYN;
        if (service >= 0 && proxy.guards(service) && passGuarded(burst, i, ip, service, opens)) {
            return;
        }
        if (service >= 0 && opens) {
            begin(burst, i, ip, service, SessionRecord.PROTOCOL_TCP);
        } else if ((!opens || !beginAnnounced(burst, i, ip) && !beginActive(burst, i, ip))
                && !strays.dropsTcp(burst.mbufs[i])) {
            resets.answer(burst, i);
        }
    }

    /** A segment to a service with a SYN proxy; false when it is none that the proxy knows. */
    private boolean passGuarded(Burst burst, int i, long ip, int service, boolean opens) {
        int ports = Mem.getInt(ip + Ipv6Header.SIZE);
        if (Ipv6Header.hopLimit(ip) < leastTtl) {
            answers.hopLimitExceeded(burst, i);
        } else if (opens) {
            if (flows.permits(burst, i, ip, service, ports)) {
                proxy.answer(burst, i, ip, true, service);
            }
        } else if (proxy.accepts(burst, i, ip, true)) {
            long reference = flows.create(burst, i, ip, service, ports, SessionRecord.PROTOCOL_TCP);
            if (reference != 0) {
                proxied.begin(SessionTable.session(reference));
                proxy.restore(burst, i, ip, true);
                proxy.setOwn(true);
                pass(burst, i, ip, reference);
                proxy.setOwn(false);
            }
        } else {
            return false;
        }
        return true;
    }

    /** A datagram with a whole header behind 40 bytes of IPv6 header. */
    void udp(Burst burst, int i, long ip) {
        if (Mem.getShort(ip + Ipv6Header.SIZE + UdpHeader.CHECKSUM_OFFSET) == 0) {
            // Not allowed here (RFC 8200, 8.1).
            emitter.drop(burst.mbufs[i], Counter.DROPPED_L4_CHECKSUM);
        } else if (!passKnown(burst, i, ip, SessionRecord.PROTOCOL_UDP)) {
            int service = service(ip, Protocol.UDP);
            if (service >= 0) {
                begin(burst, i, ip, service, SessionRecord.PROTOCOL_UDP);
            } else if (!strays.dropsUdp(burst.mbufs[i])) {
                answers.portUnreachable(burst, i);
            }
        }
    }

    /**
     * A TCP or UDP packet of an IPv4 host to an own address, of which no other session knows.
     *
     * @param ip an IPv4 header of 20 bytes
     * @return whether it belongs to a session here; its fate is settled then
     */
    boolean fromIpv4(Burst burst, int i, long ip, int protocol) {
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        long reference = sessions.findFromIpv4(addresses, Mem.getInt(ip + Ipv4Header.SIZE), protocol);
        if (reference == 0) {
            return false;
        }
        if ((Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < leastTtl) {
            ipv4Answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
            return true;
        }
        return passFromIpv4(burst, i, ip, reference);
    }

    /** Sends a packet of IPv4, whose TTL is not at its end, on in its session; false as in {@link #forward}. */
    boolean passFromIpv4(Burst burst, int i, long ip, long reference) {
        return forward(burst, i, ip, reference, Ipv4Header.SIZE);
    }

    private int service(long ip, Protocol protocol) {
        long to = ip + Ipv6Header.DESTINATION_OFFSET;
        int port = Mem.getUnsignedShortBE(ip + Ipv6Header.SIZE + TcpHeader.DESTINATION_PORT_OFFSET);
        return services.find(Ipv6Header.high(to), Ipv6Header.low(to), port, protocol.number());
    }

    /** Sends a packet on in the session that it belongs to; false when there is none. */
    boolean passKnown(Burst burst, int i, long ip, int protocol) {
        long reference = sessions.find(
                ip + Ipv6Header.SOURCE_OFFSET,
                ip + Ipv6Header.DESTINATION_OFFSET,
                Mem.getInt(ip + Ipv6Header.SIZE),
                protocol);
        return reference != 0 && pass(burst, i, ip, reference);
    }

    /** Begins a connection that a realserver has announced to the client; false when it has not. */
    private boolean beginAnnounced(Burst burst, int i, long ip) {
        int number = Ipv6Header.hopLimit(ip) < leastTtl ? -1 : ftp.claimWide(ip, burst.nowMicros);
        if (number < 0) {
            return false;
        }
        long reference = flows.createAnnounced(burst, i, ip, number, Mem.getInt(ip + Ipv6Header.SIZE));
        if (reference != 0) {
            pass(burst, i, ip, reference);
        }
        return true;
    }

    /** Begins a connection that a client has announced to the realserver; false when it has not. */
    boolean beginActive(Burst burst, int i, long ip) {
        long tcp = ip + Ipv6Header.SIZE;
        if ((TcpHeader.flags(tcp) & OPENING_FLAGS) != TcpHeader.SYN || Ipv6Header.hopLimit(ip) < leastTtl) {
            return false;
        }
        int number = activeFtp.claim(
                Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET),
                Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET),
                Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET),
                Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET),
                Mem.getUnsignedShortBE(tcp + TcpHeader.DESTINATION_PORT_OFFSET),
                burst.nowMicros);
        if (number < 0) {
            return false;
        }
        long reference = dataFlows.create(burst, i, number, Mem.getUnsignedShortBE(tcp));
        if (reference != 0) {
            pass(burst, i, ip, reference);
        }
        return true;
    }

    private void begin(Burst burst, int i, long ip, int service, int protocol) {
        if (Ipv6Header.hopLimit(ip) < leastTtl) {
            answers.hopLimitExceeded(burst, i);
            return;
        }
        long reference = flows.create(burst, i, ip, service, Mem.getInt(ip + Ipv6Header.SIZE), protocol);
        if (reference != 0) {
            pass(burst, i, ip, reference);
        }
    }

    private boolean pass(Burst burst, int i, long ip, long reference) {
        if (Ipv6Header.hopLimit(ip) < leastTtl) {
            answers.hopLimitExceeded(burst, i);
            return true;
        }
        return forward(burst, i, ip, reference, Ipv6Header.SIZE);
    }

    /** Sends a packet on in its session; false when the session ended over it and the packet stands without one. */
    private boolean forward(Burst burst, int i, long ip, long reference, int header) {
        return forward(burst, i, ip, reference, header, emit);
    }

    /**
     * Takes a segment of the director's own in a client's name through the steps of its session.
     *
     * @param end what counts it
     */
    void passOwn(Burst burst, int i, long ip, long reference, EmitStage end) {
        forward(burst, i, ip, reference, burst.headers[i], end);
    }

    private boolean forward(Burst burst, int i, long ip, long reference, int header, EmitStage end) {
        burst.references[i] = reference;
        burst.headers[i] = header;
        burst.frames[i] = ip - EthernetHeader.SIZE;
        if (protocol(reference) == SessionRecord.PROTOCOL_TCP) {
            segments.pass(burst, i);
        } else {
            datagrams.pass(burst, i);
        }
        long left = burst.references[i];
        if (left > 0) {
            translation.pass(burst, i, left);
            end.pass(burst, i, left);
        }
        burst.headers[i] = Ipv4Header.SIZE;
        burst.references[i] = Burst.SETTLED;
        return left != 0;
    }

    private static int protocol(long reference) {
        return SessionRecord.protocol(SessionTable.session(reference));
    }
}
