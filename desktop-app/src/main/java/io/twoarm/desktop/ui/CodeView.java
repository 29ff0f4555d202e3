package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.CodeLine;
import io.twoarm.desktop.viewmodel.Highlighting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    CodeView(String accessibleText) {
        getStyleClass().addAll("code", "edge-to-edge");
        setAccessibleText(accessibleText);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        setCellFactory(view -> new LineCell());
        setFixedCellSize(19);
        setOnKeyPressed(event -> {
            if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                copy();
                event.consume();
            }
        });
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
    private static final class LineCell extends ListCell<CodeLine> {
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
                            .map(LineCell::part)
                            .toList());
            setGraphic(line);
        }

        private static Text part(Highlighting.Span span) {
            Text part = new Text(span.text());
            part.getStyleClass()
                    .addAll("code-text", "code-" + span.kind().name().toLowerCase(Locale.ROOT));
            return part;
        }
    }
}
