package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.nat64.Nat64Status;
import io.twoarm.director.neighbour.NeighbourStatus;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.LocalAddressStatus;
import io.twoarm.director.service.RealserverStatus;
import io.twoarm.director.service.ServiceStatus;
import io.twoarm.director.service.TemplateStatus;
import io.twoarm.director.session.SessionStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All workers' forwarders as one: figures are added up, lists joined, what all have alike is shown once. */
public final class AllForwarders implements ForwardingView {
    private final List<ForwarderStatus> workers;

    private AllForwarders(List<ForwarderStatus> workers) {
        this.workers = workers;
    }

    /** @param workers at least one, the first worker's first */
    public static ForwardingView of(List<ForwarderStatus> workers) {
        return workers.size() == 1 ? workers.getFirst() : new AllForwarders(List.copyOf(workers));
    }

    @Override
    public ForwardingTables tables() {
        return workers.getFirst().tables();
    }

    @Override
    public Map<Counter, Long> counters() {
        Map<Counter, Long> sums = new EnumMap<>(Counter.class);
        workers.forEach(worker -> worker.counters().forEach((counter, value) -> sums.merge(counter, value, Long::sum)));
        return sums;
    }

    /** Joins what each worker has in the same place; while a change comes into force, of those that have it. */
    private <T> List<T> joined(Function<ForwarderStatus, List<T>> list, BinaryOperator<T> join) {
        List<List<T>> lists = workers.stream().map(list).toList();
        return IntStream.range(0, lists.getFirst().size())
                .mapToObj(i -> lists.stream()
                        .filter(each -> i < each.size())
                        .map(each -> each.get(i))
                        .reduce(join)
                        .orElseThrow())
                .toList();
    }

    @Override
    public List<ServiceStatus> services() {
        return joined(ForwarderStatus::services, AllForwarders::join);
    }

    private static ServiceStatus join(ServiceStatus one, ServiceStatus other) {
        if (!one.definition().equals(other.definition())) {
            return one;
        }
        List<RealserverStatus> realservers = IntStream.range(
                        0, one.realservers().size())
                .mapToObj(
                        i -> join(one.realservers().get(i), other.realservers().get(i)))
                .toList();
        Optional<RealserverStatus> sorry = one.sorryServer()
                .map(server ->
                        other.sorryServer().map(also -> join(server, also)).orElse(server));
        return new ServiceStatus(one.definition(), one.tableDigest(), sorry, realservers);
    }

    /** Up when all workers' checks say so; full when it is for one of them. */
    private static RealserverStatus join(RealserverStatus one, RealserverStatus other) {
        return new RealserverStatus(
                one.definition(),
                one.up() && other.up(),
                Math.min(one.weight(), other.weight()),
                one.full() || other.full(),
                one.activeSessions() + other.activeSessions(),
                one.inactiveSessions() + other.inactiveSessions(),
                one.connections() + other.connections(),
                one.packetsIn() + other.packetsIn(),
                one.bytesIn() + other.bytesIn(),
                one.packetsOut() + other.packetsOut(),
                one.bytesOut() + other.bytesOut());
    }

    @Override
    public Nat64Status nat64(int limit) {
        return workers.stream()
                .map(worker -> worker.nat64(limit))
                .reduce((one, other) -> one.with(other, limit))
                .orElseThrow();
    }

    @Override
    public MappingStatus mappings(int limit) {
        return workers.stream()
                .map(worker -> worker.mappings(limit))
                .reduce((one, other) -> one.with(other, limit))
                .orElseThrow();
    }

    @Override
    public int sessionCount() {
        return workers.stream().mapToInt(ForwarderStatus::sessionCount).sum();
    }

    @Override
    public int sessionCapacity() {
        return workers.stream().mapToInt(ForwarderStatus::sessionCapacity).sum();
    }

    @Override
    public List<SessionStatus> sessions(int limit, long nowMicros) {
        List<SessionStatus> all = new ArrayList<>();
        for (ForwarderStatus worker : workers) {
            if (all.size() < limit) {
                all.addAll(worker.sessions(limit - all.size(), nowMicros));
            }
        }
        return all;
    }

    @Override
    public List<TemplateStatus> templates(int limit, long nowMicros) {
        return workers.stream()
                .flatMap(worker -> worker.templates(limit, nowMicros).stream())
                .limit(limit)
                .toList();
    }

    /** Each once, as the first worker knows it that has its Ethernet address. */
    @Override
    public List<NeighbourStatus> neighbours() {
        record Place(Object address, int port) {}
        Map<Place, NeighbourStatus> found = new LinkedHashMap<>();
        workers.stream()
                .flatMap(worker -> worker.neighbours().stream())
                .forEach(each -> found.merge(new Place(each.address(), each.port()), each, AllForwarders::join));
        return List.copyOf(found.values());
    }

    private static NeighbourStatus join(NeighbourStatus one, NeighbourStatus other) {
        NeighbourStatus known = one.mac() == 0 ? other : one;
        return new NeighbourStatus(
                known.address(),
                known.port(),
                known.mac(),
                known.state(),
                known.given(),
                one.sessions() + other.sessions(),
                one.waiting() + other.waiting());
    }

    @Override
    public List<Route> routes() {
        return workers.getFirst().routes();
    }

    @Override
    public List<OwnAddress> addresses() {
        return workers.getFirst().addresses();
    }

    @Override
    public List<LocalAddressStatus> localAddresses() {
        record Place(Object address, Object realserver, int port, String protocol) {}
        Map<Place, LocalAddressStatus> found = new LinkedHashMap<>();
        Stream<LocalAddressStatus> all = workers.stream().flatMap(worker -> worker.localAddresses().stream());
        all.forEach(each -> found.merge(
                new Place(each.address(), each.realserver(), each.realserverPort(), each.protocol()),
                each,
                AllForwarders::join));
        return List.copyOf(found.values());
    }

    private static LocalAddressStatus join(LocalAddressStatus one, LocalAddressStatus other) {
        return new LocalAddressStatus(
                one.address(),
                one.realserver(),
                one.realserverPort(),
                one.protocol(),
                one.used() + other.used(),
                one.total() + other.total());
    }
}
