package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.Wording;
import io.twoarm.desktop.viewmodel.Editor;
import io.twoarm.desktop.viewmodel.PropertySection;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** A property that can be edited: a field that judges while one types, or a list to choose from. */
final class PropertyField {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final WorkbenchModel model;

    PropertyField(WorkbenchModel model) {
        this.model = model;
    }

    /** @param id of the control, so that the keyboard finds it again after an edit */
    Node of(PropertySection.Row row, Editor editor, String id) {
        Node control = switch (editor) {
            case Editor.Named named ->
                typed(
                        row,
                        named.ref().name(),
                        text -> model.edits().refusal(named.ref(), text),
                        text -> model.edits().rename(named.ref(), text),
                        id);
            case Editor.Typed typed ->
                typed(
                        row,
                        typed.initial(),
                        text -> model.project()
                                .topologyProperty()
                                .get()
                                .flatMap(topology -> typed.refusal(topology, text)),
                        text -> edit(typed.name(), design -> typed.apply(design, text)),
                        id);
            case Editor.Paragraph paragraph -> paragraph(row, paragraph, id);
            case Editor.Choice choice -> choice(row, choice, id);
        };
        HBox line = new HBox(control);
        line.getStyleClass().add("property-editor");
        HBox.setHgrow(control, Priority.ALWAYS);
        row.target().ifPresent(target -> {
            Button open = iconButton(Icon.OPEN_OBJECT, Texts.text("property.open"));
            open.setOnAction(event -> model.project().select(Optional.of(target)));
            line.getChildren().add(open);
        });
        row.removal().ifPresent(action -> line.getChildren().add(removal(action, id)));
        return line;
    }

    /** A button that does something at once. */
    Button removal(Editor.Action action, String id) {
        Button button = iconButton(Icon.REMOVE, action.label());
        button.setId(id + "-remove");
        button.setOnAction(event -> edit(action.name(), action::apply));
        return button;
    }

    Button addition(Editor.Action action, String id) {
        Button button = new Button(action.label(), Icon.NEW.node());
        button.setId(id);
        button.setMnemonicParsing(false);
        button.getStyleClass().addAll("flat", "small", "property-add");
        button.setOnAction(event -> edit(action.name(), action::apply));
        return button;
    }

    private static Button iconButton(Icon icon, String text) {
        Button button = new Button("", icon.node());
        button.getStyleClass().addAll("flat", "icon-button", "property-button");
        button.setTooltip(new Tooltip(text));
        button.setAccessibleText(text);
        return button;
    }

    private void edit(Wording name, UnaryOperator<Design> change) {
        model.project().edit(name, change);
    }

    private static Node typed(
            PropertySection.Row row,
            String initial,
            Function<String, Optional<String>> refusal,
            java.util.function.Consumer<String> take,
            String id) {
        TextField field = new TextField(initial);
        field.setId(id);
        field.getStyleClass().add(row.code() ? "property-code" : "property-text");
        field.setAccessibleText(row.label());
        field.setPromptText(initial.isEmpty() ? row.value() : "");
        Label why = new Label();
        why.getStyleClass().add("field-error");
        why.setWrapText(true);
        why.setVisible(false);
        why.setManaged(false);
        field.textProperty().subscribe(text -> {
            Optional<String> problem = text.equals(initial) ? Optional.empty() : refusal.apply(text);
            why.setText(problem.orElse(""));
            why.setVisible(problem.isPresent());
            why.setManaged(problem.isPresent());
            field.pseudoClassStateChanged(INVALID, problem.isPresent());
        });
        boolean[] over = {false};
        Runnable commit = () -> {
            if (!over[0] && !field.getText().equals(initial) && !why.isVisible()) {
                over[0] = true;
                String text = field.getText();
                javafx.application.Platform.runLater(() -> take.accept(text));
            }
        };
        field.setOnAction(event -> commit.run());
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                commit.run();
            }
        });
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                field.setText(initial);
                event.consume();
            }
        });
        return new VBox(field, why);
    }

    /** Leaving the field takes the text, and so does Enter with Ctrl; Escape does not. */
    private Node paragraph(PropertySection.Row row, Editor.Paragraph paragraph, String id) {
        TextArea area = new TextArea(paragraph.initial());
        area.setId(id);
        area.setWrapText(true);
        area.setPrefRowCount(4);
        area.setPrefColumnCount(10);
        area.getStyleClass().add("property-paragraph");
        area.setAccessibleText(row.label());
        boolean[] over = {false};
        Runnable commit = () -> {
            if (!over[0] && !area.getText().equals(paragraph.initial())) {
                over[0] = true;
                String text = area.getText();
                javafx.application.Platform.runLater(
                        () -> edit(paragraph.name(), design -> paragraph.apply(design, text)));
            }
        };
        area.focusedProperty().subscribe(focused -> {
            if (!focused) {
                commit.run();
            }
        });
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                area.setText(paragraph.initial());
                event.consume();
            } else if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
                commit.run();
                event.consume();
            }
        });
        return area;
    }

    private Node choice(PropertySection.Row row, Editor.Choice choice, String id) {
        ComboBox<Editor.Option> box = new ComboBox<>();
        box.setId(id);
        box.setMaxWidth(Double.MAX_VALUE);
        box.getStyleClass().add("property-choice");
        box.setAccessibleText(row.label());
        box.getItems().setAll(choice.options());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(Editor.Option option) {
                return option == null ? "" : option.label();
            }

            @Override
            public Editor.Option fromString(String text) {
                throw new UnsupportedOperationException("the list is not typed into");
            }
        });
        Editor.Option now = choice.options().stream()
                .filter(option -> option.label().equals(row.value()))
                .findFirst()
                .orElseGet(() -> new Editor.Option(row.value(), row.value()));
        box.setValue(now);
        box.setOnAction(event -> {
            Editor.Option wanted = box.getValue();
            if (wanted != null && !wanted.equals(now)) {
                javafx.application.Platform.runLater(
                        () -> edit(choice.name(), design -> choice.apply(design, wanted.value())));
            }
        });
        return box;
    }
}
