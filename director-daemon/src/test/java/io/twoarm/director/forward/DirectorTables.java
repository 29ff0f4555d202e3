package io.twoarm.director.forward;

import static io.twoarm.director.forward.Director.LAN;
import static io.twoarm.director.forward.Director.WAN;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.neighbour.StaticNeighbour;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.session.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the director under test has: VIP 10.0.96.204 towards clients behind gateway 10.0.96.254, LIP 192.168.229.204 towards
 * realservers 192.168.229.1 and .2. A second VIP 10.0.96.205 has a service for ping.
 */
final class DirectorTables {
    private DirectorTables() {}

    static ForwardingTables tables() {
        Ipv4Address lip = ip("192.168.229.204");
        Ipv4Address vip = ip("10.0.96.204");
        return new ForwardingTables(
                List.of(
                        new OwnAddress(vip, WAN, OwnAddress.Role.VIRTUAL),
                        new OwnAddress(ip("10.0.96.205"), WAN, OwnAddress.Role.VIRTUAL),
                        new OwnAddress(lip, LAN, OwnAddress.Role.LOCAL)),
                List.of(
                        Route.onLink(ip("10.0.96.0"), 24, WAN),
                        Route.onLink(ip("192.168.229.0"), 24, LAN),
                        Route.via(Ipv4Address.ANY, 0, ip("10.0.96.254"), WAN)),
                List.of(
                        new StaticNeighbour(ip("10.0.96.254"), WAN, 0x0200_0000_0afeL),
                        new StaticNeighbour(ip("192.168.229.1"), LAN, 0x0200_0000_0b11L),
                        new StaticNeighbour(ip("192.168.229.2"), LAN, 0x0200_0000_0b12L)),
                List.of(
                        service(
                                vip,
                                80,
                                Protocol.TCP,
                                true,
                                realserver("192.168.229.1", 80),
                                realserver("192.168.229.2", 80)),
                        service(vip, 81, Protocol.TCP, false, realserver("192.168.229.1", 8081)),
                        service(vip, 53, Protocol.UDP, false, realserver("192.168.229.1", 53)),
                        service(ip("10.0.96.205"), 0, Protocol.ICMP, false, realserver("192.168.229.1", 0))),
                Timeouts.defaults(),
                ForwardingLimits.defaults().withSessions(1024),
                true);
    }

    static Ipv4Address ip(String text) {
        return Ipv4Address.parse(text);
    }

    static ServiceDefinition service(
            Ipv4Address vip, int port, Protocol protocol, boolean option, RealserverDefinition... realservers) {
        return new ServiceDefinition(
                vip, port, protocol, option, Optional.empty(), List.of(ip("192.168.229.204")), List.of(realservers));
    }

    static RealserverDefinition realserver(String address, int port) {
        return new RealserverDefinition(ip(address), port, 1, false, Optional.empty());
    }

    static ForwardingTables services(ForwardingTables tables, ServiceDefinition... services) {
        return tables.withServices(List.of(services));
    }

    static ForwardingTables withoutRealservers(ForwardingTables tables) {
        return services(
                tables,
                tables.services().stream()
                        .map(service -> new ServiceDefinition(
                                service.address(),
                                service.port(),
                                service.protocol(),
                                service.clientAddress().isOption(),
                                service.establishTimeout(),
                                service.localAddresses(),
                                List.of()))
                        .toArray(ServiceDefinition[]::new));
    }

    static ForwardingTables limits(ForwardingTables tables, ForwardingLimits limits) {
        return new ForwardingTables(
                tables.addresses(),
                tables.routes(),
                tables.neighbours(),
                tables.services(),
                tables.timeouts(),
                limits,
                tables.decrementTtl());
    }

    /**
     * With IPv6 beside IPv4: VIP 2001:db8:96::204 towards clients behind gateway 2001:db8:96::254, LIP 2001:db8:229::204
     * towards realservers 2001:db8:229::1 and ::2. VIPs ::64 and ::65 lead to IPv4 realservers; ::65 and ::66 have services
     * for ping.
     */
    static ForwardingTables withIpv6(ForwardingTables tables) {
        List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
        addresses.add(new OwnAddress(IpAddress.parse("2001:db8:96::204"), WAN, OwnAddress.Role.VIRTUAL));
        for (String vip : List.of("2001:db8:96::64", "2001:db8:96::65", "2001:db8:96::66")) {
            addresses.add(new OwnAddress(IpAddress.parse(vip), WAN, OwnAddress.Role.VIRTUAL));
        }
        addresses.add(new OwnAddress(IpAddress.parse("2001:db8:229::204"), LAN, OwnAddress.Role.LOCAL));
        List<Route> routes = new ArrayList<>(tables.routes());
        routes.add(Route.onLink(IpAddress.parse("2001:db8:96::"), 64, WAN));
        routes.add(Route.onLink(IpAddress.parse("2001:db8:229::"), 64, LAN));
        routes.add(Route.via(Ipv6Address.ANY, 0, IpAddress.parse("2001:db8:96::254"), WAN));
        List<StaticNeighbour> neighbours = new ArrayList<>(tables.neighbours());
        neighbours.add(new StaticNeighbour(IpAddress.parse("2001:db8:96::254"), WAN, 0x0200_0000_0afeL));
        neighbours.add(new StaticNeighbour(IpAddress.parse("2001:db8:229::1"), LAN, 0x0200_0000_0b11L));
        neighbours.add(new StaticNeighbour(IpAddress.parse("2001:db8:229::2"), LAN, 0x0200_0000_0b12L));
        return tables.withAddresses(addresses)
                .withRoutes(routes)
                .withNeighbours(neighbours)
                .withServices(Stream.concat(tables.services().stream(), wideServices().stream())
                        .toList());
    }

    /**
     * With IPv6 and services that tell the client's address in every way: VPORT 8001 by PROXY v1, 8002 by v2, 8053 by v2 over
     * UDP, 8253 by TOA 253; VIPs 10.0.96.204, 2001:db8:96::204 towards IPv6 and ::64 towards IPv4.
     */
    static ForwardingTables withProxies(ForwardingTables tables) {
        ForwardingTables wide = withIpv6(tables);
        List<ServiceDefinition> services = new ArrayList<>(wide.services());
        for (String vip : List.of("10.0.96.204", "2001:db8:96::204", "2001:db8:96::64")) {
            String realserver = vip.endsWith("::204") ? "2001:db8:229::1" : "192.168.229.1";
            services.add(wide(vip, 8001, Protocol.TCP, false, realserver).withClientAddress(ClientAddressWay.PROXY_V1));
            services.add(wide(vip, 8002, Protocol.TCP, false, realserver).withClientAddress(ClientAddressWay.PROXY_V2));
            services.add(wide(vip, 8053, Protocol.UDP, false, realserver).withClientAddress(ClientAddressWay.PROXY_V2));
            services.add(wide(vip, 8253, Protocol.TCP, false, realserver).withClientAddress(ClientAddressWay.TOA_253));
        }
        return services(wide, services.toArray(ServiceDefinition[]::new));
    }

    /** With IPv6 and FTP on VIPs 10.0.96.204, 2001:db8:96::204 towards IPv6 and ::64 towards IPv4. */
    static ForwardingTables withFtp(ForwardingTables tables) {
        ForwardingTables wide = withIpv6(tables);
        List<ServiceDefinition> services = new ArrayList<>(wide.services());
        services.add(wide("10.0.96.204", 21, Protocol.TCP, false, "192.168.229.1"));
        services.add(wide("2001:db8:96::204", 21, Protocol.TCP, false, "2001:db8:229::1"));
        services.add(wide("2001:db8:96::64", 21, Protocol.TCP, false, "192.168.229.1"));
        return services(wide, services.toArray(ServiceDefinition[]::new));
    }

    /** With FTP on 10.0.96.204 towards realserver 10.1.1.1 behind 192.168.229.1. */
    static ForwardingTables withFtpBehindARouter(ForwardingTables tables) {
        List<Route> routes = new ArrayList<>(tables.routes());
        routes.add(Route.via(ip("10.1.1.0"), 24, ip("192.168.229.1"), LAN));
        return services(tables.withRoutes(routes), wide("10.0.96.204", 21, Protocol.TCP, false, "10.1.1.1"));
    }

    private static List<ServiceDefinition> wideServices() {
        String six = "2001:db8:96::204";
        String four = "2001:db8:96::64";
        return List.of(
                wide(six, 80, Protocol.TCP, true, "2001:db8:229::1", "2001:db8:229::2"),
                wide(six, 81, Protocol.TCP, false, "2001:db8:229::1"),
                wide(six, 53, Protocol.UDP, false, "2001:db8:229::1"),
                wide(six, 82, Protocol.TCP, false, "2001:db8:9999::1"),
                wide(four, 80, Protocol.TCP, true, "192.168.229.1", "192.168.229.2"),
                wide(four, 81, Protocol.TCP, false, "192.168.229.1"),
                wide(four, 53, Protocol.UDP, false, "192.168.229.1"),
                wide("2001:db8:96::65", 0, Protocol.ICMPV6, false, "192.168.229.1"),
                wide("2001:db8:96::66", 0, Protocol.ICMPV6, false, "2001:db8:229::1"));
    }

    private static ServiceDefinition wide(
            String vip, int port, Protocol protocol, boolean option, String... realservers) {
        List<RealserverDefinition> members = Stream.of(realservers)
                .map(address -> new RealserverDefinition(IpAddress.parse(address), port, 1, false, Optional.empty()))
                .toList();
        IpAddress local =
                IpAddress.parse(members.getFirst().address().isIpv4() ? "192.168.229.204" : "2001:db8:229::204");
        return new ServiceDefinition(
                IpAddress.parse(vip), port, protocol, option, Optional.empty(), List.of(local), members);
    }

    /** With addresses of the kernel on its twin of the WAN: 10.0.96.200 and 2001:db8:96::200; and VIPs that VRRP moves. */
    static ForwardingTables withKernel(ForwardingTables tables) {
        ForwardingTables wide = withIpv6(tables);
        List<OwnAddress> addresses = new ArrayList<>(wide.addresses());
        addresses.add(new OwnAddress(ip("10.0.96.200"), WAN, OwnAddress.Role.KERNEL));
        addresses.add(new OwnAddress(IpAddress.parse("2001:db8:96::200"), WAN, OwnAddress.Role.KERNEL));
        addresses.add(new OwnAddress(ip("10.0.96.206"), WAN, OwnAddress.Role.FLOATING));
        addresses.add(new OwnAddress(ip("10.0.96.207"), WAN, OwnAddress.Role.STANDBY));
        return wide.withAddresses(addresses);
    }

    static ForwardingTables withoutNeighbours(ForwardingTables tables) {
        return tables.withNeighbours(List.of());
    }

    static ForwardingTables keepingTtl(ForwardingTables tables) {
        return new ForwardingTables(
                tables.addresses(),
                tables.routes(),
                tables.neighbours(),
                tables.services(),
                tables.timeouts(),
                tables.limits(),
                false);
    }

    static ForwardingTables withoutDefaultRoute(ForwardingTables tables) {
        return routes(tables, route -> route.length() != 0);
    }

    static ForwardingTables withWanRouteOnly(ForwardingTables tables) {
        return routes(tables, route -> route.port() == WAN && route.length() != 0);
    }

    private static ForwardingTables routes(ForwardingTables tables, Predicate<Route> kept) {
        return tables.withRoutes(tables.routes().stream().filter(kept).toList());
    }

    /** All that is on the two ports, on the ports numbered 2 more: VLANs of the two. */
    static ForwardingTables moved(ForwardingTables tables) {
        return tables.withAddresses(tables.addresses().stream()
                        .map(own -> new OwnAddress(own.address(), own.port() + 2, own.role()))
                        .toList())
                .withRoutes(tables.routes().stream()
                        .map(route -> new Route(
                                route.prefix(),
                                route.length(),
                                route.gateway(),
                                route.port() + 2,
                                route.source(),
                                route.mtu()))
                        .toList())
                .withNeighbours(tables.neighbours().stream()
                        .map(known -> new StaticNeighbour(known.address(), known.port() + 2, known.mac()))
                        .toList())
                .withServices(
                        tables.services().stream().map(DirectorTables::moved).toList());
    }

    private static ServiceDefinition moved(ServiceDefinition service) {
        return service.match()
                .map(match -> ServiceDefinition.matching(
                                new FlowMatch(
                                        match.protocol(),
                                        match.ipv4(),
                                        match.source(),
                                        match.destination(),
                                        match.inPort() == FlowMatch.ANY_PORT ? FlowMatch.ANY_PORT : match.inPort() + 2,
                                        match.outPort() == FlowMatch.ANY_PORT
                                                ? FlowMatch.ANY_PORT
                                                : match.outPort() + 2),
                                service.establishTimeout(),
                                service.policy(),
                                service.realservers())
                        .withAccess(service.access()))
                .orElse(service);
    }
}
