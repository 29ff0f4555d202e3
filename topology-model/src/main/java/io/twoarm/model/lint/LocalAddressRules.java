package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.localAddressPool;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules about local addresses (LIPs) and their pools. */
final class LocalAddressRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "lip-pool-empty",
                    "A local address pool has addresses.",
                    "FullNAT needs a source address towards the realservers; without one every connection is dropped.",
                    LocalAddressRules::poolEmpty),
            LintRule.warning(
                    "lip-pool-unused",
                    "Every local address pool is used by a service.",
                    "Its addresses would be set up for nothing; more often a service names another pool by mistake.",
                    LocalAddressRules::poolUnused),
            LintRule.error(
                    "lip-outside-subnet",
                    "A local address lies in a subnet of its port's segment.",
                    "Realservers answer to the LIP: outside every subnet of the wire, nobody finds the director there.",
                    LocalAddressRules::outsideSubnet),
            LintRule.error(
                    "lip-plain-address",
                    "A local address is in a pool only, never a port's own address.",
                    "An address set up as a plain one has no port pool: connections are not forwarded, and the director"
                            + " answers to the realservers itself.",
                    LocalAddressRules::plainAddress),
            LintRule.warning(
                    "lip-twice",
                    "A local address stands once in the pools of its director.",
                    "Standing twice gives no second set of ports, so the capacity is smaller than it looks.",
                    LocalAddressRules::twice));

    private LocalAddressRules() {}

    private static void poolEmpty(Topology topology, LintRule.Report report) {
        for (LocalAddressPool pool : topology.localAddressPools()) {
            if (pool.addresses().isEmpty()) {
                report.add(
                        localAddressPool(pool).key("addresses"),
                        "pool " + pool.name() + " has no addresses",
                        "Add at least one free address of the segment that port " + pool.port() + " is on.");
            }
        }
    }

    private static void poolUnused(Topology topology, LintRule.Report report) {
        for (LocalAddressPool pool : topology.localAddressPools()) {
            boolean used = topology.virtualServices().stream()
                    .anyMatch(service -> service.localAddresses().equals(Optional.of(pool.name())));
            if (!used) {
                report.add(
                        localAddressPool(pool),
                        "no virtual service uses the local address pool " + pool.name(),
                        "Name it under localAddresses: of a service, or remove it.");
            }
        }
    }

    private static void outsideSubnet(Topology topology, LintRule.Report report) {
        for (Claim claim : Claim.all(topology)) {
            Optional<Segment> segment = topology.segmentOf(claim.port());
            boolean outside = claim.kind() == Claim.Kind.LIP
                    && segment.isPresent()
                    && AddressRules.subnetOf(segment.get(), claim.address()).isEmpty();
            if (outside) {
                report.add(
                        claim.path(),
                        "LIP " + IpLiteral.format(claim.address()) + " lies in no subnet of segment "
                                + segment.get().name() + ", where "
                                + claim.host().name() + "'s port "
                                + claim.port().name() + " is; it has " + Listed.subnets(segment.get()),
                        "Take a free address from one of these subnets, or name the port on the realservers' side.");
            }
        }
    }

    private static void plainAddress(Topology topology, LintRule.Report report) {
        List<Claim> claims = Claim.all(topology);
        for (Claim lip : claims) {
            boolean plain = lip.kind() == Claim.Kind.LIP
                    && claims.stream()
                            .anyMatch(claim -> claim.kind() == Claim.Kind.HOST
                                    && claim.host().name().equals(lip.host().name())
                                    && claim.address().equals(lip.address()));
            if (plain) {
                report.add(
                        lip.path(),
                        "LIP " + IpLiteral.format(lip.address()) + " is also a port's own address on "
                                + lip.host().name(),
                        "Remove it from the port's addresses: TwoArm sets LIPs up from their pool.");
            }
        }
    }

    private static void twice(Topology topology, LintRule.Report report) {
        for (Host.Director director : topology.directors().toList()) {
            Map<InetAddress, String> poolByAddress = new HashMap<>();
            topology.localAddressPoolsOf(director).forEach(pool -> {
                for (int i = 0; i < pool.addresses().size(); i++) {
                    InetAddress address = pool.addresses().get(i);
                    String other = poolByAddress.putIfAbsent(address, pool.name());
                    if (other != null) {
                        report.add(
                                localAddressPool(pool).key("addresses").index(i),
                                "LIP " + IpLiteral.format(address) + " of pool " + pool.name()
                                        + " stands already in pool " + other,
                                "Let the services share one pool, or take another address.");
                    }
                }
            });
        }
    }
}
