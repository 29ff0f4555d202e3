package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.health.HealthChecks;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;

/**
 * TCP and UDP packets to own addresses that found no session at first. A packet before it in the same burst may have begun
 * one; its TTL may be at its end; it may begin a flow itself; or it is answered as a host without a listener answers
 * (RFC 9293, 3.10.7.1; RFC 1122, 4.1.3.1). Of TCP only a segment with SYN alone begins a session.
 */
final class TransportExceptions {
    private static final int OPENING_FLAGS = TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST | TcpHeader.FIN;

    private final SessionTable sessions;
    private final ServiceTable services;
    private final HealthChecks health;
    private final FlowSetup flows;
    private final SingleFile forwarding;
    private final ResetAnswers resets;
    private final IcmpAnswers answers;
    private final PassiveFtp ftp;
    private final ActiveFtp activeFtp;
    private final DataFlows dataFlows;
    private final WidePath wide;
    private final SynProxy proxy;
    private final ProxiedSegments proxied;
    private final ProxiedSegments wideProxied;
    private final Strays strays;
    private final int leastTtl;

    TransportExceptions(
            WorkerTables tables,
            HealthChecks health,
            FlowSetup flows,
            SingleFile forwarding,
            ResetAnswers resets,
            IcmpAnswers answers,
            PassiveFtp ftp,
            ActiveFtp activeFtp,
            DataFlows dataFlows,
            WidePath wide,
            SynProxy proxy,
            ProxiedSegments proxied,
            ProxiedSegments wideProxied) {
        this.proxy = proxy;
        this.proxied = proxied;
        this.wideProxied = wideProxied;
        this.ftp = ftp;
        this.activeFtp = activeFtp;
        this.dataFlows = dataFlows;
        this.wide = wide;
        this.health = health;
        this.flows = flows;
        this.forwarding = forwarding;
        this.resets = resets;
        this.answers = answers;
        sessions = tables.sessions;
        services = tables.services;
        strays = new Strays(tables);
        leastTtl = tables.leastTtl();
    }

    /** A segment with a whole header behind 20 bytes of IPv4 header. */
    void tcp(Burst burst, int i, long ip) {
        long tcp = ip + Ipv4Header.SIZE;
        if (passKnown(burst, i, ip, SessionRecord.PROTOCOL_TCP)
                || wide.fromIpv4(burst, i, ip, SessionRecord.PROTOCOL_TCP)
                || health.receive(burst.mbufs[i], ip, burst.nowMicros)) {
            return;
        }
        int service = service(ip, Protocol.TCP);
        boolean opens = (TcpHeader.flags(tcp) & OPENING_FLAGS) == TcpHeader.SYN;
        if (service >= 0 && proxy.guards(service) && passGuarded(burst, i, ip, service, opens)) {
            return;
        }
        if (service >= 0 && opens) {
            begin(burst, i, ip, service, SessionRecord.PROTOCOL_TCP);
        } else if ((!opens || !beginAnnounced(burst, i, ip) && !beginActive(burst, i, ip))
                && !strays.dropsTcp(burst.mbufs[i])) {
            resets.answer(burst.mbufs[i], burst.nowMicros);
        }
    }

    /** A segment to a service with a SYN proxy; false when it is none that the proxy knows. */
    private boolean passGuarded(Burst burst, int i, long ip, int service, boolean opens) {
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        int ports = Mem.getInt(ip + Ipv4Header.SIZE);
        if (ttl(ip) < leastTtl) {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
        } else if (opens) {
            if (flows.permits(burst, i, service, addresses, ports)) {
                proxy.answer(burst, i, ip, false, service);
            }
        } else if (proxy.accepts(burst, i, ip, false)) {
            long reference = flows.create(burst, i, service, addresses, ports, SessionRecord.PROTOCOL_TCP);
            if (reference != 0) {
                long session = SessionTable.session(reference);
                (WideSessionRecord.isWide(session) ? wideProxied : proxied).begin(session);
                proxy.restore(burst, i, ip, false);
                proxy.setOwn(true);
                pass(burst, i, ip, reference);
                proxy.setOwn(false);
            }
        } else {
            return false;
        }
        return true;
    }

    /** A datagram with a whole header behind 20 bytes of IPv4 header. */
    void udp(Burst burst, int i, long ip) {
        if (passKnown(burst, i, ip, SessionRecord.PROTOCOL_UDP)
                || wide.fromIpv4(burst, i, ip, SessionRecord.PROTOCOL_UDP)) {
            return;
        }
        int service = service(ip, Protocol.UDP);
        if (service >= 0) {
            begin(burst, i, ip, service, SessionRecord.PROTOCOL_UDP);
        } else if (!strays.dropsUdp(burst.mbufs[i])) {
            answers.portUnreachable(burst.mbufs[i], burst.nowMicros);
        }
    }

    private int service(long ip, Protocol protocol) {
        int address = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        int port = Mem.getUnsignedShortBE(ip + Ipv4Header.SIZE + TcpHeader.DESTINATION_PORT_OFFSET);
        return services.find(address, port, protocol.number());
    }

    /** Sends a packet on in the session that it belongs to; false when there is none. */
    boolean passKnown(Burst burst, int i, long ip, int protocol) {
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        int ports = Mem.getInt(ip + Ipv4Header.SIZE);
        long reference = sessions.find(addresses, ports, protocol);
        return reference != 0 && pass(burst, i, ip, reference);
    }

    /** Begins a connection that a realserver has announced to the client; false when it has not. */
    private boolean beginAnnounced(Burst burst, int i, long ip) {
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        int ports = Mem.getInt(ip + Ipv4Header.SIZE);
        int number = ttl(ip) < leastTtl ? -1 : ftp.claim(addresses, ports, burst.nowMicros);
        if (number < 0) {
            return false;
        }
        long reference = flows.createAnnounced(burst, i, number, addresses, ports);
        if (reference != 0) {
            pass(burst, i, ip, reference);
        }
        return true;
    }

    /** Begins a connection that a client has announced to the realserver; false when it has not. */
    boolean beginActive(Burst burst, int i, long ip) {
        long tcp = ip + Ipv4Header.SIZE;
        if ((TcpHeader.flags(tcp) & OPENING_FLAGS) != TcpHeader.SYN || ttl(ip) < leastTtl) {
            return false;
        }
        int number = activeFtp.claim(
                0,
                Ipv6Address.mapped(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET)),
                0,
                Ipv6Address.mapped(Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET)),
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
        if (ttl(ip) < leastTtl) {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
            return;
        }
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        int ports = Mem.getInt(ip + Ipv4Header.SIZE);
        long reference = flows.create(burst, i, service, addresses, ports, protocol);
        if (reference != 0) {
            pass(burst, i, ip, reference);
        }
    }

    /** Sends a packet on in its session; false when the session ended over it and the packet stands without one. */
    private boolean pass(Burst burst, int i, long ip, long reference) {
        if (ttl(ip) < leastTtl) {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
            return true;
        }
        return WideSessionRecord.isWide(SessionTable.session(reference))
                ? wide.passFromIpv4(burst, i, ip, reference)
                : forwarding.pass(burst, i, reference);
    }

    private static int ttl(long ip) {
        return Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff;
    }
}
