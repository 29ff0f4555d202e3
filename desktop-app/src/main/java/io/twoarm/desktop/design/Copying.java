package io.twoarm.desktop.design;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts copies of objects into a design, with fresh names and addresses.
 *
 * <p>Hosts that are copied together with a segment hang on its copy; other ports stay on their wire. Their links run as those
 * of the original. A copied realserver joins the pools of its original; a copied director brings its services and local
 * addresses.
 */
public final class Copying {
    private final Design source;
    private final double dx;
    private final double dy;
    private final Map<String, String> segments = new HashMap<>();
    private final Set<ObjectRef> made = new LinkedHashSet<>();
    private Design result;

    private Copying(Design source, Design target, double dx, double dy) {
        this.source = source;
        this.result = target;
        this.dx = dx;
        this.dy = dy;
    }

    /** A design and the copies in it. */
    public record Copied(Design design, Set<ObjectRef> refs) {}

    /**
     * @param source the design as it was when the objects were copied
     * @param target where the copies go; usually the same design, later
     * @param dx from the original to its copy, in drawing units
     */
    public static Copied copy(Design source, Collection<ObjectRef> refs, Design target, double dx, double dy) {
        Copying copying = new Copying(source, target, dx, dy);
        refs.forEach(ref -> {
            if (ref instanceof SegmentRef segment) {
                source.topology().segment(segment.name()).ifPresent(copying::segment);
            }
        });
        for (ObjectRef ref : refs) {
            switch (ref) {
                case HostRef host -> source.topology().host(host.name()).ifPresent(copying::host);
                case ServiceRef service ->
                    source.topology()
                            .virtualService(service.name())
                            .filter(it -> !refs.contains(new HostRef(it.director())))
                            .ifPresent(it -> copying.service(it, it.director(), Map.of()));
                default -> {}
            }
        }
        return new Copied(copying.result, copying.made);
    }

    private void placed(ObjectRef original, ObjectRef copy) {
        Point at = source.places().get(original.path());
        if (at != null) {
            result = result.withPlace(copy, at.plus(dx, dy));
        }
        made.add(copy);
    }

    private void segment(Segment segment) {
        Topology topology = result.topology();
        String name = Fresh.name(segment.name(), ObjectList.SEGMENTS.namesIn(topology));
        List<Prefix> subnets = segment.subnets().isEmpty() ? List.of() : List.of(Fresh.subnet(topology));
        segments.put(segment.name(), name);
        result = result.with(
                ObjectList.SEGMENTS.add(topology, segment.withName(name).withSubnets(subnets)));
        placed(new SegmentRef(segment.name()), new SegmentRef(name));
    }

    private void host(Host host) {
        String name = Fresh.name(host.name(), ObjectList.HOSTS.namesIn(result.topology()));
        Host bare = HostParts.change(
                host,
                parts -> parts.named(name).ports(List.of()).routes(List.of()).ssh(Optional.empty()));
        result = result.with(ObjectList.HOSTS.add(result.topology(), bare));
        for (Port port : host.ports()) {
            Port copy = port(port);
            result = result.with(ObjectList.HOSTS.change(result.topology(), name, it -> {
                List<Port> ports = new ArrayList<>(it.ports());
                ports.add(copy);
                return HostParts.change(it, parts -> parts.ports(ports));
            }));
        }
        boolean moved = host.ports().stream().anyMatch(port -> segments.containsKey(port.segment()));
        if (!moved) {
            result = result.with(ObjectList.HOSTS.change(
                    result.topology(), name, it -> HostParts.change(it, parts -> parts.routes(host.routes()))));
        }
        placed(new HostRef(host.name()), new HostRef(name));
        host.ports().forEach(port -> drawn(new PortRef(host.name(), port.name()), port, name));
        joinPools(host.name(), name);
        ofDirector(host.name(), name);
    }

    /** To a wire that is not copied, bends stay at their height: it does not go down with its hosts. */
    private void drawn(PortRef original, Port port, String copy) {
        double down = segments.containsKey(port.segment()) ? dy : 0;
        result = result.withLine(
                new PortRef(copy, port.name()), source.line(original).plus(dx, down));
    }

    private Port port(Port port) {
        String wire = segments.getOrDefault(port.segment(), port.segment());
        List<InterfaceAddress> addresses = new ArrayList<>();
        Optional<Segment> segment = result.topology().segment(wire);
        for (InterfaceAddress address : port.addresses()) {
            Prefix subnet = segment.stream()
                    .flatMap(it -> it.subnets().stream())
                    .filter(each -> each.isIpv4() == address.subnet().isIpv4())
                    .findFirst()
                    .orElse(address.subnet());
            Fresh.address(result.topology(), subnet, Optional.of(address.address()))
                    .ifPresent(fresh -> addresses.add(new InterfaceAddress(fresh, subnet.length())));
        }
        return new Port(port.name(), wire, addresses, port.attachment());
    }

    private void joinPools(String original, String copy) {
        for (RealserverPool pool : result.topology().realserverPools()) {
            Optional<RealserverPool.Member> model = pool.members().stream()
                    .filter(member -> member.host().equals(original))
                    .findFirst();
            if (model.isEmpty()) {
                continue;
            }
            result = result.with(Adding.join(result.topology(), pool.name(), copy));
            result = result.with(ObjectList.POOLS.change(
                    result.topology(),
                    pool.name(),
                    it -> new RealserverPool(
                            it.name(),
                            it.members().stream()
                                    .map(member -> member.host().equals(copy)
                                            ? new RealserverPool.Member(
                                                    copy,
                                                    member.address(),
                                                    model.get().port(),
                                                    model.get().weight())
                                            : member)
                                    .toList(),
                            it.check())));
        }
    }

    private void ofDirector(String original, String copy) {
        Map<String, String> pools = new HashMap<>();
        for (LocalAddressPool pool : source.topology().localAddressPools()) {
            if (!pool.director().equals(original)) {
                continue;
            }
            Topology topology = result.topology();
            String name = Fresh.name(pool.name(), ObjectList.LOCAL_POOLS.namesIn(topology));
            List<InetAddress> addresses = pool.addresses().stream()
                    .limit(1)
                    .flatMap(address -> next(copy, pool.port(), address).stream())
                    .toList();
            pools.put(pool.name(), name);
            result = result.with(
                    ObjectList.LOCAL_POOLS.add(topology, new LocalAddressPool(name, copy, pool.port(), addresses)));
        }
        source.topology().virtualServices().stream()
                .filter(service -> service.director().equals(original))
                .forEach(service -> service(service, copy, pools));
    }

    private void service(VirtualService service, String director, Map<String, String> pools) {
        Topology topology = result.topology();
        String name = Fresh.name(service.name(), ObjectList.SERVICES.namesIn(topology));
        VirtualService copy = Replacing.service(service)
                .name(name)
                .director(director)
                .vip(next(director, service.port(), service.vip()).orElse(service.vip()))
                .localAddresses(service.localAddresses().map(pool -> pools.getOrDefault(pool, pool)))
                .build();
        result = result.with(ObjectList.SERVICES.add(topology, copy));
        made.add(new ServiceRef(name));
    }

    /** The next free address after another one, on the wire of a director's port. */
    private Optional<InetAddress> next(String director, String port, InetAddress after) {
        Topology topology = result.topology();
        return topology.host(director).flatMap(host -> host.port(port)).flatMap(topology::segmentOf).stream()
                .flatMap(segment -> segment.subnets().stream())
                .flatMap(subnet -> Fresh.address(topology, subnet, Optional.of(after)).stream())
                .findFirst();
    }
}
