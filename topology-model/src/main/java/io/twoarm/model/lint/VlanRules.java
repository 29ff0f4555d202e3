package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.port;
import static io.twoarm.model.TopologyPaths.segment;
import static io.twoarm.model.TopologyPaths.vrrpInstance;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorGroup.VrrpInstance;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.NearestWord;
import io.twoarm.model.Port;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.Topology.HostPort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Rules about ports that share the cable of another port (IEEE 802.1Q). */
final class VlanRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "vlan-link",
                    "A VLAN is on another port of its host, which is no VLAN itself.",
                    "Its frames need a cable; tags within tags are not carried.",
                    VlanRules::link),
            LintRule.error(
                    "vlan-without-number",
                    "The segment of a VLAN has a number.",
                    "Frames of the shared cable are told apart by it.",
                    VlanRules::withoutNumber),
            LintRule.error(
                    "vlan-number-twice",
                    "On one port every segment has a number of its own.",
                    "Frames with the number would belong to two segments.",
                    VlanRules::numberTwice),
            LintRule.error(
                    "vlan-number-differs",
                    "A number means the same segment to all ports that share a wire.",
                    "The switch has one VLAN of that number, whose hosts see each other.",
                    VlanRules::numberDiffers),
            LintRule.error(
                    "vlan-mtu",
                    "The MTU of a VLAN is not larger than that of the segment of the port below.",
                    "Larger packets do not pass that port.",
                    VlanRules::mtu),
            LintRule.error(
                    "vlan-kernel-address",
                    "VLANs of a bundled director's dataplane have no kernelAddresses.",
                    "Only the port below has an interface of the kernel beside it, which gets frames without a number; with"
                            + " DPVS VLANs have their own.",
                    VlanRules::kernelAddress),
            LintRule.error(
                    "vlan-vrrp",
                    "VRRP instances of bundled directors stand on ports that are no VLANs of the dataplane.",
                    "Advertisements are the kernel's, and these VLANs have no interface of the kernel.",
                    VlanRules::vrrp));

    private VlanRules() {}

    private static void link(Topology topology, LintRule.Report report) {
        eachVlan(topology, (on, link) -> {
            Host host = on.host();
            Optional<Port> below = host.port(link);
            if (below.isPresent() && !below.get().isVlan()) {
                return;
            }
            List<String> names = host.ports().stream()
                    .filter(it -> !it.isVlan())
                    .map(Port::name)
                    .toList();
            report.add(
                    port(host, on.port()).key("attach"),
                    "VLAN " + on.port().name() + " of " + host.name() + " is on \"" + link + "\", "
                            + (below.isPresent() ? "a VLAN itself" : "which is no port of it") + "; allowed are "
                            + Listed.names(names),
                    NearestWord.question(link, names) + "Write attach: vlan:PORT with one of these ports.");
        });
    }

    private static void withoutNumber(Topology topology, LintRule.Report report) {
        Set<String> looked = new HashSet<>();
        eachVlan(
                topology,
                (on, link) -> topology.segmentOf(on.port())
                        .filter(it -> it.vlan().isEmpty() && looked.add(it.name()))
                        .ifPresent(it -> report.add(
                                segment(it),
                                "segment " + it.name() + " has no vlan:, and "
                                        + on.port().name() + " of " + on.host().name() + " is a VLAN of it",
                                "Add vlan: with the number that the switch has for it, 1 to 4094.")));
    }

    private static void numberTwice(Topology topology, LintRule.Report report) {
        for (Host host : topology.hosts()) {
            Map<String, String> ports = new HashMap<>();
            for (Port below : host.ports()) {
                if (!below.isVlan()) {
                    topology.vlanOf(below).ifPresent(number -> ports.put(below.name() + " " + number, below.name()));
                }
            }
            for (Port vlan : host.ports()) {
                if (!(vlan.attachment() instanceof Attachment.Vlan(String link))) {
                    continue;
                }
                topology.vlanOf(vlan).ifPresent(number -> {
                    String other = ports.putIfAbsent(link + " " + number, vlan.name());
                    if (other != null) {
                        report.add(
                                port(host, vlan).key("segment"),
                                "number " + number + " on port " + link + " of " + host.name() + " is that of "
                                        + vlan.name() + " and of " + other,
                                "Give one of the two segments another number, or remove one of the ports.");
                    }
                });
            }
        }
    }

    private static void numberDiffers(Topology topology, LintRule.Report report) {
        Map<String, HostPort> first = new HashMap<>();
        eachVlan(topology, (on, link) -> {
            Optional<Port> below = on.host().port(link);
            OptionalInt number = topology.vlanOf(on.port());
            if (below.isEmpty() || number.isEmpty()) {
                return;
            }
            String wire = below.get().segment();
            HostPort other = first.putIfAbsent(wire + " " + number.getAsInt(), on);
            // Two segments on one port are another rule's.
            boolean onePort = other != null
                    && other.host().equals(on.host())
                    && other.port().attachment().equals(on.port().attachment());
            if (other != null
                    && !onePort
                    && !other.port().segment().equals(on.port().segment())) {
                report.add(
                        port(on.host(), on.port()).key("segment"),
                        "number " + number.getAsInt() + " on wire " + wire + " is segment "
                                + on.port().segment() + " at " + on.port().name() + " of "
                                + on.host().name() + ", and segment "
                                + other.port().segment() + " at " + other.port().name() + " of "
                                + other.host().name(),
                        "Give one of the two segments another number.");
            }
        });
    }

    private static void mtu(Topology topology, LintRule.Report report) {
        eachVlan(topology, (on, link) -> {
            Optional<Segment> wire = on.host().port(link).flatMap(topology::segmentOf);
            Optional<Segment> own = topology.segmentOf(on.port());
            if (wire.isPresent()
                    && own.isPresent()
                    && own.get().mtu() > wire.get().mtu()) {
                report.add(
                        port(on.host(), on.port()).key("segment"),
                        "segment " + own.get().name() + " of VLAN " + on.port().name() + " has an MTU of "
                                + own.get().mtu() + ", and segment "
                                + wire.get().name() + " of port " + link
                                + " has " + wire.get().mtu(),
                        "Give segment " + wire.get().name() + " the MTU "
                                + own.get().mtu() + ".");
            }
        });
    }

    private static void kernelAddress(Topology topology, LintRule.Report report) {
        eachVlan(topology, (on, link) -> {
            if (isWithoutKernel(on) && !on.port().kernelAddresses().isEmpty()) {
                report.add(
                        port(on.host(), on.port()).key("kernelAddresses"),
                        "VLAN " + on.port().name() + " of " + on.host().name() + " has kernelAddresses",
                        "Remove them, or give the segment a port of its own.");
            }
        });
    }

    private static void vrrp(Topology topology, LintRule.Report report) {
        for (DirectorGroup group : topology.directorGroups()) {
            for (VrrpInstance instance : group.instances()) {
                Claim.portsOf(topology, group.name(), instance.port()).stream()
                        .filter(VlanRules::isWithoutKernel)
                        .findFirst()
                        .ifPresent(on -> report.add(
                                vrrpInstance(group, instance).key("port"),
                                "instance " + instance.name() + " of group " + group.name() + " is on "
                                        + on.port().name() + ", a VLAN of "
                                        + on.host().name() + "'s dataplane",
                                "Name a port that is no VLAN, or give the segment one."));
            }
        }
    }

    /** Whether a port is a VLAN of a bundled director's dataplane. */
    static boolean isWithoutKernel(HostPort on) {
        return on.port().isVlan()
                && !on.host().isKernels(on.port())
                && on.host() instanceof Host.Director director
                && director.kind() == DirectorKind.BUNDLED;
    }

    /** Looks at one VLAN of a host. */
    private interface VlanCheck {
        void look(HostPort on, String link);
    }

    private static void eachVlan(Topology topology, VlanCheck check) {
        topology.ports().forEach(on -> {
            if (on.port().attachment() instanceof Attachment.Vlan(String link)) {
                check.look(on, link);
            }
        });
    }
}
