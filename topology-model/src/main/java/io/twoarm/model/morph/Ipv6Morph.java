package io.twoarm.model.morph;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** IPv4 services are offered over IPv6 too: all the way, or up to the director (NAT64, RFC 6146). */
final class Ipv6Morph {
    private final Drafting draft;
    private final boolean allTheWay;
    private final Ipv6Numbering numbering;
    private final Map<String, String> pools = new HashMap<>();
    private final Map<String, String> localPools = new HashMap<>();

    private Ipv6Morph(Drafting draft, boolean allTheWay, Set<String> segments) {
        this.draft = draft;
        this.allTheWay = allTheWay;
        this.numbering = new Ipv6Numbering(draft, segments, allTheWay);
    }

    static void dualStack(Drafting draft) {
        List<VirtualService> services = services(draft.topology(), Set.of(ForwardingMode.values()));
        Set<String> segments = new HashSet<>(ObjectList.SEGMENTS.namesIn(draft.topology()));
        new Ipv6Morph(draft, true, segments).apply(services);
    }

    static void nat64(Drafting draft) {
        List<VirtualService> services = services(draft.topology(), Set.of(ForwardingMode.FULLNAT));
        Set<String> segments = new HashSet<>();
        draft.topology().clients().forEach(host -> host.ports().forEach(port -> segments.add(port.segment())));
        draft.topology().routers().forEach(host -> host.ports().forEach(port -> segments.add(port.segment())));
        services.forEach(service -> draft.topology()
                .directorsNamed(service.director())
                .forEach(director -> director.port(service.port()).ifPresent(port -> segments.add(port.segment()))));
        new Ipv6Morph(draft, false, segments).apply(services);
    }

    /** IPv4 services that can be had. */
    private static List<VirtualService> services(Topology topology, Set<ForwardingMode> modes) {
        List<VirtualService> services = topology.virtualServices().stream()
                .filter(service -> IpLiteral.isIpv4(service.vip()) && modes.contains(service.mode()))
                .toList();
        if (services.isEmpty()) {
            throw new MorphRefusedException("the design has no IPv4 service"
                    + (modes.size() == 1 ? " in mode fullnat, which alone translates between IPv6 and IPv4." : "."));
        }
        services.stream()
                .filter(service -> topology.directorGroup(service.director())
                        .filter(group -> group.redundancy() instanceof Redundancy.Ecmp)
                        .isPresent())
                .findFirst()
                .ifPresent(service -> {
                    throw new MorphRefusedException(
                            "service " + service.name() + " is an ECMP cluster's, and clusters announce IPv4 only.");
                });
        refuseSharedSubnets(topology);
        return services;
    }

    /** An IPv6 subnet belongs to one wire, and an address in a subnet of two would not say to which. */
    private static void refuseSharedSubnets(Topology topology) {
        List<Segment> segments = topology.segments();
        for (int i = 0; i < segments.size(); i++) {
            for (Segment other : segments.subList(i + 1, segments.size())) {
                Segment one = segments.get(i);
                if (one.subnets().stream()
                        .anyMatch(subnet -> other.subnets().stream().anyMatch(subnet::overlaps))) {
                    throw new MorphRefusedException("segments " + one.name() + " and " + other.name()
                            + " share a subnet, so addresses do not say on which wire their IPv6 counterparts are.");
                }
            }
        }
    }

    private void apply(List<VirtualService> services) {
        numbering.apply();
        Set<String> matched = new HashSet<>();
        for (VirtualService service : services) {
            Optional<VirtualService> twin = twin(service, matched);
            twin.ifPresent(it -> matched.add(it.name()));
            if (twin.isEmpty()) {
                add(service);
            } else if (!allTheWay) {
                translate(service, twin.get());
            }
        }
        instances();
        draft.topology()
                .natGateways()
                .forEach(gateway -> draft.step("NAT gateway " + gateway.name() + " stays for IPv4 only."));
    }

    /** The IPv6 service that stands beside an IPv4 one. */
    private Optional<VirtualService> twin(VirtualService service, Set<String> matched) {
        return draft.topology().virtualServices().stream()
                .filter(it -> !IpLiteral.isIpv4(it.vip())
                        && it.director().equals(service.director())
                        && it.port().equals(service.port())
                        && it.protocol() == service.protocol()
                        && it.servicePort() == service.servicePort()
                        && !matched.contains(it.name()))
                .findFirst();
    }

    private void translate(VirtualService service, VirtualService twin) {
        if (twin.realservers().equals(service.realservers())) {
            return;
        }
        draft.put(topology -> ObjectList.SERVICES.change(
                topology,
                twin.name(),
                it -> named(service, twin.name(), twin.vip(), service.realservers(), service.localAddresses())));
        draft.step("Service " + twin.name() + " goes to the IPv4 realservers of pool " + service.realservers()
                + " from now on.");
    }

    private void add(VirtualService service) {
        InetAddress vip = numbering
                .of(service.vip())
                .orElseThrow(() -> new MorphRefusedException("the VIP " + Drafting.text(service.vip()) + " of service "
                        + service.name() + " lies in no subnet, so its IPv6 counterpart has no place."));
        String name = draft.fresh(ObjectList.SERVICES, service.name() + "6");
        String realservers = allTheWay ? pool(service.realservers()) : service.realservers();
        Optional<String> local = allTheWay ? service.localAddresses().map(this::localPool) : service.localAddresses();
        draft.put(topology -> ObjectList.SERVICES.add(topology, named(service, name, vip, realservers, local)));
        draft.step("Service " + name + " offers " + service.name() + " at " + Drafting.text(vip) + ".");
    }

    private VirtualService named(
            VirtualService it, String name, InetAddress vip, String realservers, Optional<String> local) {
        return new VirtualService(
                name,
                it.director(),
                it.port(),
                vip,
                it.protocol(),
                it.servicePort(),
                it.mode(),
                it.scheduler(),
                local,
                realservers,
                allTheWay ? it.clientAddress() : ClientAddress.NONE,
                it.synProxy(),
                it.traffic());
    }

    private String pool(String name) {
        return pools.computeIfAbsent(name, _ -> {
            RealserverPool pool = draft.topology()
                    .realserverPool(name)
                    .orElseThrow(() -> new MorphRefusedException("there is no realserver pool " + name + "."));
            String fresh = draft.fresh(ObjectList.POOLS, name + "6");
            List<Member> members = pool.members().stream()
                    .flatMap(member -> numbering.of(member.address()).stream()
                            .map(address -> new Member(member.host(), address, member.port(), member.weight())))
                    .toList();
            draft.put(topology -> ObjectList.POOLS.add(topology, new RealserverPool(fresh, members, pool.check())));
            draft.step("Pool " + fresh + " has the IPv6 addresses of " + name + ".");
            return fresh;
        });
    }

    private String localPool(String name) {
        return localPools.computeIfAbsent(name, _ -> {
            LocalAddressPool pool = draft.topology()
                    .localAddressPool(name)
                    .orElseThrow(() -> new MorphRefusedException("there is no local address pool " + name + "."));
            String fresh = draft.fresh(ObjectList.LOCAL_POOLS, name + "6");
            List<InetAddress> addresses = pool.addresses().stream()
                    .flatMap(address -> numbering.of(address).stream())
                    .toList();
            draft.put(topology -> ObjectList.LOCAL_POOLS.add(
                    topology, new LocalAddressPool(fresh, pool.director(), pool.port(), addresses)));
            draft.step("Pool " + fresh + " has IPv6 local addresses.");
            return fresh;
        });
    }

    /** An instance carries one family, so each port with IPv6 VIPs needs another one. */
    private void instances() {
        draft.put(topology -> ObjectList.GROUPS.each(
                topology,
                group -> group.redundancy() instanceof Redundancy.Vrrp vrrp ? withIpv6(topology, group, vrrp) : group));
    }

    private DirectorGroup withIpv6(Topology topology, DirectorGroup group, Redundancy.Vrrp vrrp) {
        List<VrrpInstance> instances = new ArrayList<>(vrrp.instances());
        for (VrrpInstance instance : vrrp.instances()) {
            boolean known =
                    instances.stream().anyMatch(it -> it.port().equals(instance.port()) && it.family() == Family.IPV6);
            List<InetAddress> shared = allTheWay
                    ? instance.sharedAddresses().stream()
                            .flatMap(address -> numbering.of(address).stream())
                            .toList()
                    : List.of();
            boolean needed = !shared.isEmpty()
                    || topology.virtualServices().stream()
                            .anyMatch(service -> service.director().equals(group.name())
                                    && service.port().equals(instance.port())
                                    && !IpLiteral.isIpv4(service.vip()));
            if (!known && needed && instance.family() == Family.IPV4) {
                instances.add(new VrrpInstance(
                        instance.name() + "-v6", instance.port(), Family.IPV6, instance.virtualRouterId(), shared));
                draft.step("Instance " + instance.name() + "-v6 moves the IPv6 addresses of port " + instance.port()
                        + ".");
            }
        }
        return new DirectorGroup(group.name(), group.members(), vrrp.withInstances(instances));
    }
}
