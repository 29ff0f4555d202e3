package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.directorGroup;
import static io.twoarm.model.TopologyPaths.natGateway;
import static io.twoarm.model.TopologyPaths.port;
import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Rules about what Vyatta and VyOS routers can do. */
final class RouterRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "router-service",
                    "Directors of kind vyatta and vyos have no virtual services.",
                    "They are routers; nothing in their settings chooses a realserver.",
                    RouterRules::service),
            LintRule.error(
                    "router-cluster",
                    "Directors of kind vyatta and vyos are no ECMP cluster.",
                    "They offer nothing that could be announced.",
                    RouterRules::cluster),
            LintRule.error(
                    "router-port-name",
                    "Ports of a vyatta or vyos director are called eth and a number, VLANs as the port below with their number.",
                    "These systems name their interfaces themselves.",
                    RouterRules::portName),
            LintRule.error(
                    "router-ipv6",
                    "NAT gateways and VRRP instances of vyatta directors, and NAT gateways of vyos directors, are IPv4.",
                    "Vyatta Core 6 has neither for IPv6, and source NAT by VyOS is IPv4 only.",
                    RouterRules::ipv6),
            LintRule.error(
                    "router-nat-addresses",
                    "The addresses of a NAT gateway on a vyatta or vyos director follow each other.",
                    "A rule of theirs takes one address, or the first and the last one of a row.",
                    RouterRules::natAddresses),
            LintRule.error(
                    "router-interval",
                    "A group of vyatta or vyos directors advertises every 1 to 255 whole seconds.",
                    "Their settings take nothing else.",
                    RouterRules::interval));

    private RouterRules() {}

    private static boolean isRouter(Topology topology, String owner) {
        return topology.directorsNamed(owner).stream()
                .anyMatch(director -> director.kind().isAppliance());
    }

    private static boolean isVyatta(Topology topology, String owner) {
        return topology.directorsNamed(owner).stream().anyMatch(director -> director.kind() == DirectorKind.VYATTA);
    }

    private static void service(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (isRouter(topology, service.director())) {
                report.add(
                        virtualService(service).key("director"),
                        "service " + service.name() + " is on " + service.director() + ", a router",
                        "Name a director of kind bundled, dpvs or ipvs.");
            }
        }
    }

    private static void cluster(Topology topology, LintRule.Report report) {
        for (DirectorGroup group : topology.directorGroups()) {
            if (group.redundancy() instanceof Redundancy.Ecmp && isRouter(topology, group.name())) {
                report.add(
                        directorGroup(group).key("members"),
                        "group " + group.name() + " is an ECMP cluster of routers",
                        "Make it a group of type vrrp.");
            }
        }
    }

    private static void portName(Topology topology, LintRule.Report report) {
        topology.directors()
                .filter(director -> director.kind().isAppliance())
                .forEach(director -> director.ports().stream()
                        .filter(port -> !interfaceName(topology, port)
                                .map(port.name()::equals)
                                .orElse(port.name().matches("eth[0-9]{1,3}")))
                        .forEach(port -> report.add(
                                port(director, port),
                                "port " + port.name() + " of " + director.name() + " ("
                                        + director.kind().name().toLowerCase(Locale.ROOT)
                                        + ") is not called like an interface",
                                interfaceName(topology, port)
                                        .map(name -> "Rename it to " + name + ".")
                                        .orElse("Rename it, such as eth0."))));
    }

    /** What these systems call a VLAN, once its number is known. */
    private static Optional<String> interfaceName(Topology topology, Port port) {
        OptionalInt number = topology.vlanOf(port);
        return port.attachment() instanceof Attachment.Vlan(String link) && number.isPresent()
                ? Optional.of(link + "." + number.getAsInt())
                : Optional.empty();
    }

    private static void ipv6(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            boolean ipv6 = gateway.sources().stream().anyMatch(source -> !source.isIpv4())
                    || gateway.addresses().stream().anyMatch(address -> !IpLiteral.isIpv4(address));
            if (ipv6 && isRouter(topology, gateway.director())) {
                report.add(
                        natGateway(gateway),
                        "NAT gateway " + gateway.name() + " of " + gateway.director() + " has IPv6",
                        "Leave out what is IPv6, or make the directors ones of kind ipvs.");
            }
        }
        for (DirectorGroup group : topology.directorGroups()) {
            for (int i = 0; i < group.instances().size(); i++) {
                if (group.instances().get(i).family() == Family.IPV6 && isVyatta(topology, group.name())) {
                    report.add(
                            directorGroup(group)
                                    .key("instances")
                                    .key(group.instances().get(i).name()),
                            "instance " + group.instances().get(i).name() + " of group " + group.name() + " is IPv6",
                            "Leave it out, or make the directors ones of kind vyos.");
                }
            }
        }
    }

    private static void natAddresses(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            List<BigInteger> numbers = gateway.addresses().stream()
                    .distinct()
                    .map(address -> new BigInteger(1, address.getAddress()))
                    .sorted()
                    .toList();
            boolean row = numbers.isEmpty()
                    || numbers.getLast().subtract(numbers.getFirst()).equals(BigInteger.valueOf(numbers.size() - 1L));
            if (!row && isRouter(topology, gateway.director())) {
                report.add(
                        natGateway(gateway).key("addresses"),
                        "the addresses of NAT gateway " + gateway.name() + " of " + gateway.director()
                                + " do not follow each other",
                        "Take addresses without a gap, or one NAT gateway for each row.");
            }
        }
    }

    private static void interval(Topology topology, LintRule.Report report) {
        VrrpRules.eachVrrp(topology, (group, vrrp) -> {
            long millis = vrrp.advertInterval().toMillis();
            boolean fits = millis % 1000 == 0 && millis >= 1000 && millis <= 255_000;
            if (!fits && isRouter(topology, group.name())) {
                report.add(
                        directorGroup(group).key("advertInterval"),
                        "group " + group.name() + " of routers advertises every " + millis + " ms",
                        "Write advertInterval: 1s.",
                        VrrpRules.changed(
                                group,
                                new Redundancy.Vrrp(
                                        vrrp.instances(),
                                        Redundancy.Vrrp.STANDARD_INTERVAL,
                                        vrrp.preempt(),
                                        vrrp.password(),
                                        vrrp.syncPort())));
            }
        });
    }
}
