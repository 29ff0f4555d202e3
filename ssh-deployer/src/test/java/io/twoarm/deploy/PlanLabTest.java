package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.deploy.DeployReport.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plan against hosts with a real systemd and OpenSSH: it tells what will be done, and exactly that is done. */
@Tag("lab")
@Timeout(600)
class PlanLabTest {
    private static LabHosts lab;

    private ProbeHost alpha;
    private ProbeHost beta;

    @BeforeAll
    static void startLab() {
        lab = LabHosts.start("t-plan");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        alpha = ProbeHost.clean(lab.target("alpha"));
        beta = ProbeHost.clean(lab.target("beta"));
    }

    @AfterEach
    void disconnect() {
        alpha.close();
        beta.close();
    }

    private List<List<HostDeployment>> waves(ProbeDesign first, ProbeDesign second) {
        return List.of(
                List.of(alpha.deployment(first, Optional.empty())), List.of(beta.deployment(second, Optional.empty())));
    }

    private Deployer deployer() {
        return new Deployer(alpha.deploying());
    }

    private HostPlan planOfAlpha(ProbeDesign design) {
        return deployer()
                .plan(List.of(List.of(alpha.deployment(design, Optional.empty()))))
                .hosts()
                .getFirst();
    }

    @Test
    void aPlanNamesEveryStepWithItsReasonAndChangesNothing() {
        alpha.deployed(ProbeDesign.standard());
        HostState before = alpha.state();

        HostPlan plan = planOfAlpha(ProbeDesign.standard()
                .withoutService("two")
                .service("three", "new")
                .file("/etc/probe/notes", "somebody\nreads this\n"));

        assertThat(plan.text())
                .contains("check that the probe understands its file\n")
                .contains("stop and disable probe-two.service\n   reason: the design no longer has it\n")
                .contains("write /etc/probe/three.conf, mode 640 (new)\n   reason: what the probe reads\n")
                .contains("remove /etc/probe/two.conf\n")
                .contains("   | -nobody reads this\n   | +somebody\n   | +reads this\n")
                .contains("start probe-three.service at every boot\n")
                .contains("start probe-three.service\n   reason: it is inactive\n")
                .doesNotContain("probe-one");
        assertThat(alpha.state()).isEqualTo(before);
    }

    @Test
    void whatNotEverybodyMayReadIsNotShown() {
        alpha.deployed(ProbeDesign.standard());

        HostPlan plan =
                planOfAlpha(ProbeDesign.standard().service("one", "secret").withoutService("two"));

        assertThat(plan.text())
                .contains("write /etc/probe/one.conf, mode 640 (now SHA-256 ")
                .contains("   | not shown: not everybody may read the file\n")
                .doesNotContain("secret")
                .doesNotContain("-first");
    }

    @Test
    void aHostThatIsAsDesignedHasAnEmptyPlan() {
        alpha.deployed(ProbeDesign.standard());

        assertThat(planOfAlpha(ProbeDesign.standard()).changesNothing()).isTrue();
    }

    @Test
    void aKernelSettingThatWasChangedByHandIsInThePlanAndPutRight() {
        ProbeDesign design = ProbeDesign.standard().kernelSettings("net.ipv4.ip_forward = 1\n");
        alpha.deployed(design);
        alpha.sh("sysctl -q -w net.ipv4.ip_forward=0");

        assertThat(planOfAlpha(design).text())
                .contains("restart probe-settings.service\n   reason: the kernel does not have the settings of")
                .contains("kernel setting net.ipv4.ip_forward = 1 (now 0)\n");

        alpha.deployed(design);
        assertThat(alpha.sh("sysctl -n net.ipv4.ip_forward")).isEqualTo("1\n");
        assertThat(planOfAlpha(design).changesNothing()).isTrue();
    }

    @Test
    void aSavedPlanIsCarriedOutAndCanBeRepeated() {
        var waves = waves(ProbeDesign.standard(), ProbeDesign.standard());
        SavedPlan saved = SavedPlan.parse(deployer().plan(waves).text());

        DeployReport report = deployer().deployPlanned(waves, saved, event -> {});

        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(deployer().deployPlanned(waves, saved, event -> {}).changedNothing())
                .isTrue();
    }

    @Test
    void aPlanThatIsStaleForOneHostTouchesNone() {
        var waves = waves(ProbeDesign.standard(), ProbeDesign.standard());
        SavedPlan saved = SavedPlan.parse(deployer().plan(waves).text());
        beta.sh("mkdir -p /etc/probe && echo by hand >/etc/probe/notes");
        HostState before = alpha.state();

        DeployReport report = deployer().deployPlanned(waves, saved, event -> {});

        assertThat(report.hosts().get(0).outcome()).isInstanceOf(Outcome.Skipped.class);
        assertThat(report.hosts().get(1).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .hasMessageContaining("the host has changed since the plan was made")
                                .hasMessageContaining("/etc/probe/notes, mode 644 (now SHA-256"));
        assertThat(alpha.state()).isEqualTo(before);
    }

    @Test
    void aHostThatChangesBetweenTheComparisonAndItsTurnIsNotTouched() {
        var waves = waves(ProbeDesign.standard(), ProbeDesign.standard());
        SavedPlan saved = SavedPlan.parse(deployer().plan(waves).text());
        DeployEvents events = new DeployEvents()
                .at(Step.APPLY, () -> beta.sh("mkdir -p /etc/probe && echo by hand >/etc/probe/notes"));

        DeployReport report = deployer().deployPlanned(waves, saved, events);

        assertThat(report.hosts().get(0).outcome()).isInstanceOf(Outcome.Changed.class);
        assertThat(report.hosts().get(1).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure().failure()).isInstanceOf(DeployFailure.PlanStale.class));
        assertThat(beta.read("/etc/probe/notes")).isEqualTo("by hand\n");
    }

    @Test
    void aProjectThatChangedSinceIsNotDeployed() {
        SavedPlan saved = SavedPlan.parse(deployer()
                .plan(waves(ProbeDesign.standard(), ProbeDesign.standard()))
                .text());

        DeployReport report = deployer()
                .deployPlanned(
                        waves(ProbeDesign.standard(), ProbeDesign.standard().service("one", "other")),
                        saved,
                        event -> {});

        assertThat(report.toString()).contains("the project, or the version of TwoArm, has changed");
        assertThat(report.hosts().get(0).outcome()).isInstanceOf(Outcome.Skipped.class);
    }

    @Test
    void aHostThatCannotBeReachedIsAFailureOfThePlan() {
        SshTarget known = alpha.target();
        SshTarget nowhere = new SshTarget("gamma", "127.0.0.1", 1, "root", known.identity(), known.knownHosts());

        DeploymentPlan plan = deployer()
                .plan(List.of(List.of(
                        new HostDeployment(nowhere, ProbeDesign.standard().artifacts("gamma"), Optional.empty()),
                        alpha.deployment(ProbeDesign.standard(), Optional.empty()))));

        assertThat(plan.complete()).isFalse();
        assertThat(plan.failures()).singleElement().asString().contains("gamma", "refuses connections");
        assertThat(plan.hosts()).extracting(HostPlan::host).containsExactly("alpha");
    }
}
