package io.twoarm.model.project;

import io.twoarm.model.Attachment;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DpvsRelease;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.SshAccess;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.project.Yaml.MappingBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A topology as YAML. What is empty or at its default is left out where that reads better. */
final class TopologyTree {
    private TopologyTree() {}

    static Yaml.Mapping of(Topology topology) {
        MappingBuilder tree = new MappingBuilder()
                .put("twoarm", Yaml.number(ProjectFiles.FORMAT_VERSION))
                .put("name", Yaml.text(topology.name()))
                .put("title", Yaml.text(topology.title()));
        if (!topology.description().isEmpty()) {
            tree.put("description", Yaml.text(topology.description()));
        }
        section(tree, "segments", topology.segments(), Segment::name, TopologyTree::segment, false);
        section(tree, "hosts", topology.hosts(), Host::name, TopologyTree::host, true);
        section(
                tree,
                "localAddressPools",
                topology.localAddressPools(),
                LocalAddressPool::name,
                TopologyTree::localAddressPool,
                false);
        section(
                tree,
                "realserverPools",
                topology.realserverPools(),
                RealserverPool::name,
                TopologyTree::realserverPool,
                true);
        section(
                tree,
                "virtualServices",
                topology.virtualServices(),
                VirtualService::name,
                TopologyTree::virtualService,
                true);
        section(tree, "directorGroups", topology.directorGroups(), DirectorGroup::name, GroupTree::directorGroup, true);
        section(tree, "natGateways", topology.natGateways(), NatGateway::name, GroupTree::natGateway, true);
        return tree.block();
    }

    private static <T> void section(
            MappingBuilder tree,
            String key,
            List<T> objects,
            Function<T, String> nameOf,
            Function<T, Yaml> treeOf,
            boolean spaced) {
        if (objects.isEmpty()) {
            return;
        }
        MappingBuilder entries = new MappingBuilder();
        for (T object : objects) {
            if (spaced) {
                entries.putSpaced(nameOf.apply(object), treeOf.apply(object));
            } else {
                entries.put(nameOf.apply(object), treeOf.apply(object));
            }
        }
        tree.putSpaced(key, entries.block());
    }

    private static Yaml segment(Segment segment) {
        MappingBuilder tree = new MappingBuilder()
                .put(
                        "subnets",
                        Yaml.texts(
                                segment.subnets().stream().map(Prefix::toString).toList()));
        if (segment.mtu() != Segment.ETHERNET_MTU) {
            tree.put("mtu", Yaml.number(segment.mtu()));
        }
        segment.vlan().ifPresent(number -> tree.put("vlan", Yaml.number(number)));
        return tree.compact();
    }

    private static Yaml host(Host host) {
        MappingBuilder tree = new MappingBuilder();
        switch (host) {
            case Host.Client client -> tree.put("role", Yaml.text("client"));
            case Host.Router router -> tree.put("role", Yaml.text("router"));
            case Host.Director director -> {
                tree.put("role", Yaml.text("director")).put("kind", Yaml.text(Field.wordOf(director.kind())));
                if (director.release() != DpvsRelease.V1_10) {
                    tree.put("release", Yaml.text(director.release().word()));
                }
                tree.put("dataplane", dataplane(director.dataplane()));
            }
            case Host.Realserver realserver -> {
                tree.put("role", Yaml.text("realserver"));
                if (!realserver.echoPorts().isEmpty()) {
                    List<Yaml> ports =
                            realserver.echoPorts().stream().map(Yaml::number).toList();
                    tree.put("echo", new Yaml.Listing(ports, true));
                }
            }
        }
        if (!host.ports().isEmpty()) {
            MappingBuilder ports = new MappingBuilder();
            host.ports().forEach(port -> ports.put(port.name(), port(port)));
            tree.put("ports", ports.block());
        }
        if (!host.routes().isEmpty()) {
            tree.put(
                    "routes",
                    new Yaml.Listing(
                            host.routes().stream().map(TopologyTree::route).toList(), false));
        }
        host.ssh().ifPresent(ssh -> tree.put("ssh", ssh(ssh)));
        return tree.block();
    }

    private static Yaml dataplane(DataplaneSettings settings) {
        MappingBuilder tree = new MappingBuilder()
                .put("workers", Yaml.number(settings.workers()))
                .put("memory", Yaml.text(MemoryText.format(settings.memoryMegabytes())))
                .put("hugepages", new Yaml.Literal(Boolean.toString(settings.hugepages())));
        if (settings.translation().isEmpty()) {
            return tree.compact();
        }
        TranslationTree.addTo(tree, settings.translation());
        return tree.block();
    }

    private static Yaml port(Port port) {
        MappingBuilder tree = new MappingBuilder().put("segment", Yaml.text(port.segment()));
        switch (port.attachment()) {
            case Attachment.Kernel() -> {}
            case Attachment.AfPacket _, Attachment.Pci _, Attachment.Vlan _ ->
                tree.put("attach", Yaml.text(AttachmentText.format(port.attachment(), port.name())));
            case Attachment.Bond(int mode, List<Attachment> members) ->
                tree.put(
                        "bond",
                        new MappingBuilder()
                                .put("mode", Yaml.number(mode))
                                .put(
                                        "members",
                                        Yaml.texts(members.stream()
                                                .map(member -> AttachmentText.format(member, ""))
                                                .toList()))
                                .compact());
        }
        if (!port.addresses().isEmpty()) {
            tree.put(
                    "addresses",
                    Yaml.texts(port.addresses().stream()
                            .map(InterfaceAddress::toString)
                            .toList()));
        }
        if (!port.kernelAddresses().isEmpty()) {
            tree.put(
                    "kernelAddresses",
                    Yaml.texts(port.kernelAddresses().stream()
                            .map(InterfaceAddress::toString)
                            .toList()));
        }
        return tree.compact();
    }

    private static Yaml route(Route route) {
        MappingBuilder tree = new MappingBuilder().put("to", Yaml.text(destination(route)));
        route.via().ifPresent(via -> tree.put("via", Yaml.text(IpLiteral.format(via))));
        route.port().ifPresent(port -> tree.put("port", Yaml.text(port)));
        return tree.compact();
    }

    /** The word {@code default} takes its family from the gateway, so that must be of the destination's family. */
    private static String destination(Route route) {
        boolean wordSuffices = route.destination().isDefault()
                && route.via().map(Prefix::everything).equals(Optional.of(route.destination()));
        return wordSuffices ? HostReader.DEFAULT_ROUTE : route.destination().toString();
    }

    private static Yaml ssh(SshAccess ssh) {
        return new MappingBuilder()
                .put("address", Yaml.text(ssh.address()))
                .put("port", Yaml.number(ssh.port()))
                .put("user", Yaml.text(ssh.user()))
                .compact();
    }

    private static Yaml localAddressPool(LocalAddressPool pool) {
        return new MappingBuilder()
                .put("director", Yaml.text(pool.director()))
                .put("port", Yaml.text(pool.port()))
                .put(
                        "addresses",
                        Yaml.texts(
                                pool.addresses().stream().map(IpLiteral::format).toList()))
                .compact();
    }

    private static Yaml realserverPool(RealserverPool pool) {
        List<Yaml> members = pool.members().stream().map(TopologyTree::member).toList();
        return new MappingBuilder()
                .put("check", check(pool.check()))
                .put("members", new Yaml.Listing(members, false))
                .block();
    }

    private static Yaml check(HealthCheck check) {
        MappingBuilder tree = new MappingBuilder();
        switch (check) {
            case HealthCheck.None() -> tree.put("type", Yaml.text("none"));
            case HealthCheck.TcpConnect(var interval, var connectTimeout, var retries, var retryDelay) ->
                tree.put("type", Yaml.text("tcp"))
                        .put("interval", Yaml.text(DurationText.format(interval)))
                        .put("connectTimeout", Yaml.text(DurationText.format(connectTimeout)))
                        .put("retries", Yaml.number(retries))
                        .put("retryDelay", Yaml.text(DurationText.format(retryDelay)));
        }
        return tree.compact();
    }

    private static Yaml member(RealserverPool.Member member) {
        return new MappingBuilder()
                .put("host", Yaml.text(member.host()))
                .put("address", Yaml.text(IpLiteral.format(member.address())))
                .put("port", Yaml.number(member.port()))
                .put("weight", Yaml.number(member.weight()))
                .compact();
    }

    private static Yaml virtualService(VirtualService service) {
        MappingBuilder tree = new MappingBuilder()
                .put("director", Yaml.text(service.director()))
                .put("port", Yaml.text(service.port()))
                .put("vip", Yaml.text(IpLiteral.format(service.vip())))
                .put("protocol", Yaml.text(Field.wordOf(service.protocol())))
                .put("servicePort", Yaml.number(service.servicePort()))
                .put("mode", Yaml.text(Field.wordOf(service.mode())))
                .put("scheduler", Yaml.text(Field.wordOf(service.scheduler())));
        service.localAddresses().ifPresent(pool -> tree.put("localAddresses", Yaml.text(pool)));
        tree.put("realservers", Yaml.text(service.realservers()))
                .put("clientAddress", Yaml.text(Field.wordOf(service.clientAddress())));
        if (service.synProxy()) {
            tree.put("synProxy", new Yaml.Literal("true"));
        }
        if (service.traffic().bandwidth() > 0) {
            tree.put("bandwidth", Yaml.number(service.traffic().bandwidth()));
        }
        if (service.traffic().packetRate() > 0) {
            tree.put("packetRate", Yaml.number(service.traffic().packetRate()));
        }
        return tree.block();
    }
}
