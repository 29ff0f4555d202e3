package io.twoarm.model.morph;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.BgpPeer;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.RoutingDaemon;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A VRRP pair becomes a cluster whose members all serve at the same time. */
final class EcmpMorph {
    private static final int DIRECTORS_SYSTEM = 65001;
    private static final int ROUTERS_SYSTEM = 65000;

    /** VIPs that are announced belong to no wire. */
    private static final Prefix ANNOUNCED = Prefix.parse("10.9.9.0/24");

    private EcmpMorph() {}

    static void apply(Drafting draft) {
        DirectorGroup group = draft.onlyGroup();
        if (!(group.redundancy() instanceof Redundancy.Vrrp)) {
            throw new MorphRefusedException("group " + group.name() + " is an ECMP cluster already.");
        }
        List<VirtualService> services = draft.topology().virtualServices().stream()
                .filter(service -> service.director().equals(group.name()))
                .toList();
        services.stream()
                .filter(service -> service.mode() == ForwardingMode.NAT || !IpLiteral.isIpv4(service.vip()))
                .findFirst()
                .ifPresent(service -> {
                    throw new MorphRefusedException("service " + service.name()
                            + (IpLiteral.isIpv4(service.vip())
                                    ? " is in mode nat: its answers would reach a director that does not know them."
                                    : " has an IPv6 VIP, and clusters announce IPv4 only."));
                });
        boolean gateways = draft.topology().natGateways().stream()
                .anyMatch(gateway -> gateway.director().equals(group.name()));
        if (services.isEmpty() || gateways) {
            throw new MorphRefusedException("a cluster offers services and no NAT gateway.");
        }
        Set<String> ports = new LinkedHashSet<>();
        services.forEach(service -> ports.add(service.port()));
        List<BgpPeer> peers = peers(draft, group, ports);
        kernelAddresses(draft, group, ports);
        renumber(draft, group);
        draft.put(topology -> ObjectList.GROUPS.change(
                topology,
                group.name(),
                it -> new DirectorGroup(
                        it.name(),
                        it.members(),
                        new Redundancy.Ecmp(DIRECTORS_SYSTEM, peers, RoutingDaemon.FRR, true))));
        draft.step("Group " + group.name() + " announces the VIPs by BGP from AS " + DIRECTORS_SYSTEM + " to "
                + peers.stream().map(BgpPeer::router).toList() + " in AS " + ROUTERS_SYSTEM + ", watched by BFD.");
    }

    private static List<BgpPeer> peers(Drafting draft, DirectorGroup group, Set<String> ports) {
        Set<String> wires = new LinkedHashSet<>();
        draft.topology()
                .directorsNamed(group.name())
                .forEach(director -> director.ports().stream()
                        .filter(port -> ports.contains(port.name()))
                        .forEach(port -> wires.add(port.segment())));
        List<BgpPeer> peers = draft.topology()
                .routers()
                .filter(router -> router.ports().stream().anyMatch(port -> wires.contains(port.segment())))
                .map(router -> new BgpPeer(router.name(), ROUTERS_SYSTEM))
                .toList();
        if (peers.isEmpty()) {
            throw new MorphRefusedException("no router stands on the wires " + wires + " to hear the announcements.");
        }
        return peers;
    }

    private static void kernelAddresses(Drafting draft, DirectorGroup group, Set<String> ports) {
        for (Host.Director director : draft.topology().directorsNamed(group.name())) {
            if (!director.kind().hasDataplane()) {
                continue;
            }
            List<Port> changed = new ArrayList<>();
            for (Port port : director.ports()) {
                boolean needed = ports.contains(port.name())
                        && port.kernelAddresses().stream().noneMatch(own -> IpLiteral.isIpv4(own.address()));
                List<InterfaceAddress> kernel = new ArrayList<>(port.kernelAddresses());
                if (needed) {
                    draft.subnets(port, true).stream()
                            .findFirst()
                            .ifPresent(subnet ->
                                    kernel.add(new InterfaceAddress(draft.free().first(subnet), subnet.length())));
                }
                changed.add(Drafting.port(port, port.addresses(), kernel));
            }
            draft.host(director.name(), it -> Drafting.with(it, changed, it.routes()));
        }
    }

    private static void renumber(Drafting draft, DirectorGroup group) {
        Prefix subnet = draft.free().subnet(ANNOUNCED);
        Map<InetAddress, InetAddress> vips = new HashMap<>();
        draft.put(topology -> ObjectList.SERVICES.each(topology, service -> {
            if (!service.director().equals(group.name())) {
                return service;
            }
            InetAddress vip = vips.computeIfAbsent(service.vip(), old -> {
                InetAddress fresh = draft.free().first(subnet);
                draft.step("VIP " + Drafting.text(old) + " becomes " + Drafting.text(fresh)
                        + ", which lies in no wire's subnet.");
                return fresh;
            });
            return Drafting.service(
                    service,
                    service.name(),
                    service.director(),
                    service.port(),
                    vip,
                    service.localAddresses(),
                    service.realservers());
        }));
    }
}
