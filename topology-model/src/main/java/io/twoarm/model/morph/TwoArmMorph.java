package io.twoarm.model.morph;

import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A one-armed FullNAT director gets a second arm: its realservers and local addresses move to a wire of their own. */
final class TwoArmMorph {
    private static final Prefix LAN_IPV4 = Prefix.parse("192.168.229.0/24");
    private static final Prefix LAN_IPV6 = Prefix.parse("2001:db8:229::/64");

    private final Drafting draft;
    private final Host.Director director;
    private final Port arm;
    private final String lan;
    private final Map<Boolean, Prefix> subnets = new HashMap<>();
    private final Map<InetAddress, InetAddress> moved = new HashMap<>();

    private TwoArmMorph(Drafting draft) {
        this.draft = draft;
        this.director = draft.onlyDirector();
        List<VirtualService> services = draft.topology().servicesOf(director).toList();
        if (services.isEmpty() || services.stream().anyMatch(it -> it.mode() != ForwardingMode.FULLNAT)) {
            throw new MorphRefusedException("only FullNAT services keep working when their realservers move; "
                    + director.name() + (services.isEmpty() ? " has no service." : " has others."));
        }
        Set<String> ports = new HashSet<>();
        services.forEach(service -> ports.add(service.port()));
        draft.topology().localAddressPoolsOf(director).forEach(pool -> ports.add(pool.port()));
        if (ports.size() != 1 || director.port(ports.iterator().next()).isEmpty()) {
            throw new MorphRefusedException(
                    director.name() + " has its VIPs and local addresses on " + ports + " and so is not one-armed.");
        }
        this.arm = director.port(ports.iterator().next()).orElseThrow();
        this.lan = draft.fresh(ObjectList.SEGMENTS, "lan");
    }

    static void apply(Drafting draft) {
        new TwoArmMorph(draft).apply();
    }

    private void apply() {
        Set<String> realservers = new HashSet<>();
        draft.topology()
                .servicesOf(director)
                .flatMap(service -> draft.topology().realserverPool(service.realservers()).stream())
                .flatMap(pool -> pool.members().stream())
                .forEach(member -> {
                    realservers.add(member.host());
                    subnets.computeIfAbsent(
                            IpLiteral.isIpv4(member.address()),
                            ipv4 -> draft.free().subnet(ipv4 ? LAN_IPV4 : LAN_IPV6));
                });
        int mtu = draft.topology().segmentOf(arm).map(Segment::mtu).orElse(Segment.ETHERNET_MTU);
        draft.put(topology ->
                ObjectList.SEGMENTS.add(topology, new Segment(lan, List.copyOf(subnets.values())).withMtu(mtu)));
        draft.step("Segment " + lan + " with " + subnets.values() + " is for the realservers.");
        realservers.forEach(name -> draft.host(name, this::moved));
        renumberPools(realservers);
        String port = addPort();
        draft.put(topology -> ObjectList.LOCAL_POOLS.each(
                topology, pool -> pool.director().equals(director.name()) ? moved(pool, port) : pool));
    }

    private Host moved(Host host) {
        List<Port> ports = host.ports().stream()
                .map(port -> port.segment().equals(arm.segment())
                        ? new Port(port.name(), lan, moved(host, port), port.attachment())
                        : port)
                .toList();
        List<Route> routes = host.routes().stream()
                .filter(route -> route.via().isEmpty()
                        || ports.stream()
                                .flatMap(port -> port.addresses().stream())
                                .anyMatch(
                                        own -> own.subnet().contains(route.via().get())))
                .toList();
        if (routes.size() < host.routes().size()) {
            draft.step(host.name() + " loses " + (host.routes().size() - routes.size())
                    + " routes through its former wire; the director's local addresses are beside it now.");
        }
        return Drafting.with(host, ports, routes);
    }

    private List<InterfaceAddress> moved(Host host, Port port) {
        List<InterfaceAddress> addresses = new ArrayList<>();
        for (InterfaceAddress own : port.addresses()) {
            Prefix subnet = subnets.get(IpLiteral.isIpv4(own.address()));
            if (subnet != null) {
                InetAddress fresh = draft.free().first(subnet);
                moved.put(own.address(), fresh);
                addresses.add(new InterfaceAddress(fresh, subnet.length()));
                draft.step(host.name() + " becomes " + Drafting.text(fresh) + " instead of "
                        + Drafting.text(own.address()) + ".");
            }
        }
        return addresses;
    }

    private void renumberPools(Set<String> realservers) {
        draft.put(topology -> ObjectList.POOLS.each(
                topology,
                pool -> new RealserverPool(
                        pool.name(),
                        pool.members().stream()
                                .map(member -> realservers.contains(member.host())
                                        ? new Member(
                                                member.host(),
                                                moved.getOrDefault(member.address(), member.address()),
                                                member.port(),
                                                member.weight())
                                        : member)
                                .toList(),
                        pool.check())));
    }

    private String addPort() {
        List<String> names = director.ports().stream().map(Port::name).toList();
        String stem = arm.name().replaceAll("[0-9]+$", "");
        int number = 1;
        while (names.contains(stem + number)) {
            number++;
        }
        String name = stem + number;
        Attachment attachment = switch (arm.attachment()) {
            case Attachment.AfPacket _ -> new Attachment.AfPacket(name);
            case Attachment.Pci(String address) ->
                new Attachment.Pci(address.substring(0, address.length() - 1)
                        + (address.charAt(address.length() - 1) - '0' + 1) % 8);
            case Attachment.Bond _, Attachment.Kernel _, Attachment.Vlan _ ->
                throw new MorphRefusedException("port " + arm.name() + " is not a single NIC of a dataplane.");
        };
        List<InterfaceAddress> kernel = arm.kernelAddresses().isEmpty()
                ? List.of()
                : subnets.values().stream()
                        .map(subnet -> new InterfaceAddress(draft.free().first(subnet), subnet.length()))
                        .toList();
        draft.host(director.name(), it -> {
            List<Port> ports = new ArrayList<>(it.ports());
            ports.add(new Port(name, lan, List.of(), attachment, kernel));
            return Drafting.with(it, ports, it.routes());
        });
        draft.step(director.name() + " gets port " + name + " on it.");
        return name;
    }

    private LocalAddressPool moved(LocalAddressPool pool, String port) {
        List<InetAddress> addresses = pool.addresses().stream()
                .map(address -> subnets.containsKey(IpLiteral.isIpv4(address))
                        ? draft.free().first(subnets.get(IpLiteral.isIpv4(address)))
                        : address)
                .toList();
        draft.step("Pool " + pool.name() + " is on " + port + " with "
                + addresses.stream().map(Drafting::text).toList() + ".");
        return Drafting.pool(pool, pool.director(), port, addresses);
    }
}
