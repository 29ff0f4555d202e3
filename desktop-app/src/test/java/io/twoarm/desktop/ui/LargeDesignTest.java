package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.picture.VectorPicture;
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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drawing of 500 hosts and 1,000 links: how fast it opens, and how smoothly it moves in software rendering. */
class LargeDesignTest {
    private static final int HOSTS = 500;
    private static final int SEGMENTS = 40;
    private static final int PER_ROW = 25;
    private static final int FRAMES = 120;
    private static final String PICTURE = "#moving-picture";
    private static final int MOST_ROUNDED = 3;
    private static final Duration LIMIT = Duration.ofSeconds(180);

    @TempDir
    private Path directory;

    @Test
    void fiveHundredHostsAreOpenedAndEdited() throws IOException {
        Path project = large();
        try (OpenWindow window = window()) {
            window.opened(project);
            UiDriver.doInFx(() -> {
                window.model().project().selection().reveal(new HostRef("rs7"));
                window.model().edits().rename(new HostRef("rs7"), "web7");
            });
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

    @Test
    void theWholeDrawingIsPaintedAsOnePicture() throws IOException {
        Path project = large();
        try (OpenWindow window = window()) {
            window.opened(project);
            WritableImage picture = UiDriver.inFx(() -> window.canvas().picture());
            VectorPicture lines = UiDriver.inFx(() -> window.canvas().vectorPicture("large"));
            assertThat(picture.getWidth() * picture.getHeight()).isBetween(30e6, 34e6);
            assertThat(picture.getWidth() / picture.getHeight())
                    .isCloseTo(lines.width() / lines.height(), Percentage.withPercentage(1));
            int y = (int) picture.getHeight() / 2;
            assertThat(IntStream.range(0, (int) picture.getWidth())
                            .map(x -> picture.getPixelReader().getArgb(x, y))
                            .distinct()
                            .count())
                    .isGreaterThan(5);
        }
    }

    @Test
    void theViewLooksTheSameWhileItMoves() throws IOException {
        Path project = large();
        try (OpenWindow window = window()) {
            window.opened(project);
            // What the mouse is over lights up when the view rests.
            window.driver().moveMouseAway();
            TopologyCanvas canvas = window.canvas();
            UiDriver.doInFx(canvas::zoomToActualSize);
            UiDriver.nextPulse();
            WritableImage moving = UiDriver.inFx(() -> {
                // So far that what is painted first does not reach.
                for (int i = 0; i < 24; i++) {
                    scroll(canvas, -24, -16, false);
                }
                assertThat(window.scene().lookup(PICTURE).isVisible()).isTrue();
                return canvas.snapshot(null, null);
            });
            UiDriver.waitUntil(
                    "the view rests", () -> !window.scene().lookup(PICTURE).isVisible());
            WritableImage resting = UiDriver.inFx(() -> canvas.snapshot(null, null));
            assertThat(differing(moving, resting)).isLessThan(0.001);
        }
    }

    @Test
    void figuresThatStayInViewStayInTheSceneWhileOthersComeAndGo() throws IOException {
        Path project = large();
        try (OpenWindow window = window()) {
            window.opened(project);
            TopologyCanvas canvas = window.canvas();
            UiDriver.doInFx(canvas::zoomToActualSize);
            UiDriver.nextPulse();
            UiDriver.doInFx(() -> {
                Parent layer = canvas.lookup(".host-figure").getParent();
                List<Node> before = List.copyOf(layer.getChildrenUnmodifiable());
                List<Node> seen = seen(canvas, before);
                Set<Node> left = new HashSet<>();
                before.forEach(figure -> figure.sceneProperty().addListener(scene -> left.add(figure)));
                for (int i = 0; i < 24; i++) {
                    scroll(canvas, -24, -16, false);
                }
                List<Node> after = List.copyOf(layer.getChildrenUnmodifiable());
                assertThat(after).isNotEqualTo(before);
                seen.retainAll(seen(canvas, after));
                assertThat(seen).isNotEmpty();
                assertThat(left).isNotEmpty().doesNotContainAnyElementsOf(seen);
                List<String> inOrder = window.model().project().topologyProperty().get().orElseThrow().hosts().stream()
                        .map(host -> "hosts-" + host.name())
                        .filter(id ->
                                after.stream().anyMatch(figure -> figure.getId().equals(id)))
                        .toList();
                assertThat(after).extracting(Node::getId).isEqualTo(inOrder);
            });
        }
    }

    private static List<Node> seen(TopologyCanvas canvas, List<Node> figures) {
        Bounds view = canvas.localToScene(canvas.getLayoutBounds());
        return new ArrayList<>(figures.stream()
                .filter(figure -> figure.localToScene(figure.getLayoutBounds()).intersects(view))
                .toList());
    }

    /** The share of pixels with colours that differ by more than what blending rounds. */
    private static double differing(WritableImage one, WritableImage other) {
        int width = (int) one.getWidth();
        int height = (int) one.getHeight();
        assertThat(List.of(other.getWidth(), other.getHeight())).containsExactly(one.getWidth(), one.getHeight());
        int differing = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int before = one.getPixelReader().getArgb(x, y);
                int after = other.getPixelReader().getArgb(x, y);
                for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                    if (Math.abs((before >> shift & 0xFF) - (after >> shift & 0xFF)) > MOST_ROUNDED) {
                        differing++;
                        break;
                    }
                }
            }
        }
        return (double) differing / (width * height);
    }

    /** Prints its numbers; frame rates mean something on a machine that does nothing else, times of the CPU on any. */
    @Test
    @Tag("long")
    void aLargeDrawingMovesSmoothly() throws IOException {
        Path project = large();
        try (OpenWindow window = window()) {
            window.opened(ProjectFixture.twoArm().named("warm").in(directory.resolve("warm")));
            DrawingThreads idle = DrawingThreads.now();
            long start = System.nanoTime();
            window.opened(project);
            double open = (System.nanoTime() - start) / 1e9;
            double opening = DrawingThreads.now().minus(idle).total() / 1e9;
            TopologyCanvas canvas = window.canvas();
            UiDriver.doInFx(canvas::zoomToActualSize);
            Pace pan = frames(frame -> scroll(canvas, frame % 60 < 30 ? -24 : 24, frame % 40 < 20 ? -16 : 16, false));
            Pace zoom = frames(frame -> scroll(canvas, 0, frame % 20 < 10 ? 40 : -40, true));
            UiDriver.doInFx(canvas::fit);
            UiDriver.nextPulse();
            Pace whole = frames(frame -> scroll(canvas, frame % 60 < 30 ? -8 : 8, 0, false));
            Pace wholeZoom = frames(frame -> scroll(canvas, 0, frame % 20 < 10 ? 12 : -12, true));
            UiDriver.doInFx(canvas::zoomToActualSize);
            UiDriver.doInFx(() -> window.model().project().selection().reveal(new HostRef("rs7")));
            UiDriver.nextPulse();
            Point before = place(window);
            Pace drag = drag(canvas);
            System.err.printf("500 hosts, 1,000 links: open %.2f s, of it %.2f s of both threads%n", open, opening);
            System.err.printf(
                    "pan %s%nzoom %s%npan of everything %s%nzoom of everything %s%ndrag %s%n",
                    pan, zoom, whole, wholeZoom, drag);
            assertThat(place(window)).as("the host was dragged").isNotEqualTo(before);
            assertThat(open).isLessThan(2);
            assertThat(List.of(pan, zoom, whole, wholeZoom, drag)).allMatch(pace -> pace.rate() >= 50);
        }
    }

    /**
     * @param rate frames per second
     * @param toolkit CPU time of the toolkit's thread in ms per frame
     * @param renderer CPU time of the thread that paints in ms per frame
     */
    private record Pace(double rate, double toolkit, double renderer) {
        @Override
        public String toString() {
            return "%.0f frames/s (CPU per frame: toolkit %.1f ms, renderer %.1f ms)"
                    .formatted(rate, toolkit, renderer);
        }
    }

    /** CPU time in ns of the threads that make and paint the drawing: tells more than frame rates where others compute. */
    private record DrawingThreads(long toolkit, long renderer) {
        static DrawingThreads now() {
            return new DrawingThreads(of("JavaFX Application Thread"), of("QuantumRenderer-0"));
        }

        private static long of(String name) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                    .filter(thread -> thread != null && thread.getThreadName().equals(name))
                    .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                    .findFirst()
                    .orElseThrow();
        }

        DrawingThreads minus(DrawingThreads before) {
            return new DrawingThreads(toolkit - before.toolkit, renderer - before.renderer);
        }

        long total() {
            return toolkit + renderer;
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
    private static Pace frames(IntConsumer action) {
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
        DrawingThreads before = DrawingThreads.now();
        UiDriver.doInFx(timer::start);
        try {
            assertThat(over.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        DrawingThreads used = DrawingThreads.now().minus(before);
        UiDriver.doInFx(timer::stop);
        return new Pace(
                (FRAMES - 1) / ((last[0] - first[0]) / 1e9),
                used.toolkit() / 1e6 / FRAMES,
                used.renderer() / 1e6 / FRAMES);
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

    private static Pace drag(TopologyCanvas canvas) {
        var card = canvas.lookup("#hosts-rs7 .card");
        var bounds = UiDriver.inFx(() -> canvas.sceneToLocal(card.localToScene(card.getBoundsInLocal())));
        double x = bounds.getMinX() + 14;
        double y = bounds.getMinY() + 12;
        UiDriver.doInFx(() -> mouse(canvas, card, MouseEvent.MOUSE_PRESSED, x, y));
        Pace pace = frames(frame -> mouse(canvas, card, MouseEvent.MOUSE_DRAGGED, x + 4 + frame, y + 4 + frame % 40));
        UiDriver.doInFx(() -> mouse(canvas, card, MouseEvent.MOUSE_RELEASED, x + 4 + FRAMES, y + 4));
        return pace;
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
