package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;

import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about whether packets find their way, by following them through the hosts' addresses and routes. */
final class ReachRules {
    static final List<LintRule> RULES = List.of(
            LintRule.warning(
                    "client-cannot-reach-vip",
                    "Clients have a way to the VIPs of their family.",
                    "The client's connections never arrive at the director.",
                    ReachRules::clientToVip),
            LintRule.warning(
                    "director-cannot-reach-client",
                    "Directors have a way back to the clients.",
                    "The director gets the client's packets, but its answers do not arrive.",
                    ReachRules::directorToClient),
            LintRule.error(
                    "director-cannot-reach-realserver",
                    "Directors have a way to their realservers.",
                    "Connections to the service time out.",
                    ReachRules::directorToRealserver),
            LintRule.error(
                    "realserver-cannot-reach-lip",
                    "Realservers have a way to the local addresses that their connections come from.",
                    "The realserver gets connections, but its answers do not arrive.",
                    ReachRules::realserverToLip));

    private ReachRules() {}

    private static void clientToVip(Topology topology, LintRule.Report report) {
        Walk walk = new Walk(topology);
        topology.clients().forEach(client -> {
            Set<InetAddress> looked = new HashSet<>();
            for (VirtualService service : placedServices(topology)) {
                if (addressOf(client, service.vip()).isPresent() && looked.add(service.vip())) {
                    follow(walk, client, service.vip(), "VIP " + IpLiteral.format(service.vip()), report);
                }
            }
        });
    }

    private static void directorToClient(Topology topology, LintRule.Report report) {
        Walk walk = new Walk(topology);
        topology.directors()
                .forEach(director -> topology.clients()
                        .forEach(client -> topology.servicesOf(director)
                                .map(service -> addressOf(client, service.vip()))
                                .flatMap(Optional::stream)
                                .distinct()
                                .forEach(address ->
                                        follow(walk, director, address, "client " + client.name(), report))));
    }

    private static void directorToRealserver(Topology topology, LintRule.Report report) {
        Walk walk = new Walk(topology);
        topology.directors()
                .forEach(director -> topology.servicesOf(director)
                        .flatMap(service -> topology.realserverPool(service.realservers()).stream())
                        .flatMap(pool -> pool.members().stream())
                        .filter(member -> isPlaced(topology, member))
                        .map(RealserverPool.Member::address)
                        .distinct()
                        .forEach(address ->
                                follow(walk, director, address, "realserver " + IpLiteral.format(address), report)));
    }

    private static void realserverToLip(Topology topology, LintRule.Report report) {
        record Pair(String realserver, InetAddress lip) {}
        Walk walk = new Walk(topology);
        Set<Pair> looked = new HashSet<>();
        for (VirtualService service : placedServices(topology)) {
            List<InetAddress> lips = service.localAddresses()
                    .flatMap(topology::localAddressPool)
                    .filter(pool ->
                            Claim.portOf(topology, pool.director(), pool.port()).isPresent())
                    .map(LocalAddressPool::addresses)
                    .orElse(List.of());
            List<RealserverPool.Member> members = topology.realserverPool(service.realservers())
                    .map(RealserverPool::members)
                    .orElse(List.of());
            for (RealserverPool.Member member : members) {
                Optional<Host> realserver = topology.host(member.host());
                for (InetAddress lip : lips) {
                    boolean sameFamily = IpLiteral.isIpv4(lip) == IpLiteral.isIpv4(member.address());
                    if (realserver.isPresent() && sameFamily && looked.add(new Pair(member.host(), lip))) {
                        follow(walk, realserver.get(), lip, "LIP " + IpLiteral.format(lip), report);
                    }
                }
            }
        }
    }

    private static void follow(Walk walk, Host from, InetAddress to, String what, LintRule.Report report) {
        if (walk.follow(from, to) instanceof Walk.End.Stuck(String why, String fix)) {
            report.add(host(from), from.name() + " cannot reach " + what + ": " + why, fix);
        }
    }

    /** Services whose VIP stands on a port; the others have findings of their own. */
    private static List<VirtualService> placedServices(Topology topology) {
        return topology.virtualServices().stream()
                .filter(service -> Claim.portOf(topology, service.director(), service.port())
                        .isPresent())
                .toList();
    }

    private static boolean isPlaced(Topology topology, RealserverPool.Member member) {
        return topology.host(member.host())
                .filter(realserver -> realserver.ports().stream()
                        .flatMap(port -> port.addresses().stream())
                        .anyMatch(own -> own.address().equals(member.address())))
                .isPresent();
    }

    /** The client's first address of the other one's family. */
    private static Optional<InetAddress> addressOf(Host.Client client, InetAddress sameFamily) {
        return client.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .map(InterfaceAddress::address)
                .filter(address -> IpLiteral.isIpv4(address) == IpLiteral.isIpv4(sameFamily))
                .findFirst();
    }
}
