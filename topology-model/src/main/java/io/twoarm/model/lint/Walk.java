package io.twoarm.model.lint;

import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RouteTable;
import io.twoarm.model.RouteTable.NextHop;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.ForwardingMode;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a packet to an address ends, by the addresses and routes of the hosts. Routers forward, and directors whose
 * realservers or hosts leave through them; other hosts do not. Routers learn the VIPs that directors announce.
 */
final class Walk {

    /** How it ended. */
    sealed interface End {
        /**
         * At a host that answers for the address.
         *
         * @param passed the names of the hosts on the way, the sender's first
         */
        record Arrived(Host host, Set<String> passed) implements End {}

        /**
         * It goes no further.
         *
         * @param why what is missing, as part of a sentence
         * @param fix what to do, as an instruction
         */
        record Stuck(String why, String fix) implements End {}

        /** At a gateway that is not drawn, behind which nothing is known. */
        record OutOfSight(InetAddress gateway) implements End {}
    }

    private final Topology topology;
    private final Map<InetAddress, List<Claim>> claims;
    private final Map<String, RouteTable> routeTables = new HashMap<>();

    Walk(Topology topology) {
        this.topology = topology;
        this.claims = Claim.all(topology).stream().collect(Collectors.groupingBy(Claim::address));
    }

    /** Follows a packet from the host that sends it. */
    End follow(Host from, InetAddress to) {
        String destination = IpLiteral.format(to);
        Set<String> passed = new LinkedHashSet<>();
        Host host = from;
        while (!answersFor(host, to) && !translates(host, to)) {
            if (!passed.add(host.name())) {
                return new End.Stuck(
                        "the packets come back to " + host.name() + " in a circle",
                        "Let a route on this way lead on towards " + destination + ".");
            }
            if (host != from && !forwards(host)) {
                return new End.Stuck(
                        host.name() + " gets the packets, but does not forward",
                        "Let the route lead to a router instead of " + host.name() + ".");
            }
            Optional<Host> announcer = announcerOf(host, to);
            if (announcer.isPresent()) {
                host = announcer.get();
                continue;
            }
            Optional<NextHop> hop = routesOf(host).lookup(to);
            if (hop.isEmpty()) {
                return new End.Stuck(
                        host.name() + " has no route to " + destination,
                        "Give " + host.name() + " a route to " + destination + ", or an address in its subnet.");
            }
            InetAddress next = hop.get().gateway().orElse(to);
            String segment = hop.get().port().segment();
            Optional<Host> neighbour = claimsOf(next)
                    .filter(claim -> claim.port().segment().equals(segment))
                    .map(Claim::host)
                    .findFirst();
            if (neighbour.isEmpty() && hop.get().gateway().isPresent()) {
                return new End.OutOfSight(next);
            }
            if (neighbour.isEmpty()) {
                return new End.Stuck(
                        host.name() + " looks for " + destination + " on segment " + segment + ", where nobody has it",
                        "Plug its owner into segment " + segment + ", or give " + host.name()
                                + " a route through a router.");
            }
            host = neighbour.get();
        }
        return new End.Arrived(host, passed);
    }

    private boolean forwards(Host host) {
        return switch (host) {
            case Host.Router _ -> true;
            case Host.Director director ->
                topology.natGatewaysOf(director).findAny().isPresent()
                        || topology.servicesOf(director).anyMatch(service -> service.mode() == ForwardingMode.NAT);
            case Host.Client _, Host.Realserver _ -> false;
        };
    }

    /** The first director that announces the address to this router by BGP. */
    private Optional<Host> announcerOf(Host host, InetAddress to) {
        return topology.directorGroups().stream()
                .filter(group -> group.redundancy() instanceof Redundancy.Ecmp ecmp
                        && ecmp.peers().stream().anyMatch(peer -> peer.router().equals(host.name())))
                .filter(group -> topology.virtualServices().stream()
                        .anyMatch(service -> service.director().equals(group.name())
                                && service.vip().equals(to)))
                .flatMap(group -> topology.directorsNamed(group.name()).stream())
                .map(Host.class::cast)
                .findFirst();
    }

    /** A director takes packets that it translates; who gets them then is another question. */
    private static boolean translates(Host host, InetAddress to) {
        return host instanceof Host.Director director
                && director.dataplane().translation().takes(to);
    }

    private boolean answersFor(Host host, InetAddress address) {
        return claimsOf(address).anyMatch(claim -> claim.host().name().equals(host.name()));
    }

    private Stream<Claim> claimsOf(InetAddress address) {
        return claims.getOrDefault(address, List.of()).stream();
    }

    private RouteTable routesOf(Host host) {
        return routeTables.computeIfAbsent(host.name(), name -> RouteTable.of(topology, host));
    }
}
