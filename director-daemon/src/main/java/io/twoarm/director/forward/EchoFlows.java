package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_PORTS_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;

/**
 * Pings through a virtual service for ICMP (RFC 5508, 3.1): FullNAT with the identifier in the part of the port. A client's
 * identifier stands as its port in the session's key, the director's as the local port; the other port is 0.
 */
final class EchoFlows {
    private final SessionTable sessions;
    private final ServiceTable services;
    private final OutboundMatch matches;
    private final FlowSetup flows;
    private final Oversize oversize;
    private final IcmpAnswers answers;
    private final EmitStage emit;
    private final WideEchoes wide;
    private final boolean decrementTtl;

    EchoFlows(
            WorkerTables tables,
            FlowSetup flows,
            Oversize oversize,
            IcmpAnswers answers,
            EmitStage emit,
            WideEchoes wide) {
        this.wide = wide;
        this.flows = flows;
        this.oversize = oversize;
        this.answers = answers;
        this.emit = emit;
        matches = new OutboundMatch(tables);
        sessions = tables.sessions;
        services = tables.services;
        decrementTtl = tables.decrementTtl;
    }

    /** Forwards a ping of a client; false when no service is for it. */
    boolean passRequest(Burst burst, int i, long ip) {
        int address = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        int service = services.find(address, 0, Protocol.ICMP.number());
        return service >= 0 && passRequest(burst, i, ip, service);
    }

    /** Forwards a ping of a host behind the director; false when no match service is for it. */
    boolean passOutbound(Burst burst, int i, long ip) {
        int service = matches.find(burst, ip, Protocol.ICMP.number(), 0, 0);
        return service >= 0 && passRequest(burst, i, ip, service);
    }

    private boolean passRequest(Burst burst, int i, long ip, int service) {
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        int ports = SessionRecord.joinPorts(identifier(ip), 0);
        long reference = sessions.find(addresses, ports, SessionRecord.PROTOCOL_ECHO);
        if (reference == 0 && wide.passIpv4Request(burst, i, ip)) {
            return true;
        }
        if (reference == 0 && !ttlIsOver(burst, i, ip)) {
            reference = flows.create(burst, i, service, addresses, ports, SessionRecord.PROTOCOL_ECHO);
            if (reference != 0 && WideSessionRecord.isWide(SessionTable.session(reference))) {
                wide.forward(burst, i, ip, reference, Ipv4Header.SIZE);
            } else if (reference != 0) {
                translate(burst, i, ip, reference);
            }
        } else if (reference != 0 && !ttlIsOver(burst, i, ip)) {
            translate(burst, i, ip, reference);
        }
        return true;
    }

    /** Forwards a realserver's answer; false when it belongs to no session. */
    boolean passReply(Burst burst, int i, long ip) {
        long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        int ports = SessionRecord.joinPorts(0, identifier(ip));
        long reference = sessions.find(addresses, ports, SessionRecord.PROTOCOL_ECHO);
        if (reference == 0) {
            return false;
        }
        if (!ttlIsOver(burst, i, ip)) {
            translate(burst, i, ip, reference);
        }
        return true;
    }

    private static int identifier(long ip) {
        return Mem.getUnsignedShortBE(ip + Ipv4Header.SIZE + IcmpHeader.ID_OFFSET);
    }

    private boolean ttlIsOver(Burst burst, int i, long ip) {
        boolean over = decrementTtl && (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < 2;
        if (over) {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
        }
        return over;
    }

    private void translate(Burst burst, int i, long ip, long reference) {
        burst.references[i] = reference;
        if (oversize.settle(burst, i, 0)) {
            return;
        }
        long session = SessionTable.session(reference);
        boolean fromClient = SessionTable.direction(reference) == SessionTable.FROM_CLIENT;
        long key = Mem.getLong(session + (fromClient ? SERVER_ADDRESSES_OFFSET : CLIENT_ADDRESSES_OFFSET));
        int clientId = SessionRecord.sourcePort(Mem.getInt(session + CLIENT_PORTS_OFFSET));
        int localId = SessionRecord.destinationPort(Mem.getInt(session + SERVER_PORTS_OFFSET));
        Ipv4Translation.exchange(ip, Long.rotateLeft(key, 32), decrementTtl);
        IcmpHeader.replace(ip + Ipv4Header.SIZE, IcmpHeader.ID_OFFSET, Short.reverseBytes((short)
                (fromClient ? localId : clientId)));
        Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, burst.clock);
        burst.hops[i] = fromClient ? SessionRecord.serverHop(session) : SessionRecord.clientHop(session);
        burst.frames[i] = ip - EthernetHeader.SIZE;
        emit.pass(burst, i, reference);
        burst.references[i] = Burst.SETTLED;
    }
}
