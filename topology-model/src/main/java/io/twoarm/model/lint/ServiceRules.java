package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;
import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rules about virtual services. */
final class ServiceRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "fullnat-without-lip",
                    "A FullNAT service has a local address pool.",
                    "FullNAT replaces the client's address by a LIP; without one every connection is dropped.",
                    ServiceRules::fullnatWithoutLip),
            LintRule.error(
                    "lip-pool-of-other-director",
                    "A service uses a local address pool of its own director.",
                    "Answers of the realservers would go to the other director, which knows nothing of the connection.",
                    ServiceRules::poolOfOtherDirector),
            LintRule.error(
                    "lip-family",
                    "The pool has local addresses of every realserver's family.",
                    "Director and realserver talk IPv4 or IPv6; the LIP must be of the family of the realserver.",
                    ServiceRules::lipFamily),
            LintRule.error(
                    "vip-outside-subnet",
                    "A VIP lies in a subnet of its port's segment, or a router has a route to it.",
                    "Nobody on the wire looks for it there, so no packet for it arrives.",
                    ServiceRules::vipOutsideSubnet),
            LintRule.warning(
                    "vip-routed",
                    "A VIP lies in a subnet of its port's segment.",
                    "Only hosts with a route to it find it; everything that stands between clients and director needs one.",
                    ServiceRules::vipRouted),
            LintRule.error(
                    "service-port-taken",
                    "VIP, protocol and port belong to one service of a director.",
                    "A packet can only go to one of them.",
                    ServiceRules::servicePortTaken),
            LintRule.error(
                    "toa-for-udp",
                    "Only TCP services pass the client's address by TOA.",
                    "TOA is a TCP option; UDP has no place for it.",
                    ServiceRules::toaForUdp),
            LintRule.error(
                    "client-address-for-sctp",
                    "SCTP services do not pass the client's address.",
                    "TOA is a TCP option, UOA is for UDP, and the PROXY protocol has no place in an association.",
                    ServiceRules::clientAddressForSctp),
            LintRule.note(
                    "toa-mtu-room",
                    "A TOA option has room on the wire to the realservers.",
                    "The option makes client packets 8 bytes longer; packets that are then too long are fragmented or"
                            + " lost.",
                    ServiceRules::toaMtuRoom),
            LintRule.warning(
                    "director-without-service",
                    "Every director has a virtual service, a NAT gateway, NAT64 or SIIT.",
                    "A director without them forwards nothing.",
                    ServiceRules::directorWithoutService));

    /** A TOA option with an IPv4 address: kind, length, port, address. */
    private static final int TOA_BYTES = 8;

    private ServiceRules() {}

    private static void fullnatWithoutLip(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (service.mode() == ForwardingMode.FULLNAT
                    && service.localAddresses().isEmpty()) {
                report.add(
                        virtualService(service),
                        "FullNAT service " + service.name() + " has no localAddresses",
                        "Add localAddresses: with the name of a local address pool of " + service.director() + ".");
            }
        }
    }

    private static void poolOfOtherDirector(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            poolOf(topology, service)
                    .filter(pool -> !pool.director().equals(service.director()))
                    .ifPresent(pool -> report.add(
                            virtualService(service).key("localAddresses"),
                            "pool " + pool.name() + " belongs to director " + pool.director() + ", service "
                                    + service.name() + " to " + service.director(),
                            "Name a pool of " + service.director() + "."));
        }
    }

    private static void lipFamily(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            Optional<LocalAddressPool> pool = poolOf(topology, service);
            if (pool.isEmpty() || pool.get().addresses().isEmpty()) {
                continue;
            }
            membersOf(topology, service).stream()
                    .map(RealserverPool.Member::address)
                    .filter(rip -> pool.get().addresses().stream()
                            .noneMatch(lip -> IpLiteral.isIpv4(lip) == IpLiteral.isIpv4(rip)))
                    .findFirst()
                    .ifPresent(rip -> report.add(
                            virtualService(service).key("localAddresses"),
                            "pool " + pool.get().name() + " has no LIP of the family of realserver "
                                    + IpLiteral.format(rip),
                            "Add a LIP of that family to the pool, or use realservers of the LIPs' family."));
        }
    }

    private static void vipOutsideSubnet(Topology topology, LintRule.Report report) {
        strayVips(
                topology,
                false,
                report,
                "Take a free address from one of these subnets, or name the port on the clients' side.");
    }

    private static void vipRouted(Topology topology, LintRule.Report report) {
        strayVips(
                topology, true, report, "Leave it if that is meant, or take a free address from one of these subnets.");
    }

    private static void strayVips(Topology topology, boolean routed, LintRule.Report report, String fix) {
        for (VirtualService service : topology.virtualServices()) {
            Optional<Segment> segment = wireOf(topology, service.director(), service.port());
            boolean stray = segment.isPresent()
                    && !isAnnounced(topology, service)
                    && AddressRules.subnetOf(segment.get(), service.vip()).isEmpty();
            if (stray && hasRoute(topology, service.vip()) == routed) {
                report.add(
                        virtualService(service).key("vip"),
                        "VIP " + IpLiteral.format(service.vip()) + " lies in no subnet of segment "
                                + segment.get().name() + ", where port " + service.port() + " is; it has "
                                + Listed.subnets(segment.get()),
                        fix);
            }
        }
    }

    /** VIPs of an ECMP cluster are found by BGP, and best lie in no subnet at all. */
    private static boolean isAnnounced(Topology topology, VirtualService service) {
        return topology.directorGroup(service.director())
                .filter(group -> group.redundancy() instanceof Redundancy.Ecmp)
                .isPresent();
    }

    /** A default route is no sign that somebody thought of this address. */
    private static boolean hasRoute(Topology topology, InetAddress address) {
        return topology.routers()
                .flatMap(router -> router.routes().stream())
                .anyMatch(route ->
                        !route.destination().isDefault() && route.destination().contains(address));
    }

    private static void servicePortTaken(Topology topology, LintRule.Report report) {
        record Endpoint(String director, InetAddress vip, Protocol protocol, int port) {}
        Map<Endpoint, String> serviceByEndpoint = new HashMap<>();
        for (VirtualService service : topology.virtualServices()) {
            Endpoint endpoint =
                    new Endpoint(service.director(), service.vip(), service.protocol(), service.servicePort());
            String other = serviceByEndpoint.putIfAbsent(endpoint, service.name());
            if (other != null) {
                report.add(
                        virtualService(service).key("servicePort"),
                        "port already used: " + service.protocol().name().toLowerCase(Locale.ROOT) + " "
                                + IpLiteral.format(service.vip()) + " port " + service.servicePort()
                                + " belongs to service " + other,
                        "Give service " + service.name() + " another port or another VIP.");
            }
        }
    }

    private static void toaForUdp(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (service.protocol() == Protocol.UDP && service.clientAddress() == ClientAddress.TOA) {
                report.add(
                        virtualService(service).key("clientAddress"),
                        "UDP service " + service.name() + " asks for TOA",
                        "Write clientAddress: none.",
                        Edit.clientAddress(service, ClientAddress.NONE));
            }
        }
    }

    private static void clientAddressForSctp(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (service.protocol() == Protocol.SCTP && service.clientAddress() != ClientAddress.NONE) {
                report.add(
                        virtualService(service).key("clientAddress"),
                        "SCTP service " + service.name() + " passes the client's address",
                        "Write clientAddress: none.",
                        Edit.clientAddress(service, ClientAddress.NONE));
            }
        }
    }

    /**
     * TCP sizes its packets by what both ends announce: client packets are at most the VIP wire's MTU, and at most what
     * the realserver's wire takes less the option, because the director lowers the MSS by it. On one common MTU that
     * leaves room; behind a router, the wire between director and router may be narrower than both.
     */
    private static void toaMtuRoom(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            Optional<Segment> clientWire = wireOf(topology, service.director(), service.port());
            Optional<Segment> directorWire =
                    poolOf(topology, service).flatMap(pool -> wireOf(topology, pool.director(), pool.port()));
            boolean toa = service.clientAddress() == ClientAddress.TOA && service.protocol() == Protocol.TCP;
            if (!toa || clientWire.isEmpty() || directorWire.isEmpty()) {
                continue;
            }
            membersOf(topology, service).stream()
                    .flatMap(member -> topology.portWithAddress(member.address()).stream())
                    .flatMap(found -> topology.segmentOf(found.port()).stream())
                    .filter(wire -> Math.min(clientWire.get().mtu(), wire.mtu() - TOA_BYTES) + TOA_BYTES
                            > directorWire.get().mtu())
                    .findFirst()
                    .ifPresent(wire -> report.add(
                            virtualService(service).key("clientAddress"),
                            "packets for realservers on segment " + wire.name() + " (MTU " + wire.mtu()
                                    + ") cross segment "
                                    + directorWire.get().name() + " (MTU "
                                    + directorWire.get().mtu()
                                    + "), which has no room for full packets of clients (MTU "
                                    + clientWire.get().mtu() + ") with the option",
                            "Give segment " + wire.name() + " the MTU of segment "
                                    + directorWire.get().name() + "."));
        }
    }

    private static void directorWithoutService(Topology topology, LintRule.Report report) {
        topology.directors()
                .filter(director -> topology.servicesOf(director).findAny().isEmpty())
                .filter(director -> topology.natGatewaysOf(director).findAny().isEmpty())
                .filter(director -> director.dataplane().translation().isEmpty())
                .forEach(director -> report.add(
                        host(director),
                        "director " + director.name() + " has no virtual service and no NAT gateway",
                        "Add a service that names it, or remove it."));
    }

    private static Optional<Segment> wireOf(Topology topology, String director, String port) {
        return Claim.portOf(topology, director, port).flatMap(found -> topology.segmentOf(found.port()));
    }

    private static Optional<LocalAddressPool> poolOf(Topology topology, VirtualService service) {
        return service.localAddresses().flatMap(topology::localAddressPool);
    }

    private static List<RealserverPool.Member> membersOf(Topology topology, VirtualService service) {
        return topology.realserverPool(service.realservers())
                .map(RealserverPool::members)
                .orElse(List.of());
    }
}
