package io.twoarm.model.plan;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.Host;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many sessions a director carries at one time, and what it needs for as many as are wished for.
 *
 * <p>Two things limit sessions: the table of sessions, which has a share of the memory, and in FullNAT the ports of the
 * local addresses: two sessions to one realserver process differ only in local address and port. Of a group, every member
 * is planned for all sessions, because it has them alone when the others are gone; local addresses are each member's own.
 *
 * @param director its name
 * @param wished sessions at one time
 * @param tableSessions sessions that its memory has room for
 * @param memoryMegabytes memory in MiB that the wish needs, with the present workers and ports
 * @param pools local address pools with what they carry and need
 * @param queues the matrix: for every worker, its lcore and its queue on every port
 */
public record CapacityPlan(
        String director,
        long wished,
        long tableSessions,
        int memoryMegabytes,
        List<PoolNeed> pools,
        List<WorkerQueues> queues) {
    /** Local ports are 1025 to 65535, in DPVS as in twoarm-director. */
    public static final int PORTS_OF_AN_ADDRESS = 64_511;

    private static final int MEGABYTES_OF_A_PAGE = 2;
    private static final int MEGABYTES_OF_A_LARGE_PAGE = 1024;

    public CapacityPlan {
        pools = List.copyOf(pools);
        queues = List.copyOf(queues);
    }

    /**
     * A local address pool of the director.
     *
     * @param addresses that it has now
     * @param sessions that those carry, with the present realservers, when each gets its share by weight
     * @param needed addresses for the wish
     */
    public record PoolNeed(String pool, int addresses, long sessions, int needed) {}

    /**
     * One worker.
     *
     * @param lcore its core; core 0 controls
     * @param queue the number of its queue on every port
     */
    public record WorkerQueues(int lcore, int queue, List<String> ports) {
        public WorkerQueues {
            ports = List.copyOf(ports);
        }
    }

    /** Pages of 2 MiB for the memory. */
    public int hugepages() {
        return Math.ceilDiv(memoryMegabytes, MEGABYTES_OF_A_PAGE);
    }

    /** Pages of 1 GiB for the memory. */
    public int largeHugepages() {
        return Math.ceilDiv(memoryMegabytes, MEGABYTES_OF_A_LARGE_PAGE);
    }

    /** Sessions that the design carries now: what the tightest of its limits allows. */
    public long carried() {
        return pools.stream().mapToLong(PoolNeed::sessions).sum() == 0
                ? tableSessions
                : Math.min(
                        tableSessions,
                        pools.stream().mapToLong(PoolNeed::sessions).sum());
    }

    /** Whether the design carries the wish as it is. */
    public boolean isEnough() {
        return tableSessions >= wished && pools.stream().allMatch(pool -> pool.addresses() >= pool.needed());
    }

    /**
     * The plan of every director with a dataplane, in the order of the topology.
     *
     * @param sessions wished for at one time, 0 or more, shared out evenly among a director's services
     */
    public static List<CapacityPlan> of(Topology topology, long sessions) {
        return topology.directors()
                .filter(director -> director.kind().hasDataplane())
                .map(director -> of(topology, director, sessions))
                .toList();
    }

    /** Sessions at one time when so many begin each second and last so long (Little's law). */
    public static long sessions(long perSecond, double secondsLong) {
        return (long) Math.ceil(perSecond * secondsLong);
    }

    private static CapacityPlan of(Topology topology, Host.Director director, long sessions) {
        List<Port> ports = director.ports().stream()
                .filter(port -> !port.isVlan() && !director.isKernels(port))
                .toList();
        int nics = ports.stream()
                .mapToInt(port -> port.attachment() instanceof Attachment.Bond bond
                        ? bond.members().size()
                        : 1)
                .sum();
        List<WorkerQueues> queues = new ArrayList<>();
        for (int worker = 0; worker < director.dataplane().workers(); worker++) {
            queues.add(new WorkerQueues(
                    worker + 1, worker, ports.stream().map(Port::name).toList()));
        }
        return new CapacityPlan(
                director.name(),
                sessions,
                DataplaneSizes.of(director.dataplane(), nics).sessions(),
                memoryFor(director.dataplane(), nics, sessions),
                pools(topology, director, sessions),
                queues);
    }

    /** The least power of two that is enough; never less than what the design has room for already. */
    private static int memoryFor(DataplaneSettings settings, int nics, long sessions) {
        int memory = DataplaneSettings.MEMORY_MEGABYTES.lowest();
        while (memory < DataplaneSettings.MEMORY_MEGABYTES.highest()
                && DataplaneSizes.of(new DataplaneSettings(settings.workers(), memory, settings.hugepages()), nics)
                                .sessions()
                        < sessions) {
            memory *= 2;
        }
        return memory;
    }

    private record Endpoint(InetAddress address, int port) {}

    private static List<PoolNeed> pools(Topology topology, Host.Director director, long sessions) {
        List<VirtualService> services = topology.servicesOf(director).toList();
        List<PoolNeed> needs = new ArrayList<>();
        for (LocalAddressPool pool : topology.localAddressPoolsOf(director).toList()) {
            Map<Endpoint, Double> shares = new HashMap<>();
            double share = services.isEmpty() ? 0 : 1.0 / services.size();
            services.stream()
                    .filter(service -> service.mode() == ForwardingMode.FULLNAT
                            && service.localAddresses()
                                    .filter(pool.name()::equals)
                                    .isPresent())
                    .forEach(service -> addShares(topology, service, share, shares));
            double busiest =
                    shares.values().stream().mapToDouble(it -> it).max().orElse(0);
            if (busiest > 0) {
                long ports = usablePorts(director);
                needs.add(new PoolNeed(
                        pool.name(),
                        pool.addresses().size(),
                        (long) (pool.addresses().size()
                                * ports
                                * shares.values().stream().mapToDouble(it -> it).sum()
                                / busiest),
                        Math.max(1, (int) Math.ceil(sessions * busiest / ports))));
            }
        }
        return needs;
    }

    /** Realservers get sessions by weight; those of weight 0 get none. */
    private static void addShares(
            Topology topology, VirtualService service, double share, Map<Endpoint, Double> shares) {
        List<Member> members = topology.realserverPool(service.realservers()).stream()
                .flatMap(pool -> pool.members().stream())
                .toList();
        double weights = members.stream().mapToInt(Member::weight).sum();
        members.stream()
                .filter(member -> member.weight() > 0)
                .forEach(member -> shares.merge(
                        new Endpoint(member.address(), member.port()), share * member.weight() / weights, Double::sum));
    }

    /** DPVS deals ports out by their low bits, so a number of workers that is no power of two leaves some unused. */
    private static long usablePorts(Host.Director director) {
        int workers = director.dataplane().workers();
        int classes = workers <= 1 ? 1 : Integer.highestOneBit(workers - 1) * 2;
        return (long) PORTS_OF_AN_ADDRESS * workers / classes;
    }
}
