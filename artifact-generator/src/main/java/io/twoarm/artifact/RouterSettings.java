package io.twoarm.artifact;

import io.twoarm.config.vyatta.Release;
import io.twoarm.config.vyatta.Statement;
import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one router. Two members of a group differ in their name, their own addresses and their priority only,
 * so that either one's settings can be read from the other's.
 */
final class RouterSettings {
    /** The preferred member's; the others share out what is below. */
    private static final int HIGHEST_PRIORITY = 200;

    private final Topology topology;
    private final Host.Director director;
    private final Release release;
    private final List<Statement> statements = new ArrayList<>();

    RouterSettings(Topology topology, Host.Director director, Release release) {
        this.topology = topology;
        this.director = director;
        this.release = release;
    }

    List<Statement> statements() {
        boolean vyos = release == Release.VYOS_1_4;
        firewall(vyos);
        Optional<DirectorGroup> group = topology.groupOf(director);
        if (vyos) {
            group.ifPresent(this::highAvailability);
        }
        for (Port port : director.ports()) {
            interfaces(port, vyos);
            if (!vyos) {
                group.ifPresent(it -> vrrpGroups(it, port));
            }
        }
        if (vyos) {
            sourceNat();
        }
        routes(vyos);
        group.ifPresent(this::conntrackSync);
        if (!vyos) {
            natRules();
        }
        director.ssh().ifPresent(ssh -> {
            set("service", "ssh", "port", Integer.toString(ssh.port()));
            if (!vyos) {
                set("service", "ssh", "protocol-version", "v2");
            }
        });
        if (!vyos) {
            gatewayAddress();
        }
        set("system", "host-name", director.name());
        return List.copyOf(statements);
    }

    private void set(String... words) {
        statements.add(Statement.of(words));
    }

    /** The way to a port's settings: those of a VLAN stand below the port that it is on, under its number. */
    static List<String> wayTo(Topology topology, Host.Director director, Port port) {
        return port.attachment() instanceof Attachment.Vlan(String link)
                ? List.of(
                        "interfaces",
                        "ethernet",
                        link,
                        "vif",
                        Integer.toString(VlanNumber.of(topology, director, port)))
                : List.of("interfaces", "ethernet", port.name());
    }

    private void interfaces(Port port, boolean vyos) {
        List<String> start = wayTo(topology, director, port);
        boolean carriesVlans = director.ports().stream()
                .anyMatch(other -> other.attachment().equals(new Attachment.Vlan(port.name())));
        if (port.addresses().isEmpty() && !carriesVlans) {
            below(start);
        }
        for (InterfaceAddress own : port.addresses()) {
            below(start, "address", own.toString());
        }
        if (!vyos && (outsidePorts().contains(port) || insidePorts().contains(port))) {
            below(start, "firewall", "in", "name", ruleSet(port));
        }
    }

    /** Ports towards the outside of ways out that filter. */
    private Set<Port> outsidePorts() {
        Set<Port> ports = new LinkedHashSet<>();
        filtering().forEach(gateway -> director.port(gateway.port()).ifPresent(ports::add));
        return ports;
    }

    /** Ports of hosts that leave through them. */
    private Set<Port> insidePorts() {
        Set<Port> ports = new LinkedHashSet<>();
        List<Prefix> sources = filtering().stream()
                .flatMap(gateway -> gateway.sources().stream())
                .toList();
        for (Port port : director.ports()) {
            List<Prefix> subnets =
                    topology.segmentOf(port).map(Segment::subnets).orElse(List.of());
            if (subnets.stream()
                    .anyMatch(subnet ->
                            sources.stream().anyMatch(source -> source.contains(subnet) || subnet.contains(source)))) {
                ports.add(port);
            }
        }
        ports.removeAll(outsidePorts());
        return ports;
    }

    private List<NatGateway> filtering() {
        return topology.natGatewaysOf(director).filter(NatGateway::firewall).toList();
    }

    static String ruleSet(Port port) {
        return "from_" + port.segment();
    }

    /** From outside only what belongs to a connection; from inside everything but what belongs to none. */
    private void firewall(boolean vyos) {
        int jump = 10;
        for (Port port : outsidePorts()) {
            ruleSet(
                    vyos,
                    ruleSet(port),
                    "drop",
                    "Answers only, from " + port.segment(),
                    "accept",
                    "established",
                    "related");
        }
        for (Port port : insidePorts()) {
            ruleSet(vyos, ruleSet(port), "accept", "All but stray packets, from " + port.segment(), "drop", "invalid");
        }
        if (!vyos) {
            return;
        }
        List<Port> filtered = new ArrayList<>(outsidePorts());
        filtered.addAll(insidePorts());
        for (Port port : filtered) {
            String number = Integer.toString(jump);
            set("firewall", "ipv4", "forward", "filter", "rule", number, "action", "jump");
            set("firewall", "ipv4", "forward", "filter", "rule", number, "inbound-interface", "name", port.name());
            set("firewall", "ipv4", "forward", "filter", "rule", number, "jump-target", ruleSet(port));
            jump += 10;
        }
    }

    private void ruleSet(boolean vyos, String name, String otherwise, String about, String action, String... states) {
        List<String> start = vyos ? List.of("firewall", "ipv4", "name", name) : List.of("firewall", "name", name);
        below(start, "default-action", otherwise);
        below(start, "description", about);
        below(start, "rule", "10", "action", action);
        for (String state : states) {
            if (vyos) {
                below(start, "rule", "10", "state", state);
            } else {
                below(start, "rule", "10", "state", state, "enable");
            }
        }
    }

    private void below(List<String> start, String... words) {
        List<String> all = new ArrayList<>(start);
        all.addAll(List.of(words));
        set(all.toArray(String[]::new));
    }

    /** VRRP of Vyatta stands below the port. */
    private void vrrpGroups(DirectorGroup group, Port port) {
        if (!(group.redundancy() instanceof Redundancy.Vrrp vrrp)) {
            return;
        }
        for (VrrpInstance instance : vrrp.instances()) {
            if (!instance.port().equals(port.name())) {
                continue;
            }
            List<String> start = new ArrayList<>(wayTo(topology, director, port));
            start.addAll(List.of("vrrp", "vrrp-group", Integer.toString(instance.virtualRouterId())));
            below(start, "advertise-interval", KeepalivedProgramText.seconds(vrrp.advertInterval()));
            vrrp.password().ifPresent(password -> {
                below(start, "authentication", "type", "simple");
                below(start, "authentication", "password", password);
            });
            below(start, "preempt", Boolean.toString(vrrp.preempt()));
            below(start, "priority", Integer.toString(priority(group)));
            if (movesTogether(vrrp)) {
                below(start, "sync-group", group.name());
            }
            VrrpAddresses.of(topology, group, instance)
                    .forEach(address -> below(start, "virtual-address", IpLiteral.format(address)));
        }
    }

    private void highAvailability(DirectorGroup group) {
        if (!(group.redundancy() instanceof Redundancy.Vrrp vrrp)) {
            return;
        }
        for (VrrpInstance instance : vrrp.instances()) {
            List<String> start = List.of("high-availability", "vrrp", "group", instance.name());
            for (InetAddress address : VrrpAddresses.of(topology, group, instance)) {
                below(start, "address", IpLiteral.format(address) + "/" + length(instance, address));
            }
            below(start, "advertise-interval", KeepalivedProgramText.seconds(vrrp.advertInterval()));
            vrrp.password().ifPresent(password -> {
                below(start, "authentication", "password", password);
                below(start, "authentication", "type", "plaintext-password");
            });
            below(start, "interface", instance.port());
            if (!vrrp.preempt()) {
                below(start, "no-preempt");
            }
            below(start, "priority", Integer.toString(priority(group)));
            below(start, "vrid", Integer.toString(instance.virtualRouterId()));
        }
        if (movesTogether(vrrp)) {
            for (VrrpInstance instance : vrrp.instances()) {
                set("high-availability", "vrrp", "sync-group", group.name(), "member", instance.name());
            }
        }
    }

    /** The length of the subnet that the address is in. */
    private int length(VrrpInstance instance, InetAddress address) {
        return director.port(instance.port())
                .flatMap(topology::segmentOf)
                .flatMap(segment -> segment.subnets().stream()
                        .filter(subnet -> subnet.contains(address))
                        .findFirst())
                .map(Prefix::length)
                .orElse(IpLiteral.bits(address));
    }

    /** Connections are told by what the group as a whole does, so a group of one instance needs the frame as well. */
    private static boolean movesTogether(Redundancy.Vrrp vrrp) {
        return vrrp.instances().size() > 1 || vrrp.syncPort().isPresent();
    }

    private int priority(DirectorGroup group) {
        int members = group.members().size();
        int position = group.members().indexOf(director.name());
        return Math.max(1, HIGHEST_PRIORITY * (members - position) / members);
    }

    private void conntrackSync(DirectorGroup group) {
        if (group.redundancy() instanceof Redundancy.Vrrp vrrp
                && vrrp.syncPort().isPresent()) {
            set("service", "conntrack-sync", "failover-mechanism", "vrrp", "sync-group", group.name());
            set("service", "conntrack-sync", "interface", vrrp.syncPort().get());
        }
    }

    private void natRules() {
        int number = 10;
        for (NatGateway gateway : topology.natGatewaysOf(director).toList()) {
            for (Prefix source : gateway.sources()) {
                List<String> start = List.of("service", "nat", "rule", Integer.toString(number));
                below(start, "description", gateway.name());
                below(start, "outbound-interface", gateway.port());
                // Not masquerade: state that the other member has would name an address that it does not get.
                below(start, "outside-address", "address", range(gateway));
                below(start, "source", "address", source.toString());
                below(start, "type", "source");
                number += 10;
            }
        }
    }

    private void sourceNat() {
        int number = 10;
        for (NatGateway gateway : topology.natGatewaysOf(director).toList()) {
            for (Prefix source : gateway.sources()) {
                List<String> start = List.of("nat", "source", "rule", Integer.toString(number));
                below(start, "description", gateway.name());
                below(start, "outbound-interface", "name", gateway.port());
                below(start, "source", "address", source.toString());
                below(start, "translation", "address", range(gateway));
                number += 10;
            }
        }
    }

    /** One address, or a row of them as its first and last one. */
    private static String range(NatGateway gateway) {
        List<InetAddress> sorted = gateway.addresses().stream()
                .distinct()
                .sorted((one, other) -> Arrays.compareUnsigned(one.getAddress(), other.getAddress()))
                .toList();
        String first = IpLiteral.format(sorted.getFirst());
        return sorted.size() == 1 ? first : first + "-" + IpLiteral.format(sorted.getLast());
    }

    private void routes(boolean vyos) {
        for (Route route : director.routes()) {
            boolean gatewayAddress = !vyos
                    && route.destination().isDefault()
                    && route.destination().isIpv4()
                    && route.via().isPresent();
            if (gatewayAddress) {
                continue;
            }
            String kind = route.destination().isIpv4() ? "route" : "route6";
            List<String> start =
                    List.of("protocols", "static", kind, route.destination().toString());
            if (route.via().isPresent()) {
                below(start, "next-hop", IpLiteral.format(route.via().get()));
            } else if (vyos) {
                below(start, "interface", route.port().orElseThrow());
            } else {
                throw new GenerationException(
                        "hosts." + director.name() + ".routes",
                        "Vyatta Core 6 has no route without a gateway, such as " + route.destination());
            }
        }
    }

    private void gatewayAddress() {
        director.routes().stream()
                .filter(route ->
                        route.destination().isDefault() && route.destination().isIpv4())
                .flatMap(route -> route.via().stream())
                .findFirst()
                .ifPresent(gateway -> set("system", "gateway-address", IpLiteral.format(gateway)));
    }
}
