package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DriftReport;
import io.twoarm.deploy.HostDrift;
import io.twoarm.deploy.HostHistory;
import io.twoarm.deploy.PastChange;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.viewmodel.PlanModel.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanModelTest {
    private static final String EARLIER = "20260131T115959.123";
    private static final String LATER = "20260131T120000.000";

    @Test
    void theChangesOfAllHostsBelongToTheirDeploymentTheLatestFirst() {
        List<Change> changes = PlanModel.changesOf(List.of(
                new HostHistory(
                        "lb1", List.of(change(EARLIER, "committed"), change(LATER, "restored")), Optional.empty()),
                new HostHistory("rs1", List.of(change(LATER, "committed")), Optional.empty())));

        assertThat(changes)
                .containsExactly(
                        new Change(LATER, "deployment", "root from here", List.of("rs1"), List.of("lb1")),
                        new Change(EARLIER, "deployment", "root from here", List.of("lb1"), List.of()));
        assertThat(changes.getLast().time()).isEqualTo("2026-01-31 11:59:59 UTC");
    }

    @Test
    void hostsWithoutDriftAreNotMarked() {
        DriftReport report = new DriftReport(
                List.of(
                        new HostDrift("lb1", List.of()),
                        new HostDrift("rs1", List.of(new HostDrift.Item("/etc/a", "644 x", "644 x", "absent")))),
                List.of());

        assertThat(PlanModel.driftOf(Optional.of(report))).isEqualTo(Map.of(new HostRef("rs1"), 1));
        assertThat(PlanModel.driftOf(Optional.empty())).isEmpty();
    }

    private static PastChange change(String id, String result) {
        return new PastChange(id, result, "deployment", "root from here", List.of(), Optional.empty());
    }
}
