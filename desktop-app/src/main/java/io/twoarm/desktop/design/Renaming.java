package io.twoarm.desktop.design;

import io.twoarm.desktop.design.ObjectRef.DesignRef;
import io.twoarm.desktop.design.ObjectRef.GroupRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.LocalPoolRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Name;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Route;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Heading;
import io.twoarm.model.change.ObjectList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Gives an object another name, and the same to everything that refers to it. */
public final class Renaming {
    private Renaming() {}

    /** The same object under another name. */
    public static ObjectRef renamed(ObjectRef ref, String name) {
        return switch (ref) {
            case DesignRef _ -> new DesignRef(name);
            case HostRef _ -> new HostRef(name);
            case PortRef port -> new PortRef(port.host(), name);
            case SegmentRef _ -> new SegmentRef(name);
            case LocalPoolRef _ -> new LocalPoolRef(name);
            case PoolRef _ -> new PoolRef(name);
            case ServiceRef _ -> new ServiceRef(name);
            case GroupRef _ -> new GroupRef(name);
            case NatGatewayRef _ -> new NatGatewayRef(name);
        };
    }

    /**
     * @throws IllegalArgumentException when the name is taken or none; the message tells people why
     */
    public static Design rename(Design design, ObjectRef ref, String name) {
        Name.check(name);
        Topology topology = design.topology();
        String old = ref.name();
        if (old.equals(name)) {
            return design;
        }
        return switch (ref) {
            case DesignRef _ -> {
                Heading heading = Heading.of(topology);
                yield design.with(new Heading(name, heading.title(), heading.description()).on(topology));
            }
            case HostRef host -> moved(design.with(host(topology, old, name)), host, new HostRef(name));
            case PortRef port ->
                moved(design.with(port(topology, port.host(), old, name)), port, new PortRef(port.host(), name));
            case SegmentRef segment -> moved(design.with(segment(topology, old, name)), segment, new SegmentRef(name));
            case LocalPoolRef _ -> design.with(localPool(topology, old, name));
            case PoolRef _ -> design.with(pool(topology, old, name));
            case ServiceRef _ ->
                design.with(ObjectList.SERVICES.change(
                        topology, old, it -> Replacing.service(it).name(name).build()));
            case GroupRef _ ->
                design.with(ownerRenamed(
                        ObjectList.GROUPS.change(
                                topology, old, group -> new DirectorGroup(name, group.members(), group.redundancy())),
                        old,
                        name));
            case NatGatewayRef _ -> design.with(ObjectList.NAT_GATEWAYS.change(topology, old, it -> it.withName(name)));
        };
    }

    private static Design moved(Design design, ObjectRef from, ObjectRef to) {
        return new Design(design.topology(), moved(design.places(), from, to), moved(design.lines(), from, to));
    }

    private static <T> Map<String, T> moved(Map<String, T> byPath, ObjectRef from, ObjectRef to) {
        Map<String, T> moved = new LinkedHashMap<>();
        byPath.forEach((path, value) -> moved.put(
                path.equals(from.path()) || path.startsWith(from.path() + ".")
                        ? to.path() + path.substring(from.path().length())
                        : path,
                value));
        return moved;
    }

    private static Topology host(Topology topology, String old, String name) {
        UnaryOperator<String> renamed = each -> each.equals(old) ? name : each;
        Topology it =
                ObjectList.HOSTS.change(topology, old, host -> HostParts.change(host, parts -> parts.named(name)));
        it = ObjectList.POOLS.each(
                it,
                pool -> new RealserverPool(
                        pool.name(),
                        pool.members().stream()
                                .map(member -> new RealserverPool.Member(
                                        renamed.apply(member.host()), member.address(), member.port(), member.weight()))
                                .toList(),
                        pool.check()));
        it = ObjectList.GROUPS.each(
                it,
                group -> new DirectorGroup(
                        group.name(),
                        group.members().stream().map(renamed).toList(),
                        peersRenamed(group.redundancy(), renamed)));
        return directorRenamed(it, renamed);
    }

    /** Whatever belongs to one director or group belongs to another one. */
    static Topology ownerRenamed(Topology topology, String old, String name) {
        return directorRenamed(topology, each -> each.equals(old) ? name : each);
    }

    private static Redundancy peersRenamed(Redundancy redundancy, UnaryOperator<String> renamed) {
        return switch (redundancy) {
            case Redundancy.Vrrp vrrp -> vrrp;
            case Redundancy.Ecmp ecmp ->
                new Redundancy.Ecmp(
                        ecmp.autonomousSystem(),
                        ecmp.peers().stream()
                                .map(peer -> new DirectorGroup.BgpPeer(
                                        renamed.apply(peer.router()), peer.autonomousSystem()))
                                .toList(),
                        ecmp.daemon(),
                        ecmp.bfd());
        };
    }

    private static Topology directorRenamed(Topology topology, UnaryOperator<String> renamed) {
        Topology it = ObjectList.LOCAL_POOLS.each(
                topology,
                pool -> new LocalAddressPool(
                        pool.name(), renamed.apply(pool.director()), pool.port(), pool.addresses()));
        it = ObjectList.NAT_GATEWAYS.each(it, gateway -> gateway.withDirector(renamed.apply(gateway.director())));
        return ObjectList.SERVICES.each(
                it,
                service -> Replacing.service(service)
                        .director(renamed.apply(service.director()))
                        .build());
    }

    /** A port under another name; a dataplane port that shares the kernel interface of its name keeps that interface. */
    private static Topology port(Topology topology, String host, String old, String name) {
        Topology it = ObjectList.HOSTS.change(
                topology,
                host,
                each -> HostParts.change(
                        each,
                        parts -> parts.ports(portsNamed(parts.ports(), old, name))
                                .routes(routesThrough(parts.routes(), old, name))));
        boolean shared = topology.directorGroups().stream()
                .anyMatch(group ->
                        group.members().contains(host) && group.members().size() > 1);
        if (shared) {
            return it;
        }
        it = ObjectList.LOCAL_POOLS.each(
                it,
                pool -> pool.director().equals(host) && pool.port().equals(old)
                        ? new LocalAddressPool(pool.name(), host, name, pool.addresses())
                        : pool);
        it = ObjectList.NAT_GATEWAYS.each(
                it,
                gateway -> gateway.director().equals(host) && gateway.port().equals(old)
                        ? gateway.withPort(name)
                        : gateway);
        return ObjectList.SERVICES.each(
                it,
                service -> service.director().equals(host) && service.port().equals(old)
                        ? Replacing.service(service).port(name).build()
                        : service);
    }

    /** VLANs on the port go with it. */
    private static List<Port> portsNamed(List<Port> ports, String old, String name) {
        return ports.stream()
                .map(port -> port.name().equals(old) ? port.withName(name) : port)
                .map(port -> port.attachment().equals(new Attachment.Vlan(old))
                        ? port.withAttachment(new Attachment.Vlan(name))
                        : port)
                .toList();
    }

    private static List<Route> routesThrough(List<Route> routes, String old, String name) {
        return routes.stream()
                .map(route -> route.port().equals(Optional.of(old))
                        ? new Route(route.destination(), route.via(), Optional.of(name))
                        : route)
                .toList();
    }

    private static Topology segment(Topology topology, String old, String name) {
        Topology it = ObjectList.SEGMENTS.change(topology, old, segment -> segment.withName(name));
        return ObjectList.HOSTS.each(
                it,
                host -> HostParts.change(
                        host,
                        parts -> parts.ports(parts.ports().stream()
                                .map(port -> port.segment().equals(old) ? Replacing.segmentOf(port, name) : port)
                                .toList())));
    }

    private static Topology localPool(Topology topology, String old, String name) {
        Topology it = ObjectList.LOCAL_POOLS.change(
                topology, old, pool -> new LocalAddressPool(name, pool.director(), pool.port(), pool.addresses()));
        return ObjectList.SERVICES.each(
                it,
                service -> service.localAddresses().equals(Optional.of(old))
                        ? Replacing.service(service)
                                .localAddresses(Optional.of(name))
                                .build()
                        : service);
    }

    private static Topology pool(Topology topology, String old, String name) {
        Topology it =
                ObjectList.POOLS.change(topology, old, pool -> new RealserverPool(name, pool.members(), pool.check()));
        return ObjectList.SERVICES.each(
                it,
                service -> service.realservers().equals(old)
                        ? Replacing.service(service).realservers(name).build()
                        : service);
    }
}
