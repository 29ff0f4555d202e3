package io.twoarm.model.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.RandomTopologies;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import io.twoarm.model.morph.Morph;
import io.twoarm.model.morph.MorphRefusedException;
import io.twoarm.model.morph.Morphed;
import io.twoarm.model.plan.AddressPlan;
import io.twoarm.model.plan.CapacityPlan;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectReading;
import io.twoarm.model.walk.Flow;
import io.twoarm.model.walk.PacketWalk;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule on the starter topology with one thing changed. */
class LintTest {
    private static final Path FILE = Path.of("lab", "topology.yaml");
    private static final String STARTER =
            StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();

    @Test
    void everyStarterIsCleanOfFindings() {
        for (StarterTopologies.Starter starter : StarterTopologies.all()) {
            ProjectReading reading = ProjectReader.readText(starter.topology(), FILE);

            assertThat(Lint.check(reading))
                    .extracting(Finding::text)
                    .as(starter.name())
                    .isEmpty();
            assertThat(reading.topology().orElseThrow().name()).isEqualTo(starter.name());
            assertThat(reading.topology().orElseThrow().title()).isEqualTo(starter.title());
        }
    }

    @Test
    void lintNeverThrowsWhateverTheTopology() {
        for (int seed = 0; seed < 500; seed++) {
            var topology = new RandomTopologies(seed).next();

            assertThatCode(() -> Lint.check(topology, SourceMap.NONE))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @Tag("long")
    void lintFixesWalksAndMorphsNeverFailOnTenThousandTopologies() {
        for (int seed = 0; seed < 10_000; seed++) {
            Topology topology = new RandomTopologies(seed).next();

            assertThatCode(() -> {
                        Lint.fixes(topology, SourceMap.NONE)
                                .forEach(fix -> fix.change().applyTo(topology));
                        Flow.all(topology).forEach(flow -> PacketWalk.of(topology, flow));
                        CapacityPlan.of(topology, 1_000_000);
                        AddressPlan.of(topology);
                        morphAll(topology);
                    })
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    /** A morph may refuse a topology, with a reason; anything else is a mistake of its own. */
    private static void morphAll(Topology topology) {
        for (Morph morph : Morph.values()) {
            try {
                Morphed morphed = morph.apply(topology);
                assertThat(morphed.inverted().applyTo(morphed.after())).isEqualTo(topology);
            } catch (MorphRefusedException refused) {
                assertThat(refused.getMessage()).endsWith(".");
            }
        }
    }

    @Test
    void walksAndMorphsOfAFewHundredTopologiesNeverFail() {
        for (int seed = 0; seed < 300; seed++) {
            Topology topology = new RandomTopologies(seed).next();

            assertThatCode(() -> {
                        CapacityPlan.of(topology, 1_000_000);
                        AddressPlan.of(topology);
                        morphAll(topology);
                    })
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aTopologyWithoutFileNamesItsObjects() {
        var topology =
                ProjectReader.readText(withVip("10.0.69.204"), FILE).topology().orElseThrow();

        Finding finding = Lint.check(topology, SourceMap.NONE).getFirst();

        assertThat(finding.text())
                .startsWith("virtualServices.web.vip: error: VIP 10.0.69.204 lies in no subnet of segment wan");
    }

    @Test
    void everyRuleHasACaseThatItFinds() {
        assertThat(found().map(LintCase.Found::rule).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Lint.rules().stream().map(LintRule::id).toList());
    }

    @Test
    void rulesAreToldApartAndExplained() {
        assertThat(Lint.rules())
                .extracting(LintRule::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z0-9-]+"));
        assertThat(Lint.rules()).allSatisfy(rule -> {
            assertThat(rule.sentence()).endsWith(".");
            assertThat(rule.reason()).endsWith(".");
            assertThat(rule.documentation()).isEqualTo("lint-rules.md#" + rule.id());
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsFound() {
        return found().map(example -> DynamicTest.dynamicTest(example.sentence(), () -> {
            String text = example.change().apply(STARTER);
            List<Finding> findings = lint(text);

            assertThat(rulesOf(findings)).as(textOf(findings)).containsExactlyInAnyOrderElementsOf(example.allRules());
            Finding finding = findings.stream()
                    .filter(candidate -> candidate.rule().equals(example.rule()))
                    .findFirst()
                    .orElseThrow();
            LintRule rule = Lint.rules().stream()
                    .filter(candidate -> candidate.id().equals(example.rule()))
                    .findFirst()
                    .orElseThrow();
            assertThat(finding.severity()).isEqualTo(rule.severity());
            assertThat(finding.message()).contains(example.message()).endsWith(rule.reason());
            assertThat(finding.fix()).endsWith(".");
            assertThat(text.lines().toList().get(finding.place().line() - 1)).contains(example.line());
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsRightIsLeftAlone() {
        return Stream.of(CleanCases.CLEAN, VlanCases.CLEAN)
                .flatMap(List::stream)
                .map(example -> DynamicTest.dynamicTest(example.sentence(), () -> {
                    List<Finding> findings = lint(example.change().apply(STARTER));

                    assertThat(rulesOf(findings)).as(textOf(findings)).isEqualTo(example.rules());
                }));
    }

    @Test
    void findingsAreInTheOrderOfTheFile() {
        List<Finding> findings =
                lint(withVip("10.0.69.204").replace("segment: lan, addresses", "segment: LAN, addresses"));

        assertThat(findings).hasSizeGreaterThan(2).isSortedAccordingTo(Finding.BY_PLACE);
        assertThat(findings).extracting(Finding::severity).contains(Severity.ERROR);
    }

    private static Stream<LintCase.Found> found() {
        return Stream.of(
                        NetworkCases.FOUND,
                        VlanCases.FOUND,
                        PoolCases.FOUND,
                        ServiceCases.FOUND,
                        KindCases.FOUND,
                        GroupCases.FOUND,
                        TranslationCases.FOUND,
                        RouterCases.FOUND,
                        EndpointIndependentCases.FOUND)
                .flatMap(List::stream);
    }

    private static List<Finding> lint(String text) {
        ProjectReading reading = ProjectReader.readText(text, FILE);
        assertThat(reading.findings()).isEmpty();
        return Lint.check(reading);
    }

    private static String withVip(String vip) {
        return STARTER.replace("vip: 10.0.96.204", "vip: " + vip);
    }

    private static List<String> rulesOf(List<Finding> findings) {
        return findings.stream().map(Finding::rule).toList();
    }

    private static String textOf(List<Finding> findings) {
        return findings.stream().map(Finding::text).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
