package io.twoarm.desktop.design;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plugs hosts into segments: by a new port with a fresh address, or by moving a port to another wire. */
public final class Connecting {
    private Connecting() {}

    /**
     * Connects two objects of the drawing: host and segment by a port, two hosts by a new segment between them, a port
     * and a segment by plugging the port in there.
     *
     * @return empty when these two cannot be connected
     */
    public static Optional<Adding.Added> connect(Design design, ObjectRef from, ObjectRef to) {
        return switch (from) {
            case HostRef host ->
                switch (to) {
                    case SegmentRef segment -> Optional.of(plug(design, host.name(), segment.name()));
                    case HostRef other when !other.equals(host) -> Optional.of(between(design, host, other));
                    default -> Optional.empty();
                };
            case SegmentRef segment ->
                to instanceof HostRef host ? Optional.of(plug(design, host.name(), segment.name())) : Optional.empty();
            case PortRef port ->
                to instanceof SegmentRef segment
                        ? Optional.of(new Adding.Added(design.with(replug(design.topology(), port, segment)), port))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Adding.Added plug(Design design, String hostName, String segmentName) {
        Topology topology = design.topology();
        Host host = topology.host(hostName).orElseThrow();
        Segment segment = topology.segment(segmentName).orElseThrow();
        List<String> names = host.ports().stream().map(Port::name).toList();
        boolean dataplane =
                host instanceof Host.Director director && director.kind().hasDataplane();
        String name = Fresh.name(dataplane ? "dpdk0" : "eth0", names);
        Port port = new Port(
                name,
                segmentName,
                dataplane ? List.of() : addresses(topology, segment),
                dataplane ? new Attachment.AfPacket(name) : new Attachment.Kernel());
        Topology changed = ObjectList.HOSTS.change(topology, hostName, it -> {
            List<Port> ports = new ArrayList<>(it.ports());
            ports.add(port);
            return HostParts.change(it, parts -> parts.ports(ports).routes(routes(topology, it, port)));
        });
        return new Adding.Added(design.with(changed), new PortRef(hostName, name));
    }

    private static List<InterfaceAddress> addresses(Topology topology, Segment segment) {
        return Fresh.onSegment(topology, segment, Optional.empty()).stream().toList();
    }

    /** A client without a way out takes the gateway of its new wire, if there is one. */
    private static List<Route> routes(Topology topology, Host host, Port port) {
        boolean hasDefault =
                host.routes().stream().anyMatch(route -> route.destination().isDefault());
        if (!(host instanceof Host.Client) || hasDefault) {
            return host.routes();
        }
        List<Route> routes = new ArrayList<>(host.routes());
        topology.routers()
                .flatMap(router -> router.ports().stream())
                .filter(each -> each.segment().equals(port.segment()))
                .flatMap(each -> each.addresses().stream())
                .filter(gateway ->
                        port.addresses().stream().anyMatch(own -> own.subnet().contains(gateway.address())))
                .findFirst()
                .ifPresent(gateway -> routes.add(new Route(
                        Prefix.everything(gateway.address()), Optional.of(gateway.address()), Optional.empty())));
        return routes;
    }

    private static Adding.Added between(Design design, HostRef first, HostRef second) {
        Point one = design.places().getOrDefault(first.path(), new Point(0, 0));
        Point other = design.places().getOrDefault(second.path(), one);
        Point middle = new Point(Math.rint((one.x() + other.x()) / 2), Math.rint((one.y() + other.y()) / 2));
        Adding.Added segment = Adding.place(design, Kind.SEGMENT, middle);
        Design plugged =
                plug(segment.design(), first.name(), segment.ref().name()).design();
        return new Adding.Added(
                plug(plugged, second.name(), segment.ref().name()).design(), segment.ref());
    }

    /**
     * A design after an edit, without the bends of ports that the edit plugged into another segment: they led to the former
     * one.
     */
    public static Design unbent(Design before, Design after) {
        Design result = after;
        for (Topology.HostPort on : after.topology().ports().toList()) {
            PortRef port = new PortRef(on.host().name(), on.port().name());
            boolean replugged = before.topology()
                    .host(port.host())
                    .flatMap(host -> host.port(port.name()))
                    .map(Port::segment)
                    .filter(segment -> !segment.equals(on.port().segment()))
                    .filter(segment -> after.topology().segment(segment).isPresent())
                    .isPresent();
            if (replugged) {
                result = result.withLine(port, after.line(port).withoutBends());
            }
        }
        return result;
    }

    /** On the other wire the port gets an address there, unless it had none. */
    private static Topology replug(Topology topology, PortRef port, SegmentRef target) {
        Segment segment = topology.segment(target.name()).orElseThrow();
        return ObjectList.HOSTS.change(
                topology,
                port.host(),
                host -> HostParts.change(
                        host,
                        parts -> parts.port(port.name(), it -> {
                            if (it.segment().equals(target.name())) {
                                return it;
                            }
                            Port moved = Replacing.segmentOf(it, target.name());
                            boolean fits = it.addresses().stream()
                                    .allMatch(address -> segment.subnets().contains(address.subnet()));
                            return fits ? moved : Replacing.addressesOf(moved, addresses(topology, segment));
                        })));
    }
}
