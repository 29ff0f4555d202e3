package io.twoarm.director.session;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Lists sessions for other threads while the worker goes on. Records are read twice, and left out when they changed under
 * the reader, so each one listed is of one moment; the list as a whole is not.
 */
public final class SessionReader {
    private static final SessionState[] STATES = SessionState.values();
    private static final int UNIT_MICROS = 1024;

    private final SessionTable table;
    private final WideSessionTable wide;
    private final SessionTimers.Policy policy;
    private final IntFunction<IpAddress> realservers;

    /** @param realservers RIP by a realserver's number, for sessions whose packets do not carry it */
    public SessionReader(
            SessionTable table,
            WideSessionTable wide,
            SessionTimers.Policy policy,
            IntFunction<IpAddress> realservers) {
        this.realservers = realservers;
        this.table = table;
        this.wide = wide;
        this.policy = policy;
    }

    /**
     * Lists sessions.
     *
     * @param limit how many at most
     */
    public List<SessionStatus> list(int limit, long nowMicros) {
        List<SessionStatus> found = new ArrayList<>();
        int used = table.used();
        int now = SessionTimers.clock(nowMicros);
        for (int number = 0; number < used && found.size() < limit; number++) {
            long session = table.record(number);
            long client = Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET);
            int clientPorts = Mem.getInt(session + SessionRecord.CLIENT_PORTS_OFFSET);
            if (client == 0) {
                continue;
            }
            SessionStatus status = read(session, client, clientPorts, now);
            boolean same = client == Mem.getLong(session + SessionRecord.CLIENT_ADDRESSES_OFFSET)
                    && clientPorts == Mem.getInt(session + SessionRecord.CLIENT_PORTS_OFFSET);
            if (same && status.localPort() != 0) {
                found.add(status);
            }
        }
        for (int number = 0; number < wide.used() && found.size() < limit; number++) {
            long session = wide.record(number);
            if (Mem.getLong(session + WideSessionRecord.TOKEN_OFFSET) == 0) {
                continue;
            }
            SessionStatus first = readWide(session, now);
            SessionStatus second = readWide(session, now);
            if (first.isSameFlow(second) && first.localPort() != 0) {
                found.add(second);
            }
        }
        return found;
    }

    private SessionStatus readWide(long session, int now) {
        int clientPorts = Mem.getInt(session + SessionRecord.CLIENT_PORTS_OFFSET);
        int serverPorts = Mem.getInt(session + SessionRecord.SERVER_PORTS_OFFSET);
        return new SessionStatus(
                protocol(session),
                STATES[SessionRecord.state(session)],
                WideSessionRecord.address(session, WideSessionRecord.CLIENT_OFFSET),
                SessionRecord.sourcePort(clientPorts),
                WideSessionRecord.address(session, WideSessionRecord.VIRTUAL_OFFSET),
                SessionRecord.destinationPort(clientPorts),
                WideSessionRecord.address(session, WideSessionRecord.LOCAL_OFFSET),
                SessionRecord.destinationPort(serverPorts),
                SessionRecord.isOneSided(session)
                        ? realservers.apply(SessionRecord.realserver(session))
                        : WideSessionRecord.address(session, WideSessionRecord.REALSERVER_ADDRESS_OFFSET),
                SessionRecord.sourcePort(serverPorts),
                left(session, now));
    }

    private Duration left(long session, int now) {
        int left = Mem.getInt(session + SessionRecord.LAST_SEEN_OFFSET) + policy.idleTime(session) - now;
        return Duration.ofNanos(Math.max(0, (long) left * UNIT_MICROS) * 1000);
    }

    private SessionStatus read(long session, long client, int clientPorts, int now) {
        long server = Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET);
        int serverPorts = Mem.getInt(session + SessionRecord.SERVER_PORTS_OFFSET);
        return new SessionStatus(
                protocol(session),
                STATES[SessionRecord.state(session)],
                address(SessionRecord.source(client)),
                SessionRecord.sourcePort(clientPorts),
                address(SessionRecord.destination(client)),
                SessionRecord.destinationPort(clientPorts),
                address(SessionRecord.destination(server)),
                SessionRecord.destinationPort(serverPorts),
                SessionRecord.isOneSided(session)
                        ? realservers.apply(SessionRecord.realserver(session))
                        : address(SessionRecord.source(server)),
                SessionRecord.sourcePort(serverPorts),
                left(session, now));
    }

    private static Protocol protocol(long session) {
        return switch (SessionRecord.protocol(session)) {
            case SessionRecord.PROTOCOL_TCP -> Protocol.TCP;
            case SessionRecord.PROTOCOL_UDP -> Protocol.UDP;
            case SessionRecord.PROTOCOL_SCTP -> Protocol.SCTP;
            default ->
                WideSessionRecord.isWide(session) && !WideSessionRecord.hasIpv4Client(session)
                        ? Protocol.ICMPV6
                        : Protocol.ICMP;
        };
    }

    private static Ipv4Address address(int raw) {
        return new Ipv4Address(Integer.reverseBytes(raw));
    }
}
