package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.HelpPage;
import io.twoarm.desktop.viewmodel.HelpPage.Block;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The manual beside the workbench: its headings at the left, the page at the right. It stays open while one works. */
final class HelpWindow {
    private static final double WIDTH = 900;
    private static final double HEIGHT = 680;

    private final Window owner;
    private final Stage stage = new Stage();
    private final ListView<Entry> contents = new ListView<>();
    private final VBox page = new VBox();
    private final ScrollPane scroller = new ScrollPane(page);
    private Optional<HelpPage> shown = Optional.empty();
    private boolean going;

    /** A line of the contents. */
    private record Entry(String file, Block.Heading heading) {
        HelpTopic topic() {
            return new HelpTopic(file, heading.level() == 1 ? "" : heading.anchor());
        }
    }

    HelpWindow(Window owner) {
        this.owner = owner;
        contents.setId("help-contents");
        contents.setAccessibleText(Texts.text("help.contents"));
        contents.getStyleClass().add("help-contents");
        contents.setCellFactory(view -> new EntryCell());
        for (String file : HelpPage.FILES) {
            HelpPage.load(file)
                    .headings()
                    .filter(heading -> heading.level() <= 2)
                    .forEach(heading -> contents.getItems().add(new Entry(file, heading)));
        }
        contents.getSelectionModel().selectedItemProperty().subscribe(entry -> {
            if (entry != null && !going) {
                show(entry.topic());
            }
        });
        page.getStyleClass().add("help-page");
        page.setId("help-page");
        scroller.setFitToWidth(true);
        scroller.getStyleClass().add("help-scroller");
        SplitPane split = new SplitPane(contents, scroller);
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(contents, false);
        stage.initOwner(owner);
        stage.setTitle(Texts.text("help.title"));
        stage.setScene(new Scene(split, WIDTH, HEIGHT));
        stage.getScene().setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                stage.hide();
            }
        });
    }

    /** Opens the manual at a paragraph. */
    void open(HelpTopic topic) {
        ObservableList<String> dress = stage.getScene().getStylesheets();
        dress.setAll(owner.getScene().getStylesheets());
        stage.show();
        stage.toFront();
        show(topic);
    }

    private void show(HelpTopic topic) {
        if (shown.filter(it -> it.file().equals(topic.file())).isEmpty()) {
            HelpPage loaded = HelpPage.load(topic.file());
            shown = Optional.of(loaded);
            page.getChildren().setAll(loaded.blocks().stream().map(this::node).toList());
        }
        int block = shown.orElseThrow().find(topic.anchor()).orElse(0);
        choose(topic);
        // The page has its height only after it was laid out.
        Platform.runLater(() -> scrollTo(page.getChildren().get(block)));
    }

    private void choose(HelpTopic topic) {
        going = true;
        contents.getItems().stream()
                .filter(entry -> entry.topic().equals(topic))
                .findFirst()
                .ifPresent(entry -> {
                    contents.getSelectionModel().select(entry);
                    contents.scrollTo(Math.max(0, contents.getItems().indexOf(entry) - 3));
                });
        going = false;
    }

    private void scrollTo(Node block) {
        scroller.applyCss();
        scroller.layout();
        double hidden = page.getHeight() - scroller.getViewportBounds().getHeight();
        scroller.setVvalue(hidden <= 0 ? 0 : Math.min(1, block.getLayoutY() / hidden));
    }

    private Node node(Block block) {
        return switch (block) {
            case Block.Heading heading -> {
                Label label = new Label(heading.text());
                label.setWrapText(true);
                label.getStyleClass().add("help-h" + Math.min(3, heading.level()));
                yield label;
            }
            case Block.Paragraph paragraph -> flow(paragraph.spans());
            case Block.Item item -> {
                List<HelpPage.Span> spans = new ArrayList<>();
                spans.add(new HelpPage.Span(HelpPage.Kind.PLAIN, "•  ", ""));
                spans.addAll(item.spans());
                TextFlow flow = flow(spans);
                flow.getStyleClass().add("help-item");
                yield flow;
            }
            case Block.Code code -> {
                Label text = new Label(code.text());
                text.getStyleClass().add("help-code");
                text.setMaxWidth(Double.MAX_VALUE);
                yield text;
            }
            case Block.Table table -> table(table);
        };
    }

    private Node table(Block.Table table) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("help-table");
        for (int row = 0; row < table.rows().size(); row++) {
            List<List<HelpPage.Span>> cells = table.rows().get(row);
            for (int column = 0; column < cells.size(); column++) {
                TextFlow cell = flow(cells.get(column));
                cell.getStyleClass().add(row == 0 ? "help-head" : "help-cell");
                if (column == cells.size() - 1) {
                    GridPane.setHgrow(cell, Priority.ALWAYS);
                } else {
                    cell.setMaxWidth(220);
                }
                grid.add(cell, column, row);
            }
        }
        return grid;
    }

    private TextFlow flow(List<HelpPage.Span> spans) {
        TextFlow flow = new TextFlow();
        for (HelpPage.Span span : spans) {
            Text text = new Text(span.text());
            text.getStyleClass()
                    .addAll("help-text", "help-" + span.kind().name().toLowerCase(java.util.Locale.ROOT));
            if (span.kind() == HelpPage.Kind.LINK) {
                text.setOnMouseClicked(event -> follow(span.target()));
            }
            flow.getChildren().add(text);
        }
        return flow;
    }

    /** Goes to another paragraph of the manual; what lies outside of it cannot be shown here. */
    private void follow(String target) {
        String[] parts = target.split("#", 2);
        String file = parts[0].isEmpty() ? shown.orElseThrow().file() : parts[0];
        if (HelpPage.FILES.contains(file)) {
            show(new HelpTopic(file, parts.length > 1 ? parts[1] : ""));
        }
    }

    /** A heading, the title of a page further out. */
    private static final class EntryCell extends ListCell<Entry> {
        @Override
        protected void updateItem(Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            boolean shown = !empty && entry != null;
            setText(
                    shown
                            ? (entry.heading().level() == 1 ? "" : "    ")
                                    + entry.heading().text()
                            : "");
        }
    }
}
