package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.CaptureModel;
import io.twoarm.desktop.viewmodel.CaptureModel.Arrangement;
import io.twoarm.desktop.viewmodel.CaptureRow;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.diagnose.capture.Leg;
import io.twoarm.diagnose.capture.MissingLine;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** Packets, or connections with their packets below them. Only rows in sight exist, and only they are decoded. */
final class CaptureTable {
    private static final PseudoClass HEAD = PseudoClass.getPseudoClass("connection");
    private static final PseudoClass MISSING = PseudoClass.getPseudoClass("missing");
    private static final PseudoClass INSIDE = PseudoClass.getPseudoClass("inside");
    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");
    private static final double PACKET_MIN_WIDTH = 120;
    private static final double ROW_HEIGHT = 23;

    private final CaptureModel model;
    private final TableView<CaptureRow> table = new TableView<>();
    private final Placeholder placeholder = new Placeholder("");
    private final ReadOnlyObjectWrapper<CaptureRow> selected = new ReadOnlyObjectWrapper<>(this, "selected");
    private final Subscriptions subscriptions = new Subscriptions();

    /** @param chosen gets what is double-clicked */
    CaptureTable(CaptureModel model, Consumer<CaptureRow> chosen) {
        this.model = model;
        table.setId("capture-table");
        table.getStyleClass().addAll("edge-to-edge", "dense", "packets");
        table.setFixedCellSize(ROW_HEIGHT);
        table.setAccessibleText(Texts.text("page", Page.CAPTURE));
        table.setPlaceholder(placeholder);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        column("capture.time", 94, this::time, "packet-time");
        column("capture.place", 130, CaptureTable::place, "");
        // The line tells the ends of a connection's packets, and there is no line without a connection.
        column("capture.line", 156, CaptureTable::line, "packet-line")
                .visibleProperty()
                .bind(model.arrangementProperty().isEqualTo(Arrangement.CONNECTIONS));
        for (TableColumn<CaptureRow, String> end : List.of(
                column("capture.source", 146, CaptureTable::source, ""),
                column("capture.destination", 146, CaptureTable::destination, ""))) {
            end.visibleProperty().bind(model.arrangementProperty().isEqualTo(Arrangement.PACKETS));
        }
        column("capture.length", 50, CaptureTable::length, "packet-length");
        column("capture.packet", 420, CaptureTable::packet, "");
        table.setRowFactory(view -> new Row());
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        table.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            CaptureRow row = table.getSelectionModel().getSelectedItem();
            if (row != null && event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                chosen.accept(row);
            }
        });
    }

    private TableColumn<CaptureRow, String> column(
            String key, double width, Function<CaptureRow, String> text, String styleClass) {
        TableColumn<CaptureRow, String> column = new TableColumn<>(Texts.text(key));
        column.setPrefWidth(width);
        if (key.equals("capture.packet")) {
            column.setMinWidth(PACKET_MIN_WIDTH);
        } else {
            // What a wide table has to spare belongs to the packet, and what a narrow one lacks is the packet's loss.
            column.setMinWidth(width);
            column.setMaxWidth(width * 1.2);
        }
        column.setSortable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        if (!styleClass.isEmpty()) {
            column.setCellFactory(view -> new StyledCell(styleClass));
        }
        table.getColumns().add(column);
        return column;
    }

    private String time(CaptureRow row) {
        return switch (row) {
            case CaptureRow.Connection head -> (head.expanded() ? "▾ " : "▸ ") + seconds(head.nanos());
            case CaptureRow.Packet packet -> seconds(packet.nanos());
            case CaptureRow.Missing missing -> "";
        };
    }

    /** Since the first frame of the capture. */
    private String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f", (nanos - model.firstNanos()) / 1e9);
    }

    private static String place(CaptureRow row) {
        return switch (row) {
            case CaptureRow.Connection head ->
                Texts.text("capture.connection", head.joined().number());
            case CaptureRow.Packet packet -> packet.place();
            case CaptureRow.Missing missing -> Texts.text("capture.missing");
        };
    }

    private static String line(CaptureRow row) {
        return switch (row) {
            case CaptureRow.Connection head ->
                head.joined()
                        .missing()
                        .map(line -> Texts.text("capture.lacks"))
                        .orElseGet(() -> head.joined().begunBefore()
                                ? Texts.text("capture.older")
                                : Texts.text("capture.lines", head.joined().lines(), Leg.values().length));
            case CaptureRow.Packet packet -> packet.leg().map(Leg::words).orElse("");
            case CaptureRow.Missing missing -> missing.line().step().words();
        };
    }

    private static String source(CaptureRow row) {
        return switch (row) {
            case CaptureRow.Connection head ->
                head.joined().translation().client().toString();
            case CaptureRow.Packet packet -> packet.source();
            case CaptureRow.Missing missing -> "";
        };
    }

    private static String destination(CaptureRow row) {
        return switch (row) {
            case CaptureRow.Connection head ->
                head.joined().translation().virtual().toString();
            case CaptureRow.Packet packet -> packet.destination();
            case CaptureRow.Missing missing -> "";
        };
    }

    private static String length(CaptureRow row) {
        return switch (row) {
            case CaptureRow.Connection head -> Integer.toString(head.packets());
            case CaptureRow.Packet packet -> Integer.toString(packet.frame().originalLength());
            case CaptureRow.Missing missing -> "";
        };
    }

    private static String packet(CaptureRow row) {
        return switch (row) {
            case CaptureRow.Connection head ->
                head.joined().translation().clientFlow()
                        + head.otherSide()
                                .map(flow -> Texts.text("capture.otherSide", flow))
                                .orElse("")
                        + " "
                        + head.joined()
                                .missing()
                                .map(MissingLine::step)
                                .map(step -> Texts.text("capture.missingStep", step.words()))
                                .orElse(head.joined().translation().state());
            case CaptureRow.Packet packet -> packet.frame().packet();
            case CaptureRow.Missing missing -> missing.line().cause();
        };
    }

    private void keyPressed(KeyEvent event) {
        if (!(table.getSelectionModel().getSelectedItem() instanceof CaptureRow.Connection head)) {
            return;
        }
        boolean fold = event.getCode() == KeyCode.LEFT && head.expanded();
        boolean unfold = event.getCode() == KeyCode.RIGHT && !head.expanded();
        if (fold || unfold || event.getCode() == KeyCode.SPACE) {
            model.toggle(head);
            event.consume();
        }
    }

    Node node() {
        return table;
    }

    /** Stays when the rows around it change. */
    ReadOnlyObjectProperty<CaptureRow> selected() {
        return selected.getReadOnlyProperty();
    }

    /** The table forgets what is selected when rows before it come or go. */
    private void selectAgain() {
        CaptureRow wanted = selected.get();
        if (wanted == null || table.getSelectionModel().getSelectedItem() != null) {
            return;
        }
        for (int i = 0; i < table.getItems().size(); i++) {
            if (isSame(table.getItems().get(i), wanted)) {
                table.getSelectionModel().select(i);
                return;
            }
        }
        selected.set(null);
    }

    private static boolean isSame(CaptureRow one, CaptureRow other) {
        return one instanceof CaptureRow.Connection first && other instanceof CaptureRow.Connection second
                ? first.key().equals(second.key())
                : one.equals(other);
    }

    void setPlaceholder(String text) {
        placeholder.setText(text);
    }

    void showEnd() {
        if (!table.getItems().isEmpty()) {
            table.scrollTo(table.getItems().size() - 1);
        }
    }

    void attach() {
        table.setItems(model.rows());
        subscriptions.follow(table.getSelectionModel().selectedItemProperty(), row -> {
            if (row != null) {
                selected.set(row);
            }
        });
        subscriptions.follow(model.rows(), () -> Platform.runLater(this::selectAgain));
    }

    void detach() {
        subscriptions.close();
        table.setItems(FXCollections.observableArrayList());
    }

    /** Tells style sheets what the row is, and says in full what has no room. */
    private final class Row extends TableRow<CaptureRow> {
        Row() {
            addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
                // The triangle at the left end.
                if (getItem() instanceof CaptureRow.Connection head && event.getX() < 18) {
                    model.toggle(head);
                }
            });
        }

        @Override
        protected void updateItem(CaptureRow row, boolean empty) {
            super.updateItem(row, empty);
            boolean shown = !empty && row != null;
            pseudoClassStateChanged(HEAD, shown && row instanceof CaptureRow.Connection);
            pseudoClassStateChanged(MISSING, shown && row instanceof CaptureRow.Missing);
            pseudoClassStateChanged(INSIDE, shown && row instanceof CaptureRow.Packet packet && packet.grouped());
            pseudoClassStateChanged(
                    BROKEN,
                    shown
                            && row instanceof CaptureRow.Connection head
                            && head.joined().missing().isPresent());
            getStyleClass().removeIf(name -> name.startsWith("leg-"));
            if (shown && row instanceof CaptureRow.Packet packet) {
                packet.leg()
                        .ifPresent(leg -> getStyleClass()
                                .add("leg-"
                                        + leg.name().toLowerCase(Locale.ROOT).replace('_', '-')));
            }
        }
    }

    /** A cell that style sheets know by its column. */
    private static final class StyledCell extends TableCell<CaptureRow, String> {
        StyledCell(String styleClass) {
            getStyleClass().add(styleClass);
        }

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
        }
    }
}
