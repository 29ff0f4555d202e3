package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.directorGroup;
import static io.twoarm.model.TopologyPaths.natGateway;
import static io.twoarm.model.TopologyPaths.port;
import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.change.Change;
import io.twoarm.model.change.ObjectList;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules about what Vyatta and VyOS routers can do, and about members of a group that tell each other of connections. */
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
                    "Ports of a vyatta or vyos director are called eth and a number.",
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
                    RouterRules::interval),
            LintRule.warning(
                    "sync-without-effect",
                    "Connections are synced by groups of ipvs, vyatta or vyos directors.",
                    "The other kinds do not read syncPort.",
                    RouterRules::withoutEffect),
            LintRule.error(
                    "sync-port-unknown",
                    "Every member of a group has its syncPort.",
                    "A member without the port is told nothing, and takes over without connections.",
                    RouterRules::unknownPort),
            LintRule.error(
                    "sync-port-without-address",
                    "A syncPort has an IPv4 address on every member.",
                    "Messages about connections need a sender.",
                    RouterRules::withoutAddress),
            LintRule.warning(
                    "sync-port-shared",
                    "No VRRP instance stands on the syncPort.",
                    "Whoever sends there can forge connections, and a busy wire loses messages; a wire of their own"
                            + " between the members has neither.",
                    RouterRules::shared),
            LintRule.error(
                    "firewall-without-effect",
                    "NAT gateways with a firewall are on ipvs, vyatta or vyos directors.",
                    "DPVS and twoarm-director translate, and filter nothing.",
                    RouterRules::firewall));

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
                        .filter(port -> !port.name().matches("eth[0-9]{1,3}"))
                        .forEach(port -> report.add(
                                port(director, port),
                                "port " + port.name() + " of " + director.name() + " ("
                                        + director.kind().name().toLowerCase(Locale.ROOT)
                                        + ") is not called like an interface",
                                "Rename it, such as eth0.")));
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
        eachVrrp(topology, (group, vrrp) -> {
            long millis = vrrp.advertInterval().toMillis();
            boolean fits = millis % 1000 == 0 && millis >= 1000 && millis <= 255_000;
            if (!fits && isRouter(topology, group.name())) {
                report.add(
                        directorGroup(group).key("advertInterval"),
                        "group " + group.name() + " of routers advertises every " + millis + " ms",
                        "Write advertInterval: 1s.",
                        changed(
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

    private static void withoutEffect(Topology topology, LintRule.Report report) {
        eachVrrp(topology, (group, vrrp) -> {
            boolean dataplane = topology.directorsNamed(group.name()).stream()
                    .anyMatch(director -> director.kind().hasDataplane());
            if (vrrp.syncPort().isPresent() && dataplane) {
                report.add(
                        directorGroup(group).key("syncPort"),
                        "group " + group.name() + " has a syncPort, but directors that sync no connections",
                        "Remove syncPort.",
                        withoutSync(group, vrrp));
            }
        });
    }

    private static void unknownPort(Topology topology, LintRule.Report report) {
        eachVrrp(
                topology,
                (group, vrrp) -> vrrp.syncPort()
                        .ifPresent(name -> topology.directorsNamed(group.name()).stream()
                                .filter(director -> director.port(name).isEmpty())
                                .findFirst()
                                .ifPresent(director -> report.add(
                                        directorGroup(group).key("syncPort"),
                                        "member " + director.name() + " of group " + group.name() + " has no port "
                                                + name,
                                        "Name a port that all members have, or remove syncPort.",
                                        withoutSync(group, vrrp)))));
    }

    private static void withoutAddress(Topology topology, LintRule.Report report) {
        eachVrrp(
                topology,
                (group, vrrp) -> vrrp.syncPort()
                        .ifPresent(name -> topology.directorsNamed(group.name()).stream()
                                .filter(director -> director.port(name)
                                        .filter(port -> port.addresses().stream()
                                                .noneMatch(own -> IpLiteral.isIpv4(own.address())))
                                        .isPresent())
                                .findFirst()
                                .ifPresent(director -> report.add(
                                        directorGroup(group).key("syncPort"),
                                        "port " + name + " of member " + director.name() + " has no IPv4 address",
                                        "Give it one, such as 10.10.10.2/24."))));
    }

    private static void shared(Topology topology, LintRule.Report report) {
        eachVrrp(topology, (group, vrrp) -> {
            boolean shared = vrrp.syncPort().isPresent()
                    && vrrp.instances().stream()
                            .anyMatch(instance ->
                                    instance.port().equals(vrrp.syncPort().get()));
            if (shared) {
                report.add(
                        directorGroup(group).key("syncPort"),
                        "group " + group.name() + " syncs connections over "
                                + vrrp.syncPort().get() + ", which has a VRRP instance",
                        "Give the members a wire of their own, and name its port.");
            }
        });
    }

    private static void firewall(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            boolean dataplane = topology.directorsNamed(gateway.director()).stream()
                    .anyMatch(director -> director.kind().hasDataplane());
            if (gateway.firewall() && dataplane) {
                report.add(
                        natGateway(gateway).key("firewall"),
                        "NAT gateway " + gateway.name() + " of " + gateway.director() + " has a firewall",
                        "Filter on the router before it, and write firewall: false.",
                        new Change<>(
                                ObjectList.NAT_GATEWAYS,
                                gateway,
                                new NatGateway(
                                        gateway.name(),
                                        gateway.director(),
                                        gateway.port(),
                                        gateway.addresses(),
                                        gateway.sources(),
                                        false)));
            }
        }
    }

    /** Looks at one VRRP group. */
    private interface VrrpCheck {
        void look(DirectorGroup group, Redundancy.Vrrp vrrp);
    }

    private static void eachVrrp(Topology topology, VrrpCheck check) {
        topology.directorGroups().forEach(group -> {
            if (group.redundancy() instanceof Redundancy.Vrrp vrrp) {
                check.look(group, vrrp);
            }
        });
    }

    private static Change<?> withoutSync(DirectorGroup group, Redundancy.Vrrp vrrp) {
        return changed(
                group,
                new Redundancy.Vrrp(
                        vrrp.instances(), vrrp.advertInterval(), vrrp.preempt(), vrrp.password(), Optional.empty()));
    }

    private static Change<?> changed(DirectorGroup group, Redundancy.Vrrp vrrp) {
        return new Change<>(ObjectList.GROUPS, group, new DirectorGroup(group.name(), group.members(), vrrp));
    }
}
