package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Texts;
import java.util.Optional;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;

/**
 * Something that people can do, the same in menu, button and by keyboard.
 *
 * @param id its texts are {@code command.ID} and {@code command.ID.tip}
 * @param enabled whether it makes sense now
 */
record Command(
        String id, Icon icon, Optional<KeyCombination> shortcut, ObservableBooleanValue enabled, Runnable action) {

    static Command of(String id, Icon icon, String shortcut, ObservableBooleanValue enabled, Runnable action) {
        return new Command(
                id,
                icon,
                shortcut.isEmpty() ? Optional.empty() : Optional.of(KeyCombination.valueOf(shortcut)),
                enabled,
                action);
    }

    String text() {
        return Texts.text("command." + id);
    }

    MenuItem menuItem() {
        MenuItem item = new MenuItem(text(), icon.node());
        item.setId("menu-" + id);
        shortcut.ifPresent(item::setAccelerator);
        follow(item.disableProperty());
        item.setOnAction(event -> action.run());
        return item;
    }

    /** With its text. */
    Button button(String... styleClasses) {
        Button button = new Button(text(), icon.node());
        return prepared(button, styleClasses);
    }

    /** With its icon alone; the text becomes the tooltip. */
    Button iconButton(String... styleClasses) {
        Button button = new Button("", icon.node());
        button.getStyleClass().add("icon-button");
        return prepared(button, styleClasses);
    }

    private Button prepared(Button button, String... styleClasses) {
        button.setId("button-" + id);
        button.getStyleClass().addAll(styleClasses);
        button.setAccessibleText(text());
        String tip = Texts.text("command." + id + ".tip");
        button.setTooltip(new Tooltip(
                shortcut.map(keys -> tip + " (" + keys.getDisplayText() + ")").orElse(tip)));
        follow(button.disableProperty());
        button.setOnAction(event -> action.run());
        return button;
    }

    private void follow(javafx.beans.property.BooleanProperty disabled) {
        disabled.bind(javafx.beans.binding.Bindings.not(enabled));
    }
}
