package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.MappedEnds;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;

/**
 * TCP and UDP packets to own addresses that stand for hosts behind the director, as services that are endpoint-independent
 * allow (RFC 4787, REQ-8 and REQ-9; RFC 5382, REQ-3 and REQ-8). What comes from outside to a mapped port begins a flow of its
 * host, if the service's filter lets it in; what comes from such a host leaves like any packet of it, turns around at the {@link
 * io.twoarm.director.steer.TurnPort}, and is then from outside.
 */
final class EndpointPath {
    private static final int OPENING_FLAGS = TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST | TcpHeader.FIN;

    private final WorkerTables tables;
    private final ServiceTable services;
    private final TransportExceptions transport;
    private final OutboundPath outbound;
    private final FlowSetup flows;
    private final IcmpAnswers answers;
    private final Emitter emitter;
    private final int leastTtl;

    EndpointPath(
            WorkerTables tables,
            TransportExceptions transport,
            OutboundPath outbound,
            FlowSetup flows,
            IcmpAnswers answers) {
        this.tables = tables;
        this.transport = transport;
        this.outbound = outbound;
        this.flows = flows;
        this.answers = answers;
        services = tables.services;
        emitter = tables.emitter;
        leastTtl = tables.leastTtl();
    }

    /**
     * Takes over a packet with a whole header behind 20 bytes of IPv4 header; false where no mapping is for it, nor a service.
     *
     * @param length of what is behind the IPv4 header
     */
    boolean pass(Burst burst, int i, long ip, int length, Protocol protocol) {
        MappedEnds ends = tables.mappedEnds;
        int destination = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        int port = Mem.getUnsignedShortBE(ip + Ipv4Header.SIZE + TcpHeader.DESTINATION_PORT_OFFSET);
        if (port <= EndpointMappings.HIGHEST_RESERVED
                || !ends.isOutside(protocol.number(), destination)
                || services.find(destination, port, protocol.number()) >= 0) {
            return false;
        }
        int known = SessionRecord.withPorts(protocol.number());
        if (transport.passKnown(burst, i, ip, known)) {
            return true;
        }
        int source = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
        return ends.isInside(protocol.number(), source)
                ? outbound.begin(burst, i, ip, length, protocol)
                : begin(burst, i, ip, known, destination, port);
    }

    private boolean begin(Burst burst, int i, long ip, int protocol, int destination, int port) {
        EndpointMappings mappings = tables.endpoints;
        int mapping = mappings.findOutside(protocol, destination, port);
        if (mapping == EndpointMappings.NONE || !opens(ip + Ipv4Header.SIZE, protocol)) {
            return false;
        }
        int remote = Mem.getInt(ip + Ipv4Header.SOURCE_OFFSET);
        int service = services.serviceOf(mappings.realserver(mapping));
        OutsideFilter filter =
                services.service(service).policy().endpointIndependent().orElse(OutsideFilter.ADDRESS_PORT);
        if (!mappings.admits(mapping, remote, filter)) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NO_BINDING);
            return true;
        }
        if ((Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < leastTtl) {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
            return true;
        }
        int remotePort = Mem.getUnsignedShortBE(ip + Ipv4Header.SIZE);
        long addresses = SessionRecord.join(Integer.reverseBytes(mappings.host(mapping)), remote);
        int ports = SessionRecord.joinPorts(mappings.hostPort(mapping), remotePort);
        if (flows.createMapped(burst, i, service, mappings.realserver(mapping), addresses, ports, protocol)) {
            transport.passKnown(burst, i, ip, protocol);
        }
        return true;
    }

    private static boolean opens(long transport, int protocol) {
        return protocol != SessionRecord.PROTOCOL_TCP || (TcpHeader.flags(transport) & OPENING_FLAGS) == TcpHeader.SYN;
    }
}
