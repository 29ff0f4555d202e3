package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;
import static io.twoarm.model.TopologyPaths.realserverPool;
import static io.twoarm.model.TopologyPaths.segment;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.change.Change;
import io.twoarm.model.change.ObjectList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about workers, memory, sizes and times. */
final class ResourceRules {
    /** Queue ids end at 15 (NETIF_MAX_QUEUES of DPVS), and every worker has one queue of its own on each port. */
    private static final int MOST_WORKERS = 16;

    /** RFC 8200 section 5. */
    private static final int LEAST_IPV6_MTU = 1280;

    /** Prefixes for wires have 64 bits (RFC 4291 section 2.5.1), links between two routers 127 (RFC 6164). */
    private static final Set<Integer> USUAL_IPV6_LENGTHS = Set.of(64, 127, 128);

    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "workers-over-queues",
                    "A dataplane has 16 workers at most.",
                    "Every worker has a queue of its own on each port, and queues are numbered 0 to 15.",
                    ResourceRules::workersOverQueues),
            LintRule.warning(
                    "workers-power-of-two",
                    "A dpvs director with FullNAT has 1, 2, 4, 8 or 16 workers.",
                    "DPVS deals the ports of local addresses out by their low bits; with another number a part of them is"
                            + " never used.",
                    ResourceRules::workersPowerOfTwo),
            LintRule.error(
                    "dpvs-hugepages",
                    "A dpvs director has its memory in hugepages.",
                    "DPVS does not start without.",
                    ResourceRules::dpvsHugepages),
            LintRule.warning(
                    "dpvs-memory",
                    "A dpvs director has 4 GiB of memory at least.",
                    "Below that its tables, which have fixed sizes, do not all find room and it does not start.",
                    ResourceRules::dpvsMemory),
            LintRule.warning(
                    "dpvs-check-without-kernel-address",
                    "A dpvs director whose realservers are checked has a kernel address on their wire.",
                    "Checks leave through the kernel's interface beside the port; without an address there they fail, and"
                            + " all realservers count as dead.",
                    ResourceRules::checkWithoutKernelAddress),
            LintRule.error(
                    "kernel-address-outside-segment",
                    "A kernel address lies in a subnet of its port's segment.",
                    "Neighbours would not look for it on this wire.",
                    ResourceRules::kernelAddressOutsideSegment),
            LintRule.error(
                    "ipv6-mtu",
                    "A segment with IPv6 subnets has an MTU of 1280 or more.",
                    "IPv6 does not run over less.",
                    ResourceRules::ipv6Mtu),
            LintRule.note(
                    "ipv6-prefix-length",
                    "IPv6 subnets of wires have the length 64.",
                    "Address autoconfiguration and much software expect it.",
                    ResourceRules::ipv6PrefixLength),
            LintRule.warning(
                    "check-overlaps-itself",
                    "A check is over before the next one begins.",
                    "A realserver that does not answer is checked less often than the interval says, and found dead later.",
                    ResourceRules::checkOverlaps));

    private ResourceRules() {}

    private static void workersOverQueues(Topology topology, LintRule.Report report) {
        topology.directors()
                .filter(director -> director.kind().hasDataplane())
                .filter(director -> director.dataplane().workers() > MOST_WORKERS)
                .forEach(director -> report.add(
                        host(director).key("dataplane").key("workers"),
                        director.name() + " has " + director.dataplane().workers() + " workers",
                        "Write workers: 16 or less.",
                        Edit.dataplane(director, director.dataplane().withWorkers(MOST_WORKERS))));
    }

    private static void workersPowerOfTwo(Topology topology, LintRule.Report report) {
        topology.directors()
                .filter(director -> director.kind() == DirectorKind.DPVS
                        && topology.servicesOf(director).anyMatch(service -> service.mode() == ForwardingMode.FULLNAT))
                .filter(director -> Integer.bitCount(director.dataplane().workers()) != 1
                        && director.dataplane().workers() <= MOST_WORKERS)
                .forEach(director -> {
                    int workers = director.dataplane().workers();
                    int fewer = Integer.highestOneBit(workers);
                    report.add(
                            host(director).key("dataplane").key("workers"),
                            director.name() + " has " + workers + " workers",
                            "Write workers: " + fewer + ", or " + 2 * fewer + " if there are cores for it.",
                            Edit.dataplane(director, director.dataplane().withWorkers(fewer)));
                });
    }

    private static void dpvsHugepages(Topology topology, LintRule.Report report) {
        topology.directors()
                .filter(director -> director.kind() == DirectorKind.DPVS)
                .filter(director -> !director.dataplane().hugepages())
                .forEach(director -> report.add(
                        host(director).key("dataplane"),
                        director.name() + " has no hugepages",
                        "Write hugepages: true, and reserve them on the host.",
                        Edit.dataplane(director, director.dataplane().withHugepages(true))));
    }

    private static void dpvsMemory(Topology topology, LintRule.Report report) {
        int least = 4096;
        topology.directors()
                .filter(director -> director.kind() == DirectorKind.DPVS)
                .filter(director -> director.dataplane().memoryMegabytes() < least)
                .forEach(director -> report.add(
                        host(director).key("dataplane"),
                        director.name() + " has " + director.dataplane().memoryMegabytes() + " MiB",
                        "Write memory: 4 GiB or more; DPVS itself advises 8 GiB for each NUMA node.",
                        Edit.dataplane(director, director.dataplane().withMemory(least))));
    }

    private static void checkWithoutKernelAddress(Topology topology, LintRule.Report report) {
        topology.directors()
                .filter(director -> director.kind() == DirectorKind.DPVS)
                .forEach(director -> {
                    Set<String> reported = new HashSet<>();
                    topology.servicesOf(director)
                            .flatMap(service -> topology.realserverPool(service.realservers()).stream())
                            .filter(pool -> pool.check() instanceof HealthCheck.TcpConnect)
                            .filter(pool -> unreachable(topology, director, pool))
                            .filter(pool -> reported.add(pool.name()))
                            .forEach(
                                    pool -> report.add(
                                            host(director),
                                            "checks of pool " + pool.name() + " have no kernel address of "
                                                    + director.name() + " on the realservers' wire to leave from",
                                            "Add kernelAddresses: to the port on that wire, or check: { type: none } to the pool."));
                });
    }

    /** Whether realservers are on wires of the director, and on none of them its kernel has an address. */
    private static boolean unreachable(Topology topology, Host.Director director, RealserverPool pool) {
        Set<String> wires = new HashSet<>();
        pool.members().stream()
                .flatMap(member -> topology.portWithAddress(member.address()).stream())
                .forEach(on -> wires.add(on.port().segment()));
        List<Port> ports = director.ports().stream()
                .filter(port -> wires.contains(port.segment()))
                .toList();
        return !ports.isEmpty()
                && ports.stream().allMatch(port -> port.kernelAddresses().isEmpty() && !director.isKernels(port));
    }

    private static void kernelAddressOutsideSegment(Topology topology, LintRule.Report report) {
        for (Claim claim : Claim.all(topology)) {
            Optional<Segment> wire = topology.segmentOf(claim.port());
            boolean linkLocal = claim.address().isLinkLocalAddress() && !IpLiteral.isIpv4(claim.address());
            boolean outside = claim.kind() == Claim.Kind.KERNEL
                    && !linkLocal
                    && wire.isPresent()
                    && AddressRules.subnetOf(wire.get(), claim.address()).isEmpty();
            if (outside) {
                report.add(
                        claim.path(),
                        IpLiteral.format(claim.address()) + " of "
                                + claim.host().name() + " lies in no subnet of segment "
                                + wire.get().name() + ", which has " + Listed.subnets(wire.get()),
                        "Take a free address from the segment's subnets.");
            }
        }
    }

    private static void ipv6Mtu(Topology topology, LintRule.Report report) {
        for (Segment segment : topology.segments()) {
            boolean ipv6 = segment.subnets().stream().anyMatch(subnet -> !subnet.isIpv4());
            if (ipv6 && segment.mtu() < LEAST_IPV6_MTU) {
                report.add(
                        segment(segment).key("mtu"),
                        "segment " + segment.name() + " has IPv6 subnets and an MTU of " + segment.mtu(),
                        "Write mtu: 1280 or more.");
            }
        }
    }

    private static void ipv6PrefixLength(Topology topology, LintRule.Report report) {
        for (Segment segment : topology.segments()) {
            for (int i = 0; i < segment.subnets().size(); i++) {
                Prefix subnet = segment.subnets().get(i);
                if (!subnet.isIpv4() && !USUAL_IPV6_LENGTHS.contains(subnet.length())) {
                    report.add(
                            segment(segment).key("subnets").index(i),
                            "subnet " + subnet + " of segment " + segment.name() + " has the length " + subnet.length(),
                            "Number the segment from a network of 64 bits, or leave it if that is meant.");
                }
            }
        }
    }

    private static void checkOverlaps(Topology topology, LintRule.Report report) {
        for (RealserverPool pool : topology.realserverPools()) {
            if (pool.check() instanceof HealthCheck.TcpConnect check
                    && check.connectTimeout().compareTo(check.interval()) > 0) {
                HealthCheck shorter = new HealthCheck.TcpConnect(
                        check.interval(), check.interval(), check.retries(), check.retryDelay());
                report.add(
                        realserverPool(pool).key("check"),
                        "checks of pool " + pool.name() + " wait "
                                + check.connectTimeout().toMillis()
                                + " ms for an answer, and begin every "
                                + check.interval().toMillis() + " ms",
                        "Write a connectTimeout of the interval at most.",
                        new Change<>(ObjectList.POOLS, pool, new RealserverPool(pool.name(), pool.members(), shorter)));
            }
        }
    }
}
