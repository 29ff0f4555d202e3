package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.segment;

import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;

/** Rules about segments and their subnets. */
final class SegmentRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "subnet-overlap",
                    "Subnets do not overlap, unless one wire of two has single addresses only.",
                    "An address that lies in two subnets is looked for on one of their wires only.",
                    SegmentRules::subnetOverlap),
            LintRule.warning(
                    "segment-unused",
                    "Every segment has a port on it.",
                    "A wire without ports carries nothing; more often a port names another segment by mistake.",
                    SegmentRules::segmentUnused));

    private SegmentRules() {}

    private record Numbered(Segment segment, Prefix subnet) {}

    private static void subnetOverlap(Topology topology, LintRule.Report report) {
        List<Numbered> earlier = new ArrayList<>();
        for (Segment segment : topology.segments()) {
            for (int i = 0; i < segment.subnets().size(); i++) {
                Numbered here = new Numbered(segment, segment.subnets().get(i));
                for (Numbered there : earlier) {
                    if (there.subnet().overlaps(here.subnet())
                            && !isReachedByHostRoutes(topology, here)
                            && !isReachedByHostRoutes(topology, there)) {
                        report.add(
                                segment(segment).key("subnets").index(i),
                                "subnet " + here.subnet() + " of segment " + segment.name() + " overlaps "
                                        + there.subnet() + " of segment "
                                        + there.segment().name(),
                                "Number one of the two segments from another subnet.");
                    }
                }
                earlier.add(here);
            }
        }
    }

    /**
     * Whether all hosts of a wire have single addresses of a subnet, so that to all hosts it is on-link on other wires
     * only.
     */
    private static boolean isReachedByHostRoutes(Topology topology, Numbered numbered) {
        List<InterfaceAddress> inside = topology.portsOn(numbered.segment())
                .flatMap(on -> on.port().addresses().stream())
                .filter(own -> numbered.subnet().contains(own.address()))
                .toList();
        return !inside.isEmpty()
                && inside.stream().allMatch(own -> own.prefixLength() == IpLiteral.bits(own.address()));
    }

    private static void segmentUnused(Topology topology, LintRule.Report report) {
        for (Segment segment : topology.segments()) {
            if (topology.portsOn(segment).findAny().isEmpty()) {
                report.add(
                        segment(segment),
                        "no port is plugged into segment " + segment.name(),
                        "Plug a port into it, or remove it.");
            }
        }
    }
}
