package io.twoarm.director.forward;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Services of the test director with IPv4 VIPs and IPv6 realservers: VIP 10.0.96.46 with VPORT 80 and the client's address
 * as an option, 81 without, 21 for FTP, 53 over UDP, 8001 by PROXY v1, 8053 by v2 over UDP, 82 to a realserver without a
 * route, 83 to realservers of both families in turn; VIP 10.0.96.47 for ping.
 */
final class FourToSix {
    private static final String VIP = "10.0.96.46";
    private static final String REALSERVER = "2001:db8:229::1";

    private FourToSix() {}

    static ForwardingTables tables(ForwardingTables tables) {
        ForwardingTables wide = DirectorTables.withIpv6(tables);
        List<OwnAddress> addresses = new ArrayList<>(wide.addresses());
        for (String vip : List.of(VIP, "10.0.96.47")) {
            addresses.add(new OwnAddress(IpAddress.parse(vip), Director.WAN, OwnAddress.Role.VIRTUAL));
        }
        List<ServiceDefinition> services = new ArrayList<>(wide.services());
        services.add(service(VIP, 80, Protocol.TCP, REALSERVER).withClientAddress(ClientAddressWay.TOA));
        services.add(service(VIP, 81, Protocol.TCP, REALSERVER));
        services.add(service(VIP, 21, Protocol.TCP, REALSERVER));
        services.add(service(VIP, 53, Protocol.UDP, REALSERVER));
        services.add(service(VIP, 8001, Protocol.TCP, REALSERVER).withClientAddress(ClientAddressWay.PROXY_V1));
        services.add(service(VIP, 8053, Protocol.UDP, REALSERVER).withClientAddress(ClientAddressWay.PROXY_V2));
        services.add(service(VIP, 82, Protocol.TCP, "2001:db8:9999::1"));
        services.add(service(VIP, 83, Protocol.UDP, REALSERVER, "192.168.229.1"));
        services.add(service("10.0.96.47", 0, Protocol.ICMP, REALSERVER));
        return DirectorTables.services(wide, services.toArray(ServiceDefinition[]::new))
                .withAddresses(addresses);
    }

    private static ServiceDefinition service(String vip, int port, Protocol protocol, String... realservers) {
        return new ServiceDefinition(
                IpAddress.parse(vip),
                port,
                protocol,
                false,
                Optional.empty(),
                List.of(IpAddress.parse("2001:db8:229::204"), IpAddress.parse("192.168.229.204")),
                Stream.of(realservers)
                        .map(address ->
                                new RealserverDefinition(IpAddress.parse(address), port, 1, false, Optional.empty()))
                        .toList());
    }
}
