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

/**
 * SCTP services of the test director: VIPs 10.0.96.200 and 2001:db8:96::200 with VPORT 2905 in FullNAT, 2906 in NAT to port
 * 3906, 2907 by direct routing, 2908 in a tunnel; VIPs 10.0.96.201 and 2001:db8:96::201 to realservers of the other family.
 */
final class SctpServices {
    private static final String REALSERVER = "192.168.229.1";
    private static final String WIDE_REALSERVER = "2001:db8:229::1";

    private SctpServices() {}

    static ForwardingTables tables(ForwardingTables tables) {
        ForwardingTables wide = DirectorTables.withIpv6(tables);
        List<OwnAddress> addresses = new ArrayList<>(wide.addresses());
        List<ServiceDefinition> services = new ArrayList<>();
        for (String vip : List.of("10.0.96.200", "10.0.96.201", "2001:db8:96::200", "2001:db8:96::201")) {
            addresses.add(new OwnAddress(IpAddress.parse(vip), Director.WAN, OwnAddress.Role.VIRTUAL));
            boolean ipv4 = !vip.contains(":");
            boolean same = vip.endsWith("200");
            String realserver = ipv4 == same ? REALSERVER : WIDE_REALSERVER;
            services.add(service(vip, 2905, realserver, 2905, ForwardingMode.FULLNAT));
            if (same) {
                services.add(service(vip, 2906, realserver, 3906, ForwardingMode.NAT));
                services.add(service(vip, 2907, realserver, 2907, ForwardingMode.DIRECT));
                services.add(service(vip, 2908, realserver, 2908, ForwardingMode.TUNNEL));
            }
        }
        return wide.withServices(services).withAddresses(addresses);
    }

    private static ServiceDefinition service(
            String vip, int port, String realserver, int realPort, ForwardingMode mode) {
        RealserverDefinition member =
                new RealserverDefinition(IpAddress.parse(realserver), realPort, 1, false, Optional.empty());
        return new ServiceDefinition(
                IpAddress.parse(vip),
                port,
                Protocol.SCTP,
                false,
                Optional.empty(),
                mode == ForwardingMode.FULLNAT
                        ? List.of(IpAddress.parse("192.168.229.204"), IpAddress.parse("2001:db8:229::204"))
                        : List.of(),
                List.of(member.withMode(mode)));
    }
}
