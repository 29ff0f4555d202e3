package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.nat64.Nat64Status;
import io.twoarm.director.neighbour.NeighbourReader;
import io.twoarm.director.neighbour.NeighbourStatus;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.route.Route;
import io.twoarm.director.route.RouteTable;
import io.twoarm.director.service.LocalAddressStatus;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.service.TemplateStatus;
import io.twoarm.director.session.SessionReader;
import io.twoarm.director.session.SessionStatus;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.SessionTimers;
import io.twoarm.director.session.WideSessionTable;
import java.util.List;
import java.util.Map;

/**
 * What other threads may see of a worker's forwarder, at any time and without disturbing it: nothing here writes to what the
 * worker uses, and it never waits. Values are as they are at the moment of reading, each for itself. Lists are copies.
 */
public final class ForwarderStatus implements ForwardingView {
    private volatile List<OwnAddress> addresses;
    private volatile ForwardingTables tables;
    private final RouteTable routes;
    private final Counters counters;
    private final ReportRing reports;
    private final ServiceTable services;
    private final SessionTable sessions;
    private final WideSessionTable wideSessions;
    private final SessionReader sessionReader;
    private final NeighbourReader neighbours;
    private final WorkerTables worker;
    private final Nat64Tables nat64;
    /** The port whose one neighbour is the director. */
    private final int turn;

    ForwarderStatus(ForwardingTables tables, WorkerTables worker, SessionTimers.Policy policy) {
        this.worker = worker;
        nat64 = worker.nat64;
        turn = worker.turn.index();
        this.tables = tables;
        addresses = worker.addresses;
        routes = worker.routes;
        counters = worker.counters;
        reports = worker.reports;
        services = worker.services;
        sessions = worker.sessions;
        wideSessions = worker.wideSessions;
        sessionReader = new SessionReader(
                sessions,
                wideSessions,
                policy,
                realserver -> services.realserver(realserver).address());
        neighbours = new NeighbourReader(worker.neighbours);
    }

    /** Everything that decides what happens to packets, as it is in force. */
    @Override
    public ForwardingTables tables() {
        return tables;
    }

    void adopt(ForwardingTables others, List<OwnAddress> own) {
        tables = others;
        addresses = own;
    }

    /** Ports that are mapped independently of destinations. */
    @Override
    public MappingStatus mappings(int limit) {
        return MappingStatus.of(worker.endpoints, limit);
    }

    /** Bindings of NAT64. */
    @Override
    public Nat64Status nat64(int limit) {
        return Nat64Status.of(nat64.bindings, nat64.sessions, limit);
    }

    /** All counters. */
    @Override
    public Map<Counter, Long> counters() {
        return counters.snapshot();
    }

    /** What the worker wants to tell. Only one thread may take from it. */
    public ReportRing reports() {
        return reports;
    }

    /** Virtual services and realservers with their figures. */
    @Override
    public List<ServiceStatus> services() {
        return services.status();
    }

    /** A realserver by the number that reports name. */
    public RealserverDefinition realserver(int number) {
        return services.realserver(number);
    }

    /** Number of sessions. */
    @Override
    public int sessionCount() {
        return sessions.size() + wideSessions.size();
    }

    /** Sessions that the table has room for. */
    @Override
    public int sessionCapacity() {
        return sessions.capacity() + wideSessions.capacity();
    }

    /**
     * Sessions, in no order.
     *
     * @param limit how many at most
     * @param nowMicros the worker's clock
     */
    @Override
    public List<SessionStatus> sessions(int limit, long nowMicros) {
        return sessionReader.list(limit, nowMicros);
    }

    /**
     * Networks of clients that come back to a realserver.
     *
     * @param limit how many at most
     * @param nowMicros the worker's clock
     */
    @Override
    public List<TemplateStatus> templates(int limit, long nowMicros) {
        return services.templates(limit, nowMicros);
    }

    /** The neighbour table. */
    @Override
    public List<NeighbourStatus> neighbours() {
        return neighbours.list().stream()
                .filter(neighbour -> neighbour.port() != turn)
                .toList();
    }

    /** Routes, most specific first. */
    @Override
    public List<Route> routes() {
        return routes.routes();
    }

    /** Own addresses: those configured, then those of the links. */
    @Override
    public List<OwnAddress> addresses() {
        return addresses;
    }

    /** Use of local ports. */
    @Override
    public List<LocalAddressStatus> localAddresses() {
        return services.localPools().status();
    }
}
