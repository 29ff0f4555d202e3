package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import io.twoarm.model.Attachment;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import io.twoarm.model.project.Layout;
import io.twoarm.model.project.LayoutFile;
import io.twoarm.model.project.ProjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drawing of 500 hosts and 1,000 links: how fast it opens, and how smoothly it moves in software rendering. */
class LargeDesignTest {
    private static final int HOSTS = 500;
    private static final int SEGMENTS = 40;
    private static final int PER_ROW = 25;
    private static final int FRAMES = 120;
    private static final Duration LIMIT = Duration.ofSeconds(180);

    @TempDir
    private Path directory;

    @Test
    void fiveHundredHostsAreOpenedAndEdited() throws IOException {
        Path project = large();
        try (OpenWindow window = window()) {
            window.opened(project);
            UiDriver.doInFx(() -> window.model().edits().rename(new HostRef("rs7"), "web7"));
            UiDriver.waitUntil(
                    "the name is on the drawing", () -> window.scene().lookup("#hosts-web7") != null);
            assertThat(window.model()
                            .project()
                            .topologyProperty()
                            .get()
                            .orElseThrow()
                            .hosts())
                    .hasSize(HOSTS);
        }
    }

    /** Prints its numbers; they mean something on a machine that does nothing else. */
    @Test
    @Tag("long")
    void aLargeDrawingMovesSmoothly() throws IOException {
        Path project = large();
        try (OpenWindow window = window()) {
            window.opened(ProjectFixture.twoArm().named("warm").in(directory.resolve("warm")));
            long start = System.nanoTime();
            window.opened(project);
            double open = (System.nanoTime() - start) / 1e9;
            TopologyCanvas canvas = window.canvas();
            UiDriver.doInFx(canvas::zoomToActualSize);
            double pan = frames(frame -> scroll(canvas, frame % 60 < 30 ? -24 : 24, frame % 40 < 20 ? -16 : 16, false));
            double zoom = frames(frame -> scroll(canvas, 0, frame % 20 < 10 ? 40 : -40, true));
            UiDriver.doInFx(canvas::fit);
            UiDriver.nextPulse();
            double whole = frames(frame -> scroll(canvas, frame % 60 < 30 ? -8 : 8, 0, false));
            UiDriver.doInFx(canvas::zoomToActualSize);
            UiDriver.doInFx(() -> window.model().project().selection().reveal(new HostRef("rs7")));
            UiDriver.nextPulse();
            Point before = place(window);
            double drag = drag(canvas);
            System.err.printf(
                    "500 hosts, 1,000 links: open %.2f s; frames per second: pan %.0f, zoom %.0f, pan of everything %.0f,"
                            + " drag %.0f%n",
                    open, pan, zoom, whole, drag);
            assertThat(place(window)).as("the host was dragged").isNotEqualTo(before);
            assertThat(open).isLessThan(2);
            assertThat(List.of(pan, zoom, whole, drag)).allMatch(rate -> rate >= 50);
        }
    }

    private static Point place(OpenWindow window) {
        UiDriver.nextPulse();
        return UiDriver.inFx(
                () -> window.model().places().placesProperty().get().get("hosts.rs7"));
    }

    private OpenWindow window() {
        return OpenWindow.withoutBundle(directory);
    }

    /** Does something before each frame. */
    private static double frames(IntConsumer action) {
        CountDownLatch over = new CountDownLatch(FRAMES);
        long[] first = new long[1];
        long[] last = new long[1];
        AnimationTimer timer = new AnimationTimer() {
            private int frame;

            @Override
            public void handle(long now) {
                if (frame == 0) {
                    first[0] = System.nanoTime();
                }
                last[0] = System.nanoTime();
                if (frame < FRAMES) {
                    action.accept(frame);
                }
                frame++;
                over.countDown();
            }
        };
        UiDriver.doInFx(timer::start);
        try {
            assertThat(over.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        UiDriver.doInFx(timer::stop);
        return (FRAMES - 1) / ((last[0] - first[0]) / 1e9);
    }

    private static void scroll(TopologyCanvas canvas, double dx, double dy, boolean zoom) {
        double x = canvas.getWidth() / 2;
        double y = canvas.getHeight() / 2;
        Event.fireEvent(
                canvas,
                new ScrollEvent(
                        ScrollEvent.SCROLL,
                        x,
                        y,
                        x,
                        y,
                        false,
                        zoom,
                        false,
                        false,
                        false,
                        false,
                        dx,
                        dy,
                        dx,
                        dy,
                        ScrollEvent.HorizontalTextScrollUnits.NONE,
                        0,
                        ScrollEvent.VerticalTextScrollUnits.NONE,
                        0,
                        0,
                        new PickResult(canvas, x, y)));
    }

    private static double drag(TopologyCanvas canvas) {
        var card = canvas.lookup("#hosts-rs7 .card");
        var bounds = UiDriver.inFx(() -> canvas.sceneToLocal(card.localToScene(card.getBoundsInLocal())));
        double x = bounds.getMinX() + 14;
        double y = bounds.getMinY() + 12;
        UiDriver.doInFx(() -> mouse(canvas, card, MouseEvent.MOUSE_PRESSED, x, y));
        double rate = frames(frame -> mouse(canvas, card, MouseEvent.MOUSE_DRAGGED, x + 4 + frame, y + 4 + frame % 40));
        UiDriver.doInFx(() -> mouse(canvas, card, MouseEvent.MOUSE_RELEASED, x + 4 + FRAMES, y + 4));
        return rate;
    }

    private static void mouse(
            TopologyCanvas canvas, javafx.scene.Node on, javafx.event.EventType<MouseEvent> type, double x, double y) {
        var scene = canvas.localToScene(x, y);
        Event.fireEvent(
                canvas,
                new MouseEvent(
                        type,
                        scene.getX(),
                        scene.getY(),
                        scene.getX(),
                        scene.getY(),
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        true,
                        true,
                        false,
                        false,
                        false,
                        false,
                        false,
                        new PickResult(on, x, y)));
    }

    /** The two-arm design with realservers on two wires each, and places for all of them. */
    private Path large() throws IOException {
        Topology topology = ProjectFixture.twoArm().named("large").topology();
        List<Segment> segments = new ArrayList<>(topology.segments());
        for (int i = 0; i < SEGMENTS; i++) {
            segments.add(new Segment("rack" + i, List.of(Prefix.parse("10.100." + i + ".0/24"))));
        }
        topology = ObjectList.SEGMENTS.with(topology, segments);
        List<Host> hosts = new ArrayList<>(topology.hosts());
        for (int i = 3; hosts.size() < HOSTS; i++) {
            int wire = i * SEGMENTS / (HOSTS + 2);
            hosts.add(new Host.Realserver(
                    "rs" + i,
                    List.of(port("eth0", wire, i), port("eth1", (wire + 1) % SEGMENTS, i)),
                    List.of(),
                    Optional.empty(),
                    List.of(80)));
        }
        topology = ObjectList.HOSTS.with(topology, hosts);
        Path project = directory.resolve("large");
        Files.createDirectories(project);
        ProjectWriter.write(project, topology);
        Map<String, Layout.Position> places = new java.util.TreeMap<>();
        for (int i = 0; i < hosts.size(); i++) {
            places.put(hosts.get(i).name(), new Layout.Position(i % PER_ROW * 300, i / PER_ROW * 420));
        }
        Map<String, Layout.Position> wires = new java.util.TreeMap<>();
        for (int i = 0; i < segments.size(); i++) {
            wires.put(segments.get(i).name(), new Layout.Position(PER_ROW * 150, i * 210 + 160));
        }
        LayoutFile.write(project, new Layout(places, wires, Map.of()));
        return project;
    }

    private static Port port(String name, int wire, int host) {
        return new Port(
                name,
                "rack" + wire,
                List.of(InterfaceAddress.parse("10.100." + wire + "." + (1 + host % 250) + "/24")),
                new Attachment.Kernel());
    }
}
