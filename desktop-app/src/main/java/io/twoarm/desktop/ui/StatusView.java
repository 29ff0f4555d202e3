package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.BackgroundTask;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;

/** The bottom line of the window: where the design runs, and what goes on in the background. */
final class StatusView implements View {
    private final WorkbenchModel model;
    private final Label where = new Label();
    private final Label task = new Label();
    private final ProgressIndicator spinner = new ProgressIndicator();
    private final Button cancel = new Button("", Icon.CANCEL.node());
    private final Button more = new Button();
    private final HBox work = new HBox(spinner, task, cancel, more);
    private final HBox root = new HBox();
    private final PopOver list = new PopOver();
    private final Subscriptions subscriptions = new Subscriptions();
    private Subscriptions taskSubscription = new Subscriptions();

    StatusView(WorkbenchModel model) {
        this.model = model;
        where.setId("status-where");
        task.setId("status-task");
        cancel.setId("status-cancel");
        cancel.getStyleClass().addAll("flat", "icon-button");
        cancel.setTooltip(new Tooltip(Texts.text("status.cancel")));
        cancel.setAccessibleText(Texts.text("status.cancel"));
        more.getStyleClass().addAll("flat", "small");
        more.setOnAction(event -> showAll());
        work.getStyleClass().add("status-work");
        task.setMinWidth(0);
        list.setDetachable(false);
        list.setArrowLocation(PopOver.ArrowLocation.BOTTOM_RIGHT);
        HBox space = new HBox();
        HBox.setHgrow(space, Priority.ALWAYS);
        root.getChildren().setAll(where, space, work);
        root.getStyleClass().add("status-bar-line");
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(model.tasks().running(), this::showTasks);
        subscriptions.follow(model.run().stateProperty(), this::showWhere);
    }

    @Override
    public void detach() {
        subscriptions.close();
        taskSubscription.close();
    }

    private void showWhere(RunModel.State state) {
        where.setText(
                switch (state) {
                    case RunModel.State.Nowhere nowhere -> Texts.text("status.nowhere");
                    case RunModel.State.InLab lab ->
                        Texts.text(
                                lab.owned() ? "status.lab" : "status.foreignLab",
                                lab.lab().name());
                    case RunModel.State.OnHosts hosts ->
                        Texts.text("status.hosts", hosts.estate().name());
                });
        where.setGraphic(
                switch (state) {
                    case RunModel.State.Nowhere nowhere -> Icon.WAITING.node();
                    case RunModel.State.InLab lab -> Icon.DONE.node("tone-up");
                    case RunModel.State.OnHosts hosts -> Icon.DONE.node("tone-up");
                });
    }

    private void showTasks() {
        var running = model.tasks().running();
        taskSubscription.close();
        taskSubscription = new Subscriptions();
        work.setVisible(!running.isEmpty());
        more.setVisible(running.size() > 1);
        more.setManaged(running.size() > 1);
        more.setText(Texts.text("status.more", running.size() - 1));
        if (running.isEmpty()) {
            list.hide();
            return;
        }
        BackgroundTask first = running.getFirst();
        taskSubscription.follow(
                first.detailProperty(),
                detail -> task.setText(
                        detail.isEmpty() ? first.title() : Texts.text("status.task", first.title(), detail)));
        cancel.setOnAction(event -> first.cancel());
    }

    private void showAll() {
        VBox rows = new VBox();
        rows.getStyleClass().add("task-list");
        for (BackgroundTask each : model.tasks().running()) {
            Label title = new Label(each.title());
            HBox space = new HBox();
            HBox.setHgrow(space, Priority.ALWAYS);
            Button stop = new Button(Texts.text("status.cancel"));
            stop.getStyleClass().add("small");
            stop.setOnAction(event -> each.cancel());
            rows.getChildren().add(new HBox(12, title, space, stop));
        }
        list.setContentNode(rows);
        list.show(more);
    }
}
