package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

/** Mouse, keyboard and eyes of a test. Everything that knows the robot library is here. */
final class UiDriver {
    private static final Duration LIMIT = Duration.ofSeconds(180);

    private final FxRobot robot = new FxRobot();

    private static boolean started;

    UiDriver() {
        startToolkit();
    }

    private static synchronized void startToolkit() {
        if (started) {
            return;
        }
        if (System.getenv("DISPLAY") == null) {
            throw new AssertionError(
                    "tests of the window need a display. Run ./check, or: xvfb-run -a mvn -pl desktop-app -am test");
        }
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new AssertionError("JavaFX did not start on display " + System.getenv("DISPLAY"), e);
        }
        Platform.setImplicitExit(false);
        inFx(() -> {
            Theme.loadFonts();
            return true;
        });
        started = true;
    }

    /** Runs on JavaFX's thread and waits for the result. */
    static <T> T inFx(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        if (Platform.isFxApplicationThread()) {
            task.run();
        } else {
            Platform.runLater(task);
        }
        try {
            return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static void doInFx(Runnable action) {
        inFx(() -> {
            action.run();
            return true;
        });
    }

    static void waitUntil(String what, Callable<Boolean> condition) {
        waitUntil(what, LIMIT, condition);
    }

    /** Asks on JavaFX's thread, after each pulse, until the condition holds. */
    static void waitUntil(String what, Duration limit, Callable<Boolean> condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!inFx(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            nextPulse();
        }
    }

    /** Returns after the window was laid out once more. */
    static void nextPulse() {
        java.util.concurrent.CountDownLatch passed = new java.util.concurrent.CountDownLatch(2);
        javafx.animation.AnimationTimer timer = new javafx.animation.AnimationTimer() {
            @Override
            public void handle(long now) {
                passed.countDown();
            }
        };
        doInFx(timer::start);
        try {
            if (!passed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("JavaFX stands still");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        doInFx(timer::stop);
    }

    /** A node of any open window, as soon as it is there. */
    <T extends Node> T find(String selector, Class<T> type) {
        waitUntil(
                "there is " + selector,
                () -> Window.getWindows().stream()
                        .anyMatch(window -> window.getScene().lookup(selector) != null));
        return inFx(() -> Window.getWindows().stream()
                .map(window -> window.getScene().lookup(selector))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow());
    }

    /** To the bottom of the screen, where no window of the tests is. */
    void moveMouseAway() {
        javafx.geometry.Rectangle2D screen =
                inFx(() -> javafx.stage.Screen.getPrimary().getBounds());
        robot.moveTo(screen.getMaxX() - 2, screen.getMaxY() - 2);
        nextPulse();
    }

    void click(String selector) {
        robot.clickOn(find(selector, Node.class));
    }

    void click(Node node) {
        robot.clickOn(node);
        nextPulse();
    }

    /** Near the top left corner of a figure on the drawing, where no other object lies over it. */
    void click(TopologyCanvas canvas, ObjectRef ref) {
        robot.clickOn(corner(canvas, ref));
    }

    void doubleClick(Node node) {
        robot.doubleClickOn(node);
    }

    /** As one event, so that it does not depend on how fast the machine is. */
    void doubleClickOnce(Node node) {
        doInFx(() -> {
            Bounds bounds = node.getBoundsInLocal();
            for (EventType<MouseEvent> type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                node.fireEvent(new MouseEvent(
                        type,
                        bounds.getCenterX(),
                        bounds.getCenterY(),
                        0,
                        0,
                        MouseButton.PRIMARY,
                        2,
                        false,
                        false,
                        false,
                        false,
                        type == MouseEvent.MOUSE_PRESSED,
                        false,
                        false,
                        true,
                        false,
                        true,
                        new PickResult(node, bounds.getCenterX(), bounds.getCenterY())));
            }
        });
        nextPulse();
    }

    void drag(TopologyCanvas canvas, ObjectRef ref, double dx, double dy) {
        Point2D from = corner(canvas, ref);
        robot.moveTo(from);
        robot.press(MouseButton.PRIMARY);
        robot.moveTo(from.add(dx / 2, dy / 2));
        robot.moveTo(from.add(dx, dy));
        robot.release(MouseButton.PRIMARY);
        nextPulse();
    }

    /** Presses on one node, drags to the middle of another and releases there. */
    void drag(String from, String to) {
        dragBetween(centre(find(from, Node.class)), centre(find(to, Node.class)));
    }

    /** Drags the middle of a node so far, with keys held down. */
    void dragBy(String selector, double dx, double dy, KeyCode... held) {
        dragBy(selector, dx, dy, List.of(held), List.of());
    }

    /** @param before keys that are pressed before the mouse is released */
    void dragBy(String selector, double dx, double dy, List<KeyCode> held, List<KeyCode> before) {
        Point2D from = centre(find(selector, Node.class));
        held.forEach(robot::press);
        dragBetween(from, from.add(dx, dy), before.toArray(KeyCode[]::new));
        held.forEach(robot::release);
        nextPulse();
    }

    /** Clicks a point of the drawing's view. */
    void click(TopologyCanvas canvas, double x, double y) {
        robot.clickOn(inFx(() -> canvas.localToScreen(x, y)));
        nextPulse();
    }

    /** Drags something from the palette to a point of the drawing's view. */
    void dragTo(String item, TopologyCanvas canvas, double x, double y, KeyCode... before) {
        Point2D to = inFx(() -> canvas.localToScreen(x, y));
        dragBetween(centre(find(item, Node.class)), to, before);
    }

    /** Drags something from the palette onto an object. */
    void dragTo(String item, TopologyCanvas canvas, ObjectRef ref) {
        dragBetween(centre(find(item, Node.class)), corner(canvas, ref));
    }

    /** Drags from a place of the drawing's view, such as to look elsewhere. */
    void drag(TopologyCanvas canvas, double x, double y, double dx, double dy) {
        Point2D from = inFx(() -> canvas.localToScreen(x, y));
        dragBetween(from, from.add(dx, dy));
    }

    /** @param before keys that are pressed before the mouse is released */
    private void dragBetween(Point2D from, Point2D to, KeyCode... before) {
        robot.moveTo(from);
        robot.press(MouseButton.PRIMARY);
        robot.moveTo(from.midpoint(to));
        robot.moveTo(to);
        nextPulse();
        for (KeyCode key : before) {
            robot.push(key);
        }
        robot.release(MouseButton.PRIMARY);
        nextPulse();
    }

    private static Point2D centre(Node node) {
        return inFx(() -> {
            Bounds bounds = node.localToScreen(node.getBoundsInLocal());
            return new Point2D(bounds.getCenterX(), bounds.getCenterY());
        });
    }

    /** Draws a selection frame around two figures, beginning on empty ground. */
    void frame(TopologyCanvas canvas, ObjectRef first, ObjectRef second) {
        Bounds one = inFx(() -> canvas.localToScreen(canvas.boundsOf(first).orElseThrow()));
        Bounds two = inFx(() -> canvas.localToScreen(canvas.boundsOf(second).orElseThrow()));
        robot.press(KeyCode.SHIFT);
        dragBetween(
                new Point2D(Math.min(one.getMinX(), two.getMinX()) - 30, Math.max(one.getMaxY(), two.getMaxY()) + 30),
                new Point2D(Math.max(one.getMaxX(), two.getMaxX()) - 10, Math.min(one.getMinY(), two.getMinY()) + 10));
        robot.release(KeyCode.SHIFT);
    }

    void rightClick(TopologyCanvas canvas, ObjectRef ref) {
        robot.clickOn(corner(canvas, ref), MouseButton.SECONDARY);
        nextPulse();
    }

    /** In the middle of a node. */
    void rightClick(String selector) {
        robot.clickOn(find(selector, Node.class), MouseButton.SECONDARY);
        nextPulse();
    }

    void controlClick(TopologyCanvas canvas, ObjectRef ref) {
        robot.press(KeyCode.CONTROL);
        robot.clickOn(corner(canvas, ref));
        robot.release(KeyCode.CONTROL);
        nextPulse();
    }

    /** Clicks an item of a menu that is open. */
    void clickMenu(String selector) {
        Node item = find(selector, Node.class);
        waitUntil("the menu stands still", () -> item.localToScreen(0, 0) != null);
        robot.clickOn(item);
        nextPulse();
    }

    private static Point2D corner(TopologyCanvas canvas, ObjectRef ref) {
        return inFx(() -> {
            Bounds bounds = canvas.boundsOf(ref).orElseThrow();
            return canvas.localToScreen(bounds.getMinX() + 14, bounds.getMinY() + 12);
        });
    }

    /** Presses keys together. */
    void keys(KeyCode... keys) {
        robot.push(keys);
        nextPulse();
    }

    void type(String text) {
        robot.write(text, 0);
    }

    /** @param steps of the wheel, away from the user when positive */
    void controlWheel(Node node, int steps) {
        robot.moveTo(node);
        robot.press(KeyCode.CONTROL);
        robot.scroll(
                Math.abs(steps),
                steps > 0 ? javafx.geometry.VerticalDirection.UP : javafx.geometry.VerticalDirection.DOWN);
        robot.release(KeyCode.CONTROL);
        nextPulse();
    }

    /** A picture of a scene as its window shows it, without the mouse. */
    static WritableImage picture(Scene scene) {
        nextPulse();
        return inFx(() -> scene.snapshot(null));
    }

    static void savePicture(Scene scene, Path file) {
        WritableImage image = picture(scene);
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hides what is left open. */
    static void closeWindows() {
        doInFx(() -> java.util.List.copyOf(Window.getWindows()).forEach(window -> {
            if (window instanceof Stage stage) {
                stage.setOnCloseRequest(null);
            }
            window.hide();
        }));
    }
}
