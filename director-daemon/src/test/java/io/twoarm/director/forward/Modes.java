package io.twoarm.director.forward;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@link Director} with services of all modes: direct routing on ports 80 and 53 and for pings of .205 and ::66, NAT to
 * them on 8000, 8001, 5300 and 5301 and for pings of .206 and ::65, FullNAT on 81, tunnels on 90 for both protocols and for pings of .207, and to the other family on 91.
 */
final class Modes {
    private static final String VIP = "10.0.96.204";
    private static final String WIDE_VIP = "2001:db8:96::204";
    private static final String SERVER = "192.168.229.1";
    private static final String WIDE_SERVER = "2001:db8:229::1";

    private Modes() {}

    static ForwardingTables tables(ForwardingTables standard) {
        ForwardingTables both = DirectorTables.withIpv6(standard);
        List<OwnAddress> addresses = new ArrayList<>(both.addresses());
        addresses.add(new OwnAddress(IpAddress.parse("10.0.96.206"), Director.WAN, OwnAddress.Role.VIRTUAL));
        List<ServiceDefinition> services = new ArrayList<>();
        services.add(DirectorTables.service(
                DirectorTables.ip(VIP), 81, Protocol.TCP, false, DirectorTables.realserver(SERVER, 8081)));
        services.add(direct(VIP, 80, Protocol.TCP, SERVER, "192.168.229.2"));
        services.add(direct(VIP, 53, Protocol.UDP, SERVER));
        services.add(direct("10.0.96.205", 0, Protocol.ICMP, SERVER));
        services.add(direct(WIDE_VIP, 80, Protocol.TCP, WIDE_SERVER, "2001:db8:229::2"));
        services.add(direct(WIDE_VIP, 53, Protocol.UDP, WIDE_SERVER));
        services.add(direct("2001:db8:96::66", 0, Protocol.ICMPV6, WIDE_SERVER));
        addresses.add(new OwnAddress(IpAddress.parse("10.0.96.207"), Director.WAN, OwnAddress.Role.VIRTUAL));
        services.add(tunnel("10.0.96.207", 0, Protocol.ICMP, SERVER));
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
            services.add(tunnel(VIP, 90, protocol, SERVER));
            services.add(tunnel(VIP, 91, protocol, WIDE_SERVER));
            services.add(tunnel(WIDE_VIP, 90, protocol, WIDE_SERVER));
            services.add(tunnel(WIDE_VIP, 91, protocol, SERVER));
            for (String vip : List.of(VIP, WIDE_VIP)) {
                services.add(gre(vip, 94, protocol, SERVER));
                services.add(gre(vip, 96, protocol, WIDE_SERVER));
            }
        }
        services.add(nat("10.0.96.206", 0, Protocol.ICMP, SERVER, 0));
        services.add(nat("2001:db8:96::65", 0, Protocol.ICMPV6, WIDE_SERVER, 0));
        for (int more = 0; more < 2; more++) {
            services.add(nat(VIP, 8000 + more, Protocol.TCP, SERVER, 80));
            services.add(nat(VIP, 5300 + more, Protocol.UDP, SERVER, 53));
            services.add(nat(WIDE_VIP, 8000 + more, Protocol.TCP, WIDE_SERVER, 80));
            services.add(nat(WIDE_VIP, 5300 + more, Protocol.UDP, WIDE_SERVER, 53));
        }
        return both.withAddresses(addresses).withServices(services);
    }

    private static ServiceDefinition direct(String vip, int port, Protocol protocol, String... realservers) {
        return service(
                vip,
                port,
                protocol,
                Stream.of(realservers)
                        .map(address -> realserver(address, port, ForwardingMode.DIRECT))
                        .toList());
    }

    private static ServiceDefinition tunnel(String vip, int port, Protocol protocol, String realserver) {
        return service(vip, port, protocol, List.of(realserver(realserver, port, ForwardingMode.TUNNEL)));
    }

    private static ServiceDefinition gre(String vip, int port, Protocol protocol, String realserver) {
        return service(vip, port, protocol, List.of(realserver(realserver, port, ForwardingMode.GRE)));
    }

    private static ServiceDefinition nat(String vip, int port, Protocol protocol, String realserver, int realPort) {
        return service(vip, port, protocol, List.of(realserver(realserver, realPort, ForwardingMode.NAT)));
    }

    static RealserverDefinition realserver(String address, int port, ForwardingMode mode) {
        return new RealserverDefinition(IpAddress.parse(address), port, 1, false, Optional.empty()).withMode(mode);
    }

    private static ServiceDefinition service(
            String vip, int port, Protocol protocol, List<RealserverDefinition> realservers) {
        return new ServiceDefinition(
                IpAddress.parse(vip), port, protocol, true, Optional.empty(), List.of(), realservers);
    }
}
