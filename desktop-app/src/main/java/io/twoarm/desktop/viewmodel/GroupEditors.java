package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Fresh;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.BgpPeer;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.Redundancy.Ecmp;
import io.twoarm.model.DirectorGroup.Redundancy.Vrrp;
import io.twoarm.model.DirectorGroup.RoutingDaemon;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Editors for the fields of director groups and NAT gateways. */
final class GroupEditors {
    /** The first number for private use (RFC 6996). */
    private static final int PRIVATE_SYSTEM = 64_512;

    private GroupEditors() {}

    private static Wording field(String key, String object) {
        return Wording.of("edit.field", Texts.text(key), object);
    }

    private static Editor.Action removal(String object, UnaryOperator<Topology> change) {
        return new Editor.Action(Texts.text("property.remove"), Wording.of("edit.removeFrom", object), change);
    }

    private static Editor.Action addition(String label, String object, UnaryOperator<Topology> change) {
        return new Editor.Action(label, Wording.of("edit.addTo", object), change);
    }

    private static <T> List<T> without(List<T> list, T gone) {
        List<T> changed = new ArrayList<>(list);
        changed.remove(gone);
        return changed;
    }

    private static <T> List<T> with(List<T> list, T added) {
        List<T> changed = new ArrayList<>(list);
        changed.add(added);
        return changed;
    }

    private static <T> List<T> replaced(List<T> list, T before, T after) {
        return list.stream().map(each -> each.equals(before) ? after : each).toList();
    }

    static List<Editor.Option> yesAndNo() {
        return List.of(
                new Editor.Option("true", Texts.text("property.yes")),
                new Editor.Option("false", Texts.text("property.no")));
    }

    private static Topology members(Topology topology, DirectorGroup group, UnaryOperator<List<String>> change) {
        return ObjectList.GROUPS.change(
                topology,
                group.name(),
                it -> new DirectorGroup(it.name(), change.apply(it.members()), it.redundancy()));
    }

    private static Topology redundancy(Topology topology, DirectorGroup group, Redundancy redundancy) {
        return ObjectList.GROUPS.change(
                topology, group.name(), it -> new DirectorGroup(it.name(), it.members(), redundancy));
    }

    static Editor.Action removeMember(DirectorGroup group, String member) {
        return removal(group.name(), it -> members(it, group, all -> without(all, member)));
    }

    /** One for each director that is in no group. */
    static List<Editor.Action> addMembers(Topology topology, DirectorGroup group) {
        return topology.directors()
                .filter(director -> topology.groupOf(director).isEmpty())
                .map(director -> addition(
                        Texts.text("property.add.member", director.name()),
                        group.name(),
                        it -> members(it, group, all -> with(all, director.name()))))
                .toList();
    }

    static Editor advertInterval(DirectorGroup group, Vrrp vrrp) {
        return new Editor.Typed(
                field("property.advertInterval", group.name()),
                HealthCheckText.seconds(vrrp.advertInterval()),
                (it, text) -> redundancy(
                        it,
                        group,
                        new Vrrp(
                                vrrp.instances(),
                                PropertyEditors.duration(text),
                                vrrp.preempt(),
                                vrrp.password(),
                                vrrp.syncPort())));
    }

    static Editor preempt(DirectorGroup group, Vrrp vrrp) {
        return new Editor.Choice(
                field("property.preempt", group.name()),
                yesAndNo(),
                (it, value) -> redundancy(
                        it,
                        group,
                        new Vrrp(
                                vrrp.instances(),
                                vrrp.advertInterval(),
                                Boolean.parseBoolean(value),
                                vrrp.password(),
                                vrrp.syncPort())));
    }

    static Editor password(DirectorGroup group, Vrrp vrrp) {
        return new Editor.Typed(
                field("property.password", group.name()),
                vrrp.password().orElse(""),
                (it, text) -> redundancy(
                        it,
                        group,
                        new Vrrp(
                                vrrp.instances(),
                                vrrp.advertInterval(),
                                vrrp.preempt(),
                                Optional.of(text.strip()).filter(each -> !each.isEmpty()),
                                vrrp.syncPort())));
    }

    static Editor syncPort(DirectorGroup group, Vrrp vrrp) {
        return new Editor.Typed(
                field("property.syncPort", group.name()),
                vrrp.syncPort().orElse(""),
                (it, text) -> redundancy(
                        it,
                        group,
                        new Vrrp(
                                vrrp.instances(),
                                vrrp.advertInterval(),
                                vrrp.preempt(),
                                vrrp.password(),
                                Optional.of(text.strip()).filter(each -> !each.isEmpty()))));
    }

    private static Topology instance(Topology topology, DirectorGroup group, VrrpInstance before, VrrpInstance after) {
        return switch (group.redundancy()) {
            case Vrrp vrrp ->
                redundancy(topology, group, vrrp.withInstances(replaced(vrrp.instances(), before, after)));
            case Ecmp _ -> topology;
        };
    }

    static Editor virtualRouterId(DirectorGroup group, VrrpInstance it) {
        return new Editor.Typed(
                field("property.virtualRouterId", it.name()),
                Integer.toString(it.virtualRouterId()),
                (topology, text) -> instance(
                        topology,
                        group,
                        it,
                        new VrrpInstance(
                                it.name(),
                                it.port(),
                                it.family(),
                                PropertyEditors.number(text),
                                it.sharedAddresses())));
    }

    static Editor port(Topology topology, DirectorGroup group, VrrpInstance it) {
        List<String> ports = topology.directorsNamed(group.name()).stream()
                .flatMap(host -> host.ports().stream())
                .map(Port::name)
                .distinct()
                .toList();
        return new Editor.Choice(
                field("property.port", it.name()),
                Editor.Option.names(ports),
                (edited, value) -> instance(
                        edited,
                        group,
                        it,
                        new VrrpInstance(it.name(), value, it.family(), it.virtualRouterId(), it.sharedAddresses())));
    }

    static Editor family(DirectorGroup group, VrrpInstance it) {
        return new Editor.Choice(
                field("property.family", it.name()),
                Editor.Option.constants("family", Family.values()),
                (topology, value) -> instance(
                        topology,
                        group,
                        it,
                        new VrrpInstance(
                                it.name(),
                                it.port(),
                                Family.valueOf(value),
                                it.virtualRouterId(),
                                it.sharedAddresses())));
    }

    private static Topology shared(
            Topology topology, DirectorGroup group, VrrpInstance it, List<InetAddress> addresses) {
        return instance(
                topology,
                group,
                it,
                new VrrpInstance(it.name(), it.port(), it.family(), it.virtualRouterId(), addresses));
    }

    static Editor sharedAddress(DirectorGroup group, VrrpInstance it, InetAddress address) {
        return new Editor.Typed(
                field("property.sharedAddress", it.name()),
                IpLiteral.format(address),
                (topology, text) -> shared(
                        topology, group, it, replaced(it.sharedAddresses(), address, IpLiteral.parse(text.strip()))));
    }

    static Editor.Action removeSharedAddress(DirectorGroup group, VrrpInstance it, InetAddress address) {
        return removal(it.name(), topology -> shared(topology, group, it, without(it.sharedAddresses(), address)));
    }

    static Optional<Editor.Action> addSharedAddress(Topology topology, DirectorGroup group, VrrpInstance it) {
        return fresh(topology, group.name(), it.port(), it.family() == Family.IPV4)
                .findFirst()
                .map(address -> addition(
                        Texts.text("property.add.sharedAddress"),
                        it.name(),
                        edited -> shared(edited, group, it, with(it.sharedAddresses(), address))));
    }

    /** Free addresses on the wire of a port, of the wanted family. */
    private static Stream<InetAddress> fresh(Topology topology, String directorOrGroup, String port, boolean ipv4) {
        return topology.directorsNamed(directorOrGroup).stream()
                .flatMap(host -> host.port(port).stream())
                .flatMap(each -> topology.segmentOf(each).stream())
                .flatMap(segment -> segment.subnets().stream())
                .filter(subnet -> subnet.isIpv4() == ipv4)
                .flatMap(subnet -> Fresh.address(topology, subnet, Optional.empty()).stream());
    }

    static Editor autonomousSystem(DirectorGroup group, Ecmp ecmp) {
        return new Editor.Typed(
                field("property.autonomousSystem", group.name()),
                Integer.toString(ecmp.autonomousSystem()),
                (it, text) -> redundancy(
                        it, group, new Ecmp(PropertyEditors.number(text), ecmp.peers(), ecmp.daemon(), ecmp.bfd())));
    }

    static Editor daemon(DirectorGroup group, Ecmp ecmp) {
        return new Editor.Choice(
                field("property.routingDaemon", group.name()),
                Editor.Option.constants("routingDaemon", RoutingDaemon.values()),
                (it, value) -> redundancy(
                        it,
                        group,
                        new Ecmp(ecmp.autonomousSystem(), ecmp.peers(), RoutingDaemon.valueOf(value), ecmp.bfd())));
    }

    static Editor bfd(DirectorGroup group, Ecmp ecmp) {
        return new Editor.Choice(
                field("property.bfd", group.name()),
                yesAndNo(),
                (it, value) -> redundancy(
                        it,
                        group,
                        new Ecmp(ecmp.autonomousSystem(), ecmp.peers(), ecmp.daemon(), Boolean.parseBoolean(value))));
    }

    private static Topology peers(Topology topology, DirectorGroup group, Ecmp ecmp, List<BgpPeer> peers) {
        return redundancy(topology, group, new Ecmp(ecmp.autonomousSystem(), peers, ecmp.daemon(), ecmp.bfd()));
    }

    static Editor peerSystem(DirectorGroup group, Ecmp ecmp, BgpPeer peer) {
        return new Editor.Typed(
                field("property.autonomousSystem", peer.router()),
                Integer.toString(peer.autonomousSystem()),
                (it, text) -> peers(
                        it,
                        group,
                        ecmp,
                        replaced(ecmp.peers(), peer, new BgpPeer(peer.router(), PropertyEditors.number(text)))));
    }

    static Editor.Action removePeer(DirectorGroup group, Ecmp ecmp, BgpPeer peer) {
        return removal(group.name(), it -> peers(it, group, ecmp, without(ecmp.peers(), peer)));
    }

    /** One for each router that is no peer yet. */
    static List<Editor.Action> addPeers(Topology topology, DirectorGroup group, Ecmp ecmp) {
        return topology.routers()
                .map(Host::name)
                .filter(router ->
                        ecmp.peers().stream().noneMatch(peer -> peer.router().equals(router)))
                .map(router -> addition(
                        Texts.text("property.add.member", router),
                        group.name(),
                        it -> peers(it, group, ecmp, with(ecmp.peers(), new BgpPeer(router, PRIVATE_SYSTEM)))))
                .toList();
    }

    private static Topology gateway(
            Topology topology, NatGateway gateway, List<InetAddress> addresses, List<Prefix> sources) {
        return ObjectList.NAT_GATEWAYS.change(
                topology, gateway.name(), it -> it.withAddresses(addresses).withSources(sources));
    }

    static Editor firewall(NatGateway gateway) {
        return new Editor.Choice(
                field("property.firewall", gateway.name()),
                yesAndNo(),
                (topology, value) -> ObjectList.NAT_GATEWAYS.change(
                        topology, gateway.name(), it -> it.withFirewall(Boolean.parseBoolean(value))));
    }

    static Editor outsidePorts(NatGateway gateway) {
        List<Editor.Option> options = new ArrayList<>();
        options.add(new Editor.Option("", Texts.text("outsidePorts.perDestination")));
        options.addAll(Editor.Option.constants("outsidePorts", NatGateway.OutsideFilter.values()));
        return new Editor.Choice(
                field("property.outsidePorts", gateway.name()),
                options,
                (topology, value) -> ObjectList.NAT_GATEWAYS.change(
                        topology,
                        gateway.name(),
                        it -> it.withEndpointIndependent(
                                value.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(NatGateway.OutsideFilter.valueOf(value)))));
    }

    static Editor natAddress(NatGateway it, InetAddress address) {
        return new Editor.Typed(
                field("property.address", it.name()),
                IpLiteral.format(address),
                (topology, text) -> gateway(
                        topology, it, replaced(it.addresses(), address, IpLiteral.parse(text.strip())), it.sources()));
    }

    static Editor.Action removeNatAddress(NatGateway it, InetAddress address) {
        return removal(it.name(), topology -> gateway(topology, it, without(it.addresses(), address), it.sources()));
    }

    static Optional<Editor.Action> addNatAddress(Topology topology, NatGateway it) {
        return Stream.of(true, false)
                .flatMap(ipv4 -> fresh(topology, it.director(), it.port(), ipv4))
                .findFirst()
                .map(address -> addition(
                        Texts.text("property.add.address"),
                        it.name(),
                        edited -> gateway(edited, it, with(it.addresses(), address), it.sources())));
    }

    static Editor natSource(NatGateway it, Prefix source) {
        return new Editor.Typed(
                field("property.network", it.name()),
                source.toString(),
                (topology, text) -> gateway(
                        topology, it, it.addresses(), replaced(it.sources(), source, Prefix.parse(text.strip()))));
    }

    static Editor.Action removeNatSource(NatGateway it, Prefix source) {
        return removal(it.name(), topology -> gateway(topology, it, it.addresses(), without(it.sources(), source)));
    }

    /** One for each network of the design that may not use the gateway yet. */
    static List<Editor.Action> addNatSources(Topology topology, NatGateway it) {
        return topology.segments().stream()
                .flatMap(segment -> segment.subnets().stream())
                .filter(subnet -> !it.sources().contains(subnet))
                .filter(subnet -> it.addresses().stream().noneMatch(subnet::contains))
                .map(subnet -> addition(
                        Texts.text("property.add.member", subnet.toString()),
                        it.name(),
                        edited -> gateway(edited, it, it.addresses(), with(it.sources(), subnet))))
                .toList();
    }
}
