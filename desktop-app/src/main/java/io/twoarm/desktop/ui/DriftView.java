package io.twoarm.desktop.ui;

import io.twoarm.deploy.DriftReport;
import io.twoarm.deploy.HostDrift;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.viewmodel.PlanModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Where design, last deployment and hosts are not the same; a double click leads to the host. */
final class DriftView implements View {
    private final PlanModel plan;
    private final Label summary = new Label();
    private final TableView<Row> table = new TableView<>();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    private record Row(String host, HostDrift.Item item) {}

    DriftView(WorkbenchModel model, Commands commands) {
        plan = model.plan();
        summary.setId("drift-summary");
        summary.getStyleClass().add("view-summary");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(summary, space, commands.drift.button("small"));
        bar.getStyleClass().add("view-bar");
        table.setId("drift");
        table.getStyleClass().addAll("edge-to-edge", "dense");
        table.setAccessibleText(Texts.text("page", Page.DRIFT));
        table.setPlaceholder(new Placeholder(Texts.text("drift.none")));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        column("drift.host", 110, Row::host);
        column("drift.thing", 260, row -> row.item().thing());
        column(
                "drift.meaning",
                240,
                row -> Texts.text("drift.meaning", row.item().meaning()));
        column("drift.designed", 160, row -> row.item().designed());
        column("drift.deployed", 160, row -> row.item().deployed());
        column("drift.running", 160, row -> row.item().running());
        table.setOnMouseClicked(event -> {
            Row row = table.getSelectionModel().getSelectedItem();
            if (event.getClickCount() == 2 && row != null) {
                model.project().selection().reveal(new HostRef(row.host()));
            }
        });
        VBox.setVgrow(table, Priority.ALWAYS);
        root = new VBox(bar, table);
        root.getStyleClass().add("side-view");
    }

    private void column(String key, double width, Function<Row, String> value) {
        TableColumn<Row, String> column = new TableColumn<>(Texts.text(key));
        column.setPrefWidth(width);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        table.getColumns().add(column);
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(plan.driftProperty(), this::show);
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(Optional<DriftReport> report) {
        List<Row> rows = report.stream()
                .flatMap(found -> found.hosts().stream())
                .flatMap(host -> host.items().stream().map(item -> new Row(host.host(), item)))
                .toList();
        table.getItems().setAll(rows);
        summary.setText(report.map(found -> found.failures().isEmpty()
                        ? Texts.text("drift.summary", rows.size(), found.hosts().size())
                        : String.join(" ", found.failures()))
                .orElse(Texts.text("drift.waiting")));
    }
}
