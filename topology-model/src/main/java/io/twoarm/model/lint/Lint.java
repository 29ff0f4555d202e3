package io.twoarm.model.lint;

import io.twoarm.model.Finding;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Applies all rules to a topology. */
public final class Lint {
    private static final List<LintRule> RULES = Stream.of(
                    SegmentRules.RULES,
                    HostRules.RULES,
                    VlanRules.RULES,
                    AddressRules.RULES,
                    RouteRules.RULES,
                    ReferenceRules.RULES,
                    LocalAddressRules.RULES,
                    ServiceRules.RULES,
                    RealserverRules.RULES,
                    ReachRules.RULES,
                    KindRules.RULES,
                    ModeRules.RULES,
                    ClientAddressRules.RULES,
                    GroupRules.RULES,
                    VrrpRules.RULES,
                    EcmpRules.RULES,
                    NatGatewayRules.RULES,
                    EndpointIndependentRules.RULES,
                    TranslationRules.RULES,
                    TranslationReach.RULES,
                    RouterRules.RULES,
                    ConnectionSyncRules.RULES,
                    ResourceRules.RULES)
            .flatMap(List::stream)
            .toList();

    private Lint() {}

    /** Every rule, in the order in which the documentation has them. */
    public static List<LintRule> rules() {
        return RULES;
    }

    /**
     * Looks for everything in a topology, broken references included.
     *
     * @param sources where its objects stand; {@link SourceMap#NONE} for a topology that was never stored
     * @return findings from the top of the file to its end
     */
    public static List<Finding> check(Topology topology, SourceMap sources) {
        return inspect(topology, sources).findings();
    }

    /** Those findings that a program can repair, each with its change; the changes are made for this topology. */
    public static List<Fix> fixes(Topology topology, SourceMap sources) {
        return inspect(topology, sources).fixes();
    }

    /**
     * All that was found, and what of it a program can repair.
     *
     * @param findings from the top of the file to its end
     * @param fixes in the same order; their changes are made for the topology that was inspected
     */
    public record Inspection(List<Finding> findings, List<Fix> fixes) {
        public Inspection {
            findings = List.copyOf(findings);
            fixes = List.copyOf(fixes);
        }
    }

    private static Inspection inspect(Topology topology, SourceMap sources) {
        List<Finding> findings = new ArrayList<>();
        List<Fix> fixes = new ArrayList<>();
        for (LintRule rule : RULES) {
            rule.check().look(topology, (at, found, fix, change) -> {
                Finding finding = finding(rule, sources, at, found, fix);
                findings.add(finding);
                change.ifPresent(it -> fixes.add(new Fix(finding, it)));
            });
        }
        findings.sort(Finding.BY_PLACE);
        fixes.sort(Comparator.comparing(Fix::finding, Finding.BY_PLACE));
        return new Inspection(findings, fixes);
    }

    /** What reading found, and what lint finds if there is a topology. */
    public static List<Finding> check(ProjectReading reading) {
        return inspect(reading).findings();
    }

    /** The same with what of it a program can repair. */
    public static Inspection inspect(ProjectReading reading) {
        List<Finding> findings = new ArrayList<>(reading.findings());
        List<Fix> fixes = new ArrayList<>();
        reading.topology().map(topology -> inspect(topology, reading.sources())).ifPresent(linted -> {
            findings.addAll(linted.findings());
            fixes.addAll(linted.fixes());
        });
        findings.sort(Finding.BY_PLACE);
        return new Inspection(findings, fixes);
    }

    private static Finding finding(LintRule rule, SourceMap sources, ObjectPath at, String found, String fix) {
        return new Finding(rule.id(), rule.severity(), sources.place(at), found + ". " + rule.reason(), fix);
    }
}
