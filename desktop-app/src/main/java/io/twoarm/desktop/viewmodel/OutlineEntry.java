package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.DesignRef;
import io.twoarm.desktop.design.ObjectRef.GroupRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.LocalPoolRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A line of the outline.
 *
 * @param detail stands after the label, quieter; may be empty
 * @param ref empty for a heading
 */
public record OutlineEntry(
        Kind kind, String label, String detail, Optional<ObjectRef> ref, List<OutlineEntry> children) {

    /** Decides the icon. */
    public enum Kind {
        DESIGN,
        GROUP,
        CLIENT,
        ROUTER,
        DIRECTOR,
        REALSERVER,
        PORT,
        SEGMENT,
        SERVICE,
        POOL,
        LOCAL_POOL,
        DIRECTOR_GROUP,
        NAT_GATEWAY
    }

    public OutlineEntry {
        children = List.copyOf(children);
    }

    /** The whole design, as a tree in the order of the project file. */
    public static OutlineEntry of(Topology topology) {
        return new OutlineEntry(
                Kind.DESIGN, topology.name(), "", Optional.of(new DesignRef(topology.name())), lists(topology));
    }

    /** Groups and NAT gateways are seldom; a design without them has no headings for them. */
    private static List<OutlineEntry> lists(Topology topology) {
        List<OutlineEntry> lists = new ArrayList<>();
        lists.add(group(
                "outline.hosts",
                topology.hosts().stream().map(OutlineEntry::host).toList()));
        lists.add(group("outline.segments", segments(topology)));
        if (!topology.directorGroups().isEmpty()) {
            lists.add(group("outline.groups", groups(topology)));
        }
        lists.add(group("outline.services", services(topology)));
        lists.add(group("outline.pools", pools(topology)));
        lists.add(group("outline.localPools", localPools(topology)));
        if (!topology.natGateways().isEmpty()) {
            lists.add(group("outline.natGateways", natGateways(topology)));
        }
        return lists;
    }

    private static List<OutlineEntry> groups(Topology topology) {
        return topology.directorGroups().stream()
                .map(group ->
                        leaf(Kind.DIRECTOR_GROUP, group.name(), GroupText.summary(group), new GroupRef(group.name())))
                .toList();
    }

    private static List<OutlineEntry> natGateways(Topology topology) {
        return topology.natGateways().stream()
                .map(gateway -> leaf(
                        Kind.NAT_GATEWAY,
                        gateway.name(),
                        gateway.addresses().stream().map(IpLiteral::format).collect(Collectors.joining(", ")),
                        new NatGatewayRef(gateway.name())))
                .toList();
    }

    private static OutlineEntry group(String key, List<OutlineEntry> children) {
        return new OutlineEntry(
                Kind.GROUP, Texts.text(key), Integer.toString(children.size()), Optional.empty(), children);
    }

    private static OutlineEntry leaf(Kind kind, String label, String detail, ObjectRef ref) {
        return new OutlineEntry(kind, label, detail, Optional.of(ref), List.of());
    }

    private static OutlineEntry host(Host host) {
        Kind kind = switch (host) {
            case Host.Client client -> Kind.CLIENT;
            case Host.Router router -> Kind.ROUTER;
            case Host.Director director -> Kind.DIRECTOR;
            case Host.Realserver realserver -> Kind.REALSERVER;
        };
        List<OutlineEntry> ports =
                host.ports().stream().map(port -> port(host, port)).toList();
        return new OutlineEntry(kind, host.name(), "", Optional.of(new HostRef(host.name())), ports);
    }

    private static OutlineEntry port(Host host, Port port) {
        String detail = port.addresses().isEmpty()
                ? port.segment()
                : port.addresses().stream().map(InterfaceAddress::toString).collect(Collectors.joining(", "));
        return leaf(Kind.PORT, port.name(), detail, new PortRef(host.name(), port.name()));
    }

    private static List<OutlineEntry> segments(Topology topology) {
        return topology.segments().stream()
                .map(segment -> leaf(
                        Kind.SEGMENT,
                        segment.name(),
                        segment.subnets().stream().map(Prefix::toString).collect(Collectors.joining(", ")),
                        new SegmentRef(segment.name())))
                .toList();
    }

    private static List<OutlineEntry> services(Topology topology) {
        return topology.virtualServices().stream()
                .map(service -> leaf(
                        Kind.SERVICE,
                        service.name(),
                        DiagramBuilder.endpoint(service.vip(), service.servicePort()),
                        new ServiceRef(service.name())))
                .toList();
    }

    private static List<OutlineEntry> pools(Topology topology) {
        return topology.realserverPools().stream()
                .map(pool -> leaf(
                        Kind.POOL,
                        pool.name(),
                        Texts.text("outline.members", pool.members().size()),
                        new PoolRef(pool.name())))
                .toList();
    }

    private static List<OutlineEntry> localPools(Topology topology) {
        return topology.localAddressPools().stream()
                .map(pool -> leaf(
                        Kind.LOCAL_POOL,
                        pool.name(),
                        pool.addresses().stream().map(IpLiteral::format).collect(Collectors.joining(", ")),
                        new LocalPoolRef(pool.name())))
                .toList();
    }
}
