package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.natGateway;

import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.change.Change;
import io.twoarm.model.change.ObjectList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules about NAT gateways. */
final class NatGatewayRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "nat-gateway-empty",
                    "A NAT gateway has addresses and networks.",
                    "Without addresses connections have nothing to leave with; without networks nobody may.",
                    NatGatewayRules::empty),
            LintRule.error(
                    "nat-gateway-family",
                    "For each network of a NAT gateway there is an address of its family.",
                    "Connections of that network would leave with their inside address, and get no answer.",
                    NatGatewayRules::family),
            LintRule.error(
                    "nat-address-outside-subnet",
                    "An address of a NAT gateway lies in a subnet of its port's segment.",
                    "Answers to it do not find the director.",
                    NatGatewayRules::outsideSubnet),
            LintRule.warning(
                    "nat-source-on-outside",
                    "Networks of a NAT gateway are not on its outside wire.",
                    "Their hosts reach the outside by themselves.",
                    NatGatewayRules::sourceOnOutside),
            LintRule.error(
                    "nat-under-ecmp-gateway",
                    "A NAT gateway is on one director or on a VRRP group.",
                    "In an ECMP cluster answers reach a director that does not know the connection.",
                    NatGatewayRules::underEcmp),
            LintRule.error(
                    "firewall-without-effect",
                    "NAT gateways with a firewall are on ipvs, vyatta or vyos directors.",
                    "DPVS and twoarm-director translate, and filter nothing.",
                    NatGatewayRules::firewall));

    private NatGatewayRules() {}

    private static void empty(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            if (gateway.addresses().isEmpty() || gateway.sources().isEmpty()) {
                String what = gateway.addresses().isEmpty() ? "addresses" : "sources";
                report.add(
                        natGateway(gateway).key(what),
                        "NAT gateway " + gateway.name() + " has no " + what,
                        gateway.addresses().isEmpty()
                                ? "Add an address of the outside wire."
                                : "Add the networks whose hosts shall use it.");
            }
        }
    }

    private static void family(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            for (int i = 0; i < gateway.sources().size(); i++) {
                Prefix source = gateway.sources().get(i);
                boolean served =
                        gateway.addresses().stream().anyMatch(address -> IpLiteral.isIpv4(address) == source.isIpv4());
                if (!served && !gateway.addresses().isEmpty()) {
                    report.add(
                            natGateway(gateway).key("sources").index(i),
                            "NAT gateway " + gateway.name() + " has no address of the family of " + source,
                            "Add one to its addresses, or remove the network.");
                }
            }
        }
    }

    private static void outsideSubnet(Topology topology, LintRule.Report report) {
        Set<String> looked = new HashSet<>();
        for (Claim claim : Claim.all(topology)) {
            boolean outside = claim.kind() == Claim.Kind.NAT
                    && topology.segmentOf(claim.port())
                            .filter(segment -> AddressRules.subnetOf(segment, claim.address())
                                    .isEmpty())
                            .isPresent();
            if (outside && looked.add(claim.path().toString())) {
                report.add(
                        claim.path(),
                        IpLiteral.format(claim.address()) + " lies in no subnet of segment "
                                + claim.port().segment() + "; it has "
                                + Listed.subnets(
                                        topology.segmentOf(claim.port()).orElseThrow()),
                        "Take an address from one of these subnets, or name the port on the outside.");
            }
        }
    }

    private static void sourceOnOutside(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            List<Prefix> outside = Claim.portOf(topology, gateway.director(), gateway.port())
                    .flatMap(on -> topology.segmentOf(on.port()))
                    .map(Segment::subnets)
                    .orElse(List.of());
            for (int i = 0; i < gateway.sources().size(); i++) {
                Prefix source = gateway.sources().get(i);
                if (outside.stream().anyMatch(subnet -> subnet.contains(source))) {
                    report.add(
                            natGateway(gateway).key("sources").index(i),
                            source + " is on the outside wire of NAT gateway " + gateway.name(),
                            "Write the network behind the director.");
                }
            }
        }
    }

    private static void underEcmp(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            boolean ecmp = topology.director(gateway.director()).isEmpty()
                    && topology.directorGroup(gateway.director())
                            .filter(group -> group.redundancy() instanceof Redundancy.Ecmp)
                            .isPresent();
            if (ecmp) {
                report.add(
                        natGateway(gateway).key("director"),
                        "NAT gateway " + gateway.name() + " is on the ECMP cluster " + gateway.director(),
                        "Name one director of it, or a VRRP group.");
            }
        }
    }

    private static void firewall(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            boolean dataplane = topology.directorsNamed(gateway.director()).stream()
                    .anyMatch(director -> director.kind().hasDataplane());
            if (gateway.firewall() && dataplane) {
                report.add(
                        natGateway(gateway).key("firewall"),
                        "NAT gateway " + gateway.name() + " of " + gateway.director() + " has a firewall",
                        "Filter on the router before it, and write firewall: false.",
                        new Change<>(ObjectList.NAT_GATEWAYS, gateway, gateway.withFirewall(false)));
            }
        }
    }
}
