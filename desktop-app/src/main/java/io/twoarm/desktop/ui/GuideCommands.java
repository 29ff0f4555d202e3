package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;

/** Commands that help people on: the manual at the right place, the tour, and the settings. */
final class GuideCommands {
    final Command help;
    final Command tour;
    final Command preferences;

    private final WorkbenchModel model;
    private final Scene scene;
    private Optional<HelpWindow> manual = Optional.empty();

    /** @param tourView lies over the window */
    GuideCommands(WorkbenchModel model, Scene scene, TourView tourView) {
        this.model = model;
        this.scene = scene;
        SimpleBooleanProperty always = new SimpleBooleanProperty(true);
        help = Command.of("help", Icon.NOTE, "F1", always, () -> openManual(topic()));
        tour = Command.of(
                "tour",
                Icon.VERIFY,
                "",
                Bindings.createBooleanBinding(
                        () -> model.project().project().isPresent(),
                        model.project().projectProperty()),
                tourView::start);
        preferences = Command.of("preferences", Icon.PROPERTIES, "Shortcut+Comma", always, this::askForPreferences);
    }

    /** Every command, for search. */
    List<Command> all() {
        return List.of(help, tour, preferences);
    }

    /** What the manual says about the place where the keyboard is. */
    private HelpTopic topic() {
        return HelpTopic.at(scene.getFocusOwner())
                .orElse(model.project().project().isPresent() ? HelpTopic.DRAWING : HelpTopic.BEGIN);
    }

    private void openManual(HelpTopic topic) {
        HelpWindow window = manual.orElseGet(() -> new HelpWindow(scene.getWindow()));
        manual = Optional.of(window);
        window.open(topic);
    }

    private void askForPreferences() {
        PreferencesDialog dialog =
                new PreferencesDialog(model.settingsProperty().get());
        dialog.initOwner(scene.getWindow());
        dialog.showAndWait().ifPresent(model::change);
    }
}
