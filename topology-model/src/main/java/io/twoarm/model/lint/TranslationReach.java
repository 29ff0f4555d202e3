package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Siit;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Change;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether hosts of one family only have a way to the director that translates for them: by routes, because it answers for
 * neither prefix nor pool on the wire.
 */
final class TranslationReach {
    static final List<LintRule> RULES = List.of(LintRule.warning(
            "translation-unreachable",
            "Hosts with IPv6 only reach the prefixes of NAT64 and SIIT, hosts with IPv4 only the pool and the"
                    + " mapped networks.",
            "Their packets would not come to the director that translates them.",
            TranslationReach::unreachable));

    private TranslationReach() {}

    private static void unreachable(Topology topology, LintRule.Report report) {
        Walk walk = new Walk(topology);
        TranslationRules.translating(topology)
                .filter(it -> it.kind() == DirectorKind.BUNDLED)
                .forEach(director -> topology.hosts().stream()
                        .filter(it -> it instanceof Host.Client || it instanceof Host.Realserver)
                        .forEach(from -> networks(director)
                                .filter(network -> hasOnly(from, network.isIpv4()))
                                .forEach(network -> follow(topology, walk, from, director, network, report))));
    }

    /** What routes must lead to the director. */
    private static Stream<Prefix> networks(Host.Director director) {
        Optional<Nat64> nat64 = director.dataplane().translation().nat64();
        Optional<Siit> siit = director.dataplane().translation().siit();
        return Stream.of(
                        nat64.map(Nat64::prefix).stream(),
                        nat64.map(Nat64::pool).stream(),
                        siit.flatMap(Siit::prefix).stream(),
                        siit.stream()
                                .flatMap(it -> it.mappings().stream())
                                .filter(Siit.Mapping::isUsable)
                                .map(Siit.Mapping::ipv4))
                .flatMap(it -> it);
    }

    private static boolean hasOnly(Host host, boolean ipv4) {
        List<InetAddress> addresses = host.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .map(InterfaceAddress::address)
                .toList();
        return !addresses.isEmpty() && addresses.stream().allMatch(it -> IpLiteral.isIpv4(it) == ipv4);
    }

    private static void follow(
            Topology topology, Walk walk, Host from, Host.Director director, Prefix network, LintRule.Report report) {
        // The last address stands for all; the first one of an IPv6 network is that of any router on its wire (RFC
        // 4291).
        if (walk.follow(from, network.last()) instanceof Walk.End.Stuck(String why, String fix)) {
            report.add(
                    host(from),
                    from.name() + " cannot reach " + network + ", which " + director.name() + " translates: " + why,
                    fix,
                    routed(topology, from, director, network));
        }
    }

    /** A route by the director, if it is on a wire of the host, the host has none to the network, and it helps. */
    private static Optional<Change<?>> routed(Topology topology, Host from, Host.Director director, Prefix network) {
        if (from.routes().stream().anyMatch(route -> route.destination().contains(network))) {
            return Optional.empty();
        }
        return from.ports().stream()
                .flatMap(port -> gatewayOn(topology, port, director, network).stream())
                .map(gateway -> Edit.withRoute(from, new Route(network, Optional.of(gateway), Optional.empty())))
                .filter(change -> helps(change.applyTo(topology), from.name(), network))
                .<Change<?>>map(change -> change)
                .findFirst();
    }

    private static boolean helps(Topology changed, String from, Prefix network) {
        return !(new Walk(changed).follow(changed.host(from).orElseThrow(), network.last()) instanceof Walk.End.Stuck);
    }

    /** The address that moves within a group goes before a member's own one. */
    private static Optional<InetAddress> gatewayOn(
            Topology topology, Port port, Host.Director director, Prefix network) {
        List<Claim> claims = Claim.all(topology).stream()
                .filter(claim -> claim.host().equals(director)
                        && claim.port().segment().equals(port.segment())
                        && IpLiteral.isIpv4(claim.address()) == network.isIpv4())
                .filter(claim -> topology.onLink(director, port).stream().anyMatch(it -> it.contains(claim.address())))
                .toList();
        return Stream.of(Claim.Kind.SHARED, Claim.Kind.HOST)
                .flatMap(kind -> claims.stream().filter(claim -> claim.kind() == kind))
                .map(Claim::address)
                .findFirst();
    }
}
