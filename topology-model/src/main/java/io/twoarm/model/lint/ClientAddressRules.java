package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about how realservers learn the client's address: by TOA, UOA or the PROXY protocol. */
final class ClientAddressRules {
    static final List<LintRule> RULES = List.of(
            LintRule.warning(
                    "toa-without-fullnat",
                    "Only FullNAT services pass the client's address.",
                    "In every other mode realservers see it anyway.",
                    ClientAddressRules::toaWithoutFullnat),
            LintRule.error(
                    "uoa-for-tcp",
                    "Only UDP services use UOA.",
                    "UOA is DPVS's counterpart of TOA for UDP; TCP has TOA.",
                    ClientAddressRules::uoaForTcp),
            LintRule.note(
                    "toa-nat64",
                    "Servers that see IPv6 clients by TOA over IPv4 listen for both families.",
                    "A socket for IPv4 alone cannot name an IPv6 client and shows the LIP. TwoArm's own server listens for"
                            + " both.",
                    ClientAddressRules::toaNat64),
            LintRule.error(
                    "proxy-protocol-mixed",
                    "All services of a realserver port agree on the PROXY protocol.",
                    "A server expects the protocol's first line on every connection of a port, or on none.",
                    ClientAddressRules::proxyMixed));

    private ClientAddressRules() {}

    private static void toaWithoutFullnat(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            boolean dpvs = topology.directorsNamed(service.director()).stream()
                    .anyMatch(director -> director.kind() == DirectorKind.DPVS);
            if (dpvs && service.mode() != ForwardingMode.FULLNAT && service.clientAddress() != ClientAddress.NONE) {
                report.add(
                        virtualService(service).key("clientAddress"),
                        "service " + service.name() + " is not in mode fullnat and passes the client's address",
                        "Write clientAddress: none.",
                        Edit.clientAddress(service, ClientAddress.NONE));
            }
        }
    }

    private static void uoaForTcp(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (service.protocol() == Protocol.TCP && service.clientAddress() == ClientAddress.UOA) {
                report.add(
                        virtualService(service).key("clientAddress"),
                        "TCP service " + service.name() + " asks for UOA",
                        "Write clientAddress: toa, or none.",
                        Edit.clientAddress(service, ClientAddress.NONE));
            }
        }
    }

    private static void toaNat64(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            ModeRules.firstWrong(
                            topology,
                            service,
                            (it, member) -> it.clientAddress() == ClientAddress.TOA
                                    && !IpLiteral.isIpv4(it.vip())
                                    && IpLiteral.isIpv4(member.address())
                                    && !answersBothFamilies(topology, member))
                    .ifPresent(member -> report.add(
                            virtualService(service).key("clientAddress"),
                            "service %s passes IPv6 clients' addresses by TOA to the IPv4 server %s port %d"
                                    .formatted(service.name(), member.host(), member.port()),
                            ("Let the server listen for both families (nginx: listen [::]:%d ipv6only=off), or write"
                                            + " clientAddress: proxy_v2 if it knows the PROXY protocol.")
                                    .formatted(member.port())));
        }
    }

    private static boolean answersBothFamilies(Topology topology, Member member) {
        return topology.host(member.host())
                .flatMap(host -> host instanceof Host.Realserver it ? Optional.of(it) : Optional.empty())
                .map(Host.Realserver::echoPorts)
                .orElse(List.of())
                .contains(member.port());
    }

    private static void proxyMixed(Topology topology, LintRule.Report report) {
        record Endpoint(InetAddress address, int port) {}
        Set<Endpoint> plain = new HashSet<>();
        topology.virtualServices().stream()
                .filter(service -> service.clientAddress() != ClientAddress.PROXY_V2)
                .forEach(service -> ModeRules.membersOf(topology, service)
                        .forEach(member -> plain.add(new Endpoint(member.address(), member.port()))));
        for (VirtualService service : topology.virtualServices()) {
            ModeRules.firstWrong(
                            topology,
                            service,
                            (it, member) -> it.clientAddress() == ClientAddress.PROXY_V2
                                    && plain.contains(new Endpoint(member.address(), member.port())))
                    .ifPresent(member -> report.add(
                            virtualService(service).key("clientAddress"),
                            IpLiteral.format(member.address()) + " port " + member.port() + " gets service "
                                    + service.name() + " with the PROXY protocol, and another service without it",
                            "Give this service a pool on another port of the realservers."));
        }
    }
}
