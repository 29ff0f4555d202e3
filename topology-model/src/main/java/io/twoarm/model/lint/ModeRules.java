package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;
import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.DirectorGroup.Redundancy;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Topology;
import io.twoarm.model.Topology.HostPort;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.VirtualService.Scheduler;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rules about what each forwarding mode needs. */
final class ModeRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "fullnat-4-to-6",
                    "A FullNAT service with an IPv4 VIP has IPv4 realservers, but on a bundled director.",
                    "DPVS translates from IPv6 to IPv4, never the other way; twoarm-director does both.",
                    ModeRules::fullnatFourToSix),
            LintRule.error(
                    "mode-family",
                    "In modes nat and dr, VIP and realservers are of one family.",
                    "Only FullNAT and tunnels carry one family to realservers of the other.",
                    ModeRules::modeFamily),
            LintRule.error(
                    "tunnel-family",
                    "A tunnel service's realservers are of the VIP's family, or IPv4 with DPVS.",
                    "There is no tunnel of IPv4 in IPv6, and the kernel's tunnels carry their own family.",
                    ModeRules::tunnelFamily),
            LintRule.error(
                    "port-not-kept",
                    "In modes dr and tunnel, realservers serve on the service's own port.",
                    "The director does not touch the packet, so it arrives with the port that the client asked for.",
                    ModeRules::portNotKept),
            LintRule.error(
                    "dr-not-on-wire",
                    "In mode dr, director and realservers are on one wire.",
                    "Only a MAC address is replaced, which a router would not keep.",
                    ModeRules::drNotOnWire),
            LintRule.warning(
                    "lip-without-use",
                    "Only FullNAT services name local addresses.",
                    "In every other mode realservers see the client's own address; the pool would not be used.",
                    ModeRules::lipWithoutUse),
            LintRule.error(
                    "nat-answers-pass-by",
                    "In mode nat, realservers' answers to clients pass the director.",
                    "The client would get answers from an address that it never asked, and drop them.",
                    ModeRules::natAnswersPassBy),
            LintRule.warning(
                    "realserver-cannot-reach-client",
                    "In modes dr and tunnel, realservers have a way to the clients.",
                    "They answer to clients themselves.",
                    ModeRules::realserverToClient),
            LintRule.error(
                    "nat-under-ecmp",
                    "Services of an ECMP cluster are not in mode nat.",
                    "Realservers have one way back, but sessions are on all directors: answers reach one that does not know"
                            + " them.",
                    ModeRules::natUnderEcmp),
            LintRule.error(
                    "syn-proxy-mode",
                    "Only TCP services in FullNAT have a SYN proxy.",
                    "In every other mode realservers get the client's own sequence numbers, which a proxy has given away before"
                            + " the realserver knows its own.",
                    ModeRules::synProxyMode),
            LintRule.note(
                    "weights-without-effect",
                    "Different weights go with a scheduler that knows weights.",
                    "The scheduler treats all realservers alike.",
                    ModeRules::weightsWithoutEffect));

    private static final Set<Scheduler> WITHOUT_WEIGHTS = EnumSet.of(Scheduler.RR, Scheduler.LC);

    private ModeRules() {}

    /** Looks at one service and one member of its pool. */
    interface MemberCheck {
        boolean isWrong(VirtualService service, Member member);
    }

    /** The first member of a service's pool that a check finds wrong. */
    static Optional<Member> firstWrong(Topology topology, VirtualService service, MemberCheck check) {
        return membersOf(topology, service).stream()
                .filter(member -> check.isWrong(service, member))
                .findFirst();
    }

    private static void fullnatFourToSix(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            firstWrong(
                            topology,
                            service,
                            (it, member) -> it.mode() == ForwardingMode.FULLNAT
                                    && !isBundled(topology, it)
                                    && IpLiteral.isIpv4(it.vip())
                                    && !IpLiteral.isIpv4(member.address()))
                    .ifPresent(member -> report.add(
                            virtualService(service).key("realservers"),
                            "service " + service.name() + " has the IPv4 VIP " + IpLiteral.format(service.vip())
                                    + " and the IPv6 realserver " + IpLiteral.format(member.address()),
                            "Use realservers with IPv4 addresses, an IPv6 VIP, or a director of kind bundled."));
        }
    }

    /** They translate both ways. */
    private static boolean isBundled(Topology topology, VirtualService service) {
        return topology.directorsNamed(service.director()).stream()
                .anyMatch(director -> director.kind() == DirectorKind.BUNDLED);
    }

    private static void modeFamily(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            firstWrong(
                            topology,
                            service,
                            (it, member) -> (it.mode() == ForwardingMode.NAT || it.mode() == ForwardingMode.DR)
                                    && !sameFamily(it.vip(), member.address()))
                    .ifPresent(member -> report.add(
                            virtualService(service).key("realservers"),
                            otherFamily(service, member),
                            "Use realservers of the VIP's family."));
        }
    }

    private static void tunnelFamily(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            boolean dpvs = topology.directorsNamed(service.director()).stream()
                    .allMatch(director -> director.kind() == DirectorKind.DPVS);
            firstWrong(
                            topology,
                            service,
                            (it, member) -> it.mode() == ForwardingMode.TUNNEL
                                    && !sameFamily(it.vip(), member.address())
                                    && !(dpvs && IpLiteral.isIpv4(member.address())))
                    .ifPresent(member -> report.add(
                            virtualService(service).key("realservers"),
                            otherFamily(service, member),
                            "Use realservers of the VIP's family."));
        }
    }

    private static String otherFamily(VirtualService service, Member member) {
        return "VIP " + IpLiteral.format(service.vip()) + " of service " + service.name() + " is "
                + IpLiteral.family(service.vip()) + ", realserver " + IpLiteral.format(member.address()) + " is "
                + IpLiteral.family(member.address());
    }

    private static void portNotKept(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            firstWrong(
                            topology,
                            service,
                            (it, member) -> it.mode().vipOnRealservers() && member.port() != it.servicePort())
                    .ifPresent(member -> report.add(
                            virtualService(service).key("servicePort"),
                            "service " + service.name() + " is on port " + service.servicePort() + ", its realserver "
                                    + IpLiteral.format(member.address()) + " on port " + member.port(),
                            "Let the realserver serve on port " + service.servicePort()
                                    + ", or use mode nat or fullnat."));
        }
    }

    private static void drNotOnWire(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (service.mode() != ForwardingMode.DR) {
                continue;
            }
            Set<String> wires = new HashSet<>();
            topology.directorsNamed(service.director())
                    .forEach(director -> director.ports().forEach(port -> wires.add(port.segment())));
            membersOf(topology, service).stream()
                    .flatMap(member -> topology.portWithAddress(member.address()).stream())
                    .filter(on -> !wires.isEmpty() && !wires.contains(on.port().segment()))
                    .findFirst()
                    .ifPresent(on -> report.add(
                            virtualService(service).key("mode"),
                            "realserver " + on.host().name() + " of service " + service.name() + " is on segment "
                                    + on.port().segment() + ", where " + service.director() + " has no port",
                            "Plug both into one segment, or write mode: tunnel."));
        }
    }

    private static void lipWithoutUse(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (service.mode() != ForwardingMode.FULLNAT
                    && service.localAddresses().isPresent()) {
                report.add(
                        virtualService(service).key("localAddresses"),
                        "service " + service.name() + " names the pool "
                                + service.localAddresses().get() + " and is not in mode fullnat",
                        "Remove localAddresses:.",
                        Edit.localAddresses(service, Optional.empty()));
            }
        }
    }

    private static void natAnswersPassBy(Topology topology, LintRule.Report report) {
        Walk walk = new Walk(topology);
        Set<String> looked = new HashSet<>();
        eachPath(topology, ForwardingMode.NAT, (service, realserver, client, address) -> {
            if (!looked.add(service.director() + " " + realserver.name() + " " + client.name())) {
                return;
            }
            List<String> directors = topology.directorsNamed(service.director()).stream()
                    .map(Host::name)
                    .toList();
            boolean pass = switch (walk.follow(realserver, address)) {
                case Walk.End.Arrived(var _, Set<String> passed) ->
                    directors.stream().anyMatch(passed::contains);
                case Walk.End.Stuck _ -> false;
                case Walk.End.OutOfSight _ -> true;
            };
            if (!pass) {
                report.add(
                        host(realserver),
                        "answers of " + realserver.name() + " to " + client.name() + " do not pass "
                                + service.director(),
                        "Make " + service.director() + " the default gateway of " + realserver.name()
                                + "; on the client's own wire also give it an address of length 32, and a route to the"
                                + " director by port:.");
            }
        });
    }

    private static void realserverToClient(Topology topology, LintRule.Report report) {
        Walk walk = new Walk(topology);
        Set<String> looked = new HashSet<>();
        for (ForwardingMode mode : EnumSet.of(ForwardingMode.DR, ForwardingMode.TUNNEL)) {
            eachPath(topology, mode, (service, realserver, client, address) -> {
                boolean first = looked.add(realserver.name() + " " + client.name());
                if (first && walk.follow(realserver, address) instanceof Walk.End.Stuck(String why, String fix)) {
                    report.add(
                            host(realserver),
                            realserver.name() + " cannot reach client " + client.name() + ": " + why,
                            fix);
                }
            });
        }
    }

    /** Looks at one realserver of a service and one client of the VIP's family. */
    private interface PathCheck {
        void look(VirtualService service, Host realserver, Host.Client client, InetAddress clientAddress);
    }

    private static void eachPath(Topology topology, ForwardingMode mode, PathCheck check) {
        for (VirtualService service : topology.virtualServices()) {
            if (service.mode() != mode
                    || topology.directorsNamed(service.director()).isEmpty()) {
                continue;
            }
            for (Member member : membersOf(topology, service)) {
                Optional<HostPort> on = topology.portWithAddress(member.address());
                if (on.isEmpty() || !sameFamily(service.vip(), member.address())) {
                    continue;
                }
                topology.clients()
                        .forEach(client -> addressOf(client, service.vip())
                                .ifPresent(
                                        address -> check.look(service, on.get().host(), client, address)));
            }
        }
    }

    private static void natUnderEcmp(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            boolean ecmp = topology.directorGroup(service.director())
                    .filter(group -> group.redundancy() instanceof Redundancy.Ecmp)
                    .isPresent();
            if (ecmp && service.mode() == ForwardingMode.NAT) {
                report.add(
                        virtualService(service).key("mode"),
                        "service " + service.name() + " of the ECMP cluster " + service.director() + " is in mode nat",
                        "Write mode: fullnat, dr or tunnel, or make the group a VRRP pair.");
            }
        }
    }

    private static void synProxyMode(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            boolean possible = service.protocol() == Protocol.TCP && service.mode() == ForwardingMode.FULLNAT;
            if (service.synProxy() && !possible) {
                report.add(
                        virtualService(service).key("synProxy"),
                        "service " + service.name() + " has a SYN proxy and is not of TCP in mode fullnat",
                        "Write synProxy: false.",
                        Edit.withoutSynProxy(service));
            }
        }
    }

    private static void weightsWithoutEffect(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            boolean differ = membersOf(topology, service).stream()
                            .map(Member::weight)
                            .filter(weight -> weight != 0)
                            .distinct()
                            .count()
                    > 1;
            if (differ && WITHOUT_WEIGHTS.contains(service.scheduler())) {
                Scheduler weighted = service.scheduler() == Scheduler.RR ? Scheduler.WRR : Scheduler.WLC;
                String word = weighted.name().toLowerCase(Locale.ROOT);
                report.add(
                        virtualService(service).key("scheduler"),
                        "pool " + service.realservers() + " has different weights, and service " + service.name()
                                + " ignores them",
                        "Write scheduler: " + word + ", or equal weights.",
                        Edit.scheduler(service, weighted));
            }
        }
    }

    private static boolean sameFamily(InetAddress one, InetAddress other) {
        return IpLiteral.isIpv4(one) == IpLiteral.isIpv4(other);
    }

    private static Optional<InetAddress> addressOf(Host.Client client, InetAddress sameFamily) {
        return client.ports().stream()
                .flatMap(port -> port.addresses().stream())
                .map(InterfaceAddress::address)
                .filter(address -> sameFamily(address, sameFamily))
                .findFirst();
    }

    static List<Member> membersOf(Topology topology, VirtualService service) {
        return topology.realserverPool(service.realservers())
                .map(RealserverPool::members)
                .orElse(List.of());
    }
}
