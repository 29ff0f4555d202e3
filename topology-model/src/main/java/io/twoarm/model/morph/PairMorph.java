package io.twoarm.model.morph;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A single director becomes the preferred one of a VRRP pair. */
final class PairMorph {
    /** VRIDs below are often taken by routers. */
    private static final int FIRST_VRID = 51;

    private final Drafting draft;
    private final Host.Director first;
    private final String group;

    /** Addresses of the single director that others use as their gateway: they move from now on. */
    private final Map<String, List<InetAddress>> shared = new LinkedHashMap<>();

    private PairMorph(Drafting draft) {
        this.draft = draft;
        this.first = draft.asDpvs(draft.onlyDirector(), "the bundled one stands alone");
        this.group = draft.fresh(ObjectList.GROUPS, "pair");
    }

    static void apply(Drafting draft) {
        new PairMorph(draft).apply();
    }

    private void apply() {
        Set<InetAddress> gateways = new HashSet<>();
        draft.topology()
                .hosts()
                .forEach(host -> host.routes().forEach(route -> route.via().ifPresent(gateways::add)));
        draft.topology().natGatewaysOf(first).forEach(gateway -> gateways.addAll(gateway.addresses()));
        draft.topology().servicesOf(first).forEach(service -> gateways.add(service.vip()));
        Set<String> vrrpPorts = portsWithVirtualAddresses(gateways);
        String second = draft.fresh(ObjectList.HOSTS, first.name() + "-2");
        Host.Director preferred = member(first.name(), gateways, vrrpPorts);
        Host.Director backup = member(second, gateways, vrrpPorts);
        draft.host(first.name(), _ -> preferred);
        draft.put(topology -> {
            List<Host> hosts = new ArrayList<>(topology.hosts());
            hosts.add(hosts.indexOf(preferred) + 1, backup);
            return ObjectList.HOSTS.with(topology, hosts);
        });
        draft.step(second + " stands beside " + first.name() + ", with the same ports, routes and resources.");
        moveOwnership();
        draft.put(topology -> ObjectList.GROUPS.add(
                topology,
                new DirectorGroup(
                        group,
                        List.of(first.name(), second),
                        new Redundancy.Vrrp(
                                instances(topology), Redundancy.Vrrp.STANDARD_INTERVAL, false, Optional.empty()))));
        draft.step("Group " + group + " moves the virtual addresses between them by VRRP, all arms together.");
    }

    /** Ports whose addresses move: those of services and ways out, and those with a gateway's address. */
    private Set<String> portsWithVirtualAddresses(Set<InetAddress> gateways) {
        Set<String> ports = new LinkedHashSet<>();
        draft.topology().servicesOf(first).forEach(service -> ports.add(service.port()));
        draft.topology().natGatewaysOf(first).forEach(gateway -> ports.add(gateway.port()));
        first.ports().stream()
                .filter(port -> port.addresses().stream().anyMatch(own -> gateways.contains(own.address())))
                .forEach(port -> ports.add(port.name()));
        return ports;
    }

    /** A director with addresses of its own; those that others rely on are left to the group. */
    private Host.Director member(String name, Set<InetAddress> gateways, Set<String> vrrpPorts) {
        boolean original = name.equals(first.name());
        List<Port> ports = new ArrayList<>();
        for (Port port : first.ports()) {
            List<InterfaceAddress> own = new ArrayList<>();
            for (InterfaceAddress address : port.addresses()) {
                boolean moves = gateways.contains(address.address());
                if (moves && original && !isVirtual(address.address())) {
                    shared.computeIfAbsent(port.name(), _ -> new ArrayList<>()).add(address.address());
                    draft.step("Address " + Drafting.text(address.address())
                            + ", which others use, moves with the group.");
                }
                own.add(original && !moves ? address : fresh(address, port));
            }
            List<InterfaceAddress> kernel = new ArrayList<>(port.kernelAddresses());
            if (!original) {
                kernel.replaceAll(address -> fresh(address, port));
            }
            boolean dataplane = !first.isKernels(port);
            boolean pool = draft.topology()
                    .localAddressPoolsOf(first)
                    .anyMatch(it -> it.port().equals(port.name()));
            if (dataplane && kernel.isEmpty() && (vrrpPorts.contains(port.name()) || pool)) {
                draft.subnets(port, true).stream()
                        .findFirst()
                        .or(() -> draft.subnets(port, false).stream().findFirst())
                        .ifPresent(subnet ->
                                kernel.add(new InterfaceAddress(draft.free().first(subnet), subnet.length())));
            }
            ports.add(Drafting.port(port, own, kernel));
        }
        return new Host.Director(
                name,
                ports,
                first.routes(),
                original ? first.ssh() : Optional.empty(),
                first.kind(),
                first.dataplane(),
                first.release());
    }

    private boolean isVirtual(InetAddress address) {
        Topology topology = draft.topology();
        return topology.servicesOf(first).anyMatch(service -> service.vip().equals(address))
                || topology.natGatewaysOf(first)
                        .anyMatch(gateway -> gateway.addresses().contains(address));
    }

    private InterfaceAddress fresh(InterfaceAddress like, Port port) {
        Prefix subnet = draft.subnets(port, IpLiteral.isIpv4(like.address())).stream()
                .filter(it -> it.contains(like.address()))
                .findFirst()
                .orElseGet(like::subnet);
        return new InterfaceAddress(draft.free().after(like.address(), subnet), like.prefixLength());
    }

    /** Services, ways out and pools are the group's; the second member needs as many local addresses again. */
    private void moveOwnership() {
        draft.put(topology -> ObjectList.SERVICES.each(
                topology,
                it -> it.director().equals(first.name())
                        ? Drafting.service(
                                it, it.name(), group, it.port(), it.vip(), it.localAddresses(), it.realservers())
                        : it));
        draft.put(topology -> ObjectList.NAT_GATEWAYS.each(
                topology, it -> it.director().equals(first.name()) ? Drafting.gateway(it, group, it.port()) : it));
        draft.put(topology -> ObjectList.LOCAL_POOLS.each(topology, pool -> {
            if (!pool.director().equals(first.name())) {
                return pool;
            }
            List<InetAddress> addresses = new ArrayList<>(pool.addresses());
            Port port = first.port(pool.port())
                    .orElseThrow(() -> new MorphRefusedException(
                            "pool " + pool.name() + " is on a port that " + first.name() + " does not have."));
            for (InetAddress address : pool.addresses()) {
                draft.subnets(port, IpLiteral.isIpv4(address)).stream()
                        .filter(subnet -> subnet.contains(address))
                        .findFirst()
                        .ifPresent(subnet -> addresses.add(draft.free().after(address, subnet)));
            }
            draft.step("Pool " + pool.name() + " gets "
                    + (addresses.size() - pool.addresses().size())
                    + " more addresses, so that each director has its own.");
            return Drafting.pool(pool, group, pool.port(), addresses);
        }));
    }

    private List<VrrpInstance> instances(Topology topology) {
        Map<String, Set<Family>> families = new LinkedHashMap<>();
        topology.virtualServices().stream()
                .filter(service -> service.director().equals(group))
                .forEach(service -> families.computeIfAbsent(service.port(), _ -> new LinkedHashSet<>())
                        .add(Family.of(service.vip())));
        topology.natGateways().stream()
                .filter(gateway -> gateway.director().equals(group))
                .forEach(gateway -> gateway.addresses()
                        .forEach(address -> families.computeIfAbsent(gateway.port(), _ -> new LinkedHashSet<>())
                                .add(Family.of(address))));
        shared.forEach((port, addresses) -> addresses.forEach(address ->
                families.computeIfAbsent(port, _ -> new LinkedHashSet<>()).add(Family.of(address))));
        Set<Integer> taken = new HashSet<>();
        topology.directorGroups()
                .forEach(other -> other.instances().forEach(instance -> taken.add(instance.virtualRouterId())));
        List<VrrpInstance> instances = new ArrayList<>();
        int candidate = FIRST_VRID;
        for (Map.Entry<String, Set<Family>> entry : families.entrySet()) {
            for (Family family : entry.getValue()) {
                while (!taken.add(candidate)) {
                    candidate++;
                }
                List<InetAddress> moving = shared.getOrDefault(entry.getKey(), List.of()).stream()
                        .filter(address -> Family.of(address) == family)
                        .toList();
                instances.add(new VrrpInstance(
                        entry.getKey() + (family == Family.IPV4 ? "-v4" : "-v6"),
                        entry.getKey(),
                        family,
                        candidate,
                        moving));
            }
        }
        if (instances.isEmpty()) {
            throw new MorphRefusedException(first.name() + " has no virtual address that could move.");
        }
        return instances;
    }
}
