package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.member;
import static io.twoarm.model.TopologyPaths.realserverPool;

import io.twoarm.model.HealthCheck;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.change.Change;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about realserver pools and their members. */
final class RealserverRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "realserver-pool-empty",
                    "A realserver pool has members.",
                    "A service without realservers refuses every client.",
                    RealserverRules::poolEmpty),
            LintRule.error(
                    "member-address",
                    "A member's address is one of its host's addresses.",
                    "Connections would go to another host, or to none.",
                    RealserverRules::memberAddress),
            LintRule.error(
                    "member-twice",
                    "Address and port stand once in a pool.",
                    "A director keeps one entry per address and port; the second one's weight would be lost.",
                    RealserverRules::memberTwice),
            LintRule.warning(
                    "all-weights-zero",
                    "At least one member of a pool has a weight above 0.",
                    "Weight 0 drains a realserver: it gets no new connections.",
                    RealserverRules::allWeightsZero),
            LintRule.warning(
                    "tcp-check-for-udp",
                    "Realservers of UDP and SCTP services are not checked by TCP connections.",
                    "Such a server need not listen on TCP, and would be taken for dead.",
                    RealserverRules::tcpCheckForUdp));

    private RealserverRules() {}

    private static void poolEmpty(Topology topology, LintRule.Report report) {
        for (RealserverPool pool : topology.realserverPools()) {
            if (pool.members().isEmpty()) {
                report.add(
                        realserverPool(pool).key("members"),
                        "pool " + pool.name() + " has no members",
                        "Add a member, such as { host: rs1, address: 192.168.229.1, port: 80 }.");
            }
        }
    }

    private static void memberAddress(Topology topology, LintRule.Report report) {
        for (RealserverPool pool : topology.realserverPools()) {
            for (int i = 0; i < pool.members().size(); i++) {
                Member member = pool.members().get(i);
                Optional<Host> host = topology.host(member.host());
                if (host.isEmpty()) {
                    continue;
                }
                List<InetAddress> addresses = host.get().ports().stream()
                        .flatMap(port -> port.addresses().stream())
                        .map(InterfaceAddress::address)
                        .toList();
                if (!addresses.contains(member.address())) {
                    report.add(
                            member(pool, i).key("address"),
                            IpLiteral.format(member.address()) + " is no address of host " + member.host()
                                    + ", which has "
                                    + Listed.names(addresses.stream()
                                            .map(IpLiteral::format)
                                            .toList()),
                            "Write one of the host's addresses, or give the host this one.");
                }
            }
        }
    }

    private static void memberTwice(Topology topology, LintRule.Report report) {
        record Endpoint(InetAddress address, int port) {}
        for (RealserverPool pool : topology.realserverPools()) {
            Set<Endpoint> seen = new HashSet<>();
            for (int i = 0; i < pool.members().size(); i++) {
                Member member = pool.members().get(i);
                if (!seen.add(new Endpoint(member.address(), member.port()))) {
                    report.add(
                            member(pool, i),
                            IpLiteral.format(member.address()) + " port " + member.port() + " stands twice in pool "
                                    + pool.name(),
                            "Remove one of the two, and give the other one the weight that is meant.",
                            Edit.withoutMember(pool, i));
                }
            }
        }
    }

    private static void allWeightsZero(Topology topology, LintRule.Report report) {
        for (RealserverPool pool : topology.realserverPools()) {
            boolean allZero =
                    !pool.members().isEmpty() && pool.members().stream().allMatch(member -> member.weight() == 0);
            if (allZero) {
                report.add(
                        realserverPool(pool).key("members"),
                        "all members of pool " + pool.name() + " have weight 0",
                        "Give the members that shall serve a weight of 1 or more.",
                        Edit.members(
                                pool,
                                pool.members().stream()
                                        .map(member -> new Member(member.host(), member.address(), member.port(), 1))
                                        .toList()));
            }
        }
    }

    private static void tcpCheckForUdp(Topology topology, LintRule.Report report) {
        for (RealserverPool pool : topology.realserverPools()) {
            boolean checkedByTcp = pool.check() instanceof HealthCheck.TcpConnect;
            topology.virtualServices().stream()
                    .filter(service -> service.realservers().equals(pool.name()))
                    .filter(service -> checkedByTcp && service.protocol() != Protocol.TCP)
                    .findFirst()
                    .ifPresent(service -> report.add(
                            realserverPool(pool).key("check"),
                            "pool " + pool.name() + " is checked by TCP connections and serves the "
                                    + service.protocol() + " service " + service.name(),
                            "Write check: { type: none }, or give the service a pool of its own.",
                            new Change<>(
                                    ObjectList.POOLS,
                                    pool,
                                    new RealserverPool(pool.name(), pool.members(), new HealthCheck.None()))));
        }
    }
}
