package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.engine.Engine;
import io.twoarm.templates.StarterTopologies;
import io.twoarm.templates.StarterTopologies.Starter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;

/** Asks for a starter topology and the directory of a new project. */
final class NewProjectDialog extends Dialog<NewProjectDialog.Wanted> {
    private final ComboBox<Optional<Starter>> starters = new ComboBox<>();
    private final TextField directory = new TextField();

    record Wanted(String starter, Path directory) {}

    /** @param browse asks for a directory, starting at the given one */
    NewProjectDialog(String starter, Function<Path, Optional<Path>> browse) {
        setTitle(Texts.text("dialog.new.title"));
        setHeaderText(Texts.text("dialog.new.header"));
        starters.getItems().add(Optional.empty());
        StarterTopologies.all().forEach(each -> starters.getItems().add(Optional.of(each)));
        starters.setConverter(new StarterText());
        starters.setMaxWidth(Double.MAX_VALUE);
        starters.setValue(
                starter.equals(Engine.EMPTY)
                        ? Optional.empty()
                        : StarterTopologies.named(starter)
                                .or(() -> StarterTopologies.all().stream().findFirst()));
        directory.setId("new-directory");
        directory.setPrefColumnCount(36);
        directory.setText(suggestion(name(starters.getValue())).toString());
        HBox.setHgrow(directory, Priority.ALWAYS);
        Button choose = new Button("", Icon.OPEN.node());
        choose.setAccessibleText(Texts.text("dialog.browse"));
        choose.setOnAction(event ->
                browse.apply(Path.of(directory.getText())).ifPresent(chosen -> directory.setText(chosen.toString())));
        GridPane grid = new GridPane();
        grid.getStyleClass().add("dialog-grid");
        grid.addRow(0, new Label(Texts.text("dialog.new.starter")), starters);
        grid.addRow(1, new Label(Texts.text("dialog.new.directory")), new HBox(6, directory, choose));
        getDialogPane().setContent(grid);
        ButtonType create = new ButtonType(Texts.text("dialog.new.create"), ButtonBar.ButtonData.OK_DONE);
        getDialogPane().getButtonTypes().setAll(create, ButtonType.CANCEL);
        getDialogPane().lookupButton(create).setId("new-create");
        getDialogPane()
                .lookupButton(create)
                .disableProperty()
                .bind(directory.textProperty().map(String::isBlank));
        setResultConverter(button -> button == create
                ? new Wanted(
                        name(starters.getValue()), Path.of(directory.getText().strip()))
                : null);
        setOnShown(event -> directory.requestFocus());
    }

    private static String name(Optional<Starter> starter) {
        return starter.map(Starter::name).orElse(Engine.EMPTY);
    }

    private static Path suggestion(String starter) {
        return Path.of(System.getProperty("user.home"), starter.equals(Engine.EMPTY) ? "design" : starter);
    }

    private static final class StarterText extends StringConverter<Optional<Starter>> {
        @Override
        public String toString(Optional<Starter> starter) {
            return starter == null ? "" : starter.map(Starter::title).orElse(Texts.text("welcome.empty"));
        }

        @Override
        public Optional<Starter> fromString(String text) {
            throw new UnsupportedOperationException("starters are chosen, not typed");
        }
    }
}
