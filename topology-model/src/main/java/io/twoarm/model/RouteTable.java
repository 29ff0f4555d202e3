package io.twoarm.model;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a host's addresses and static routes make of a destination: longest prefix first, and at the same length what is
 * directly connected before what is routed.
 *
 * <p>Routes that no host could install, because their port does not exist or their gateway is not on-link, are left out.
 */
public final class RouteTable {
    private final List<Line> lines;

    private RouteTable(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * Where a packet goes next.
     *
     * @param port the outgoing port
     * @param gateway empty when the destination itself is on-link
     */
    public record NextHop(Port port, Optional<InetAddress> gateway) {}

    /**
     * An entry of the table.
     *
     * @param connected whether an address or a segment makes it, not a route
     */
    public record Line(Prefix destination, NextHop hop, boolean connected) {}

    public static RouteTable of(Topology topology, Host host) {
        List<Line> lines = new ArrayList<>();
        for (Port port : host.ports()) {
            for (Prefix subnet : topology.onLink(host, port)) {
                lines.add(new Line(subnet, new NextHop(port, Optional.empty()), true));
            }
        }
        for (Route route : host.routes()) {
            outgoingPort(topology, host, route)
                    .ifPresent(port -> lines.add(new Line(route.destination(), new NextHop(port, route.via()), false)));
        }
        lines.sort(Comparator.comparingInt((Line line) -> line.destination().length())
                .reversed()); // stable: connected lines stay before routed ones
        return new RouteTable(lines);
    }

    /** The way to a destination; empty when there is none. */
    public Optional<NextHop> lookup(InetAddress destination) {
        return lineFor(destination).map(Line::hop);
    }

    /** The entry that decides about a destination; empty when there is none. */
    public Optional<Line> lineFor(InetAddress destination) {
        return lines.stream()
                .filter(line -> line.destination().contains(destination))
                .findFirst();
    }

    /**
     * The port that a route uses: the one it names, or the one on which its gateway is on-link. Empty when there is no
     * such port, or when the gateway is not on-link on the named one.
     */
    public static Optional<Port> outgoingPort(Topology topology, Host host, Route route) {
        return host.ports().stream()
                .filter(port -> route.port().map(port.name()::equals).orElse(true))
                .filter(port -> route.via()
                        .map(gateway -> isOnLink(
                                topology, host, port, gateway, route.port().isPresent()))
                        .orElse(true))
                .findFirst();
    }

    /** Link-local IPv6 gateways are on every link, so the route has to say on which one. */
    private static boolean isOnLink(Topology topology, Host host, Port port, InetAddress gateway, boolean portNamed) {
        if (gateway.isLinkLocalAddress() && !IpLiteral.isIpv4(gateway)) {
            return portNamed;
        }
        return topology.onLink(host, port).stream().anyMatch(subnet -> subnet.contains(gateway))
                || host.routes().stream()
                        .anyMatch(route -> route.via().isEmpty()
                                && route.port().equals(Optional.of(port.name()))
                                && !route.destination().isDefault()
                                && route.destination().contains(gateway));
    }
}
