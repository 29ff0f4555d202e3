package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;
import io.twoarm.director.session.WideSessionTable;

/**
 * Pings through a virtual service for ICMP or ICMPv6 where a side has IPv6 (RFC 7915, 4.2 and 5.2). As
 * in {@link EchoFlows}, identifiers stand in the part of ports.
 */
final class WideEchoes {
    private final WideSessionTable sessions;
    private final ServiceTable services;
    private final OutboundMatch matches;
    private final WideFlows flows;
    private final Oversize oversize;
    private final Icmpv6Answers answers;
    private final IcmpAnswers ipv4Answers;
    private final WideTranslation translation;
    private final EmitStage emit;
    private final int leastTtl;

    WideEchoes(
            WorkerTables tables,
            WideFlows flows,
            Oversize oversize,
            Icmpv6Answers answers,
            IcmpAnswers ipv4Answers,
            WideTranslation translation,
            EmitStage emit) {
        this.flows = flows;
        this.oversize = oversize;
        this.answers = answers;
        this.ipv4Answers = ipv4Answers;
        this.translation = translation;
        this.emit = emit;
        matches = new OutboundMatch(tables);
        sessions = tables.wideSessions;
        services = tables.services;
        leastTtl = tables.leastTtl();
    }

    /** Forwards a ping of a client; false when no service is for it. */
    boolean passRequest(Burst burst, int i, long ip) {
        long to = ip + Ipv6Header.DESTINATION_OFFSET;
        int service = services.find(Ipv6Header.high(to), Ipv6Header.low(to), 0, Protocol.ICMPV6.number());
        return service >= 0 && passRequest(burst, i, ip, service);
    }

    /** Forwards a ping of a host behind the director; false when no match service is for it. */
    boolean passOutbound(Burst burst, int i, long ip) {
        int service = matches.findWide(burst, ip, Protocol.ICMPV6.number(), 0, 0);
        return service >= 0 && passRequest(burst, i, ip, service);
    }

    private boolean passRequest(Burst burst, int i, long ip, int service) {
        long to = ip + Ipv6Header.DESTINATION_OFFSET;
        if (Ipv6Header.hopLimit(ip) < leastTtl) {
            answers.hopLimitExceeded(burst, i);
            return true;
        }
        int ports = SessionRecord.joinPorts(identifier(ip + Ipv6Header.SIZE), 0);
        long reference = sessions.find(ip + Ipv6Header.SOURCE_OFFSET, to, ports, SessionRecord.PROTOCOL_ECHO);
        if (reference == 0) {
            reference = flows.create(burst, i, ip, service, ports, SessionRecord.PROTOCOL_ECHO);
        }
        if (reference != 0) {
            forward(burst, i, ip, reference, Ipv6Header.SIZE);
        }
        return true;
    }

    /** Forwards the answer of an IPv6 realserver; false when it belongs to no session. */
    boolean passReply(Burst burst, int i, long ip) {
        long reference = sessions.find(
                ip + Ipv6Header.SOURCE_OFFSET,
                ip + Ipv6Header.DESTINATION_OFFSET,
                SessionRecord.joinPorts(0, identifier(ip + Ipv6Header.SIZE)),
                SessionRecord.PROTOCOL_ECHO);
        if (reference == 0) {
            return false;
        }
        if (Ipv6Header.hopLimit(ip) < leastTtl) {
            answers.hopLimitExceeded(burst, i);
        } else {
            forward(burst, i, ip, reference, Ipv6Header.SIZE);
        }
        return true;
    }

    /** Forwards a ping of an IPv4 client to its IPv6 realserver; false when it belongs to no session. */
    boolean passIpv4Request(Burst burst, int i, long ip) {
        return passIpv4(burst, i, ip, SessionRecord.joinPorts(identifier(ip + Ipv4Header.SIZE), 0));
    }

    /** Forwards the answer of an IPv4 realserver; false when it belongs to no session. */
    boolean passIpv4Reply(Burst burst, int i, long ip) {
        return passIpv4(burst, i, ip, SessionRecord.joinPorts(0, identifier(ip + Ipv4Header.SIZE)));
    }

    private boolean passIpv4(Burst burst, int i, long ip, int ports) {
        long reference =
                sessions.findFromIpv4(Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET), ports, SessionRecord.PROTOCOL_ECHO);
        if (reference == 0) {
            return false;
        }
        if ((Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < leastTtl) {
            ipv4Answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
        } else {
            forward(burst, i, ip, reference, Ipv4Header.SIZE);
        }
        return true;
    }

    private static int identifier(long icmp) {
        return Mem.getUnsignedShortBE(icmp + Icmpv6Header.ID_OFFSET);
    }

    /** Sends a message with an identifier on in its session. */
    void forward(Burst burst, int i, long ip, long reference, int header) {
        burst.references[i] = reference;
        burst.headers[i] = header;
        burst.frames[i] = ip - EthernetHeader.SIZE;
        long icmp = ip + header;
        int length = burst.lengths[i] - header;
        if (!oversize.settle(burst, i, 0)) {
            long session = SessionTable.session(reference);
            boolean fromClient = SessionTable.direction(reference) == SessionTable.FROM_CLIENT;
            translation.pass(burst, i, reference);
            finish(session, fromClient, icmp, length);
            Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, burst.clock);
            burst.hops[i] = fromClient ? SessionRecord.serverHop(session) : SessionRecord.clientHop(session);
            emit.pass(burst, i, reference);
        }
        burst.headers[i] = Ipv4Header.SIZE;
        burst.references[i] = Burst.SETTLED;
    }

    /** Type, identifier and checksum; that of ICMPv6 covers the addresses. */
    private static void finish(long session, boolean fromClient, long icmp, int length) {
        int clientId = SessionRecord.sourcePort(Mem.getInt(session + SessionRecord.CLIENT_PORTS_OFFSET));
        int localId = SessionRecord.destinationPort(Mem.getInt(session + SessionRecord.SERVER_PORTS_OFFSET));
        Mem.putShortBE(icmp + Icmpv6Header.ID_OFFSET, fromClient ? localId : clientId);
        if (WideSessionRecord.isIpv4(session, !fromClient)) {
            Mem.putByte(icmp, (byte) (fromClient ? IcmpHeader.ECHO_REQUEST : IcmpHeader.ECHO_REPLY));
            Mem.putShort(icmp + IcmpHeader.CHECKSUM_OFFSET, (short) 0);
            Mem.putShort(icmp + IcmpHeader.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(icmp, length)));
        } else {
            Mem.putByte(icmp, (byte) (fromClient ? Icmpv6Header.ECHO_REQUEST : Icmpv6Header.ECHO_REPLY));
            long ip = icmp - Ipv6Header.SIZE;
            Ipv6Header.putChecksum(ip, icmp, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        }
    }
}
