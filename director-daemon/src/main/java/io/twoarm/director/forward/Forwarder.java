package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.exception.KernelMailbox;
import io.twoarm.director.health.HealthChecks;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.ArpSender;
import io.twoarm.director.neighbour.DiscoverySender;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.FtpCommand;
import io.twoarm.director.port.PacketProcessor;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.route.RouteTable;
import io.twoarm.director.service.MappedEnds;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.session.SequenceNumbers;
import io.twoarm.director.session.SessionTimers;
import io.twoarm.director.session.SynCookies;
import io.twoarm.director.steer.Steering;
import io.twoarm.director.vlan.VlanPorts;
import java.util.List;
import java.util.Optional;

/**
 * One worker's dataplane: all its tables, and the stages that packets go through. It shares nothing with other workers, and
 * all but {@link #status()} and {@link #prepare} belongs to its worker's
 * thread. Packets allocate nothing.
 */
public final class Forwarder implements PacketProcessor {
    /** Sessions whose timers are looked at in one turn: some 20 microseconds. */
    private static final int TIMER_BUDGET = 256;

    private final Burst burst = new Burst();
    private final Counters counters;
    private final Emitter emitter;
    private final ArpSender arpSender;
    private final DiscoverySender discoverySender;
    private final NeighbourTable neighbours;
    private final SessionLifecycle lifecycle;
    private final SessionLifecycle wideLifecycle;
    private final HealthChecks health;
    private final ClassifyStage classify;
    private final LookupStage lookup;
    private final EstablishedStage established;
    private final ExceptionPath exceptions;
    private final KernelPath kernel;
    private final TaggedFrames tagged;
    private final Fragments fragments;
    private final Nat64 nat64;
    private final Steering steering;
    private final HalfwayPackets halfway;
    private final ForwarderStatus status;
    private final WorkerTables tables;
    private final int ports;
    /** Native array of packets that have turned around. */
    private final long turned;

    /**
     * Takes all memory and makes all tables.
     *
     * @throws IllegalArgumentException when the tables contradict each other, naming the value
     */
    public Forwarder(ForwarderSetup setup) {
        setup.tables().check(setup.ports().size());
        ports = setup.ports().size();
        tables = new WorkerTables(setup);
        counters = tables.counters;
        emitter = tables.emitter;
        arpSender = tables.arpSender;
        discoverySender = tables.discoverySender;
        neighbours = tables.neighbours;
        SequenceNumbers numbers = new SequenceNumbers(setup.secret());
        SynProxy proxy = new SynProxy(
                tables,
                new SynCookies(setup.secret()),
                numbers,
                setup.tables().limits().synProxy());
        ProxiedSegments proxied = new ProxiedSegments(proxy, tables.proxied, emitter);
        ProxiedSegments wideProxied = new ProxiedSegments(proxy, tables.wideProxied, emitter);
        lifecycle = new SessionLifecycle(tables, tables.sessions, proxied, setup.startMicros());
        wideLifecycle = new SessionLifecycle(tables, tables.wideSessions, wideProxied, setup.startMicros());
        health = new HealthChecks(
                tables.services,
                tables.own,
                tables.router,
                emitter,
                counters,
                tables.reports,
                setup.secret(),
                setup.share(),
                setup.startMicros());

        IcmpAnswers answers = new IcmpAnswers(tables);
        ResetAnswers resets = new ResetAnswers(tables);
        Icmpv6Answers wideAnswers = new Icmpv6Answers(tables);
        Oversize oversize = new Oversize(tables, answers, wideAnswers);
        PassiveFtp ftp = new PassiveFtp(tables.announcements, tables.services, counters, setup.memory());
        long line = Mem.pointer(setup.memory().allocate(FtpCommand.LONGEST, 64));
        DataPorts dataPorts = new DataPorts(tables, setup.memory(), setup.secret());
        ActiveFtp activeFtp = new ActiveFtp(tables, dataPorts, new FtpCommand(line));
        DataFlows dataFlows = new DataFlows(tables, lifecycle, wideLifecycle, numbers);
        ProxyInsertion proxies = new ProxyInsertion(tables.services, counters, setup.memory());
        UnusualSegments unusual =
                new UnusualSegments(tables, lifecycle, oversize, proxies, ftp, activeFtp, numbers, proxied);
        Datagrams datagrams = new Datagrams(lifecycle, oversize, proxies, emitter);
        WideResets wideResets = new WideResets(tables);
        WideFlows wideFlows =
                new WideFlows(tables, wideLifecycle, wideResets, wideAnswers, answers, dataPorts, numbers);
        FlowSetup flows = new FlowSetup(tables, lifecycle, resets, answers, dataPorts, wideFlows);

        classify = new ClassifyStage(tables);
        lookup = new LookupStage(tables.sessions);
        EmitStage emit = new EmitStage(tables);
        TransportStage transport = new TransportStage(unusual, datagrams);
        NetworkStage network = new NetworkStage(tables.decrementTtl);
        SingleFile singleFile = new SingleFile(transport, network, emit);
        EmitStage ownEmit = new EmitStage(tables, Counter.SENT_SYN_PROXY);
        SingleFile ownFile = new SingleFile(transport, network, ownEmit);
        proxied.leadBy((own, i, ip, reference) -> ownFile.pass(own, i, reference));
        WideTranslation translation = new WideTranslation(tables.decrementTtl);
        established = new EstablishedStage(
                lookup,
                tables.proxied,
                new WideEstablished(tables, translation, emit),
                singleFile,
                emit,
                tables.router,
                tables.decrementTtl);
        WidePath wide = new WidePath(
                tables,
                health,
                wideFlows,
                ftp,
                activeFtp,
                dataFlows,
                new UnusualSegments(tables, wideLifecycle, oversize, proxies, ftp, activeFtp, numbers, wideProxied),
                new Datagrams(wideLifecycle, oversize, proxies, emitter),
                translation,
                emit,
                wideResets,
                wideAnswers,
                answers,
                proxy,
                wideProxied);
        wideProxied.leadBy((own, i, ip, reference) -> wide.passOwn(own, i, ip, reference, ownEmit));
        WideEchoes wideEchoes = new WideEchoes(tables, wideFlows, oversize, wideAnswers, answers, translation, emit);
        WideErrors wideErrors = new WideErrors(tables, translation);
        EchoFlows echoes = new EchoFlows(tables, flows, oversize, answers, emit, wideEchoes);
        fragments = new Fragments(tables, answers, wideAnswers);
        TransportExceptions transportExceptions = new TransportExceptions(
                tables,
                health,
                flows,
                singleFile,
                resets,
                answers,
                ftp,
                activeFtp,
                dataFlows,
                wide,
                proxy,
                proxied,
                wideProxied);
        IcmpPath icmp = new IcmpPath(tables, echoes, wideEchoes, wideErrors);
        kernel = new KernelPath(tables, setup.kernel());
        Icmpv6Path icmpv6 = new Icmpv6Path(tables, wideEchoes, wideErrors, kernel);
        OutboundPath outbound = new OutboundPath(
                tables, flows, wideFlows, transportExceptions, wide, resets, wideResets, answers, wideAnswers);
        Associations associations = new Associations(
                tables, lifecycle, wideLifecycle, flows, wideFlows, oversize, answers, wideAnswers, translation, emit);
        TransitPath transit =
                new TransitPath(tables, transportExceptions, wide, icmp, icmpv6, associations, fragments, outbound);
        FamilyTranslation family = new FamilyTranslation(tables, answers, wideAnswers, translation);
        Siit siit = new Siit(tables, answers, wideAnswers, family);
        Nat64Handover handover = new Nat64Handover(tables, setup.colleagues());
        nat64 = new Nat64(tables, answers, wideAnswers, family, handover);
        halfway = new HalfwayPackets(tables, nat64, handover, fragments);
        Ipv6Path ipv6 =
                new Ipv6Path(tables, wide, icmpv6, wideAnswers, associations, fragments, transit, siit, nat64, kernel);
        tagged = new TaggedFrames(tables, setup.memory());
        exceptions = new ExceptionPath(
                tables,
                transportExceptions,
                icmp,
                ipv6,
                associations,
                fragments,
                transit,
                siit,
                nat64,
                kernel,
                tagged,
                new EndpointPath(tables, transportExceptions, outbound, flows, answers));
        steering = new Steering(tables.share, tables.own, tables.services, tables.nat64.scope, tables.mappedEnds);
        tables.turn.steerBy(steering);
        turned = Mem.pointer(setup.memory().allocate(Burst.CAPACITY * 8L, 64));
        status = new ForwarderStatus(setup.tables(), tables, lifecycle);
    }

    @Override
    public void process(int port, long packets, int count, long nowMicros) {
        counters.add(Counter.RECEIVED, count);
        burst.port = port;
        burst.nowMicros = nowMicros;
        burst.clock = SessionTimers.clock(nowMicros);
        for (int from = 0; from < count; from += Burst.CAPACITY) {
            pass(packets + from * 8L, Math.min(count - from, Burst.CAPACITY));
        }
        turn(nowMicros);
    }

    /** Takes what has been sent to own addresses as what has come; it leaves by another port, so there is an end. */
    private void turn(long nowMicros) {
        for (int count = tables.turn.receive(turned, Burst.CAPACITY);
                count > 0;
                count = tables.turn.receive(turned, Burst.CAPACITY)) {
            counters.add(Counter.RECEIVED, count);
            burst.port = tables.turn.index();
            burst.nowMicros = nowMicros;
            burst.clock = SessionTimers.clock(nowMicros);
            run(turned, count);
            emitter.flush();
        }
    }

    @Override
    public void goOn(int port, long packets, int count, long nowMicros) {
        halfway.goOn(port, packets, count, nowMicros);
        emitter.flush();
        turn(nowMicros);
    }

    private void pass(long packets, int count) {
        run(packets, count);
        int port = burst.port;
        for (int more = tagged.next(); more > 0; more = tagged.next()) {
            burst.port = tagged.port();
            run(tagged.batch(), more);
        }
        burst.port = port;
        emitter.flush();
    }

    private void run(long packets, int count) {
        classify.run(burst, packets, count);
        lookup.run(burst, count);
        established.run(burst, count, exceptions);
    }

    @Override
    public int tick(long nowMicros) {
        int done = arpSender.tick(nowMicros);
        done += discoverySender.tick(nowMicros);
        done += neighbours.tick(nowMicros);
        if (tables.services.takeQuiescent()) {
            lifecycle.beginSweep();
            wideLifecycle.beginSweep();
        }
        done += lifecycle.tick(nowMicros, TIMER_BUDGET);
        done += wideLifecycle.tick(nowMicros, TIMER_BUDGET);
        done += nat64.tick(nowMicros, TIMER_BUDGET);
        done += health.tick(nowMicros);
        done += fragments.tick(nowMicros);
        if (done != 0) {
            emitter.flush();
            turn(nowMicros);
        }
        return done;
    }

    /**
     * Makes ready other tables, those of schedulers included. For any thread but the worker; the next change may be made
     * ready when this one is in force.
     *
     * @param wanted addresses, routes, neighbours, services, timeouts and translation; the rest stays as it was at start
     * @throws IllegalArgumentException when the tables contradict each other, naming the value
     */
    public TableChange prepare(ForwardingTables wanted) {
        wanted.checkChange(ports);
        List<OwnAddress> own = tables.withLinkAddresses(wanted);
        MappedEnds mapped = new MappedEnds(wanted.services());
        return new TableChange(
                wanted,
                own,
                new OwnAddresses(own),
                new RouteTable(wanted.routes()),
                tables.services.prepare(
                        wanted.services(), wanted.timeouts(), wanted.access().byName()),
                tables.changedVlans(wanted.vlans()),
                tables.nat64.prepare(wanted.nat64()),
                mapped,
                tables.mappings(mapped));
    }

    /**
     * Puts other tables into force. For the worker, between two bursts. Sessions, figures, health and neighbours go on, but for
     * sessions of NAT64 that do not fit any more; addresses that are new are announced.
     */
    public void apply(TableChange change, long nowMicros) {
        ForwardingTables before = status.tables();
        ForwardingTables after = change.tables();
        boolean announces = !status.addresses()
                .containsAll(change.addresses().stream()
                        .filter(own -> own.role().isHeld())
                        .toList());
        tables.adopt(change.vlans());
        tables.own.adopt(change.own());
        tables.router.adopt(change.routes());
        before.neighbours().stream()
                .filter(known -> !after.neighbours().contains(known))
                .forEach(neighbours::remove);
        after.neighbours().stream()
                .filter(known -> !before.neighbours().contains(known))
                .forEach(neighbours::add);
        tables.services.apply(change.services());
        tables.adopt(change.mappedEnds(), change.endpoints());
        steering.adopt(tables.mappedEnds);
        tables.access = after.access();
        tables.tunnels.refresh();
        tables.mappings = after.mappings();
        if (tables.nat64.adopt(change.nat64())) {
            nat64.refresh();
            steering.adopt(tables.nat64.scope);
        }
        health.adopt(tables.own, tables.router, nowMicros);
        status.adopt(after, change.addresses());
        if (announces) {
            announceAddresses(nowMicros);
        }
    }

    /** Sets figures of a service's realservers to 0, or of all; sessions that there are stay counted. For the worker. */
    public void zero(Optional<ServiceKey> service) {
        tables.services.zero(service);
    }

    /** Announces all own addresses by gratuitous ARP and unsolicited advertisements again. */
    public void announceAddresses(long nowMicros) {
        discoverySender.announceAgain(nowMicros);
        arpSender.announceAgain(nowMicros);
    }

    /**
     * Packets received minus packets that ended or wait: 0 between bursts.
     *
     * @return more than 0 when packets vanished, less when some were counted twice
     */
    public long balance() {
        return counters.balance();
    }

    /** Packets by what became of them. Any thread may read. */
    public Counters counters() {
        return counters;
    }

    /** Its VLAN interfaces, with what they have counted. Any thread may ask. */
    public VlanPorts vlans() {
        return tables.vlans;
    }

    /** What tells which worker a packet belongs to. For the worker. */
    public Steering steering() {
        return steering;
    }

    /** What sends the kernel's frames. For the worker. */
    public KernelMailbox.Sender kernel() {
        return kernel;
    }

    /** What other threads may see. */
    public ForwarderStatus status() {
        return status;
    }
}
