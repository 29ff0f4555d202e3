package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.natGateway;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.change.Change;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Rules about NAT gateways whose ports are mapped independently of destinations: a packet's addresses and ports alone must
 * tell whether it is of such a port, so that all workers of a director agree about whose it is.
 */
final class EndpointIndependentRules {
    private static final int FTP = 21;

    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "endpoint-independent-kind",
                    "NAT gateways with endpointIndependent are on directors of kind bundled.",
                    "Others promise hosts no port that is the same towards all destinations.",
                    EndpointIndependentRules::kind),
            LintRule.error(
                    "endpoint-independent-ipv6",
                    "A NAT gateway with endpointIndependent has an IPv4 network.",
                    "Ports of IPv6 hosts are not mapped so; it would be without effect.",
                    EndpointIndependentRules::ipv6),
            LintRule.error(
                    "endpoint-independent-hosts",
                    "Networks of a NAT gateway with endpointIndependent hold no hosts of another one without, no realserver"
                            + " in mode nat, and no outside address.",
                    "Each packet must tell by its addresses alone whether its port is mapped.",
                    EndpointIndependentRules::hosts),
            LintRule.error(
                    "endpoint-independent-addresses",
                    "Addresses of a NAT gateway with endpointIndependent are of no other one without, and serve no FTP.",
                    "Each packet must tell by its addresses alone whether its port is mapped; ports of FTP's data"
                            + " connections are not.",
                    EndpointIndependentRules::addresses));

    private EndpointIndependentRules() {}

    private static void kind(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            if (gateway.endpointIndependent().isEmpty()) {
                continue;
            }
            topology.directorsNamed(gateway.director()).stream()
                    .filter(director -> director.kind() != DirectorKind.BUNDLED)
                    .findFirst()
                    .ifPresent(director -> report.add(
                            natGateway(gateway).key("endpointIndependent"),
                            "NAT gateway " + gateway.name() + " has endpointIndependent, and " + director.name()
                                    + " is of kind "
                                    + director.kind().name().toLowerCase(Locale.ROOT),
                            "Remove it, or write kind: bundled.",
                            new Change<>(
                                    ObjectList.NAT_GATEWAYS,
                                    gateway,
                                    gateway.withEndpointIndependent(Optional.empty()))));
        }
    }

    private static void ipv6(Topology topology, LintRule.Report report) {
        for (NatGateway gateway : topology.natGateways()) {
            if (gateway.endpointIndependent().isPresent()
                    && !gateway.sources().isEmpty()
                    && gateway.sources().stream().noneMatch(Prefix::isIpv4)) {
                report.add(
                        natGateway(gateway).key("endpointIndependent"),
                        "NAT gateway " + gateway.name() + " has endpointIndependent and IPv6 networks only",
                        "Remove it, or add an IPv4 network.",
                        new Change<>(
                                ObjectList.NAT_GATEWAYS, gateway, gateway.withEndpointIndependent(Optional.empty())));
            }
        }
    }

    private static void hosts(Topology topology, LintRule.Report report) {
        eachMapping(topology, (gateway, director) -> {
            for (int i = 0; i < gateway.sources().size(); i++) {
                Prefix source = gateway.sources().get(i);
                ObjectPath at = natGateway(gateway).key("sources").index(i);
                if (!source.isIpv4()) {
                    continue;
                }
                others(topology, director)
                        .filter(other -> other.sources().stream().anyMatch(source::overlaps))
                        .forEach(other -> report.add(
                                at,
                                "hosts of " + source + " use NAT gateway " + other.name()
                                        + " as well, which is not endpoint-independent",
                                "Let both be so, or let their networks not overlap."));
                topology.natGatewaysOf(director)
                        .filter(own -> own.endpointIndependent().isPresent())
                        .flatMap(own -> own.addresses().stream())
                        .filter(source::contains)
                        .distinct()
                        .forEach(own -> report.add(
                                at,
                                source + " contains " + IpLiteral.format(own) + ", by which its hosts are led out",
                                "Write the networks behind the director only."));
                natRealservers(topology, director)
                        .filter(member -> source.contains(member.address()))
                        .distinct()
                        .forEach(member -> report.add(
                                at,
                                source + " contains realserver " + member.host() + " "
                                        + IpLiteral.format(member.address()) + ", which answers clients in mode nat",
                                "Write mode: fullnat, or leave the realserver out of the networks."));
            }
        });
    }

    private static void addresses(Topology topology, LintRule.Report report) {
        eachMapping(topology, (gateway, director) -> {
            for (int i = 0; i < gateway.addresses().size(); i++) {
                InetAddress own = gateway.addresses().get(i);
                ObjectPath at = natGateway(gateway).key("addresses").index(i);
                others(topology, director)
                        .filter(other -> other.addresses().contains(own))
                        .forEach(other -> report.add(
                                at,
                                IpLiteral.format(own) + " is an address of NAT gateway " + other.name()
                                        + " as well, which is not endpoint-independent",
                                "Let both be so, or give each an address of its own."));
                topology.servicesOf(director)
                        .filter(service -> service.servicePort() == FTP
                                && service.protocol() == Protocol.TCP
                                && service.vip().equals(own))
                        .forEach(service -> report.add(
                                at,
                                "service " + service.name() + " serves FTP at " + IpLiteral.format(own)
                                        + ", and NAT gateway " + gateway.name() + " is endpoint-independent",
                                "Take another address for one of them."));
            }
        });
    }

    /** Each gateway that maps, with a director that does it. */
    private static void eachMapping(Topology topology, BiConsumer<NatGateway, Host.Director> body) {
        for (NatGateway gateway : topology.natGateways()) {
            if (gateway.endpointIndependent().isPresent()) {
                // The members of a group have the same gateways and services.
                topology.directorsNamed(gateway.director()).stream()
                        .filter(director -> director.kind() == DirectorKind.BUNDLED)
                        .findFirst()
                        .ifPresent(director -> body.accept(gateway, director));
            }
        }
    }

    /** Gateways with a port for each destination. */
    private static Stream<NatGateway> others(Topology topology, Host.Director director) {
        return topology.natGatewaysOf(director)
                .filter(other -> other.endpointIndependent().isEmpty());
    }

    private static Stream<RealserverPool.Member> natRealservers(Topology topology, Host.Director director) {
        Predicate<VirtualService> answeredByNat =
                service -> service.mode() == ForwardingMode.NAT && service.protocol() != Protocol.SCTP;
        return topology.servicesOf(director)
                .filter(answeredByNat)
                .flatMap(service -> topology.realserverPool(service.realservers()).stream())
                .flatMap(pool -> pool.members().stream());
    }
}
