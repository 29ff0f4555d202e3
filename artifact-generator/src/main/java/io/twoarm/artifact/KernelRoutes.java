package io.twoarm.artifact;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The unit that gives a host's kernel its routes.
 *
 * @param notes what is to be said beside the routes, one line each
 */
record KernelRoutes(Topology topology, Host host, List<KernelRoute> routes, List<String> notes) {
    static final String UNIT = "twoarm-routes.service";

    /**
     * One route.
     *
     * @param comment why the host needs it
     * @param arguments for {@code ip}, such as {@code -4 route replace default via 172.16.0.254}
     */
    public record KernelRoute(String comment, String arguments) {}

    static KernelRoutes of(Topology topology, Host host, List<KernelRoute> more, List<String> notes) {
        List<KernelRoute> routes = new ArrayList<>();
        host.routes().forEach(route -> routes.add(route(topology, route)));
        routes.addAll(more);
        List<String> all = new ArrayList<>(notes);
        if (routes.isEmpty()) {
            all.add("The project gives this host no route.");
        }
        return new KernelRoutes(topology, host, List.copyOf(routes), List.copyOf(all));
    }

    /** Those routes of a director that leave by a port of the kernel; empty when there are none. */
    static Optional<KernelRoutes> of(Topology topology, DirectorPlan plan) {
        List<KernelRoute> routes = plan.routes().stream()
                .filter(planned -> plan.director().isKernels(planned.port()))
                .map(planned -> route(topology, planned.route()))
                .toList();
        return routes.isEmpty()
                ? Optional.empty()
                : Optional.of(new KernelRoutes(
                        topology,
                        plan.director(),
                        routes,
                        List.of("Routes of the dataplane are in " + DirectorArtifacts.KEEPALIVED_CONF + ".")));
    }

    void addTo(List<HostFile> files, List<HostService> services) {
        String unit = TextFile.render(
                "routes.service",
                Map.of(
                        "header",
                        FileHeader.lines(topology, host, "Static routes of this host."),
                        "host",
                        host.name(),
                        "project",
                        topology.name(),
                        "protocol",
                        RouteProtocol.NUMBER,
                        "notes",
                        notes,
                        "routes",
                        routes));
        HostFile file = Units.file(UNIT, unit, "sets the host's routes");
        files.add(file);
        services.add(new HostService(UNIT, List.of(file.path()), false));
    }

    static KernelRoute route(Topology topology, Route route) {
        String destination = destination(route.destination());
        String way = route.via()
                .map(gateway -> "through " + IpLiteral.format(gateway) + whoIs(topology, gateway))
                .orElseGet(() -> "is on-link at port " + route.port().orElseThrow());
        String comment = route.destination().isDefault()
                ? "Everything that is not on-link leaves " + way + "."
                : route.destination() + " " + (route.via().isPresent() ? "is reached " : "") + way + ".";
        return new KernelRoute(comment, arguments(route.destination(), destination, route.via(), route.port()));
    }

    static String arguments(Prefix destination, String text, Optional<InetAddress> via, Optional<String> port) {
        return (destination.isIpv4() ? "-4" : "-6") + " route replace " + text
                + via.map(gateway -> " via " + IpLiteral.format(gateway)).orElse("")
                + port.map(name -> " dev " + name).orElse("");
    }

    static String destination(Prefix prefix) {
        return prefix.isDefault() ? "default" : prefix.toString();
    }

    /** The host that a gateway's address belongs to, for comments. */
    static String whoIs(Topology topology, InetAddress gateway) {
        return topology.portWithAddress(gateway)
                .map(found -> " (" + found.host().name() + " on segment "
                        + found.port().segment() + ")")
                .orElse("");
    }
}
