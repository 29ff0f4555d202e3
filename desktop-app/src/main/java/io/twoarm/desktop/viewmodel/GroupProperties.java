package io.twoarm.desktop.viewmodel;

import static io.twoarm.desktop.viewmodel.Texts.text;

import io.twoarm.desktop.design.ObjectRef.GroupRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Every field of director groups and NAT gateways, in sections for people. */
final class GroupProperties {
    private GroupProperties() {}

    static List<PropertySection> of(Topology topology, DirectorGroup group) {
        PropertyRows general = new PropertyRows()
                .plain("property.name", group.name())
                .by(new Editor.Named(new GroupRef(group.name())));
        List<PropertySection> sections = new ArrayList<>();
        switch (group.redundancy()) {
            case Redundancy.Vrrp vrrp -> {
                vrrp(general, group, vrrp);
                sections.add(general.under("section.group"));
                sections.add(members(topology, group));
                vrrp.instances().forEach(instance -> sections.add(instance(topology, group, instance)));
            }
            case Redundancy.Ecmp ecmp -> {
                ecmp(general, group, ecmp);
                sections.add(general.under("section.group"));
                sections.add(members(topology, group));
                sections.add(peers(topology, group, ecmp));
            }
        }
        PropertyRows services = new PropertyRows();
        topology.virtualServices().stream()
                .filter(service -> service.director().equals(group.name()))
                .forEach(service -> services.link(
                        service.name(),
                        DiagramBuilder.endpoint(service.vip(), service.servicePort()),
                        new ServiceRef(service.name())));
        topology.natGateways().stream()
                .filter(gateway -> gateway.director().equals(group.name()))
                .forEach(gateway ->
                        services.link(gateway.name(), addresses(gateway), new NatGatewayRef(gateway.name())));
        sections.add(services.under("section.services"));
        return sections.stream()
                .filter(section ->
                        !section.rows().isEmpty() || !section.additions().isEmpty())
                .toList();
    }

    private static void vrrp(PropertyRows rows, DirectorGroup group, Redundancy.Vrrp vrrp) {
        rows.plain("property.redundancy", text("redundancy.vrrp"))
                .plain("property.advertInterval", HealthCheckText.seconds(vrrp.advertInterval()))
                .by(GroupEditors.advertInterval(group, vrrp))
                .plain("property.preempt", text(vrrp.preempt() ? "property.yes" : "property.no"))
                .by(GroupEditors.preempt(group, vrrp))
                .plain("property.password", vrrp.password().orElse(text("property.none")))
                .by(GroupEditors.password(group, vrrp))
                .plain("property.syncPort", vrrp.syncPort().orElse(text("property.none")))
                .by(GroupEditors.syncPort(group, vrrp));
    }

    private static void ecmp(PropertyRows rows, DirectorGroup group, Redundancy.Ecmp ecmp) {
        rows.plain("property.redundancy", text("redundancy.ecmp"))
                .plain("property.autonomousSystem", Integer.toString(ecmp.autonomousSystem()))
                .by(GroupEditors.autonomousSystem(group, ecmp))
                .plain("property.routingDaemon", text("routingDaemon", ecmp.daemon()))
                .by(GroupEditors.daemon(group, ecmp))
                .plain("property.bfd", text(ecmp.bfd() ? "property.yes" : "property.no"))
                .by(GroupEditors.bfd(group, ecmp));
    }

    private static PropertySection members(Topology topology, DirectorGroup group) {
        PropertyRows rows = new PropertyRows();
        for (int i = 0; i < group.members().size(); i++) {
            String member = group.members().get(i);
            rows.link(text("property.member.number", i + 1), member, new HostRef(member))
                    .removedBy(GroupEditors.removeMember(group, member));
        }
        GroupEditors.addMembers(topology, group).forEach(rows::adding);
        return rows.under("section.directors");
    }

    private static PropertySection instance(Topology topology, DirectorGroup group, VrrpInstance instance) {
        PropertyRows rows = new PropertyRows()
                .plain("property.virtualRouterId", Integer.toString(instance.virtualRouterId()))
                .by(GroupEditors.virtualRouterId(group, instance))
                .link(
                        text("property.port"),
                        instance.port(),
                        PropertiesBuilder.portOf(topology, group.name(), instance.port()))
                .by(GroupEditors.port(topology, group, instance))
                .plain("property.family", text("family", instance.family()))
                .by(GroupEditors.family(group, instance));
        for (InetAddress address : instance.sharedAddresses()) {
            rows.code("property.sharedAddress", IpLiteral.format(address))
                    .by(GroupEditors.sharedAddress(group, instance, address))
                    .removedBy(GroupEditors.removeSharedAddress(group, instance, address));
        }
        GroupEditors.addSharedAddress(topology, group, instance).ifPresent(rows::adding);
        return rows.titled(text("section.vrrpInstance", instance.name()));
    }

    private static PropertySection peers(Topology topology, DirectorGroup group, Redundancy.Ecmp ecmp) {
        PropertyRows rows = new PropertyRows();
        ecmp.peers()
                .forEach(peer -> rows.link(text("property.router"), peer.router(), new HostRef(peer.router()))
                        .removedBy(GroupEditors.removePeer(group, ecmp, peer))
                        .plain("property.autonomousSystem", Integer.toString(peer.autonomousSystem()))
                        .by(GroupEditors.peerSystem(group, ecmp, peer)));
        GroupEditors.addPeers(topology, group, ecmp).forEach(rows::adding);
        return rows.under("section.peers");
    }

    static List<PropertySection> of(Topology topology, NatGateway gateway) {
        PropertyRows general = new PropertyRows()
                .plain("property.name", gateway.name())
                .by(new Editor.Named(new NatGatewayRef(gateway.name())))
                .link(
                        text("property.director"),
                        gateway.director(),
                        PropertiesBuilder.owner(topology, gateway.director()))
                .by(OwnerEditors.director(topology, gateway))
                .link(
                        text("property.port"),
                        gateway.port(),
                        PropertiesBuilder.portOf(topology, gateway.director(), gateway.port()))
                .by(OwnerEditors.port(topology, gateway))
                .plain("property.firewall", text(gateway.firewall() ? "property.yes" : "property.no"))
                .by(GroupEditors.firewall(gateway))
                .plain("property.outsidePorts", outsidePorts(gateway))
                .by(GroupEditors.outsidePorts(gateway));
        PropertyRows outside = new PropertyRows();
        for (InetAddress address : gateway.addresses()) {
            outside.code("property.address", IpLiteral.format(address))
                    .by(GroupEditors.natAddress(gateway, address))
                    .removedBy(GroupEditors.removeNatAddress(gateway, address));
        }
        GroupEditors.addNatAddress(topology, gateway).ifPresent(outside::adding);
        PropertyRows inside = new PropertyRows();
        for (Prefix source : gateway.sources()) {
            inside.code("property.network", source.toString())
                    .by(GroupEditors.natSource(gateway, source))
                    .removedBy(GroupEditors.removeNatSource(gateway, source));
        }
        GroupEditors.addNatSources(topology, gateway).forEach(inside::adding);
        return List.of(
                general.under("section.natGateway"),
                outside.under("section.natAddresses"),
                inside.under("section.natSources"));
    }

    private static String outsidePorts(NatGateway gateway) {
        return gateway.endpointIndependent()
                .map(filter -> text("outsidePorts", filter))
                .orElseGet(() -> text("outsidePorts.perDestination"));
    }

    static String addresses(NatGateway gateway) {
        return gateway.addresses().stream().map(IpLiteral::format).collect(Collectors.joining(", "));
    }
}
