package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployEvent;
import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.DeployReport.HostReport;
import io.twoarm.deploy.DeployReport.Outcome;
import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.viewmodel.DeploymentModel.Phase;
import io.twoarm.desktop.viewmodel.HostProgress.State;
import io.twoarm.desktop.viewmodel.HostProgress.StepState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeploymentModelTest {
    private final DeploymentModel deployment = new DeploymentModel();

    @BeforeEach
    void begin() {
        deployment.begin(ProjectFixture.twoArm().topology(), false);
    }

    @Test
    void everyHostWaitsAtFirst() {
        assertThat(deployment.hosts())
                .extracting(HostProgress::host)
                .containsExactly("client", "gateway", "director", "rs1", "rs2");
        assertThat(deployment.hosts()).extracting(HostProgress::state).containsOnly(State.WAITING);
    }

    @Test
    void stepsFillUpAsTheyHappen() {
        deployment.happened(new DeployEvent.StepStarted("rs1", Step.CONNECT));
        deployment.happened(new DeployEvent.StepFinished("rs1", Step.CONNECT, false, "", Duration.ofMillis(20)));
        deployment.happened(new DeployEvent.StepStarted("rs1", Step.FACTS));

        HostProgress rs1 = host("rs1");
        assertThat(rs1.state()).isEqualTo(State.RUNNING);
        assertThat(rs1.step(Step.CONNECT).state()).isEqualTo(StepState.UNCHANGED);
        assertThat(rs1.currentStep()).contains(Step.FACTS);
        assertThat(host("rs2").state()).isEqualTo(State.WAITING);
    }

    @Test
    void aFailureNamesItsStepAndKeepsEveryLineOfTheMessage() {
        deployment.happened(new DeployEvent.StepStarted("rs1", Step.VALIDATE));
        deployment.happened(new DeployEvent.HostFailed("rs1", Step.VALIDATE, "nginx refuses the file\nline 3: }"));

        assertThat(host("rs1").state()).isEqualTo(State.FAILED);
        assertThat(host("rs1").step(Step.VALIDATE).state()).isEqualTo(StepState.FAILED);
        assertThat(host("rs1").message()).isEqualTo("nginx refuses the file\nline 3: }");
        assertThat(deployment.log("rs1")).last().asString().contains("line 3: }");
        assertThat(deployment.firstFailure()).map(HostProgress::host).contains("rs1");
    }

    @Test
    void theReportDecidesHowItEnded() {
        deployment.finished(
                new DeployReport(
                        List.of(
                                new HostReport(
                                        "client",
                                        new Outcome.Changed(List.of("/etc/a", "/etc/b"), List.of("restart x.service")),
                                        Duration.ofSeconds(2)),
                                new HostReport("rs1", new Outcome.Unchanged(), Duration.ofSeconds(1))),
                        Duration.ofSeconds(3)),
                false);

        assertThat(deployment.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(host("client").message()).isEqualTo("2 files written, 1 unit acted on");
        assertThat(host("rs1").state()).isEqualTo(State.UNCHANGED);
    }

    @Test
    void aCancelledDeploymentTellsHowFarItCameAndIsNoFailure() {
        deployment.finished(
                new DeployReport(
                        List.of(
                                new HostReport("client", new Outcome.Unchanged(), Duration.ofSeconds(1)),
                                new HostReport("rs1", new Outcome.Skipped("cancelled"), Duration.ZERO)),
                        Duration.ofSeconds(3)),
                true);

        assertThat(deployment.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(host("client").state()).isEqualTo(State.UNCHANGED);
        assertThat(host("rs1").message()).isEqualTo("cancelled");
    }

    @Test
    void cancellingMarksTheHostsThatWereNotReached() {
        deployment.happened(new DeployEvent.HostFinished("client", true, Duration.ofSeconds(1)));

        deployment.cancelled();

        assertThat(host("client").state()).isEqualTo(State.CHANGED);
        assertThat(host("rs2").state()).isEqualTo(State.SKIPPED);
        assertThat(deployment.running()).isFalse();
    }

    @Test
    void logLinesStayWithTheirHost() {
        deployment.happened(new DeployEvent.Log("rs1", "Created symlink"));

        assertThat(deployment.log("rs1")).containsExactly("Created symlink");
        assertThat(deployment.log("rs2")).isEmpty();
    }

    private HostProgress host(String name) {
        return deployment.hosts().stream()
                .filter(host -> host.host().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
