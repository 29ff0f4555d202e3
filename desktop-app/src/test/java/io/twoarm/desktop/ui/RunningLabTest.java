package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.viewmodel.DeploymentModel;
import io.twoarm.desktop.viewmodel.HostProgress;
import io.twoarm.desktop.viewmodel.LiveOverlay;
import io.twoarm.desktop.viewmodel.LiveOverlay.Health;
import io.twoarm.desktop.viewmodel.PlanModel;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.engine.LabSession;
import io.twoarm.engine.TwoArmEngine;
import io.twoarm.engine.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way in the window on a real lab: deploy, watch, verify, stop. */
@Tag("lab")
class RunningLabTest {
    /** Verifications in a row, so that the curves have something to show. */
    private static final int ROUNDS = 3;

    @TempDir
    private Path directory;

    private LabWindow lab;
    private OpenWindow window;

    @BeforeEach
    void open() {
        lab = new LabWindow(directory.resolve("settings"));
        window = lab.window();
    }

    @AfterEach
    void close() throws IOException {
        try {
            lab.close();
        } finally {
            Pictures.removeProjects();
        }
    }

    @Test
    void deployShowsProgressThenLiveNumbersThenProofAndStopLeavesNothingRunning() throws Exception {
        String name = LabWindow.labName("two-arm");
        window.opened(ProjectFixture.twoArm().named(name).in(Pictures.projects().resolve("two-arm")));

        window.driver().keys(KeyCode.CONTROL, KeyCode.D);
        UiDriver.waitUntil(
                "hosts are being deployed to",
                LabWindow.DEPLOYMENT,
                () -> deployment().hosts().stream().anyMatch(host -> host.state() == HostProgress.State.RUNNING));
        UiDriver.waitUntil(
                "two hosts are done",
                LabWindow.DEPLOYMENT,
                () -> deployment().hosts().stream()
                                .filter(HostProgress::finished)
                                .count()
                        >= 2);
        Pictures.save(window, "workbench-deploying-light");
        lab.succeeded();
        assertThat(UiDriver.inFx(() -> deployment().hosts()))
                .extracting(HostProgress::state)
                .containsOnly(HostProgress.State.CHANGED);

        everyHostAndTheServiceComeUp();
        verifyAndLookAtTheNumbers();
        directorTableIsShown();

        window.driver().keys(KeyCode.CONTROL, KeyCode.PERIOD);
        UiDriver.waitUntil(
                "the lab has stopped",
                LabWindow.MINUTE,
                () -> window.model().run().stateProperty().get() instanceof RunModel.State.Nowhere);
        assertThat(new TwoArmEngine(Path.of("none")).findLab(name)).isEmpty();
        assertThat(Files.exists(Path.of("/run/twoarm/lab").resolve(name))).isFalse();
    }

    @Test
    void aPlanIsReadThenDoneAndDriftIsSeenOnTheDrawingAndRolledBack() {
        String name = LabWindow.labName("planned");
        window.opened(ProjectFixture.twoArm().named(name).in(Pictures.projects().resolve("planned")));
        window.driver().click("#perspective-deploy");
        UiDriver.doInFx(() -> window.menuItem("menu-startLab").orElseThrow().fire());
        UiDriver.waitUntil(
                "the lab runs", LabWindow.DEPLOYMENT, () -> window.model().run().ownsLab() && idle());

        window.driver().keys(KeyCode.CONTROL, KeyCode.P);
        UiDriver.waitUntil(
                "the plan", LabWindow.MINUTE, () -> plan().planProperty().get().isPresent());
        assertThat(UiDriver.inFx(() -> plan().planProperty().get().orElseThrow().hosts()))
                .hasSize(5)
                .noneMatch(host -> host.changesNothing());
        Pictures.save(window, "workbench-plan-light");
        window.driver().click("#button-deployPlan");
        lab.deployed();
        UiDriver.waitUntil(
                "the hosts agree with the design",
                LabWindow.MINUTE,
                () -> plan().driftProperty()
                        .get()
                        .filter(report -> report.none())
                        .isPresent());

        lab.run("rs1", "echo '# changed by hand' >> \"$(ls /etc/nginx/conf.d/*.conf | head -n 1)\"");
        UiDriver.doInFx(() -> window.menuItem("menu-drift").orElseThrow().fire());
        UiDriver.waitUntil(
                "the change on rs1 is found",
                LabWindow.MINUTE,
                () -> PlanModel.driftOf(plan().driftProperty().get()).equals(Map.of(new HostRef("rs1"), 1)));
        Node label = UiDriver.inFx(() -> window.scene().lookup("#hosts-rs1 .drift-label"));
        UiDriver.waitUntil("it is seen on the drawing", label::isVisible);
        UiDriver.doInFx(() -> window.model().setDark(true));
        Pictures.save(window, "workbench-drift-dark");

        UiDriver.doInFx(() -> window.menuItem("menu-history").orElseThrow().fire());
        UiDriver.waitUntil(
                "one deployment is remembered",
                LabWindow.MINUTE,
                () -> plan().changesProperty().get().size() == 1
                        && plan().changesProperty().get().getFirst().hosts().size() == 5);
        UiDriver.doInFx(() -> window.model()
                .run()
                .rollback(
                        window.model().project().project().orElseThrow(),
                        Optional.of(plan().changesProperty().get().getFirst().id())));
        lab.deployed();
        UiDriver.waitUntil(
                "rs1 is as it was deployed",
                LabWindow.MINUTE,
                () -> plan().driftProperty()
                        .get()
                        .filter(report -> report.none())
                        .isPresent());
        assertThat(label.isVisible()).isFalse();
    }

    private PlanModel plan() {
        return window.model().plan();
    }

    private boolean idle() {
        return !window.model().run().busyProperty().get();
    }

    @Test
    void cancellingWhileTheLabStartsLeavesNoLab() {
        String name = LabWindow.labName("cancelled");
        window.opened(ProjectFixture.twoArm().named(name).in(directory.resolve("cancelled")));

        window.driver().keys(KeyCode.CONTROL, KeyCode.D);
        Button cancel = window.driver().find("#status-cancel", Button.class);
        // Pressed in the moment in which the condition holds: a mouse may come when the lab is already up.
        UiDriver.waitUntil("the lab is being started", LabWindow.MINUTE, () -> {
            boolean starting = deployment().phase() == DeploymentModel.Phase.STARTING_LAB
                    && !deployment().log(DeploymentModel.LAB_LOG).isEmpty();
            if (starting) {
                cancel.fire();
            }
            return starting;
        });

        UiDriver.waitUntil(
                "the end",
                LabWindow.MINUTE,
                () -> !window.model().run().busyProperty().get());
        assertThat(UiDriver.inFx(() -> deployment().phase())).isEqualTo(DeploymentModel.Phase.CANCELLED);
        assertThat(new TwoArmEngine(Path.of("none")).findLab(name)).isEmpty();
    }

    @Test
    void closingTheWindowAsksFirstAndThenEndsItsLabEvenWhileItIsDeployedTo() {
        String name = LabWindow.labName("closed");
        window.opened(ProjectFixture.twoArm().named(name).in(directory.resolve("closed")));
        window.driver().keys(KeyCode.CONTROL, KeyCode.D);
        UiDriver.waitUntil(
                "the lab runs", LabWindow.MINUTE, () -> window.model().run().ownsLab());

        window.driver().keys(KeyCode.CONTROL, KeyCode.Q);
        window.driver().find(".dialog-pane", Node.class);
        window.driver().keys(KeyCode.ESCAPE);
        assertThat(UiDriver.inFx(() -> window.stage().isShowing())).isTrue();
        assertThat(new TwoArmEngine(Path.of("none")).findLab(name)).isPresent();

        window.driver().keys(KeyCode.CONTROL, KeyCode.Q);
        window.driver().find(".dialog-pane", Node.class);
        window.driver().keys(KeyCode.ENTER);
        UiDriver.waitUntil("the window is closed", () -> !window.stage().isShowing());
        UiDriver.doInFx(window.model()::close);
        assertThat(new TwoArmEngine(Path.of("none")).findLab(name)).isEmpty();
    }

    /** The hosts of a lab stand for machines that are reached by the project's own {@code ssh} entries. */
    @Test
    void aDesignWhoseHostsAllHaveSshAccessIsDeployedOverIt() {
        String name = LabWindow.labName("hosts");
        TwoArmEngine engine = new TwoArmEngine(LabWindow.bundle());
        LabSession hosts = engine.startLab(
                engine.open(ProjectFixture.twoArm().named(name).in(directory.resolve("lab"))), name, true, line -> {});
        try {
            ProjectFixture reachable = ProjectFixture.twoArm().named(LabWindow.labName("reached"));
            hosts.estate()
                    .targets()
                    .forEach(target -> reachable.replacing(
                            "  " + target.host() + ":\n    role:",
                            "  %s:\n    ssh: { address: %s, port: %d, user: %s }\n    role:"
                                    .formatted(target.host(), target.address(), target.port(), target.user())));
            window.opened(reachable.in(directory.resolve("hosts")));

            window.driver().keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
            fill("#access-identity", hosts.estate().targets().getFirst().identity());
            fill("#access-known-hosts", hosts.estate().targets().getFirst().knownHosts());
            window.driver().keys(KeyCode.ENTER);
            lab.deployed();

            assertThat(UiDriver.inFx(() -> window.model().run().stateProperty().get()))
                    .isInstanceOf(RunModel.State.OnHosts.class);
            everyHostAndTheServiceComeUp();
        } finally {
            hosts.stop();
        }
    }

    private void fill(String field, Path value) {
        TextField text = window.driver().find(field, TextField.class);
        UiDriver.doInFx(() -> {
            text.setText(value.toString());
            text.requestFocus();
        });
    }

    private void everyHostAndTheServiceComeUp() {
        UiDriver.waitUntil(
                "every host is shown as up",
                LabWindow.MINUTE,
                () -> overlay().hosts().size() == 5
                        && overlay().hosts().values().stream().allMatch(host -> host.health() == Health.UP));
        UiDriver.waitUntil(
                "the service is shown with both realservers",
                LabWindow.MINUTE,
                () -> Optional.ofNullable(overlay().services().get(new ServiceRef("web")))
                        .filter(service -> service.summary().equals("2/2 up"))
                        .isPresent());
    }

    /** The pictures are taken while packets flow. */
    private void verifyAndLookAtTheNumbers() {
        for (int round = 1; round <= ROUNDS; round++) {
            long connections = (long) round * RunModel.VERIFY_REQUESTS;
            window.driver().keys(KeyCode.CONTROL, KeyCode.R);
            UiDriver.waitUntil(
                    "packets are seen on both ports of the director",
                    LabWindow.MINUTE,
                    () -> rate("dpdk2") > 5 && rate("dpdk0") > 5);
            if (round == ROUNDS) {
                takeLivePictures();
            }
            UiDriver.waitUntil(
                    "the proof",
                    LabWindow.MINUTE,
                    () -> !window.model().run().busyProperty().get());
            UiDriver.waitUntil(
                    "the director has counted " + connections + " connections",
                    LabWindow.MINUTE,
                    () -> window.model().live().snapshotProperty().get().orElseThrow().directors().values().stream()
                            .flatMap(director -> director.services().stream())
                            .anyMatch(service -> service.connections() >= connections));
        }
        Verification proof = UiDriver.inFx(
                () -> window.model().run().verificationProperty().get().orElseThrow());
        assertThat(proof.passed()).as(proof.toString()).isTrue();
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT6);
        assertThat(window.driver().find("#proof-headline", Label.class).getText())
                .startsWith("Proven from client");
        Pictures.save(window, "workbench-proof-dark");
        assertThat(overlay().hosts().get(new HostRef("director")).caption()).contains("session");
    }

    private void takeLivePictures() {
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT5);
        Pictures.save(window, "workbench-live-light");
        UiDriver.doInFx(() -> window.model().setDark(true));
        Pictures.save(window, "workbench-live-dark");
    }

    private void directorTableIsShown() {
        UiDriver.doInFx(() -> window.model()
                .run()
                .directorTable(
                        "director",
                        "services",
                        text -> new Dialogs(window.model(), window.stage()).table("services", text)));
        TextArea table = window.driver().find("#table-text", TextArea.class);
        assertThat(table.getText()).contains("10.0.96.204:80", "192.168.229.1:80");
        window.driver().keys(KeyCode.ESCAPE);
    }

    private DeploymentModel deployment() {
        return window.model().run().deployment();
    }

    private LiveOverlay overlay() {
        return UiDriver.inFx(() -> window.model().live().overlayProperty().get());
    }

    private double rate(String port) {
        return Optional.ofNullable(overlay().ports().get(new PortRef("director", port)))
                .map(rates -> rates.receivedPackets() + rates.sentPackets())
                .orElse(0.0);
    }
}
