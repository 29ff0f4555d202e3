package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.port;
import static io.twoarm.model.TopologyPaths.virtualService;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.TopologyPaths;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ClientAddress;
import io.twoarm.model.VirtualService.ForwardingMode;
import io.twoarm.model.VirtualService.Scheduler;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules about what the kinds of directors can do. */
final class KindRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "bundled-group",
                    "Bundled directors stand alone or in a VRRP group.",
                    "Clusters with BGP need a director of another kind: twoarm-director follows VRRP only.",
                    KindRules::bundledGroup),
            LintRule.error(
                    "bundled-client-address",
                    "Services of a bundled director tell the client's address by TOA, by the PROXY protocol or not at all.",
                    "This version of twoarm-director does not know UOA.",
                    (topology, report) -> clientAddresses(
                            topology,
                            DirectorKind.BUNDLED,
                            EnumSet.complementOf(EnumSet.of(ClientAddress.UOA)),
                            report)),
            LintRule.error(
                    "ipvs-mode",
                    "Services of an ipvs director are in mode nat, dr or tunnel.",
                    "The kernel has no FullNAT.",
                    KindRules::ipvsMode),
            LintRule.error(
                    "ipvs-client-address",
                    "Services of an ipvs director have clientAddress none.",
                    "Realservers see the client's own address in every mode of the kernel; it adds nothing.",
                    (topology, report) ->
                            clientAddresses(topology, DirectorKind.IPVS, EnumSet.of(ClientAddress.NONE), report)),
            LintRule.error(
                    "ipvs-scheduler",
                    "Services of an ipvs director use a scheduler of the kernel.",
                    "Without its module keepalived cannot set the service up.",
                    (topology, report) -> schedulers(
                            topology,
                            DirectorKind.IPVS,
                            EnumSet.complementOf(EnumSet.of(Scheduler.CONHASH)),
                            Scheduler.MH,
                            report)),
            LintRule.error(
                    "dpvs-scheduler",
                    "Services of a dpvs director use a scheduler that DPVS implements.",
                    "DPVS's keepalived takes the other words, and DPVS then refuses the service.",
                    (topology, report) -> schedulers(
                            topology,
                            DirectorKind.DPVS,
                            EnumSet.of(
                                    Scheduler.RR,
                                    Scheduler.WRR,
                                    Scheduler.WLC,
                                    Scheduler.CONHASH,
                                    Scheduler.MH,
                                    Scheduler.FO),
                            Scheduler.WLC,
                            report)),
            LintRule.warning(
                    "traffic-limit-kind",
                    "Services with bandwidth or packetRate are those of a bundled director.",
                    "DPVS keeps the bandwidth and does nothing, and knows no packet rate; the kernel has neither.",
                    KindRules::trafficLimitKind),
            LintRule.error(
                    "kernel-address-without-twin",
                    "Only ports that a dataplane drives have kernelAddresses.",
                    "Other ports have no interface of the kernel beside them.",
                    KindRules::kernelAddressWithoutTwin),
            LintRule.error(
                    "bond-mode",
                    "A bond of a dataplane has mode 0 or 4.",
                    "The other modes are known to fail: after a change of a link the bond loses packets.",
                    KindRules::bondMode),
            LintRule.warning(
                    "bond-members",
                    "A bond has two NICs or more.",
                    "With fewer it is no spare and no faster than a single one.",
                    KindRules::bondMembers),
            LintRule.error(
                    "bond-name",
                    "A bond of a dataplane is called by letters or underscores and a number.",
                    "DPVS makes the name of its virtual device from the number, and does not start without one.",
                    KindRules::bondName));

    private KindRules() {}

    private static void ipvsMode(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (isOf(topology, service.director(), DirectorKind.IPVS) && service.mode() == ForwardingMode.FULLNAT) {
                report.add(
                        virtualService(service).key("mode"),
                        "service " + service.name() + " of " + service.director() + " (ipvs) is in mode fullnat",
                        "Write mode: nat, dr or tunnel, or make the director one of kind bundled or dpvs.");
            }
        }
    }

    private static void trafficLimitKind(Topology topology, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            for (DirectorKind kind : EnumSet.of(DirectorKind.DPVS, DirectorKind.IPVS)) {
                if (!service.traffic().areNone() && isOf(topology, service.director(), kind)) {
                    report.add(
                            virtualService(service).key(service.traffic().bandwidth() > 0 ? "bandwidth" : "packetRate"),
                            "service " + service.name() + " of " + service.director() + " (" + word(kind)
                                    + ") has a limit that nobody keeps",
                            "Remove bandwidth and packetRate, or make the director one of kind bundled.",
                            Edit.withoutTrafficLimits(service));
                }
            }
        }
    }

    private static void clientAddresses(
            Topology topology, DirectorKind kind, Set<ClientAddress> known, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (isOf(topology, service.director(), kind) && !known.contains(service.clientAddress())) {
                report.add(
                        virtualService(service).key("clientAddress"),
                        "service " + service.name() + " of " + service.director() + " (" + word(kind) + ") asks for "
                                + word(service.clientAddress()),
                        "Write clientAddress: none.",
                        Edit.clientAddress(service, ClientAddress.NONE));
            }
        }
    }

    private static void schedulers(
            Topology topology, DirectorKind kind, Set<Scheduler> known, Scheduler instead, LintRule.Report report) {
        for (VirtualService service : topology.virtualServices()) {
            if (isOf(topology, service.director(), kind) && !known.contains(service.scheduler())) {
                report.add(
                        virtualService(service).key("scheduler"),
                        "service " + service.name() + " of " + service.director() + " (" + word(kind) + ") uses "
                                + word(service.scheduler()) + "; allowed is "
                                + Listed.names(
                                        known.stream().map(KindRules::word).toList()),
                        "Write scheduler: " + word(instead) + ", which is the nearest.",
                        Edit.scheduler(service, instead));
            }
        }
    }

    private static void bundledGroup(Topology topology, LintRule.Report report) {
        topology.directorGroups().stream()
                .filter(group -> group.instances().isEmpty())
                .forEach(group -> topology.directorsNamed(group.name()).stream()
                        .filter(director -> director.kind() == DirectorKind.BUNDLED)
                        .findFirst()
                        .ifPresent(director -> report.add(
                                TopologyPaths.directorGroup(group).key("members"),
                                director.name() + " of group " + group.name() + " is a director of kind bundled",
                                "Make it one of kind dpvs or ipvs, make the group one of type vrrp, or let its services name"
                                        + " it alone.")));
    }

    private static void kernelAddressWithoutTwin(Topology topology, LintRule.Report report) {
        topology.ports()
                .filter(on -> !on.port().kernelAddresses().isEmpty())
                .filter(on -> on.host().isKernels(on.port())
                        || !(on.host() instanceof Host.Director director
                                && director.kind().hasDataplane()))
                .forEach(on -> report.add(
                        port(on.host(), on.port()).key("kernelAddresses"),
                        "port " + on.port().name() + " of " + on.host().name()
                                + " has kernelAddresses, but no dataplane beside the kernel",
                        "Write them under addresses:, or remove them."));
    }

    private static void bondMode(Topology topology, LintRule.Report report) {
        eachBond(topology, (director, port, bond) -> {
            if (bond.mode() != 0 && bond.mode() != 4) {
                report.add(
                        port(director, port).key("bond").key("mode"),
                        "bond " + port.name() + " of " + director.name() + " has mode " + bond.mode(),
                        "Write mode: 4 (LACP), and set the switch to the same.",
                        Edit.attachment(director, port, new Attachment.Bond(4, bond.members())));
            }
        });
    }

    private static void bondMembers(Topology topology, LintRule.Report report) {
        eachBond(topology, (director, port, bond) -> {
            if (bond.members().size() < 2) {
                report.add(
                        port(director, port).key("bond").key("members"),
                        "bond " + port.name() + " of " + director.name() + " has "
                                + bond.members().size() + " NICs",
                        "Add a NIC, or write attach: with the only one.");
            }
        });
    }

    private static void bondName(Topology topology, LintRule.Report report) {
        eachBond(topology, (director, port, bond) -> {
            if (director.kind().hasDataplane() && !port.name().matches("[A-Za-z_]+[0-9]+")) {
                report.add(
                        port(director, port),
                        "bond " + port.name() + " of " + director.name() + " has no number at the end of its name",
                        "Rename it, such as bond0.");
            }
        });
    }

    /** Looks at one bond of a director. */
    private interface BondCheck {
        void look(Host.Director director, Port port, Attachment.Bond bond);
    }

    private static void eachBond(Topology topology, BondCheck check) {
        topology.directors()
                .forEach(director -> director.ports().forEach(port -> {
                    if (port.attachment() instanceof Attachment.Bond bond) {
                        check.look(director, port, bond);
                    }
                }));
    }

    private static boolean isOf(Topology topology, String owner, DirectorKind kind) {
        return topology.directorsNamed(owner).stream().anyMatch(director -> director.kind() == kind);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
