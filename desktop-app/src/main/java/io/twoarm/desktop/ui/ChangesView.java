package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.PlanModel;
import io.twoarm.desktop.viewmodel.PlanModel.Change;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What was deployed before, by whom, and what was taken back; any of it can be returned to. */
final class ChangesView implements View {
    private final PlanModel plan;
    private final TableView<Change> table = new TableView<>();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    ChangesView(WorkbenchModel model, Commands commands, Dialogs dialogs) {
        plan = model.plan();
        RunModel run = model.run();
        Button rollback = new Button(Texts.text("changes.rollback"), Icon.UNDO.node());
        rollback.setId("rollback");
        rollback.getStyleClass().add("small");
        rollback.setTooltip(new Tooltip(Texts.text("changes.rollback.tip")));
        rollback.disableProperty()
                .bind(table.getSelectionModel().selectedItemProperty().isNull().or(run.busyProperty()));
        rollback.setOnAction(event -> {
            Change to = table.getSelectionModel().getSelectedItem();
            dialogs.rollingBack(
                    to.time(),
                    () -> model.project().project().ifPresent(open -> run.rollback(open, Optional.of(to.id()))));
        });
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label summary = new Label(Texts.text("changes.summary"));
        summary.getStyleClass().add("view-summary");
        HBox bar = new ShrinkingRow(summary, space, commands.history.button("small"), rollback);
        bar.getStyleClass().add("view-bar");
        table.setId("changes");
        table.getStyleClass().addAll("edge-to-edge", "dense");
        table.setAccessibleText(Texts.text("page", Page.CHANGES));
        table.setPlaceholder(new Placeholder(Texts.text("changes.none")));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        column("changes.time", 190, Change::time);
        column("changes.what", 230, Change::what);
        column("changes.owner", 150, Change::owner);
        column("changes.hosts", 260, change -> String.join(", ", change.hosts()));
        column("changes.takenBack", 160, change -> String.join(", ", change.takenBack()));
        VBox.setVgrow(table, Priority.ALWAYS);
        root = new VBox(bar, table);
        root.getStyleClass().add("side-view");
    }

    private void column(String key, double width, Function<Change, String> value) {
        TableColumn<Change, String> column = new TableColumn<>(Texts.text(key));
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
        subscriptions.follow(plan.changesProperty(), changes -> table.getItems().setAll(changes));
    }

    @Override
    public void detach() {
        subscriptions.close();
    }
}
