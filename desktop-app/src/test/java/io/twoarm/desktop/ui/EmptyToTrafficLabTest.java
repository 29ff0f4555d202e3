package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.viewmodel.DeploymentModel;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.engine.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.control.Label;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an empty drawing to packets that are proven to arrive, by the mouse alone. */
@Tag("lab")
class EmptyToTrafficLabTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private LabWindow lab;

    @BeforeEach
    void open() {
        lab = new LabWindow(directory.resolve("settings"));
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
        Pictures.removeProjects();
    }

    @Test
    void aDrawnTwoArmDesignCarriesTrafficWithinThreeMinutes() {
        long start = System.nanoTime();
        new HandDrawing(lab.window())
                .begun(directory.resolve(LabWindow.labName("drawn")))
                .draw();
        Duration drawn = Duration.ofNanos(System.nanoTime() - start);

        lab.driver().click("#button-deploy");
        lab.deployed();
        Duration deployed = Duration.ofNanos(System.nanoTime() - start);

        RunModel run = lab.window().model().run();
        LabWindow.until("the hosts can be asked", () -> !run.busyProperty().get());
        lab.driver().click("#button-verify");
        LabWindow.until("the proof", () -> run.verificationProperty().get().isPresent());
        Duration proven = Duration.ofNanos(System.nanoTime() - start);
        System.getLogger(EmptyToTrafficLabTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "drawn after {0} ms, deployed after {1} ms, proven after {2} ms",
                        drawn.toMillis(),
                        deployed.toMillis(),
                        proven.toMillis());

        assertThat(UiDriver.inFx(() -> run.deployment().phase())).isEqualTo(DeploymentModel.Phase.SUCCEEDED);
        Verification proof =
                UiDriver.inFx(() -> run.verificationProperty().get().orElseThrow());
        assertThat(proof.passed()).as(proof.toString()).isTrue();
        assertThat(proof.services())
                .singleElement()
                .satisfies(service -> assertThat(service.perRealserver()).hasSize(2));
        assertThat(lab.driver().find("#proof-headline", Label.class).getText()).startsWith("Proven from client");
        assertThat(proven).isLessThan(LIMIT);
    }
}
