package io.twoarm.model.project;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import io.twoarm.model.project.Yaml.MappingBuilder;
import java.net.InetAddress;
import java.util.List;

/** Director groups and NAT gateways as YAML. */
final class GroupTree {
    private GroupTree() {}

    static Yaml directorGroup(DirectorGroup group) {
        MappingBuilder tree = new MappingBuilder();
        switch (group.redundancy()) {
            case Redundancy.Vrrp vrrp -> {
                tree.put("type", Yaml.text("vrrp"))
                        .put("members", Yaml.texts(group.members()))
                        .put("advertInterval", Yaml.text(DurationText.format(vrrp.advertInterval())))
                        .put("preempt", new Yaml.Literal(Boolean.toString(vrrp.preempt())));
                vrrp.password().ifPresent(password -> tree.put("password", Yaml.text(password)));
                vrrp.syncPort().ifPresent(port -> tree.put("syncPort", Yaml.text(port)));
                MappingBuilder instances = new MappingBuilder();
                vrrp.instances().forEach(instance -> instances.put(instance.name(), instance(instance)));
                tree.put("instances", instances.block());
            }
            case Redundancy.Ecmp ecmp ->
                tree.put("type", Yaml.text("ecmp"))
                        .put("members", Yaml.texts(group.members()))
                        .put("autonomousSystem", Yaml.number(ecmp.autonomousSystem()))
                        .put("daemon", Yaml.text(Field.wordOf(ecmp.daemon())))
                        .put("bfd", new Yaml.Literal(Boolean.toString(ecmp.bfd())))
                        .put(
                                "peers",
                                new Yaml.Listing(
                                        ecmp.peers().stream()
                                                .map(GroupTree::peer)
                                                .toList(),
                                        false));
        }
        return tree.block();
    }

    private static Yaml instance(VrrpInstance instance) {
        MappingBuilder tree = new MappingBuilder()
                .put("port", Yaml.text(instance.port()))
                .put("family", Yaml.text(Field.wordOf(instance.family())))
                .put("virtualRouterId", Yaml.number(instance.virtualRouterId()));
        if (!instance.sharedAddresses().isEmpty()) {
            tree.put("addresses", addresses(instance.sharedAddresses()));
        }
        return tree.compact();
    }

    private static Yaml peer(DirectorGroup.BgpPeer peer) {
        return new MappingBuilder()
                .put("router", Yaml.text(peer.router()))
                .put("autonomousSystem", Yaml.number(peer.autonomousSystem()))
                .compact();
    }

    static Yaml natGateway(NatGateway gateway) {
        MappingBuilder tree = new MappingBuilder()
                .put("director", Yaml.text(gateway.director()))
                .put("port", Yaml.text(gateway.port()))
                .put("addresses", addresses(gateway.addresses()))
                .put(
                        "sources",
                        Yaml.texts(
                                gateway.sources().stream().map(Prefix::toString).toList()));
        if (gateway.firewall()) {
            tree.put("firewall", new Yaml.Literal("true"));
        }
        gateway.endpointIndependent()
                .ifPresent(filter -> tree.put("endpointIndependent", Yaml.text(Field.wordOf(filter))));
        return tree.block();
    }

    private static Yaml addresses(List<InetAddress> addresses) {
        return Yaml.texts(addresses.stream().map(IpLiteral::format).toList());
    }
}
