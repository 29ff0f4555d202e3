package io.twoarm.director.service;

import io.twoarm.director.access.AccessQuery;
import io.twoarm.director.access.IpSet;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.scheduling.FlowKey;
import io.twoarm.director.scheduling.Scheduler;
import io.twoarm.director.session.SecretKey;
import io.twoarm.director.session.Timeouts;
import io.twoarm.director.share.WorkerShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The virtual services of a worker with their realservers, both by number. Realservers are numbered through all services,
 * so that a session needs one number only.
 *
 * <p>A change is prepared by another thread, tables of schedulers included, and put into force by the worker between two
 * bursts. What a service and a realserver have in common with before goes on: sessions, figures, health, scheduler. Sessions
 * of a realserver that was taken out go on as well.
 */
public final class ServiceTable {
    private final RealserverSlots slots;
    private final LocalPools localPools;
    private final PersistenceTable persistence;
    private final ServicePlanner planner;
    private boolean quiescent;
    private boolean transit;
    private volatile ServiceSet set = ServiceSet.EMPTY;

    /**
     * @param templates how many networks of clients can be remembered, a power of two
     * @param share whose local ports are taken
     * @param sets what access lists may name
     */
    public ServiceTable(
            List<ServiceDefinition> services,
            Timeouts timeouts,
            NativeMemory memory,
            SecretKey secret,
            int templates,
            WorkerShare share,
            Map<String, IpSet> sets) {
        slots = new RealserverSlots(memory);
        localPools = new LocalPools(memory, secret, share);
        persistence = new PersistenceTable(memory, templates);
        planner = new ServicePlanner(slots, localPools, share.workers());
        apply(prepare(services, timeouts, sets));
    }

    /**
     * Prepares a change. Not for the worker; the next one may be prepared when this one is in force or given up.
     *
     * @throws IllegalArgumentException when the services contradict each other or have too many realservers
     */
    public synchronized ServicePlan prepare(
            List<ServiceDefinition> services, Timeouts timeouts, Map<String, IpSet> sets) {
        return planner.prepare(set, services, timeouts, sets);
    }

    /** Puts a plan into force. For the worker. */
    public void apply(ServicePlan plan) {
        ServiceSet before = set;
        for (int service = 0; service < before.size(); service++) {
            for (int slot : before.entry(service).all()) {
                slots.retire(slot);
            }
        }
        localPools.apply(plan.pools);
        plan.begun.forEach(slot -> slots.begin(slot, plan.definition(slot)));
        for (int service = 0; service < plan.entries.size(); service++) {
            ServiceSet.Entry entry = plan.entries.get(service);
            int[] members = entry.all();
            for (int i = 0; i < members.length; i++) {
                slots.set(members[i], entry.definitions().get(i), service, plan.idleTimes.get(service));
                slots.clientAddresses[members[i]] = entry.definition().clientAddress();
                slots.expires[members[i]] = entry.definition().policy().expireQuiescent();
                slots.mapped[members[i]] =
                        entry.definition().policy().endpointIndependent().isPresent();
                slots.limit(members[i], entry.traffic());
            }
        }
        set = plan.set;
        transit |= plan.entries.stream()
                .flatMap(entry -> entry.definitions().stream())
                .anyMatch(realserver ->
                        realserver.mode() == ForwardingMode.NAT || realserver.mode() == ForwardingMode.SNAT);
        quiescent = true;
    }

    /** Number of the service at an address, or -1. Good until the next change. */
    public int find(int address, int port, int protocol) {
        return set.find(address, port, protocol);
    }

    /** Number of the service at an IPv6 address, or -1. */
    public int find(long high, long low, int port, int protocol) {
        return set.find(high, low, port, protocol);
    }

    /** Whether there are services that match flows. */
    public boolean hasMatches() {
        return !set.matches().isEmpty();
    }

    /**
     * Number of the service that a flow's first packet matches, or -1. Addresses as of an {@link IpAddress}.
     *
     * @param in index of the port that it came in by
     * @param out index of the port towards its destination, or -1
     */
    public int findMatch(
            int protocol,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int in,
            int out) {
        return set.matches()
                .find(
                        protocol,
                        sourceHigh,
                        sourceLow,
                        sourcePort,
                        destinationHigh,
                        destinationLow,
                        destinationPort,
                        in,
                        out);
    }

    /** Whether one more flow of a service may begin now: its rate is not used up. For the worker. */
    public boolean hasRoom(int service, long nowMicros) {
        return set.hasRoom(service, nowMicros);
    }

    /** Whether a service has access lists. */
    public boolean isGuarded(int service) {
        return set.isGuarded(service);
    }

    /** Whether the lists of a guarded service let a flow begin. */
    public boolean admits(int service, AccessQuery query) {
        return set.admits(service, query);
    }

    public ServiceDefinition service(int service) {
        return set.entry(service).definition();
    }

    /** Numbers of all realservers in force. */
    public int[] realservers() {
        ServiceSet now = set;
        List<int[]> lists = new ArrayList<>();
        for (int service = 0; service < now.size(); service++) {
            lists.add(now.entry(service).all());
        }
        return lists.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** A realserver by number. */
    public RealserverDefinition realserver(int realserver) {
        return slots.definitions[realserver];
    }

    public LocalPools localPools() {
        return localPools;
    }

    /** Number of a realserver's service, or -1 when it is in none any more. */
    public int serviceOf(int realserver) {
        return slots.services[realserver];
    }

    /** RIP of IPv4 as a number. */
    public int address(int realserver) {
        return (int) slots.lows[realserver];
    }

    /** First 64 bits of RIP, as of an {@link IpAddress}. */
    public long high(int realserver) {
        return slots.highs[realserver];
    }

    /** Last 64 bits of RIP. */
    public long low(int realserver) {
        return slots.lows[realserver];
    }

    /** Whether there is or was a realserver that answers to clients' own addresses. For the worker. */
    public boolean hasTransit() {
        return transit;
    }

    /** How packets reach a realserver. */
    public ForwardingMode mode(int realserver) {
        return slots.modes[realserver];
    }

    /** Whether sessions of an own address hold mappings that are independent of their destinations. */
    public boolean isMapped(int realserver) {
        return slots.mapped[realserver];
    }

    /** RPORT. */
    public int port(int realserver) {
        return slots.ports[realserver];
    }

    /** The realserver for a new flow, or -1. */
    public int schedule(int service, FlowKey flow) {
        ServiceSet.Entry entry = set.entry(service);
        Optional<Persistence> wanted = entry.definition().policy().persistence();
        if (wanted.isPresent()) {
            return schedulePersistently(service, entry, wanted.get(), flow);
        }
        int place = entry.scheduler().choose(flow);
        return place == Scheduler.NONE ? entry.sorrySlot() : entry.slots()[place];
    }

    private int schedulePersistently(int service, ServiceSet.Entry entry, Persistence wanted, FlowKey flow) {
        int length = wanted.prefixLength();
        long high = flow.sourceHigh & mask(length);
        long low = flow.sourceLow & (flow.sourceHigh == 0 ? mask(length) >>> 32 : mask(length - 64));
        int known = persistence.find(entry.serial(), high, low, flow.nowMicros);
        int realserver = known;
        if (known < 0 || !mayReturn(known, service, wanted)) {
            int place = entry.scheduler().choose(flow);
            if (place == Scheduler.NONE) {
                return entry.sorrySlot();
            }
            realserver = entry.slots()[place];
        }
        long end = flow.nowMicros + wanted.time().toNanos() / 1000;
        persistence.put(entry.serial(), high, low, realserver, end);
        return realserver;
    }

    private boolean mayReturn(int realserver, int service, Persistence wanted) {
        return slots.services[realserver] == service
                && slots.up[realserver]
                && (slots.weights[realserver] > 0 || !wanted.leavesQuiescent());
    }

    /** The first so many of 64 bits; fewer than 1 is none, more than 64 is all. */
    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1 : -1L << 64 - length;
    }

    /** Networks of clients that come back to a realserver. Any thread may ask. */
    public List<TemplateStatus> templates(int limit, long nowMicros) {
        ServiceSet now = set;
        Map<Integer, ServiceDefinition> bySerial = new HashMap<>();
        for (int service = 0; service < now.size(); service++) {
            bySerial.put(now.entry(service).serial(), now.entry(service).definition());
        }
        return persistence.list(limit, nowMicros).stream()
                .filter(entry -> bySerial.containsKey(entry.serial()))
                .map(entry -> new TemplateStatus(
                        bySerial.get(entry.serial()),
                        entry.high() == 0
                                ? new Ipv4Address((int) entry.low())
                                : new Ipv6Address(entry.high(), entry.low()),
                        slots.definitions[entry.realserver()],
                        Duration.ofNanos((entry.endMicros() - nowMicros) * 1000)))
                .toList();
    }

    /** How a realserver learns the client's address. */
    public ClientAddressWay clientAddress(int realserver) {
        return slots.clientAddresses[realserver];
    }

    /** Whether new flows may go to a realserver. */
    public boolean isAvailable(int realserver) {
        return slots.isAvailable(realserver);
    }

    public boolean isUp(int realserver) {
        return slots.up[realserver];
    }

    public void setUp(int realserver, boolean isUp) {
        slots.up[realserver] = isUp;
        quiescent |= !isUp;
    }

    /** Whether sessions of a realserver end, because it is down, has no weight or is in no service any more. */
    public boolean endsSessions(int realserver) {
        return slots.expires[realserver] && !(slots.up[realserver] && slots.weights[realserver] > 0);
    }

    /** Whether since the last call something happened after which {@link #endsSessions} may be true. For the worker. */
    public boolean takeQuiescent() {
        boolean happened = quiescent;
        quiescent = false;
        return happened;
    }

    /** Idle time of a realserver's sessions in a state, in units of the session clock. */
    public int idleTime(int realserver, int state) {
        return slots.idleTimes[realserver][state];
    }

    /** Address of a realserver's {@link RealserverRecord}. */
    public long record(int realserver) {
        return slots.record(realserver);
    }

    public void countSession(int realserver) {
        slots.countSession(realserver);
    }

    public void forgetSession(int realserver) {
        slots.forgetSession(realserver);
    }

    /** What a realserver's service may still send; null without a limit. For the worker. */
    public TrafficBuckets traffic(int realserver) {
        return slots.traffic[realserver];
    }

    /** A session becomes active (1) or no more (-1). */
    public void countActive(int realserver, int amount) {
        slots.countActive(realserver, amount);
    }

    /** Sets figures to 0, of one service or of all; sessions that there are stay counted. For the worker. */
    public void zero(Optional<ServiceKey> service) {
        ServiceSet now = set;
        for (int i = 0; i < now.size(); i++) {
            ServiceSet.Entry entry = now.entry(i);
            if (service.isEmpty() || service.get().equals(entry.definition().key())) {
                for (int slot : entry.all()) {
                    slots.zero(slot);
                }
            }
        }
    }

    /** How all services stand. Any thread may ask. */
    public List<ServiceStatus> status() {
        ServiceSet now = set;
        List<ServiceStatus> list = new ArrayList<>(now.size());
        for (int service = 0; service < now.size(); service++) {
            ServiceSet.Entry entry = now.entry(service);
            list.add(new ServiceStatus(
                    entry.definition(),
                    entry.scheduler().digest(),
                    entry.sorrySlot() < 0 ? Optional.empty() : Optional.of(slots.status(entry.sorrySlot())),
                    Arrays.stream(entry.slots()).mapToObj(slots::status).toList()));
        }
        return list;
    }
}
