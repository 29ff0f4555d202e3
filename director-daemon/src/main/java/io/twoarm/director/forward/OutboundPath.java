package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.session.SessionRecord;

/**
 * Begins flows of hosts behind the director to destinations outside, as match services allow (SNAT, RFC 4787 and RFC 5382):
 * TCP and UDP of both families. In the session the host has the part of the client, and the destination stands both as the
 * address that the client knows and as the realserver's; the director's own address is the local one. So all stages serve
 * these sessions as they serve FullNAT's, in both directions.
 *
 * <p>A segment that opens no connection and belongs to none is answered by a reset, so that a host learns at once that the
 * director has forgotten its connection.
 */
final class OutboundPath {
    private static final int OPENING_FLAGS = TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST | TcpHeader.FIN;

    private final OutboundMatch matches;
    private final FlowSetup flows;
    private final WideFlows wideFlows;
    private final TransportExceptions transport;
    private final WidePath wide;
    private final ResetAnswers resets;
    private final WideResets wideResets;
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final int leastTtl;

    OutboundPath(
            WorkerTables tables,
            FlowSetup flows,
            WideFlows wideFlows,
            TransportExceptions transport,
            WidePath wide,
            ResetAnswers resets,
            WideResets wideResets,
            IcmpAnswers answers,
            Icmpv6Answers wideAnswers) {
        matches = new OutboundMatch(tables);
        this.flows = flows;
        this.wideFlows = wideFlows;
        this.transport = transport;
        this.wide = wide;
        this.resets = resets;
        this.wideResets = wideResets;
        this.answers = answers;
        this.wideAnswers = wideAnswers;
        leastTtl = tables.leastTtl();
    }

    /**
     * Takes over a TCP or UDP packet of no session behind 20 bytes of IPv4 header; false when no match service is for it.
     *
     * @param length of what is behind the header, at least that of a header without options
     */
    boolean begin(Burst burst, int i, long ip, int length, Protocol protocol) {
        long at = ip + Ipv4Header.SIZE;
        if (!isWellFormed(at, length, protocol)) {
            return false;
        }
        int ports = Mem.getInt(at);
        int service = matches.find(
                burst, ip, protocol.number(), SessionRecord.sourcePort(ports), SessionRecord.destinationPort(ports));
        if (service < 0) {
            return false;
        }
        if (!opens(at, protocol)) {
            resets.answer(burst.mbufs[i], burst.nowMicros);
        } else if ((Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < leastTtl) {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
        } else {
            int known = number(protocol);
            long addresses = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
            if (flows.create(burst, i, service, addresses, ports, known) != 0) {
                transport.passKnown(burst, i, ip, known);
            }
        }
        return true;
    }

    /** The same behind 40 bytes of IPv6 header. */
    boolean beginWide(Burst burst, int i, long ip, int length, Protocol protocol) {
        long at = ip + Ipv6Header.SIZE;
        boolean unsummed = protocol == Protocol.UDP && Mem.getShort(at + UdpHeader.CHECKSUM_OFFSET) == 0;
        if (!isWellFormed(at, length, protocol) || unsummed) {
            return false;
        }
        int ports = Mem.getInt(at);
        int service = matches.findWide(
                burst, ip, protocol.number(), SessionRecord.sourcePort(ports), SessionRecord.destinationPort(ports));
        if (service < 0) {
            return false;
        }
        if (!opens(at, protocol)) {
            wideResets.answer(burst, i);
        } else if (Ipv6Header.hopLimit(ip) < leastTtl) {
            wideAnswers.hopLimitExceeded(burst, i);
        } else if (wideFlows.create(burst, i, ip, service, ports, number(protocol)) != 0) {
            wide.passKnown(burst, i, ip, number(protocol));
        }
        return true;
    }

    private static boolean isWellFormed(long at, int length, Protocol protocol) {
        if (protocol == Protocol.TCP) {
            int header = TcpHeader.headerLength(at);
            return header >= TcpHeader.SIZE && header <= length;
        }
        int stated = Mem.getUnsignedShortBE(at + UdpHeader.LENGTH_OFFSET);
        return stated >= UdpHeader.SIZE && stated <= length;
    }

    private static boolean opens(long at, Protocol protocol) {
        return protocol != Protocol.TCP || (TcpHeader.flags(at) & OPENING_FLAGS) == TcpHeader.SYN;
    }

    private static int number(Protocol protocol) {
        return protocol == Protocol.TCP ? SessionRecord.PROTOCOL_TCP : SessionRecord.PROTOCOL_UDP;
    }
}
