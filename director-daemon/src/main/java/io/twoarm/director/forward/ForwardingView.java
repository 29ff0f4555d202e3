package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.nat64.Nat64Status;
import io.twoarm.director.neighbour.NeighbourStatus;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.LocalAddressStatus;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.service.TemplateStatus;
import io.twoarm.director.session.SessionStatus;
import java.util.List;
import java.util.Map;

/** What other threads may see of one worker's forwarder, or of all. Values are as they are at the moment of reading. */
public interface ForwardingView {
    /** Everything that decides what happens to packets, as it is in force. */
    ForwardingTables tables();

    /** All counters. */
    Map<Counter, Long> counters();

    /** Virtual services and realservers with their figures. */
    List<ServiceStatus> services();

    /** Number of sessions. */
    int sessionCount();

    /** Sessions that there is room for. */
    int sessionCapacity();

    /**
     * Sessions, in no order.
     *
     * @param limit how many at most
     * @param nowMicros the workers' clock
     */
    List<SessionStatus> sessions(int limit, long nowMicros);

    /**
     * Networks of clients that come back to a realserver.
     *
     * @param limit how many at most
     * @param nowMicros the workers' clock
     */
    List<TemplateStatus> templates(int limit, long nowMicros);

    /**
     * Bindings of NAT64.
     *
     * @param limit how many at most
     */
    Nat64Status nat64(int limit);

    /**
     * Ports that are mapped independently of destinations.
     *
     * @param limit mappings at most
     */
    MappingStatus mappings(int limit);

    /** Neighbours. */
    List<NeighbourStatus> neighbours();

    /** Routes, most specific first. */
    List<Route> routes();

    /** Own addresses: those configured, then those of the links. */
    List<OwnAddress> addresses();

    /** Use of local ports. */
    List<LocalAddressStatus> localAddresses();
}
