package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NearestWord;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.RouteTable;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about static routes. */
final class RouteRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "unknown-route-port",
                    "A route leaves through a port of its host.",
                    "A route without a way out cannot be installed.",
                    each(RouteRules::unknownPort)),
            LintRule.error(
                    "route-family",
                    "A route's gateway is of its destination's family.",
                    "IPv4 packets go to IPv4 gateways, IPv6 packets to IPv6 gateways.",
                    each(RouteRules::family)),
            LintRule.error(
                    "gateway-is-self",
                    "A host is not its own gateway.",
                    "Packets would never leave the host.",
                    each(RouteRules::gatewayIsSelf)),
            LintRule.error(
                    "gateway-not-on-link",
                    "A gateway is on-link on the route's port.",
                    "A host reaches its gateway without the help of another gateway, or not at all.",
                    each(RouteRules::gatewayNotOnLink)),
            LintRule.note(
                    "gateway-not-drawn",
                    "Gateways are part of the topology.",
                    "What lies behind a gateway that is not drawn cannot be checked, and the lab does not build it.",
                    each(RouteRules::gatewayNotDrawn)),
            LintRule.warning(
                    "route-twice",
                    "A destination has one route per host.",
                    "Only one of the routes is used, and which one depends on the system.",
                    RouteRules::routeTwice));

    private RouteRules() {}

    /** Looks at one route of one host. */
    private interface RouteCheck {
        void look(Topology topology, Host host, Route route, ObjectPath at, LintRule.Report report);
    }

    private static LintRule.Check each(RouteCheck check) {
        return (topology, report) -> {
            for (Host host : topology.hosts()) {
                for (int i = 0; i < host.routes().size(); i++) {
                    ObjectPath at = host(host).key("routes").index(i);
                    check.look(topology, host, host.routes().get(i), at, report);
                }
            }
        };
    }

    private static void unknownPort(Topology topology, Host host, Route route, ObjectPath at, LintRule.Report report) {
        route.port().filter(name -> host.port(name).isEmpty()).ifPresent(name -> {
            List<String> names = host.ports().stream().map(Port::name).toList();
            report.add(
                    at.key("port"),
                    host.name() + " has no port \"" + name + "\"; it has " + Listed.names(names),
                    NearestWord.question(name, names) + "Name one of the host's ports.");
        });
    }

    private static void family(Topology topology, Host host, Route route, ObjectPath at, LintRule.Report report) {
        route.via()
                .filter(gateway -> !sameFamily(route, gateway))
                .ifPresent(gateway -> report.add(
                        at.key("via"),
                        "the route of " + host.name() + " to " + route.destination() + " has the gateway "
                                + IpLiteral.format(gateway),
                        "Write a gateway of the same family as the destination."));
    }

    private static void gatewayIsSelf(
            Topology topology, Host host, Route route, ObjectPath at, LintRule.Report report) {
        route.via()
                .filter(gateway -> hasAddress(host, gateway))
                .ifPresent(gateway -> report.add(
                        at.key("via"),
                        IpLiteral.format(gateway) + " is " + host.name() + "'s own address",
                        "Write the address of the router on that wire."));
    }

    private static void gatewayNotOnLink(
            Topology topology, Host host, Route route, ObjectPath at, LintRule.Report report) {
        boolean otherwiseGood = route.port()
                        .map(name -> host.port(name).isPresent())
                        .orElse(true)
                && route.via().map(gateway -> sameFamily(route, gateway)).orElse(false);
        if (otherwiseGood && RouteTable.outgoingPort(topology, host, route).isEmpty()) {
            List<String> onLink = host.ports().stream()
                    .filter(port -> route.port().map(port.name()::equals).orElse(true))
                    .flatMap(port -> topology.onLink(host, port).stream())
                    .map(Prefix::toString)
                    .toList();
            report.add(
                    at.key("via"),
                    "gateway " + IpLiteral.format(route.via().orElseThrow()) + " is not on-link on "
                            + route.port()
                                    .map(name -> "port " + name + " of " + host.name())
                                    .orElse(host.name())
                            + "; on-link there: " + Listed.names(onLink),
                    "Write the router's address in one of the on-link subnets, or give the host an address beside it.");
        }
    }

    private static void gatewayNotDrawn(
            Topology topology, Host host, Route route, ObjectPath at, LintRule.Report report) {
        Optional<Port> port = RouteTable.outgoingPort(topology, host, route);
        if (route.via().isEmpty() || port.isEmpty()) {
            return;
        }
        InetAddress gateway = route.via().get();
        boolean drawn = Claim.all(topology).stream()
                .anyMatch(claim -> claim.address().equals(gateway)
                        && claim.port().segment().equals(port.get().segment()));
        boolean judgeable = IpLiteral.isIpv4(gateway) || !gateway.isLinkLocalAddress();
        if (!drawn && judgeable && topology.segmentOf(port.get()).isPresent()) {
            report.add(
                    at.key("via"),
                    "no host on segment " + port.get().segment() + " has the gateway's address "
                            + IpLiteral.format(gateway),
                    "Draw the router, or leave it if it is somebody else's.");
        }
    }

    private static void routeTwice(Topology topology, LintRule.Report report) {
        for (Host host : topology.hosts()) {
            Set<Prefix> seen = new HashSet<>();
            for (int i = 0; i < host.routes().size(); i++) {
                Route route = host.routes().get(i);
                if (!seen.add(route.destination())) {
                    report.add(
                            host(host).key("routes").index(i),
                            host.name() + " has two routes to " + route.destination(),
                            "Remove one of them.",
                            Edit.withoutRoute(host, i));
                }
            }
        }
    }

    private static boolean sameFamily(Route route, InetAddress gateway) {
        return IpLiteral.isIpv4(gateway) == route.destination().isIpv4();
    }

    private static boolean hasAddress(Host host, InetAddress address) {
        return host.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .anyMatch(own -> own.address().equals(address));
    }
}
