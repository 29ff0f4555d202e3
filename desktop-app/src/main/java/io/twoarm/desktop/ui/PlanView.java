package io.twoarm.desktop.ui;

import io.twoarm.deploy.DeploymentPlan;
import io.twoarm.deploy.HostPlan;
import io.twoarm.deploy.PlannedStep;
import io.twoarm.desktop.viewmodel.CodeLine;
import io.twoarm.desktop.viewmodel.PlanModel;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What a deployment would do to each host: every step with its reason, and every file with its difference. */
final class PlanView implements View {
    private static final PseudoClass IDLE = PseudoClass.getPseudoClass("idle");

    private final PlanModel plan;
    private final Label summary = new Label();
    private final ListView<HostPlan> hosts = new ListView<>();
    private final VBox steps = new VBox();
    private final ScrollPane scroller = new ScrollPane(steps);
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    PlanView(PlanModel plan, Commands commands) {
        this.plan = plan;
        summary.setId("plan-summary");
        summary.getStyleClass().add("view-summary");
        Button make = commands.plan.button("small");
        Button deploy = commands.deployPlan.button("small", "accent");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(summary, space, make, deploy);
        bar.getStyleClass().add("view-bar");
        hosts.setId("plan-hosts");
        hosts.getStyleClass().addAll("edge-to-edge", "dense");
        hosts.setCellFactory(view -> new HostCell());
        hosts.setAccessibleText(Texts.text("page", Page.PLAN));
        hosts.setPlaceholder(new Placeholder(Texts.text("plan.none")));
        steps.setId("plan-steps");
        steps.getStyleClass().add("plan-steps");
        scroller.setFitToWidth(true);
        SplitPane split = new SplitPane(hosts, scroller);
        split.setDividerPositions(0.26);
        split.getStyleClass().add("workspace");
        SplitPane.setResizableWithParent(hosts, false);
        VBox.setVgrow(split, Priority.ALWAYS);
        root = new VBox(bar, split);
        root.getStyleClass().add("side-view");
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(plan.planProperty(), this::show);
        subscriptions.follow(
                hosts.getSelectionModel().selectedItemProperty(), host -> showSteps(Optional.ofNullable(host)));
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(Optional<DeploymentPlan> shown) {
        List<HostPlan> all = shown.map(DeploymentPlan::hosts).orElse(List.of());
        hosts.getItems().setAll(all);
        summary.setText(shown.map(PlanView::summary).orElse(Texts.text("plan.waiting")));
        all.stream()
                .filter(host -> !host.changesNothing())
                .findFirst()
                .or(() -> all.stream().findFirst())
                .ifPresent(hosts.getSelectionModel()::select);
    }

    private static String summary(DeploymentPlan plan) {
        if (!plan.complete()) {
            return String.join(" ", plan.failures());
        }
        long changed =
                plan.hosts().stream().filter(host -> !host.changesNothing()).count();
        int steps = plan.hosts().stream().mapToInt(host -> host.steps().size()).sum();
        return plan.changesNothing()
                ? Texts.text("plan.nothing", plan.hosts().size())
                : Texts.text(
                        "plan.summary",
                        steps,
                        changed,
                        plan.hosts().size(),
                        plan.waves().size());
    }

    private void showSteps(Optional<HostPlan> host) {
        steps.getChildren().clear();
        host.ifPresent(it -> {
            if (it.changesNothing()) {
                Label nothing = new Label(Texts.text("plan.host.nothing"), Icon.DONE.node("tone-up"));
                nothing.getStyleClass().add("placeholder");
                steps.getChildren().add(nothing);
            }
            for (int i = 0; i < it.steps().size(); i++) {
                steps.getChildren().add(card(i + 1, it.steps().get(i)));
            }
        });
        scroller.setVvalue(0);
    }

    private static Node card(int number, PlannedStep step) {
        Label action = new Label(Texts.text("plan.step", number, step.action()));
        action.getStyleClass().add("plan-action");
        action.setWrapText(true);
        Label reason = new Label(step.reason());
        reason.getStyleClass().add("view-summary");
        reason.setWrapText(true);
        VBox card = new VBox(action, reason);
        card.getStyleClass().add("plan-step");
        if (!step.difference().isEmpty()) {
            VBox lines = new VBox();
            lines.getStyleClass().add("plan-diff");
            for (CodeLine line : CodeLine.ofUnifiedDiff(step.difference())) {
                Label text = new Label(line.text());
                text.setMaxWidth(Double.MAX_VALUE);
                text.getStyleClass().addAll("plan-line", line.change().name().toLowerCase(Locale.ROOT));
                lines.getChildren().add(text);
            }
            card.getChildren().add(lines);
        }
        return card;
    }

    /** A host and how much is to be done there. */
    private static final class HostCell extends ListCell<HostPlan> {
        private final Label name = new Label();
        private final Label detail = new Label();
        private final HBox line = new HBox(name, detail);

        HostCell() {
            line.getStyleClass().add("outline-line");
            detail.getStyleClass().add("view-summary");
        }

        @Override
        protected void updateItem(HostPlan host, boolean empty) {
            super.updateItem(host, empty);
            pseudoClassStateChanged(IDLE, !empty && host != null && host.changesNothing());
            if (empty || host == null) {
                setGraphic(null);
                return;
            }
            name.setText(host.host());
            name.setGraphic((host.changesNothing() ? Icon.DONE : Icon.DEPLOYMENT)
                    .node(host.changesNothing() ? "tone-up" : "tone-director"));
            detail.setText(Texts.text("plan.host", host.steps().size()));
            setGraphic(line);
        }
    }
}
