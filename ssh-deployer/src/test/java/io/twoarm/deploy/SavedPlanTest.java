package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan as text, and whether it still holds. */
class SavedPlanTest {
    private static final String DESIGN = "aa";

    private static HostPlan plan(String host, String design, PlannedStep... steps) {
        return new HostPlan(host, design, List.of(steps));
    }

    private static PlannedStep write(String path, String... lines) {
        return new PlannedStep(
                "write " + path, "for the test", UnifiedDiff.of(path, "", path, String.join("\n", lines)));
    }

    private static SavedPlan saved(HostPlan... hosts) {
        return SavedPlan.parse(new DeploymentPlan(List.of(List.of(hosts)), List.of()).text());
    }

    @Test
    void aSavedPlanHasTheSameWavesAndHosts() {
        HostPlan rs1 = plan("rs1", DESIGN, write("/etc/one", "host rs9", "wave", "", "x"));
        HostPlan rs2 = plan("rs2", DESIGN);
        HostPlan director = plan("director", DESIGN, PlannedStep.of("start it", "it is down"));

        SavedPlan saved =
                SavedPlan.parse(new DeploymentPlan(List.of(List.of(rs1, rs2), List.of(director)), List.of()).text());

        assertThat(saved.waves()).containsExactly(List.of("rs1", "rs2"), List.of("director"));
        assertThat(saved.hosts()).containsEntry("rs1", rs1.text()).containsEntry("director", director.text());
        assertThat(saved.staleFor(rs1)).isEmpty();
        assertThat(saved.staleFor(director)).isEmpty();
    }

    @Test
    void aHostThatChangedMakesThePlanStaleAndSaysWhatIsNew() {
        SavedPlan saved = saved(plan("rs1", DESIGN, write("/etc/one", "x")));

        assertThat(saved.staleFor(plan("rs1", DESIGN, write("/etc/one", "x"), PlannedStep.of("start a", "it is down"))))
                .hasValueSatisfying(stale -> {
                    assertThat(stale.cause()).contains("the host has changed");
                    assertThat(stale.difference()).contains("+2. start a").doesNotContain("+   | +x");
                });
    }

    @Test
    void aHostWhoseFileChangedOnlyInItsContentMakesThePlanStale() {
        SavedPlan saved = saved(plan("rs1", DESIGN, write("/etc/one", "x")));

        assertThat(saved.staleFor(plan("rs1", DESIGN, write("/etc/one", "y"))))
                .hasValueSatisfying(stale -> assertThat(stale.difference()).contains("-   | +x", "+   | +y"));
    }

    @Test
    void aProjectThatChangedMakesThePlanStaleAndIsNamedAsTheCause() {
        SavedPlan saved = saved(plan("rs1", DESIGN, write("/etc/one", "x")));

        assertThat(saved.staleFor(plan("rs1", "bb", write("/etc/one", "y"))))
                .hasValueSatisfying(stale -> assertThat(stale.cause()).contains("the project"));
    }

    @Test
    void aHostThatThePlanDoesNotHaveMakesItStale() {
        assertThat(saved(plan("rs1", DESIGN)).staleFor(plan("rs2", DESIGN)))
                .hasValueSatisfying(stale -> assertThat(stale.cause()).contains("no such host"));
    }

    @Test
    void aHostOnWhichThePlanIsDoneAlreadyDoesNotMakeItStale() {
        SavedPlan saved = saved(plan("rs1", DESIGN, write("/etc/one", "x")));

        assertThat(saved.staleFor(plan("rs1", DESIGN))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|line 1",
                "TwoArm plan 9|line 1",
                "TwoArm plan 1~host a|line 2",
                "TwoArm plan 1~wave~x|line 3",
                "TwoArm plan 1~wave~host a~host a|line 4"
            })
    void whatIsNoPlanIsRefusedWithItsLine(String text, String place) {
        assertThatThrownBy(() -> SavedPlan.parse(text.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(place);
    }
}
