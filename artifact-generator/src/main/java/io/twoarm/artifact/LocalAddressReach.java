package io.twoarm.artifact;

import io.twoarm.artifact.KernelRoutes.KernelRoute;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a realserver answers the local addresses that FullNAT directors talk to it from: all its packets go back to them,
 * so it needs a way there, and no other one.
 */
final class LocalAddressReach {
    private final Topology topology;
    private final Host realserver;
    private final List<KernelRoute> routes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Prefix> covered = new LinkedHashSet<>();

    private LocalAddressReach(Topology topology, Host.Realserver realserver) {
        this.topology = topology;
        this.realserver = realserver;
        pools(topology, realserver, _ -> true)
                .forEach(pool -> pool.addresses().forEach(address -> reach(pool, address)));
    }

    static LocalAddressReach of(Topology topology, Host.Realserver realserver) {
        return new LocalAddressReach(topology, realserver);
    }

    /** Routes that the design implies without naming them. */
    List<KernelRoute> routes() {
        return List.copyOf(routes);
    }

    /** Why other local addresses need none. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The local addresses from which some services of a kind talk to the realserver. */
    static List<LocalAddressPool> pools(Topology topology, Host.Realserver realserver, Predicate<VirtualService> kind) {
        return topology.virtualServices().stream()
                .filter(kind)
                .filter(service -> uses(topology, service, realserver))
                .flatMap(service -> service.localAddresses().stream())
                .distinct()
                .flatMap(name -> topology.localAddressPool(name).stream())
                .toList();
    }

    private static boolean uses(Topology topology, VirtualService service, Host.Realserver realserver) {
        return topology.realserverPool(service.realservers()).stream()
                .flatMap(pool -> pool.members().stream())
                .anyMatch(member -> member.host().equals(realserver.name()));
    }

    private void reach(LocalAddressPool pool, InetAddress address) {
        String lip = "LIP " + IpLiteral.format(address) + " (pool " + pool.name() + " of " + pool.director() + ")";
        Optional<Port> onLink = realserver.ports().stream()
                .filter(port -> contains(topology.onLink(realserver, port), address))
                .findFirst();
        if (onLink.isPresent()) {
            notes.add(lip + " is on-link at " + onLink.get().name() + ": answers need no route.");
            return;
        }
        Optional<Route> route = realserver.routes().stream()
                .filter(candidate -> candidate.destination().contains(address))
                .findFirst();
        if (route.isPresent()) {
            notes.add(lip + " is reached by the route to "
                    + KernelRoutes.destination(route.get().destination()) + " below.");
            return;
        }
        addRoute(pool, address, lip);
    }

    private void addRoute(LocalAddressPool pool, InetAddress address, String lip) {
        Prefix subnet = subnetOf(pool, address);
        if (!covered.add(subnet)) {
            return;
        }
        Topology.HostPort gateway = gatewayTowards(address)
                .orElseThrow(() -> new GenerationException(
                        "hosts." + realserver.name() + ".routes",
                        "no route leads to the " + lip + ", and no router on a segment of " + realserver.name()
                                + " knows a way there"));
        InetAddress via = gateway.port().addresses().stream()
                .map(own -> own.address())
                .filter(own -> isOnLink(own) && IpLiteral.bits(own) == IpLiteral.bits(address))
                .findFirst()
                .orElseThrow();
        routes.add(new KernelRoute(
                lip + " is not on-link: answers to it go through " + IpLiteral.format(via) + " ("
                        + gateway.host().name() + ").",
                KernelRoutes.arguments(subnet, subnet.toString(), Optional.of(via), Optional.empty())));
    }

    /** The subnet of the segment that the pool's port is plugged into, or the address alone. */
    private Prefix subnetOf(LocalAddressPool pool, InetAddress address) {
        return topology.director(pool.director()).stream()
                .flatMap(director ->
                        director.port(pool.port()).stream().flatMap(port -> topology.onLink(director, port).stream()))
                .filter(network -> network.contains(address))
                .findFirst()
                .orElseGet(() -> Prefix.around(address, IpLiteral.bits(address)));
    }

    /** The port, on a segment of the realserver, of the first router that is on the address's segment or has a route. */
    private Optional<Topology.HostPort> gatewayTowards(InetAddress address) {
        return topology.routers()
                .filter(router ->
                        router.ports().stream().anyMatch(port -> contains(topology.onLink(router, port), address))
                                || router.routes().stream()
                                        .anyMatch(route -> route.destination().contains(address)))
                .flatMap(router -> router.ports().stream().map(port -> new Topology.HostPort(router, port)))
                .filter(candidate -> isNeighbour(candidate.port()))
                .filter(candidate -> candidate.port().addresses().stream()
                        .anyMatch(own ->
                                isOnLink(own.address()) && IpLiteral.bits(own.address()) == IpLiteral.bits(address)))
                .findFirst();
    }

    private boolean isNeighbour(Port other) {
        return realserver.ports().stream().anyMatch(port -> port.segment().equals(other.segment()));
    }

    private boolean isOnLink(InetAddress address) {
        return realserver.ports().stream().anyMatch(port -> contains(topology.onLink(realserver, port), address));
    }

    private static boolean contains(List<Prefix> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
