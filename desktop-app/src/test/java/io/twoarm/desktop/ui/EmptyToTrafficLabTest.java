package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import io.twoarm.engine.Verification;
import io.twoarm.model.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By mouse and keyboard alone, from an empty drawing to a two-arm load balancer with traffic. */
@Tag("lab")
class EmptyToTrafficLabTest {
    private static final Duration CLICKING = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private LabWindow lab;

    @AfterEach
    void stop() throws IOException {
        if (lab != null) {
            lab.close();
        }
        Pictures.removeProjects();
    }

    @Test
    void aTwoArmLoadBalancerIsDrawnDeployedAndAnswersInUnderThreeMinutesOfClicking() {
        lab = new LabWindow(directory);
        OpenWindow window = lab.window();
        Path project = Pictures.projects().resolve(LabWindow.labName("drawn"));
        UiDriver.doInFx(() -> window.model().project().create(Engine.EMPTY, project));
        UiDriver.waitUntil(
                "the empty drawing", () -> window.model().project().project().isPresent());
        UiDriver.nextPulse();

        long start = System.nanoTime();
        draw(window);
        long drawn = System.nanoTime() - start;
        UiDriver.waitUntil(
                "the drawing has no error and is saved",
                () -> window.model()
                                .project()
                                .project()
                                .filter(OpenProject::deployable)
                                .isPresent()
                        && window.model().project().editing().savedProperty().get());
        lab.deploy();
        lab.everythingIsUp();
        window.driver().keys(KeyCode.CONTROL, KeyCode.R);
        UiDriver.waitUntil(
                "the proof",
                LabWindow.MINUTE,
                () -> window.model().run().verificationProperty().get().isPresent());
        long all = System.nanoTime() - start;

        Verification proof = UiDriver.inFx(
                () -> window.model().run().verificationProperty().get().orElseThrow());
        assertThat(proof.passed()).as(proof.toString()).isTrue();
        System.getLogger(EmptyToTrafficLabTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "drawn in {0} s, with traffic after {1} s",
                        drawn / 1_000_000_000,
                        all / 1_000_000_000);
        assertThat(Duration.ofNanos(drawn)).isLessThan(CLICKING);
        Pictures.save(window, "drawn-and-deployed-light");
    }

    /** Two wires, four hosts, five cables, local addresses and a service with its pool. */
    private static void draw(OpenWindow window) {
        UiDriver driver = window.driver();
        TopologyCanvas canvas = window.canvas();
        place(window, "#palette-client", 300, 60);
        place(window, "#palette-segment", 300, 170);
        place(window, "#palette-director", 300, 290);
        place(window, "#palette-segment", 300, 420);
        place(window, "#palette-realserver", 220, 540);
        place(window, "#palette-realserver", 480, 540);
        driver.keys(KeyCode.CONTROL, KeyCode.L);
        driver.keys(KeyCode.CONTROL, KeyCode.DIGIT0);
        Topology design = topology(window);
        String wan = "#segments-" + design.segments().getFirst().name();
        String lan = "#segments-" + design.segments().getLast().name();
        connect(window, "client", wan);
        connect(window, "director", lan);
        connect(window, "director", wan);
        connect(window, "rs1", lan);
        connect(window, "rs2", lan);
        driver.dragTo("#palette-local_pool", canvas, new HostRef("director"));
        driver.dragTo("#palette-service", canvas, new HostRef("director"));
        driver.keys(KeyCode.CONTROL, KeyCode.L);
        UiDriver.waitUntil(
                "the service is there", () -> topology(window).virtualServices().size() == 1);
    }

    private static void place(OpenWindow window, String item, double x, double y) {
        int before = count(window);
        window.driver().dragTo(item, window.canvas(), x, y);
        UiDriver.waitUntil("it is placed", () -> count(window) == before + 1);
        UiDriver.nextPulse();
    }

    private static int count(OpenWindow window) {
        Topology design = topology(window);
        return design.hosts().size() + design.segments().size();
    }

    private static void connect(OpenWindow window, String host, String segment) {
        long before = topology(window).ports().count();
        window.driver().click(window.canvas(), new HostRef(host));
        window.driver().drag("#connect-handle", segment);
        UiDriver.waitUntil("it is connected", () -> topology(window).ports().count() == before + 1);
        UiDriver.nextPulse();
    }

    private static Topology topology(OpenWindow window) {
        return UiDriver.inFx(
                () -> window.model().project().topologyProperty().get().orElseThrow());
    }
}
