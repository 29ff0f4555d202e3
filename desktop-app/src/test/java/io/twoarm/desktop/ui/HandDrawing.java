package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import javafx.scene.input.KeyCode;

/** A two-arm design that is drawn from nothing, with the mouse alone, as people do it. */
final class HandDrawing {
    /** One step of editing with its check; a gesture that went astray shall not take the time of a deployment. */
    private static final Duration STEP = Duration.ofSeconds(30);

    private final OpenWindow window;

    HandDrawing(OpenWindow window) {
        this.window = window;
    }

    /** Makes an empty design from the welcome page; the directory's name is that of the design. */
    HandDrawing begun(Path directory) {
        window.driver().click("#starter-empty");
        window.driver().click("#new-directory");
        window.driver().keys(KeyCode.CONTROL, KeyCode.A);
        window.driver().type(directory.toString());
        window.driver().click("#new-create");
        until("the empty drawing", () -> window.model().project().editable());
        UiDriver.nextPulse();
        return this;
    }

    /** Hosts from the palette, cables from handle to host and wire, then what the director offers. */
    void draw() {
        place("client", 380, 60);
        place("director", 380, 230);
        place("realserver", 240, 430);
        place("realserver", 480, 430);
        connect("client", "#hosts-director .card");
        until("the first cable", () -> on("net1") == 2);
        connect("director", "#hosts-rs1 .card");
        until("the second cable", () -> on("net2") == 2);
        connect("rs2", "#segments-net2 .wire");
        until("the third cable", () -> on("net2") == 3);
        window.driver().dragTo("#palette-service", window.canvas(), new HostRef("director"));
        window.driver().dragTo("#palette-local_pool", window.canvas(), new HostRef("director"));
        until(
                "a sound design",
                () -> window.model().project().editing().savedProperty().get()
                        && window.model()
                                .project()
                                .project()
                                .filter(OpenProject::deployable)
                                .isPresent()
                        && window.model().project().problemsProperty().get().isEmpty());
    }

    private void place(String what, double x, double y) {
        int before = topology().hosts().size();
        window.driver().dragTo("#palette-" + what, window.canvas(), x, y);
        until("a " + what, () -> topology().hosts().size() == before + 1);
    }

    private void connect(String host, String to) {
        window.driver().click(window.canvas(), new HostRef(host));
        window.driver().drag("#connect-handle", to);
    }

    private long on(String segment) {
        return topology()
                .ports()
                .filter(each -> each.port().segment().equals(segment))
                .count();
    }

    private static void until(String what, Callable<Boolean> condition) {
        UiDriver.waitUntil(what, STEP, condition);
    }

    Topology topology() {
        return UiDriver.inFx(
                () -> window.model().project().topologyProperty().get().orElseThrow());
    }
}
