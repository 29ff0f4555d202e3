package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.port;

import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules about addresses, whoever has them. */
final class AddressRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "address-outside-segment",
                    "An interface's address lies in a subnet of its segment.",
                    "The other hosts of the segment would not look for it on this wire.",
                    AddressRules::addressOutsideSegment),
            LintRule.warning(
                    "prefix-length-differs",
                    "An interface's prefix length is its subnet's.",
                    "With another length the host has another opinion than its neighbours about who is on-link.",
                    AddressRules::prefixLengthDiffers),
            LintRule.error(
                    "address-not-usable",
                    "Hosts, VIPs and LIPs have ordinary unicast addresses.",
                    "Network, broadcast, multicast, loopback and unspecified addresses belong to no single host.",
                    AddressRules::addressNotUsable),
            LintRule.error(
                    "duplicate-address",
                    "An address belongs to one host of a segment.",
                    "Neighbours would send its packets now to one owner, now to the other.",
                    AddressRules::duplicateAddress));

    private AddressRules() {}

    private static void addressOutsideSegment(Topology topology, LintRule.Report report) {
        topology.ports().forEach(hostPort -> {
            Port port = hostPort.port();
            Optional<Segment> segment = topology.segmentOf(port);
            for (int i = 0; segment.isPresent() && i < port.addresses().size(); i++) {
                InterfaceAddress address = port.addresses().get(i);
                boolean linkLocal = address.address().isLinkLocalAddress() && !IpLiteral.isIpv4(address.address());
                if (!linkLocal && subnetOf(segment.get(), address.address()).isEmpty()) {
                    report.add(
                            port(hostPort.host(), port).key("addresses").index(i),
                            address + " of " + hostPort.host().name() + " lies in no subnet of segment "
                                    + segment.get().name() + ", which has " + Listed.subnets(segment.get()),
                            "Take an address from the segment's subnets, or plug the port into another segment.");
                }
            }
        });
    }

    private static void prefixLengthDiffers(Topology topology, LintRule.Report report) {
        topology.ports().forEach(hostPort -> {
            Port port = hostPort.port();
            for (int i = 0; i < port.addresses().size(); i++) {
                InterfaceAddress address = port.addresses().get(i);
                Optional<Prefix> subnet =
                        topology.segmentOf(port).flatMap(segment -> subnetOf(segment, address.address()));
                boolean alone = address.prefixLength() == IpLiteral.bits(address.address());
                if (subnet.isPresent() && !alone && subnet.get().length() != address.prefixLength()) {
                    report.add(
                            port(hostPort.host(), port).key("addresses").index(i),
                            address + " of " + hostPort.host().name() + " lies in the subnet " + subnet.get()
                                    + ", but its prefix length is another",
                            "Write " + IpLiteral.format(address.address()) + "/"
                                    + subnet.get().length() + ".");
                }
            }
        });
    }

    private static void addressNotUsable(Topology topology, LintRule.Report report) {
        for (Claim claim : Claim.all(topology)) {
            whyNotUsable(topology, claim)
                    .ifPresent(why -> report.add(
                            claim.path(),
                            IpLiteral.format(claim.address()) + ", the " + claim.owner() + ", is " + why,
                            "Take another address."));
        }
    }

    private static Optional<String> whyNotUsable(Topology topology, Claim claim) {
        InetAddress address = claim.address();
        if (address.isAnyLocalAddress()) {
            return Optional.of("the unspecified address");
        }
        if (address.isLoopbackAddress()) {
            return Optional.of("a loopback address");
        }
        if (address.isMulticastAddress()) {
            return Optional.of("a multicast address");
        }
        if (address.equals(IpLiteral.parse("255.255.255.255"))) {
            return Optional.of("the broadcast address");
        }
        Optional<Prefix> subnet = topology.segmentOf(claim.port()).flatMap(segment -> subnetOf(segment, address));
        if (subnet.flatMap(Prefix::broadcast).filter(address::equals).isPresent()) {
            return Optional.of("the broadcast address of " + subnet.get());
        }
        if (subnet.filter(prefix -> prefix.broadcast().isPresent())
                .map(Prefix::network)
                .filter(address::equals)
                .isPresent()) {
            return Optional.of("the network address of " + subnet.get());
        }
        return Optional.empty();
    }

    private static void duplicateAddress(Topology topology, LintRule.Report report) {
        record OnWire(String segment, InetAddress address) {}
        Map<OnWire, Claim> first = new HashMap<>();
        for (Claim claim : Claim.all(topology)) {
            Claim other = first.putIfAbsent(new OnWire(claim.port().segment(), claim.address()), claim);
            if (other != null && !mayShare(claim, other)) {
                report.add(
                        claim.path(),
                        IpLiteral.format(claim.address()) + " is the " + other.owner() + " and also the "
                                + claim.owner() + ", on segment " + claim.port().segment(),
                        "Take another address for one of the two.");
            }
        }
    }

    /**
     * One VIP serves many services and one LIP stands in many pools; a VIP or NAT address may be its port's own address.
     * The members of a group have VIPs, NAT addresses and shared addresses in common. A LIP that is its port's own
     * address has a rule of its own.
     */
    private static boolean mayShare(Claim one, Claim other) {
        if (one.isOfWholeGroup()
                && other.isOfWholeGroup()
                && one.holder().equals(other.holder())
                && one.port().name().equals(other.port().name())) {
            return true;
        }
        if (!one.samePort(other)) {
            return false;
        }
        return switch (one.kind()) {
            case HOST ->
                EnumSet.of(Claim.Kind.VIP, Claim.Kind.LIP, Claim.Kind.NAT).contains(other.kind());
            case VIP, NAT ->
                EnumSet.of(Claim.Kind.HOST, Claim.Kind.VIP, Claim.Kind.NAT).contains(other.kind());
            case LIP -> EnumSet.of(Claim.Kind.HOST, Claim.Kind.LIP).contains(other.kind());
            case KERNEL, SHARED -> false;
        };
    }

    static Optional<Prefix> subnetOf(Segment segment, InetAddress address) {
        return segment.subnets().stream()
                .filter(subnet -> subnet.contains(address))
                .findFirst();
    }
}
