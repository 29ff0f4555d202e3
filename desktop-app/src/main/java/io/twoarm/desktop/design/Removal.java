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
import io.twoarm.model.Host;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Removes objects together with what cannot be without them: the ports on a wire; services, local addresses and NAT
 * gateways of a director or port; memberships of a realserver. A service whose pool goes stays, and lint says so.
 */
public final class Removal {
    private Removal() {}

    public static Design remove(Design design, Collection<ObjectRef> refs) {
        Design result = design;
        for (ObjectRef ref : refs) {
            result = remove(result, ref);
        }
        return result;
    }

    private static Design remove(Design design, ObjectRef ref) {
        Topology topology = design.topology();
        return switch (ref) {
            case DesignRef _ -> design;
            case HostRef host -> design.with(host(topology, host.name())).withoutPlace(host);
            case PortRef port -> design.with(port(topology, port.host(), port.name()));
            case SegmentRef segment ->
                design.with(segment(topology, segment.name())).withoutPlace(segment);
            case LocalPoolRef pool -> design.with(localPool(topology, pool.name()));
            case PoolRef pool -> design.with(without(ObjectList.POOLS, topology, pool.name()));
            case ServiceRef service -> design.with(without(ObjectList.SERVICES, topology, service.name()));
            case GroupRef group -> design.with(group(topology, group.name()));
            case NatGatewayRef gateway -> design.with(without(ObjectList.NAT_GATEWAYS, topology, gateway.name()));
        };
    }

    private static <T> Topology without(ObjectList<T> list, Topology topology, String name) {
        return where(list, topology, item -> !list.nameOf(item).equals(name));
    }

    private static <T> Topology where(ObjectList<T> list, Topology topology, Predicate<T> stays) {
        List<T> staying = list.in(topology).stream().filter(stays).toList();
        return staying.size() == list.in(topology).size() ? topology : list.with(topology, staying);
    }

    private static Topology host(Topology topology, String name) {
        Topology it = without(ObjectList.HOSTS, topology, name);
        it = ObjectList.POOLS.each(
                it,
                pool -> new RealserverPool(
                        pool.name(),
                        pool.members().stream()
                                .filter(member -> !member.host().equals(name))
                                .toList(),
                        pool.check()));
        it = ObjectList.GROUPS.each(
                it,
                group -> new DirectorGroup(
                        group.name(),
                        group.members().stream()
                                .filter(member -> !member.equals(name))
                                .toList(),
                        group.redundancy()));
        return ofDirector(it, (director, port) -> director.equals(name));
    }

    /** Whether something belongs to a director's port. */
    @FunctionalInterface
    private interface Owner {
        boolean has(String director, String port);
    }

    private static Topology ofDirector(Topology topology, Owner gone) {
        Topology it = where(ObjectList.SERVICES, topology, service -> !gone.has(service.director(), service.port()));
        it = where(ObjectList.NAT_GATEWAYS, it, gateway -> !gone.has(gateway.director(), gateway.port()));
        for (LocalAddressPool pool : it.localAddressPools()) {
            if (gone.has(pool.director(), pool.port())) {
                it = localPool(it, pool.name());
            }
        }
        return it;
    }

    /** VLANs on the port go with it. */
    private static Topology port(Topology topology, String host, String name) {
        Topology rest = topology;
        for (Port other : topology.host(host).map(Host::ports).orElse(List.of())) {
            if (other.attachment().equals(new Attachment.Vlan(name))) {
                rest = port(rest, host, other.name());
            }
        }
        Topology it = ObjectList.HOSTS.change(
                rest,
                host,
                each -> HostParts.change(
                        each,
                        parts -> parts.ports(parts.ports().stream()
                                        .filter(port -> !port.name().equals(name))
                                        .toList())
                                .routes(parts.routes().stream()
                                        .filter(route -> !route.port().equals(Optional.of(name)))
                                        .toList())));
        return ofDirector(it, (director, port) -> director.equals(host) && port.equals(name));
    }

    private static Topology segment(Topology topology, String name) {
        Topology it = without(ObjectList.SEGMENTS, topology, name);
        for (Topology.HostPort each : topology.ports().toList()) {
            if (each.port().segment().equals(name)) {
                it = port(it, each.host().name(), each.port().name());
            }
        }
        return it;
    }

    /** What the group offered stays with its first member, as when there was no group yet. */
    private static Topology group(Topology topology, String name) {
        Optional<String> heir = topology.directorGroup(name).stream()
                .flatMap(group -> group.members().stream())
                .findFirst();
        Topology it = without(ObjectList.GROUPS, topology, name);
        return heir.map(director -> Renaming.ownerRenamed(it, name, director))
                .orElseGet(() -> ofDirector(it, (director, port) -> director.equals(name)));
    }

    private static Topology localPool(Topology topology, String name) {
        Topology it = without(ObjectList.LOCAL_POOLS, topology, name);
        return ObjectList.SERVICES.each(
                it,
                service -> service.localAddresses().equals(Optional.of(name))
                        ? Replacing.service(service)
                                .localAddresses(Optional.empty())
                                .build()
                        : service);
    }
}
