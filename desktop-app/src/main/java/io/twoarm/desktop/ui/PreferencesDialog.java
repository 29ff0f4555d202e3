package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Settings;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Shows all settings and gives them back as they were chosen. */
final class PreferencesDialog extends Dialog<Settings> {
    private final GridPane grid = new GridPane();
    private final ComboBox<Boolean> theme = new ComboBox<>();
    private final CheckBox contrast = new CheckBox(Texts.text("preferences.contrast"));
    private final ComboBox<Integer> scale = new ComboBox<>();
    private final ComboBox<String> language = new ComboBox<>();
    private final CheckBox snap = new CheckBox(Texts.text("preferences.snap"));

    PreferencesDialog(Settings now) {
        setTitle(Texts.text("preferences.title"));
        setHeaderText(Texts.text("preferences.header"));
        grid.getStyleClass().add("dialog-grid");
        theme.getItems().setAll(false, true);
        theme.setConverter(shown(dark -> Texts.text(dark ? "preferences.dark" : "preferences.light")));
        theme.setValue(now.dark());
        contrast.setSelected(now.contrast());
        scale.getItems().setAll(Settings.SCALES);
        scale.setConverter(shown(percent -> Texts.text("preferences.percent", percent)));
        scale.setValue(now.scale());
        List<String> languages = new ArrayList<>(List.of(""));
        languages.addAll(Settings.LANGUAGES);
        language.getItems().setAll(languages);
        language.setConverter(shown(code -> Texts.text("language." + (code.isEmpty() ? "system" : code))));
        language.setValue(now.language());
        snap.setSelected(now.snap());
        row("preferences.theme", "theme", theme);
        row("", "contrast", contrast);
        row("preferences.scale", "scale", scale);
        row("preferences.language", "language", language);
        row("", "snap", snap);
        Label later = new Label(Texts.text("preferences.later"));
        later.setWrapText(true);
        later.getStyleClass().add("view-summary");
        getDialogPane().setContent(new VBox(12, grid, later));
        getDialogPane().getButtonTypes().setAll(ButtonType.OK, ButtonType.CANCEL);
        getDialogPane().lookupButton(ButtonType.OK).setId("preferences-ok");
        setResultConverter(button -> button == ButtonType.OK
                ? new Settings(
                        theme.getValue(),
                        contrast.isSelected(),
                        scale.getValue(),
                        language.getValue(),
                        snap.isSelected(),
                        now.recent())
                : null);
    }

    private void row(String key, String id, Control control) {
        control.setId("preferences-" + id);
        Label label = new Label(key.isEmpty() ? "" : Texts.text(key));
        label.setLabelFor(control);
        control.setAccessibleText(control instanceof CheckBox box ? box.getText() : label.getText());
        grid.addRow(grid.getRowCount(), label, control);
    }

    private static <T> StringConverter<T> shown(Function<T, String> text) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : text.apply(value);
            }

            @Override
            public T fromString(String typed) {
                throw new UnsupportedOperationException("settings are chosen, not typed");
            }
        };
    }
}
