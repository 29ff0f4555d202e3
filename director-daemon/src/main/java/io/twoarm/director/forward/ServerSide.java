package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * The realserver's side of a new IPv4 session, as the realserver's forwarding mode wants it. All modes share one way of a
 * packet: it gets the key of the other side. What that key is makes the difference.
 *
 * <ul>
 *   <li>FullNAT: RIP and RPORT, a local address and a port of its pool.
 *   <li>NAT: RIP and RPORT, the client's own address and port.
 *   <li>SNAT: the destination as the client knows it, one of the director's own addresses and a port that is free towards
 *       that destination, or that stands for the host's port towards all destinations.
 *   <li>Direct routing and tunnels: the client's key itself, so that nothing changes; there is no way back.
 * </ul>
 */
final class ServerSide {
    private final WorkerTables tables;
    private final ServiceTable services;
    private final SessionTable sessions;
    private final OutsidePorts outside;
    private final DataPorts dataPorts;
    private int mapping;
    private long addresses;
    private int ports;
    private int port;
    private int flags;
    private Counter obstacle = Counter.DROPPED_NO_LOCAL_PORT;

    ServerSide(WorkerTables tables, DataPorts dataPorts) {
        this.tables = tables;
        this.dataPorts = dataPorts;
        services = tables.services;
        sessions = tables.sessions;
        outside = new OutsidePorts(tables);
    }

    /**
     * Finds addresses, ports and flags for a flow's session.
     *
     * @param protocol a {@link SessionRecord} protocol
     * @return false when there is none, for the reason in {@link #obstacle()}
     */
    boolean find(int realserver, long clientAddresses, int clientPorts, int protocol) {
        flags = 0;
        port = services.port(realserver);
        return switch (services.mode(realserver)) {
            case FULLNAT -> takeLocalPort(realserver);
            case NAT -> keepClient(realserver, clientAddresses, clientPorts, protocol);
            case SNAT ->
                services.isMapped(realserver)
                        ? keepMapping(realserver, clientAddresses, clientPorts, protocol)
                        : keepDestination(realserver, clientAddresses, clientPorts, protocol);
            case DIRECT, TUNNEL, GRE -> {
                addresses = Long.rotateLeft(clientAddresses, 32);
                ports = Integer.rotateLeft(clientPorts, 16);
                flags = SessionRecord.ONE_SIDED_FLAG;
                yield true;
            }
        };
    }

    /**
     * The same for a TCP connection to a port of the realserver that it has announced to a client.
     *
     * @param localLow the local address that the realserver knows the client by
     */
    boolean findAnnounced(int realserver, int announced, long localLow, long clientAddresses, int clientPorts) {
        flags = 0;
        port = announced;
        if (services.mode(realserver) == ForwardingMode.NAT) {
            return keepClient(realserver, clientAddresses, clientPorts, SessionRecord.PROTOCOL_TCP);
        }
        int localPort = dataPorts.choose(services.high(realserver), services.low(realserver), announced, 0, localLow);
        return putLocal(realserver, localLow, localPort);
    }

    private boolean takeLocalPort(int realserver) {
        int localPort = services.localPools().take(realserver);
        return putLocal(realserver, services.localPools().takenLow(), localPort);
    }

    private boolean putLocal(int realserver, long localLow, int localPort) {
        obstacle = Counter.DROPPED_NO_LOCAL_PORT;
        addresses = SessionRecord.join(
                Integer.reverseBytes(services.address(realserver)), Integer.reverseBytes((int) localLow));
        ports = SessionRecord.joinPorts(port, localPort);
        return localPort != 0;
    }

    private boolean keepClient(int realserver, long clientAddresses, int clientPorts, int protocol) {
        obstacle = Counter.DROPPED_FLOW_COLLISION;
        addresses = SessionRecord.join(
                Integer.reverseBytes(services.address(realserver)), SessionRecord.source(clientAddresses));
        ports = SessionRecord.joinPorts(port, SessionRecord.sourcePort(clientPorts));
        return sessions.find(addresses, ports, protocol) == 0;
    }

    private boolean keepDestination(int realserver, long clientAddresses, int clientPorts, int protocol) {
        obstacle = Counter.DROPPED_NO_LOCAL_PORT;
        int remote = SessionRecord.destination(clientAddresses);
        int own = Integer.reverseBytes(services.address(realserver));
        port = SessionRecord.destinationPort(clientPorts);
        addresses = SessionRecord.join(remote, own);
        outside.begin(clientAddresses ^ (long) clientPorts << 16);
        for (int tries = 0; tries < OutsidePorts.TRIES; tries++) {
            int candidate = outside.next();
            ports = SessionRecord.joinPorts(port, candidate);
            if (outside.isOurs(Integer.reverseBytes(remote), Integer.reverseBytes(own), port, candidate)
                    && sessions.find(addresses, ports, protocol) == 0) {
                return true;
            }
        }
        return false;
    }

    /** The destination, and the port that stands for the host's whoever it talks to. */
    private boolean keepMapping(int realserver, long clientAddresses, int clientPorts, int protocol) {
        obstacle = Counter.DROPPED_NO_LOCAL_PORT;
        EndpointMappings mappings = tables.endpoints;
        int host = Integer.reverseBytes(SessionRecord.source(clientAddresses));
        int hostPort = SessionRecord.sourcePort(clientPorts);
        int known = mappings.findInside(protocol, host, hostPort);
        mapping = known != EndpointMappings.NONE ? known : mappings.make(protocol, host, hostPort, realserver);
        if (mapping == EndpointMappings.NONE) {
            return false;
        }
        addresses = SessionRecord.join(
                SessionRecord.destination(clientAddresses), Integer.reverseBytes(mappings.outside(mapping)));
        ports = SessionRecord.joinPorts(SessionRecord.destinationPort(clientPorts), mappings.outsidePort(mapping));
        boolean free = sessions.find(addresses, ports, protocol) == 0;
        if (!free) {
            obstacle = Counter.DROPPED_FLOW_COLLISION;
            mappings.giveUp(mapping);
        }
        return free;
    }

    /** Gives back what was found last. */
    void giveUp(int realserver) {
        if (services.isMapped(realserver)) {
            tables.endpoints.giveUp(mapping);
            return;
        }
        if (port != services.port(realserver)) {
            return;
        }
        int local = Integer.reverseBytes(SessionRecord.destination(addresses));
        services.localPools().giveBack(realserver, 0, Ipv6Address.mapped(local), SessionRecord.destinationPort(ports));
    }

    /** RIP and LIP, raw. */
    long addresses() {
        return addresses;
    }

    /** RPORT and LPORT, raw. */
    int ports() {
        return ports;
    }

    /** What the session's flags get. */
    int flags() {
        return flags;
    }

    /** The counter of a packet whose flow cannot begin. */
    Counter obstacle() {
        return obstacle;
    }
}
