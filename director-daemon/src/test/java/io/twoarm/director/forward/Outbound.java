package io.twoarm.director.forward;

import io.twoarm.director.access.AccessControl;
import io.twoarm.director.access.AccessRules;
import io.twoarm.director.access.AccessSubject;
import io.twoarm.director.access.IpSet;
import io.twoarm.director.access.IpSetType;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.EndRange;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Directors that hosts of the LAN go out through: 192.168.229.0/24 by 10.0.96.210 and 10.0.96.211 in turn, 2001:db8:229::/64
 * by 2001:db8:96::210; besides, what the standard director does, with access lists where asked.
 */
final class Outbound {
    private static final List<String> DEVICES = List.of("dpdk2", "dpdk0");

    private Outbound() {}

    static ForwardingTables tables(ForwardingTables standard) {
        ForwardingTables both = DirectorTables.withIpv6(standard);
        List<OwnAddress> addresses = new ArrayList<>(both.addresses());
        for (String own : List.of("10.0.96.210", "10.0.96.211", "2001:db8:96::210")) {
            addresses.add(new OwnAddress(IpAddress.parse(own), Director.WAN, OwnAddress.Role.VIRTUAL));
        }
        addresses.add(new OwnAddress(IpAddress.parse("192.168.229.254"), Director.LAN, OwnAddress.Role.PORT));
        List<ServiceDefinition> services = new ArrayList<>(both.services());
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP)) {
            services.add(match(protocol, "192.168.229.0", "192.168.229.255", "10.0.96.210", "10.0.96.211"));
        }
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.ICMPV6)) {
            services.add(match(protocol, "2001:db8:229::", "2001:db8:229::ffff", "2001:db8:96::210"));
        }
        return both.withAddresses(addresses).withServices(services);
    }

    /** With one address only, which is a local one, so that answers are spread by all four ends. */
    static ForwardingTables byLocalAddress(ForwardingTables standard) {
        ForwardingTables tables = tables(standard);
        return tables.withAddresses(tables.addresses().stream()
                .map(own -> own.address().toString().contains("96.21")
                                || own.address().toString().contains("96::21")
                        ? new OwnAddress(own.address(), own.port(), OwnAddress.Role.LOCAL)
                        : own)
                .toList());
    }

    /** With one address for IPv4, whose ports are mapped independently of destinations and let in what a filter allows. */
    static ForwardingTables mapped(ForwardingTables standard, OutsideFilter filter) {
        ForwardingTables tables = tables(standard);
        return tables.withServices(tables.services().stream()
                .map(service -> service.match().filter(FlowMatch::ipv4).isEmpty()
                        ? service
                        : mapped(match(service.protocol(), "192.168.229.0", "192.168.229.203", "10.0.96.210"), filter))
                .toList());
    }

    static ServiceDefinition mapped(ServiceDefinition service, OutsideFilter filter) {
        return service.withPolicy(
                service.policy().withEndpointIndependent(Optional.of(filter)), service.establishTimeout());
    }

    static ServiceDefinition match(Protocol protocol, String first, String last, String... own) {
        FlowMatch match = new FlowMatch(
                protocol,
                IpAddress.parse(first).isIpv4(),
                Optional.of(EndRange.of(IpAddress.parse(first), IpAddress.parse(last))),
                Optional.empty(),
                FlowMatch.ANY_PORT,
                Director.WAN);
        List<RealserverDefinition> addresses = Stream.of(own)
                .map(address -> new RealserverDefinition(IpAddress.parse(address), 0, 1, false, Optional.empty())
                        .withMode(ForwardingMode.SNAT))
                .toList();
        return ServiceDefinition.matching(match, Optional.empty(), ServicePolicy.ROUND_ROBIN, addresses);
    }

    /** All services of the standard director refuse 172.16.6.0/24 and the set "bad", but for an exception in it. */
    static ForwardingTables denying(ForwardingTables standard) {
        IpSet bad = IpSet.create("bad", IpSetType.HASH_NET, IpSet.Options.DEFAULT, DEVICES)
                .with("172.16.7.0/24", false, "")
                .with("172.16.7.128/25", true, "")
                .with("172.16.7.200", false, "");
        IpSet worse = IpSet.create("worse", IpSetType.HASH_IP_PORT, IpSet.Options.DEFAULT, DEVICES)
                .with("172.16.8.1,udp:5353", false, "");
        AccessRules rules = AccessRules.OPEN.withDenied(List.of(
                AccessSubject.parse("172.16.6.0/24"),
                AccessSubject.parse("2001:db8:6::/64"),
                AccessSubject.parse("ipset:bad"),
                AccessSubject.parse("ipset:worse"),
                AccessSubject.parse("ipset:missing")));
        return guarded(tables(standard), rules)
                .withAccess(AccessControl.OPEN.with(bad).with(worse));
    }

    /** All services take 172.16.0.1 to 172.16.0.9 and 2001:db8:1::1 alone. */
    static ForwardingTables allowing(ForwardingTables standard) {
        AccessRules rules = AccessRules.OPEN.withAllowed(
                List.of(AccessSubject.parse("172.16.0.1-172.16.0.9"), AccessSubject.parse("2001:db8:1::1")));
        return guarded(tables(standard), rules);
    }

    /** The services for SCTP refuse port 40009 of 172.16.0.1. */
    static ForwardingTables denyingSctp(ForwardingTables standard) {
        IpSet bad = IpSet.create("bad", IpSetType.HASH_IP_PORT, IpSet.Options.DEFAULT, DEVICES)
                .with("172.16.0.1,sctp:40009", false, "");
        return guarded(
                        SctpServices.tables(standard),
                        AccessRules.OPEN.withDenied(List.of(AccessSubject.parse("ipset:bad"))))
                .withAccess(AccessControl.OPEN.with(bad));
    }

    /** What nobody takes is dropped in silence. */
    static ForwardingTables silent(ForwardingTables standard) {
        return DirectorTables.withIpv6(standard).withAccess(new AccessControl(List.of(), true, true));
    }

    private static ForwardingTables guarded(ForwardingTables tables, AccessRules rules) {
        return tables.withServices(tables.services().stream()
                .map(service -> service.withAccess(rules))
                .toList());
    }
}
