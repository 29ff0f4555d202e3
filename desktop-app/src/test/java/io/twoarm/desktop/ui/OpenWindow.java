package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.Engine;
import io.twoarm.engine.TwoArmEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;

/** A workbench window of a test, with a mouse and a keyboard. */
final class OpenWindow implements AutoCloseable {
    static final int WIDTH = 1280;
    static final int HEIGHT = 800;

    private final UiDriver driver = new UiDriver();
    private final WorkbenchModel model;
    private final Stage stage;

    /** @param settings directory for the settings file */
    OpenWindow(Engine engine, Path settings, int width, int height) {
        model = UiDriver.inFx(
                () -> new WorkbenchModel(engine, Platform::runLater, settings.resolve("workbench.properties")));
        stage = UiDriver.inFx(() -> {
            Stage shown = new Stage();
            new WorkbenchWindow(shown, model).show();
            shown.setX(0);
            shown.setY(0);
            shown.setWidth(width);
            shown.setHeight(height);
            return shown;
        });
        UiDriver.waitUntil("the window has its size", () -> scene().getWidth() == width);
    }

    /** One of its usual size in which nothing is deployed; see {@link #withoutBundle(Path, int, int)}. */
    static OpenWindow withoutBundle(Path directory) {
        return withoutBundle(directory, WIDTH, HEIGHT);
    }

    /**
     * One in which nothing is deployed: it has no archive of the director.
     *
     * @param directory where its settings are
     */
    static OpenWindow withoutBundle(Path directory, int width, int height) {
        return new OpenWindow(
                new TwoArmEngine(directory.resolve("no-bundle.tar.gz")), directory.resolve("settings"), width, height);
    }

    /** Opens a project and waits until it is drawn. */
    OpenWindow opened(Path project) {
        int before = UiDriver.inFx(() -> {
            model.project().open(project);
            return model.project().openingProperty().get();
        });
        UiDriver.waitUntil(
                "the drawing of " + project,
                () -> model.project().openingProperty().get() > before
                        && (model.project().topologyProperty().get().isEmpty()
                                || !model.places().placesProperty().get().isEmpty()));
        UiDriver.nextPulse();
        return this;
    }

    void resize(int width, int height) {
        UiDriver.doInFx(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
        UiDriver.waitUntil(
                "the window has its size", () -> scene().getWidth() == width && scene().getHeight() == height);
        UiDriver.nextPulse();
    }

    /** Waits until every edit is on disk. */
    void saved() {
        UiDriver.waitUntil(
                "everything is written",
                () -> model.project().editing().savedProperty().get());
    }

    /** Where the figure of an object stands, by its path. */
    Point place(String path) {
        return UiDriver.inFx(() -> model.places().placesProperty().get().get(path));
    }

    /** What undo is called now. */
    String undoText() {
        return UiDriver.inFx(() -> menuItem("menu-undo").map(MenuItem::getText).orElseThrow());
    }

    /** Leaves the project, so that the next test begins with the same window. */
    void leave() {
        saved();
        UiDriver.doInFx(() -> model.project().close());
        UiDriver.nextPulse();
    }

    UiDriver driver() {
        return driver;
    }

    WorkbenchModel model() {
        return model;
    }

    Scene scene() {
        return stage.getScene();
    }

    Stage stage() {
        return stage;
    }

    TopologyCanvas canvas() {
        return driver.find("#canvas", TopologyCanvas.class);
    }

    Optional<ObjectRef> selection() {
        return UiDriver.inFx(() -> model.project().selectionProperty().get());
    }

    /** An item of the menu bar. */
    Optional<MenuItem> menuItem(String id) {
        MenuBar bar = (MenuBar) scene().lookup(".menu-bar");
        return bar.getMenus().stream()
                .flatMap(menu -> menu.getItems().stream())
                .filter(item -> id.equals(item.getId()))
                .findFirst();
    }

    /** All items of the menu bar, those of menus within menus too. */
    Stream<MenuItem> everyMenuItem() {
        MenuBar bar = (MenuBar) scene().lookup(".menu-bar");
        return bar.getMenus().stream().flatMap(OpenWindow::items);
    }

    private static Stream<MenuItem> items(Menu menu) {
        return menu.getItems().stream().flatMap(item -> item instanceof Menu inner ? items(inner) : Stream.of(item));
    }

    /** The tabs of all areas around the drawing. */
    List<Tab> tabs() {
        return UiDriver.inFx(() -> Arrays.stream(Page.Area.values())
                .map(area -> scene().lookup("#dock-" + area.name().toLowerCase(Locale.ROOT)))
                .filter(TabPane.class::isInstance)
                .flatMap(pane -> List.copyOf(((TabPane) pane).getTabs()).stream())
                .toList());
    }

    /** Does what a menu item does, wherever in the menus it is. */
    void press(String id) {
        MenuItem found = everyMenuItem()
                .filter(item -> id.equals("#" + item.getId()))
                .findFirst()
                .orElseThrow();
        if (found instanceof CheckMenuItem check) {
            check.setSelected(!check.isSelected());
        }
        found.fire();
    }

    @Override
    public void close() {
        UiDriver.closeWindows();
        UiDriver.doInFx(model::close);
    }
}
