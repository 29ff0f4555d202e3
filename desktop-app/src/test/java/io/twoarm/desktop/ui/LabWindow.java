package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.SshConnections;
import io.twoarm.deploy.SshTarget;
import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.viewmodel.CaptureModel;
import io.twoarm.desktop.viewmodel.CaptureRow;
import io.twoarm.desktop.viewmodel.DeploymentModel;
import io.twoarm.desktop.viewmodel.LiveOverlay;
import io.twoarm.desktop.viewmodel.LiveOverlay.Health;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.TraceModel;
import io.twoarm.desktop.viewmodel.TraceOverlay;
import io.twoarm.diagnose.capture.Leg;
import io.twoarm.engine.TwoArmEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

/** A window on a lab of its own that a design is deployed to, and a way to its hosts beside the window. */
final class LabWindow implements AutoCloseable {
    static final Duration DEPLOYMENT = Duration.ofMinutes(8);
    static final Duration MINUTE = Duration.ofMinutes(3);

    private final OpenWindow window;
    private final SshConnections connections = new SshConnections();

    /** @param settings directory for the settings file */
    LabWindow(Path settings) {
        window = new OpenWindow(new TwoArmEngine(bundle()), settings, OpenWindow.WIDTH, OpenWindow.HEIGHT);
    }

    /** The archive of the director, which a lab needs. */
    static Path bundle() {
        Path bundle = Path.of(System.getProperty("twoarm.root"))
                .resolve("director-daemon/target/bundle/twoarm-director.tar.gz");
        assertThat(bundle)
                .as("the daemon's archive; make it with: mvn -pl director-daemon -am -DskipTests package")
                .exists();
        return bundle;
    }

    /** A name that no other run of the tests on this machine uses. */
    static String labName(String what) {
        return what + "-" + ProcessHandle.current().pid();
    }

    /** Opens the design under a name of its own, deploys it into its lab and waits until everything is up. */
    LabWindow deployed(ProjectFixture design, String what) {
        window.opened(design.named(labName(what)).in(Pictures.projects().resolve(what)));
        deploy();
        everythingIsUp();
        return this;
    }

    /** Presses the key and waits for the end. */
    void deploy() {
        window.driver().keys(KeyCode.CONTROL, KeyCode.D);
        deployed();
    }

    /** Waits for a deployment that was asked for, and that it succeeds. */
    void deployed() {
        UiDriver.waitUntil(
                "the deployment has begun",
                MINUTE,
                () -> window.model().run().deployment().running());
        succeeded();
    }

    /** Waits for a deployment that has begun, and that it succeeds. */
    void succeeded() {
        DeploymentModel deployment = window.model().run().deployment();
        UiDriver.waitUntil("the deployment has ended", DEPLOYMENT, () -> !deployment.running());
        assertThat(UiDriver.inFx(deployment::phase))
                .as(UiDriver.inFx(() -> deployment.headlineProperty().get()))
                .isEqualTo(DeploymentModel.Phase.SUCCEEDED);
    }

    void everythingIsUp() {
        UiDriver.waitUntil("every host and service is shown as up", MINUTE, () -> {
            LiveOverlay overlay = window.model().live().overlayProperty().get();
            return !overlay.services().isEmpty()
                    && overlay.hosts().values().stream().allMatch(host -> host.health() == Health.UP)
                    && overlay.services().values().stream().allMatch(service -> service.health() == Health.UP);
        });
    }

    /** Opens the view, in the perspective for diagnosis. */
    void show(Page page) {
        driver().click("#perspective-diagnose");
        driver().click("#page-" + page.name().toLowerCase(Locale.ROOT));
    }

    CaptureModel capture() {
        return window.model().capture();
    }

    List<CaptureRow> rows() {
        return UiDriver.inFx(() -> List.copyOf(capture().rows()));
    }

    void startCapture() {
        driver().click("#capture-start");
        until("frames are taken", () -> capture().stateProperty().get() == CaptureModel.State.RUNNING);
    }

    /** Shows the capture and starts it for the packets of a service. */
    void startCaptureOf(String service) {
        show(Page.CAPTURE);
        UiDriver.doInFx(() -> capture().target().chooseService(service));
        startCapture();
    }

    /** Captures two connections to a service until each has all its lines, which come in the order of the packet. */
    void twoConnectionsHaveFourLines(String service, String vip) {
        startCaptureOf(service);
        run("client", "for i in 1 2; do curl -s --max-time 60 http://" + vip + "/; done");
        until(
                "two connections with all lines",
                () -> CaptureGroups.whole(capture().rows()) >= 2);
        stopCapture();
        assertThat(CaptureGroups.directorsLines(rows()))
                .isNotEmpty()
                .allSatisfy(lines -> assertThat(lines.subList(0, 4))
                        .containsExactly(
                                Leg.CLIENT_TO_VIRTUAL, Leg.TO_REALSERVER, Leg.FROM_REALSERVER, Leg.VIRTUAL_TO_CLIENT));
    }

    /** Traces the way to the director and waits until it is drawn beside the prediction. */
    TraceOverlay wayToTheDirectorIsTraced() {
        show(Page.TRACE);
        driver().click("#trace-start");
        TraceModel trace = window.model().trace();
        until("the trace runs", () -> trace.runningProperty().get());
        until("the trace has ended", () -> !trace.runningProperty().get());
        TraceOverlay overlay = UiDriver.inFx(() -> trace.overlayProperty().get());
        assertThat(overlay.predicted()).containsExactly("client", "gateway", "director");
        assertThat(overlay.steps()).extracting(step -> step.host().orElse("")).containsExactly("gateway", "director");
        Node layer = driver().find("#trace-layer", Node.class);
        assertThat(layer.lookupAll(".trace-line")).hasSize(2);
        assertThat(layer.lookupAll(".trace-predicted")).hasSize(2);
        return overlay;
    }

    void stopCapture() {
        driver().click("#capture-start");
        until("the capture has ended", () -> capture().stateProperty().get() == CaptureModel.State.IDLE);
    }

    OpenWindow window() {
        return window;
    }

    UiDriver driver() {
        return window.driver();
    }

    /** Runs a command on a host, not through the window. */
    String run(String host, String command) {
        SshTarget target = UiDriver.inFx(
                () -> window.model().run().estate().orElseThrow().target(host).orElseThrow());
        return connections.open(target).run("sh", "-c", command).stdout();
    }

    /** Takes a small light and a large dark picture. */
    void pictures(String name) {
        Pictures.save(window, name + "-light");
        UiDriver.doInFx(() -> window.model().setDark(true));
        window.resize(1920, 1080);
        Pictures.save(window, name + "-dark");
        UiDriver.doInFx(() -> window.model().setDark(false));
        window.resize(OpenWindow.WIDTH, OpenWindow.HEIGHT);
    }

    /** Waits for something in the window. */
    static void until(String what, Supplier<Boolean> condition) {
        UiDriver.waitUntil(what, MINUTE, condition::get);
    }

    @Override
    public void close() {
        connections.close();
        try {
            UiDriver.doInFx(() -> {
                if (window.model().run().stateProperty().get() instanceof RunModel.State.InLab running) {
                    running.lab().stop();
                }
            });
        } finally {
            window.close();
        }
    }
}
