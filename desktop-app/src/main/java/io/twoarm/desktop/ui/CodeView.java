package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.CodeLine;
import io.twoarm.desktop.viewmodel.Highlighting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** A text with coloured parts, line numbers, and marks where it differs from an earlier one. Selected lines can be copied. */
final class CodeView extends ListView<CodeLine> {
    private static final PseudoClass EXPLAINED = PseudoClass.getPseudoClass("explained");

    private final ObjectProperty<Set<Integer>> marked = new SimpleObjectProperty<>(Set.of());
    private Consumer<Optional<CodeLine>> onPoint = line -> {};
    private Consumer<CodeLine> onOpen = line -> {};

    CodeView(String accessibleText) {
        getStyleClass().addAll("code", "edge-to-edge");
        setAccessibleText(accessibleText);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        setCellFactory(view -> new LineCell());
        setFixedCellSize(19);
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open();
                event.consume();
            }
            if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                copy();
                event.consume();
            }
        });
    }

    /** The listener gets the line that the mouse is over or that is selected, or that there is none. */
    void setOnPoint(Consumer<Optional<CodeLine>> listener) {
        onPoint = listener;
        getSelectionModel().selectedItemProperty().subscribe(line -> listener.accept(Optional.ofNullable(line)));
        setOnMouseExited(
                event -> listener.accept(Optional.ofNullable(getSelectionModel().getSelectedItem())));
    }

    /** The listener gets the line that was double-clicked, or that Enter was pressed on. */
    void setOnOpen(Consumer<CodeLine> listener) {
        onOpen = listener;
    }

    private void open() {
        Optional.ofNullable(getSelectionModel().getSelectedItem()).ifPresent(onOpen);
    }

    /** Marks lines by their numbers. */
    void mark(Set<Integer> lines) {
        marked.set(Set.copyOf(lines));
    }

    /** Brings the first marked line into view. */
    void revealMarked() {
        getItems().stream()
                .filter(line ->
                        line.change() != CodeLine.Change.REMOVED && marked.get().contains(line.number()))
                .findFirst()
                .ifPresent(line -> scrollTo(Math.max(0, getItems().indexOf(line) - 2)));
    }

    void show(List<CodeLine> lines) {
        getItems().setAll(lines);
        int first = 0;
        while (first < lines.size() && lines.get(first).change() == CodeLine.Change.SAME) {
            first++;
        }
        scrollTo(first < lines.size() ? Math.max(0, first - 3) : 0);
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(getSelectionModel().getSelectedItems().stream()
                .map(CodeLine::text)
                .collect(Collectors.joining("\n")));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** Number, mark and the coloured line. */
    private final class LineCell extends ListCell<CodeLine> {
        private final Label number = new Label();
        private final Label mark = new Label();
        private final TextFlow text = new TextFlow();
        private final HBox line = new HBox(number, mark, text);

        LineCell() {
            getStyleClass().add("code-line");
            number.getStyleClass().add("code-number");
            mark.getStyleClass().add("code-mark");
            number.setMinWidth(USE_PREF_SIZE);
            mark.setMinWidth(USE_PREF_SIZE);
            text.setMinWidth(USE_PREF_SIZE);
            setOnMouseEntered(event -> onPoint.accept(Optional.ofNullable(getItem())));
            setOnMouseClicked(event -> {
                if (event.getClickCount() == 2) {
                    open();
                }
            });
            marked.subscribe(this::showMark);
        }

        @Override
        protected void updateItem(CodeLine item, boolean empty) {
            super.updateItem(item, empty);
            boolean shown = !empty && item != null;
            for (CodeLine.Change each : CodeLine.Change.values()) {
                pseudoClassStateChanged(
                        PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)),
                        shown && item.change() == each);
            }
            showMark();
            if (!shown) {
                setGraphic(null);
                return;
            }
            number.setText(Integer.toString(item.number()));
            mark.setText(
                    switch (item.change()) {
                        case SAME -> " ";
                        case ADDED -> "+";
                        case REMOVED -> "−";
                    });
            text.getChildren()
                    .setAll(Highlighting.spans(item.text()).stream()
                            .map(CodeView::part)
                            .toList());
            setGraphic(line);
        }

        private void showMark() {
            CodeLine line = getItem();
            pseudoClassStateChanged(
                    EXPLAINED,
                    !isEmpty()
                            && line != null
                            && line.change() != CodeLine.Change.REMOVED
                            && marked.get().contains(line.number()));
        }
    }

    private static Text part(Highlighting.Span span) {
        Text part = new Text(span.text());
        part.getStyleClass().addAll("code-text", "code-" + span.kind().name().toLowerCase(Locale.ROOT));
        return part;
    }
}
