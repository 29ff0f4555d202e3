package io.twoarm.model.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.RandomTopologies;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every fix that lint offers, on every topology that the cases of the rules give and on random ones. */
class FixTest {
    private static final String STARTER =
            StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();

    @Test
    void applyingAFixRemovesItsFindingAndAddsNoError() {
        Set<String> rules = new HashSet<>();
        topologies().forEach(topology -> rules.addAll(repairedOneByOne(topology)));
        assertThat(rules).hasSizeGreaterThan(15);
    }

    @Test
    void everyFixCanBeTakenBack() {
        topologies().forEach(FixTest::takenBack);
    }

    @Test
    @Tag("long")
    void soItIsOnTenThousandRandomTopologies() {
        for (int seed = 0; seed < 10_000; seed++) {
            Topology topology = new RandomTopologies(seed).next();
            repairedOneByOne(topology);
            takenBack(topology);
        }
    }

    /** Applies each fix by itself; returns the rules whose fixes there were. */
    private static Set<String> repairedOneByOne(Topology topology) {
        Set<String> rules = new HashSet<>();
        List<Finding> before = Lint.check(topology, SourceMap.NONE);
        for (Fix fix : Lint.fixes(topology, SourceMap.NONE)) {
            List<Finding> after = Lint.check(fix.change().applyTo(topology), SourceMap.NONE);

            List<String> newErrors = errors(after);
            errors(before).forEach(newErrors::remove);
            assertThat(newErrors).as("errors after %s", fix).isEmpty();
            assertThat(count(after, fix.finding()))
                    .as("findings after %s", fix)
                    .isLessThan(count(before, fix.finding()));
            rules.add(fix.finding().rule());
        }
        return rules;
    }

    private static void takenBack(Topology topology) {
        for (Fix fix : Lint.fixes(topology, SourceMap.NONE)) {
            Topology repaired = fix.change().applyTo(topology);

            assertThat(repaired).isNotEqualTo(topology);
            assertThat(fix.change().inverted().applyTo(repaired)).isEqualTo(topology);
            assertThat(fix.change().inverted().inverted()).isEqualTo(fix.change());
            assertThat(fix.change().object()).isNotBlank();
        }
    }

    private static Stream<Topology> topologies() {
        Stream<Topology> cases = Stream.of(
                        NetworkCases.FOUND,
                        VlanCases.FOUND,
                        PoolCases.FOUND,
                        ServiceCases.FOUND,
                        KindCases.FOUND,
                        GroupCases.FOUND,
                        RouterCases.FOUND,
                        EndpointIndependentCases.FOUND)
                .flatMap(List::stream)
                .map(found -> ProjectReader.readText(found.change().apply(STARTER), Path.of("topology.yaml"))
                        .topology()
                        .orElseThrow());
        Stream<Topology> random =
                Stream.iterate(0, seed -> seed + 1).limit(300).map(seed -> new RandomTopologies(seed).next());
        return Stream.concat(cases, random);
    }

    /** Entries of lists move up when one before them goes, so their positions do not count. */
    private static List<String> errors(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map((Finding finding) ->
                        finding.rule() + " " + finding.place().object().replaceAll("\\[[0-9]+]", "[]"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static long count(List<Finding> findings, Finding sought) {
        return findings.stream()
                .filter(finding -> finding.rule().equals(sought.rule())
                        && finding.message().equals(sought.message()))
                .count();
    }
}
