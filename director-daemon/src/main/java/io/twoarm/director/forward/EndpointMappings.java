package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.share.WorkerShare;
import java.util.List;

/**
 * Ports of hosts behind the director that have the same outside port towards all destinations (RFC 4787, REQ-1), in the table
 * that NAT64 has for that. Each session of such a port holds its mapping, and the last one takes it along. A mapping's
 * protocol is that of {@link SessionRecord}, which has NAT64's numbers.
 */
final class EndpointMappings {
    static final int NONE = BindingTable.NONE;

    /** Up to here are ports of services and of health checks. */
    static final int HIGHEST_RESERVED = 1024;

    private final BindingTable bindings;
    private final BindingPorts ports;
    private final KnownRemotes remotes;
    private final ServiceTable services;
    /** By mapping: the own address's number among the realservers. */
    private final int[] realservers;

    /** @param capacity most sessions, and so most mappings */
    EndpointMappings(NativeMemory memory, int capacity, ServiceTable services, WorkerShare share, long randomStart) {
        this.services = services;
        bindings = new BindingTable(memory, capacity, Long.rotateLeft(randomStart, 11), List.of());
        ports = new BindingPorts(bindings, share, this::isReserved, randomStart);
        remotes = new KnownRemotes(memory, capacity, Long.rotateLeft(randomStart, 37));
        realservers = new int[capacity];
    }

    private boolean isReserved(int protocol, int address, int port) {
        if (protocol == SessionRecord.PROTOCOL_ECHO) {
            return false;
        }
        Protocol ported = protocol == SessionRecord.PROTOCOL_TCP ? Protocol.TCP : Protocol.UDP;
        return port <= HIGHEST_RESERVED || services.find(address, port, ported.number()) >= 0;
    }

    /**
     * The mapping of a host's port.
     *
     * @return its number, or {@link #NONE} where there is none whose address is still in force
     */
    int findInside(int protocol, int host, int port) {
        int mapping = bindings.findInside(protocol, 0, Ipv6Address.mapped(host), port);
        if (mapping != NONE && services.serviceOf(realservers[mapping]) < 0) {
            bindings.detach(mapping);
            return NONE;
        }
        return mapping;
    }

    /**
     * Makes the mapping of a host's port that has none, without sessions yet.
     *
     * @param realserver number of the own address
     * @return its number, or {@link #NONE} where no port or no room is left
     */
    int make(int protocol, int host, int port, int realserver) {
        int address = services.address(realserver);
        int outside = ports.choose(protocol, address, port);
        int made = outside == BindingPorts.NONE
                ? NONE
                : bindings.add(protocol, 0, Ipv6Address.mapped(host), port, address, outside);
        if (made != NONE) {
            realservers[made] = realserver;
        }
        return made;
    }

    /** The mapping of an outside port, or {@link #NONE} where there is none whose address is still in force. */
    int findOutside(int protocol, int address, int port) {
        int mapping = bindings.findOutside(protocol, address, port);
        return mapping == NONE || services.serviceOf(realservers[mapping]) < 0 ? NONE : mapping;
    }

    /** Whether a mapping lets in what begins at an outside address. */
    boolean admits(int mapping, int remote, OutsideFilter filter) {
        return switch (filter) {
            case ENDPOINT -> true;
            case ADDRESS -> remotes.contains(mapping, remote);
            case ADDRESS_PORT -> false;
        };
    }

    /** Number of the own address that a mapping leads out by. */
    int realserver(int mapping) {
        return realservers[mapping];
    }

    /** The host. */
    int host(int mapping) {
        return (int) bindings.insideLow(mapping);
    }

    int hostPort(int mapping) {
        return bindings.insidePort(mapping);
    }

    int outside(int mapping) {
        return bindings.outside(mapping);
    }

    int outsidePort(int mapping) {
        return bindings.outsidePort(mapping);
    }

    /** Takes out a mapping if no session holds it. */
    void giveUp(int mapping) {
        bindings.removeUnused(mapping);
    }

    /** A session has begun, which holds its mapping from now on. */
    void retain(long session) {
        int mapping = of(session);
        bindings.retain(mapping);
        remotes.add(mapping, remote(session));
    }

    /** A session that has held its mapping ends. */
    void release(long session) {
        int mapping = of(session);
        remotes.remove(mapping, remote(session));
        bindings.release(mapping);
    }

    private int of(long session) {
        long addresses = Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET);
        return bindings.findOutside(
                SessionRecord.protocol(session),
                Integer.reverseBytes(SessionRecord.destination(addresses)),
                SessionRecord.destinationPort(Mem.getInt(session + SessionRecord.SERVER_PORTS_OFFSET)));
    }

    private static int remote(long session) {
        return SessionRecord.source(Mem.getLong(session + SessionRecord.SERVER_ADDRESSES_OFFSET));
    }

    /** What others may read. */
    BindingTable bindings() {
        return bindings;
    }
}
