package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.BulkLinking;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.cell.CheckBoxListCell;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Asks which hosts are to hang on which segments, by patterns of their names, and shows every link before it is made. */
final class LinkDialog extends Dialog<List<BulkLinking.Pair>> {
    private static final double ROWS = 240;

    private final WorkbenchModel model;
    private final TextField hosts = new TextField();
    private final TextField segments = new TextField();
    private final ListView<BulkLinking.Pair> pairs = new ListView<>();
    private final Label count = new Label();
    private final Map<BulkLinking.Pair, BooleanProperty> wanted = new HashMap<>();

    LinkDialog(WorkbenchModel model) {
        this.model = model;
        setTitle(Texts.text("command.linkMany"));
        setHeaderText(Texts.text("link.header"));
        hosts.setId("link-hosts");
        hosts.setText(chosen(ObjectRef.HostRef.class));
        hosts.setPromptText(Texts.text("link.hosts.prompt"));
        hosts.setAccessibleText(Texts.text("link.hosts"));
        segments.setId("link-segments");
        segments.setText(chosen(ObjectRef.SegmentRef.class));
        segments.setPromptText(Texts.text("link.segments.prompt"));
        segments.setAccessibleText(Texts.text("link.segments"));
        GridPane grid = new GridPane();
        grid.getStyleClass().add("dialog-grid");
        grid.addRow(0, new Label(Texts.text("link.hosts")), hosts);
        grid.addRow(1, new Label(Texts.text("link.segments")), segments);
        pairs.setId("link-pairs");
        pairs.setPrefHeight(ROWS);
        pairs.setPlaceholder(new Placeholder(Texts.text("link.none")));
        pairs.setCellFactory(CheckBoxListCell.forListView(this::wanted, new Naming()));
        VBox content = new VBox(10, grid, pairs, count);
        getDialogPane().setContent(content);
        ButtonType link = new ButtonType(Texts.text("link.yes"), ButtonBar.ButtonData.OK_DONE);
        getDialogPane().getButtonTypes().setAll(link, ButtonType.CANCEL);
        getDialogPane().lookupButton(link).setId("link-yes");
        hosts.textProperty().subscribe(this::find);
        segments.textProperty().subscribe(this::find);
        setResultConverter(button -> button == link ? checked() : null);
        setOnShown(event -> hosts.requestFocus());
    }

    /** Names of what is selected, so that a selection is what is linked unless one says otherwise. */
    private String chosen(Class<? extends ObjectRef> kind) {
        return model.project().selection().all().stream()
                .filter(kind::isInstance)
                .map(ObjectRef::name)
                .collect(Collectors.joining(", "));
    }

    private void find() {
        wanted.clear();
        pairs.getItems()
                .setAll(model.project()
                        .topologyProperty()
                        .get()
                        .map(it -> BulkLinking.missing(it, hosts.getText(), segments.getText()))
                        .orElse(List.of()));
        showCount();
    }

    private BooleanProperty wanted(BulkLinking.Pair pair) {
        return wanted.computeIfAbsent(pair, _ -> {
            BooleanProperty property = new SimpleBooleanProperty(true);
            property.subscribe((before, now) -> showCount());
            return property;
        });
    }

    private List<BulkLinking.Pair> checked() {
        return pairs.getItems().stream()
                .filter(pair -> !wanted.containsKey(pair) || wanted.get(pair).get())
                .toList();
    }

    private void showCount() {
        count.setText(Texts.text("link.count", checked().size()));
    }

    /** Says which host gets a port on which segment. */
    private static final class Naming extends StringConverter<BulkLinking.Pair> {
        @Override
        public String toString(BulkLinking.Pair pair) {
            return pair == null
                    ? ""
                    : Texts.text("link.pair", pair.host().name(), pair.segment().name());
        }

        @Override
        public BulkLinking.Pair fromString(String text) {
            throw new UnsupportedOperationException("links are checked, not typed");
        }
    }
}
