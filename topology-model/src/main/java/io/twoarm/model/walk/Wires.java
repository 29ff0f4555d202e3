package io.twoarm.model.walk;

import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RouteTable;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Claim;
import io.twoarm.model.walk.Hop.RouteOrigin;
import io.twoarm.model.walk.Hop.Way;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Who has which address on which wire, and where each host's routes lead. */
final class Wires {
    private final Topology topology;
    private final Optional<String> preferredDirector;
    private final Map<InetAddress, List<Claim>> claims;
    private final Map<String, RouteTable> routeTables = new HashMap<>();

    Wires(Topology topology, Optional<String> preferredDirector) {
        this.topology = topology;
        this.preferredDirector = preferredDirector;
        this.claims = Claim.all(topology).stream().collect(Collectors.groupingBy(Claim::address));
    }

    /** Where a packet goes from a host. */
    sealed interface Next {
        record Neighbour(Way way, Host host, Port arrivesAt) implements Next {}

        record OutOfSight(InetAddress gateway) implements Next {}
    }

    /** Whether the host has the address itself: as its own, as a VIP, LIP, shared or NAT address. */
    boolean answersFor(Host host, InetAddress address) {
        return claimsOf(address).stream().anyMatch(claim -> claim.host().name().equals(host.name()));
    }

    List<Claim> claimsOf(InetAddress address) {
        return claims.getOrDefault(address, List.of());
    }

    /**
     * The neighbour that a host hands a packet to.
     *
     * @param to what the route is looked up for
     */
    Next next(Host host, InetAddress to) throws Blockage {
        Optional<Claim> announced = announced(host, to);
        if (announced.isPresent()) {
            return announcedWay(host, announced.get(), to);
        }
        Optional<RouteTable.Line> line = routesOf(host).lineFor(to);
        if (line.isEmpty()) {
            throw new Blockage(
                    Fault.NO_ROUTE,
                    host.name() + " has no route to " + IpLiteral.format(to),
                    "Give " + host.name() + " a route to " + IpLiteral.format(to) + ", or an address in its subnet.");
        }
        Port port = line.get().hop().port();
        Optional<InetAddress> gateway = line.get().hop().gateway();
        InetAddress nextHop = gateway.orElse(to);
        Optional<Claim> owner = ownerOn(port.segment(), nextHop);
        if (owner.isEmpty() && gateway.isPresent() && claimsOf(nextHop).isEmpty()) {
            return new Next.OutOfSight(nextHop);
        }
        if (owner.isEmpty()) {
            throw nobody(host, nextHop, port);
        }
        return neighbour(
                port,
                line.get().destination(),
                line.get().connected() ? RouteOrigin.CONNECTED : RouteOrigin.STATIC,
                nextHop,
                owner.get());
    }

    /** Whether the route to an address needs no gateway. */
    boolean isOnLink(Host host, InetAddress address) {
        return routesOf(host)
                .lookup(address)
                .filter(hop -> hop.gateway().isEmpty())
                .isPresent();
    }

    /** The address that a host sends from towards another one. */
    Optional<InetAddress> sourceTowards(Host host, InetAddress to) {
        return routesOf(host)
                .lookup(to)
                .flatMap(hop -> Flow.addressOf(hop.port(), to))
                .or(() -> host.ports().stream()
                        .flatMap(port -> Flow.addressOf(port, to).stream())
                        .findFirst());
    }

    /** The port that a packet leaves by, as far as there is a route. */
    Optional<Port> outgoingPort(Host host, InetAddress to) {
        return routesOf(host).lookup(to).map(RouteTable.NextHop::port);
    }

    private Next neighbour(Port port, Prefix route, RouteOrigin origin, InetAddress nextHop, Claim owner) {
        Optional<Segment> wire = topology.segmentOf(port);
        int mtu = wire.map(Segment::mtu).orElse(Segment.ETHERNET_MTU);
        OptionalInt vlan = port.isVlan() ? topology.vlanOf(port) : OptionalInt.empty();
        Way way = new Way(
                port.name(),
                port.segment(),
                mtu,
                vlan,
                route,
                origin,
                nextHop,
                owner.host().name(),
                owner.port().name(),
                0);
        return new Next.Neighbour(way, owner.host(), owner.port());
    }

    private static Blockage nobody(Host host, InetAddress address, Port port) {
        return new Blockage(
                Fault.NOBODY_HAS_ADDRESS,
                host.name() + " asks for " + IpLiteral.format(address) + " on segment " + port.segment()
                        + ", where nobody has it",
                "Plug its owner into segment " + port.segment() + ", or give " + host.name()
                        + " a route through a router.");
    }

    /** The preferred director first, then in the order of the topology. */
    private Optional<Claim> ownerOn(String segment, InetAddress address) {
        List<Claim> owners = claimsOf(address).stream()
                .filter(claim -> claim.port().segment().equals(segment))
                .toList();
        return owners.stream()
                .filter(claim ->
                        preferredDirector.equals(Optional.of(claim.host().name())))
                .findFirst()
                .or(() -> owners.stream().findFirst());
    }

    /** The director that announces the address to this router by BGP. */
    private Optional<Claim> announced(Host host, InetAddress to) {
        List<Claim> announcers = topology.directorGroups().stream()
                .filter(group -> group.redundancy() instanceof Redundancy.Ecmp ecmp
                        && ecmp.peers().stream().anyMatch(peer -> peer.router().equals(host.name())))
                .flatMap(group -> claimsOf(to).stream()
                        .filter(claim ->
                                claim.kind() == Claim.Kind.VIP && claim.holder().equals(group.name())))
                .toList();
        return announcers.stream()
                .filter(claim ->
                        preferredDirector.equals(Optional.of(claim.host().name())))
                .findFirst()
                .or(() -> announcers.stream().findFirst());
    }

    private Next announcedWay(Host router, Claim director, InetAddress vip) throws Blockage {
        Optional<Port> port = router.ports().stream()
                .filter(it -> it.segment().equals(director.port().segment()))
                .findFirst();
        if (port.isEmpty()) {
            throw new Blockage(
                    Fault.NO_ROUTE,
                    router.name() + " hears of " + IpLiteral.format(vip) + ", but has no port on segment "
                            + director.port().segment(),
                    "Plug " + router.name() + " into segment " + director.port().segment() + ".");
        }
        InetAddress nextHop = director.port().kernelAddresses().stream()
                .map(own -> own.address())
                .filter(own -> IpLiteral.isIpv4(own) == IpLiteral.isIpv4(vip))
                .findFirst()
                .or(() -> Flow.addressOf(director.port(), vip))
                .orElse(vip);
        return neighbour(port.get(), Prefix.around(vip, IpLiteral.bits(vip)), RouteOrigin.ANNOUNCED, nextHop, director);
    }

    private RouteTable routesOf(Host host) {
        return routeTables.computeIfAbsent(host.name(), name -> RouteTable.of(topology, host));
    }
}
