package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.CaptureRow;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.MissingLine;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.diagnose.capture.Sighting;
import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.Field;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What is selected in the capture: a frame as a tree of fields beside its bytes, or a connection line by line. */
final class CaptureDetails {
    private final TreeView<Field> tree = new TreeView<>();
    private final HexView hex = new HexView(this::selectFieldAt);
    private final SplitPane frame = new SplitPane();
    private final VBox steps = new VBox();
    private final ScrollPane connection = new ScrollPane(steps);
    private final Placeholder none = new Placeholder(Texts.text("capture.details.none"));
    private final StackPane root = new StackPane(none, connection, frame);

    CaptureDetails() {
        tree.setId("capture-fields");
        tree.setShowRoot(false);
        tree.getStyleClass().addAll("edge-to-edge", "dense", "fields");
        tree.setCellFactory(view -> new FieldCell());
        tree.setAccessibleText(Texts.text("capture.fields"));
        tree.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null && item.getValue() != null) {
                hex.highlight(item.getValue().offset(), item.getValue().length());
            }
        });
        frame.setOrientation(Orientation.VERTICAL);
        frame.getStyleClass().add("workspace");
        frame.getItems().setAll(tree, hex.node());
        frame.setDividerPositions(0.58);
        steps.getStyleClass().add("lines");
        steps.setId("capture-lines");
        connection.setFitToWidth(true);
        connection.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        root.getStyleClass().add("capture-details");
        root.setMinWidth(240);
        only(none);
    }

    Node node() {
        return root;
    }

    private void only(Node wanted) {
        root.getChildren().forEach(child -> child.setVisible(child == wanted));
    }

    void show(Optional<CaptureRow> row, Optional<Topology> topology) {
        if (row.isEmpty()) {
            only(none);
            return;
        }
        switch (row.get()) {
            case CaptureRow.Packet packet -> {
                show(packet.frame());
                only(frame);
            }
            case CaptureRow.Connection head -> {
                show(head.joined(), topology);
                only(connection);
            }
            case CaptureRow.Missing missing -> {
                show(missing.line());
                only(connection);
            }
        }
    }

    private void show(SeenFrame seen) {
        TreeItem<Field> top = new TreeItem<>();
        List<Field> layers = seen.decoded().layers();
        layers.forEach(layer -> top.getChildren().add(item(layer, layer == layers.getLast())));
        tree.setRoot(top);
        hex.show(seen.bytes());
    }

    /** The innermost layer is what most people look for. */
    private static TreeItem<Field> item(Field field, boolean open) {
        TreeItem<Field> item = new TreeItem<>(field);
        field.parts().forEach(part -> item.getChildren().add(item(part, false)));
        item.setExpanded(open);
        return item;
    }

    private void selectFieldAt(int offset) {
        innermost(tree.getRoot(), offset).ifPresent(item -> {
            for (TreeItem<Field> above = item.getParent(); above != null; above = above.getParent()) {
                above.setExpanded(true);
            }
            tree.getSelectionModel().select(item);
            tree.scrollTo(Math.max(0, tree.getRow(item) - 2));
        });
    }

    private static Optional<TreeItem<Field>> innermost(TreeItem<Field> below, int offset) {
        for (TreeItem<Field> child : below.getChildren()) {
            Field field = child.getValue();
            if (offset >= field.offset() && offset < field.offset() + field.length()) {
                return innermost(child, offset).or(() -> Optional.of(child));
            }
        }
        return Optional.empty();
    }

    /** The way of the first packets, line by line, with where each was seen and which is missing. */
    private void show(JoinedConnection joined, Optional<Topology> topology) {
        steps.getChildren().clear();
        Optional<AddressNames> names = topology.map(AddressNames::new);
        steps.getChildren().add(heading(joined, names));
        Optional<MissingLine.Step> missing = joined.missing().map(MissingLine::step);
        long start = joined.sightings().getFirst().frame().nanos();
        for (MissingLine.Step step : MissingLine.Step.values()) {
            Optional<Sighting> seen = Optional.ofNullable(joined.seen().get(step));
            if (seen.isPresent()) {
                SeenFrame at = seen.get().frame();
                steps.getChildren()
                        .add(line(
                                Icon.DONE.node("tone-up"),
                                step.words(),
                                Texts.text(
                                        "capture.seenAt",
                                        at.point().toString(),
                                        String.format(Locale.ROOT, "%.3f", (at.nanos() - start) / 1e6),
                                        at.packet())));
            } else if (missing.filter(step::equals).isPresent()) {
                steps.getChildren()
                        .add(line(
                                Icon.ERROR.node("tone-down"),
                                step.words(),
                                joined.missing().get().cause()));
            }
        }
    }

    private static Node heading(JoinedConnection joined, Optional<AddressNames> names) {
        var translation = joined.translation();
        Label title = new Label(Texts.text("capture.connection", joined.number()) + "  " + translation.state());
        title.getStyleClass().add("line-title");
        Label outside = new Label(
                Texts.text("capture.outside", name(translation.client(), names), name(translation.virtual(), names)));
        VBox box = new VBox(title, outside);
        outside.getStyleClass().add("line-detail");
        outside.setWrapText(true);
        if (!translation.keepsAddresses()) {
            Label inside = new Label(Texts.text(
                    "capture.inside", name(translation.local(), names), name(translation.realserver(), names)));
            inside.getStyleClass().add("line-detail");
            inside.setWrapText(true);
            box.getChildren().add(inside);
        }
        return box;
    }

    private static String name(Endpoint end, Optional<AddressNames> names) {
        return names.flatMap(it -> it.owner(end.address()))
                .map(owner -> end + " (" + owner + ")")
                .orElse(end.toString());
    }

    private void show(MissingLine line) {
        steps.getChildren()
                .setAll(
                        line(Icon.ERROR.node("tone-down"), line.step().words(), line.cause()),
                        line(Icon.DONE.node("tone-up"), Texts.text("capture.before"), line.seen()));
    }

    private static Node line(Node icon, String title, String detail) {
        Label head = new Label(title, icon);
        head.getStyleClass().add("line-title");
        head.setWrapText(true);
        Label text = new Label(detail);
        text.getStyleClass().add("line-detail");
        text.setWrapText(true);
        VBox box = new VBox(head, text);
        box.getStyleClass().add("line");
        return box;
    }

    /** A field's name and value. */
    private static final class FieldCell extends TreeCell<Field> {
        @Override
        protected void updateItem(Field field, boolean empty) {
            super.updateItem(field, empty);
            setText(
                    empty || field == null
                            ? null
                            : field.value().isEmpty() ? field.name() : field.name() + ": " + field.value());
        }
    }
}
