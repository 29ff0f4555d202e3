package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.ui.canvas.TopologyCanvas;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.Engine;
import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
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

    /** Opens a project and waits until it is drawn. */
    OpenWindow opened(Path project) {
        UiDriver.doInFx(() -> model.project().open(project));
        UiDriver.waitUntil(
                "the drawing of " + project,
                () -> model.project().project().isPresent()
                        && (model.project().topologyProperty().get().isEmpty()
                                || !model.places().placesProperty().get().isEmpty()));
        UiDriver.nextPulse();
        return this;
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

    @Override
    public void close() {
        UiDriver.closeWindows();
        UiDriver.doInFx(model::close);
    }
}
