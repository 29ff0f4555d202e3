package io.twoarm.desktop.ui;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.viewmodel.ProbeModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.diagnose.probe.ProbeFinding;
import io.twoarm.diagnose.probe.ServiceProbe;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Each thing that a service's packets meet, whether it is as it should be, the evidence, and how to put it right. */
final class ProbeView implements View {
    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");

    private final WorkbenchModel workbench;
    private final ProbeModel model;
    private final ChoiceBox<String> service = new ChoiceBox<>();
    private final CheckBox good = new CheckBox(Texts.text("probe.good"));
    private final Button start = new Button();
    private final Label summary = new Label();
    private final ListView<ProbeModel.Step> list = new ListView<>();
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    ProbeView(WorkbenchModel workbench) {
        this.workbench = workbench;
        model = workbench.probe();
        service.setId("probe-service");
        service.getStyleClass().add("small");
        service.setAccessibleText(Texts.text("probe.service"));
        good.setId("probe-show-good");
        good.setSelected(true);
        good.selectedProperty().subscribe(this::showSteps);
        start.setId("probe-start");
        start.getStyleClass().addAll("small", "accent");
        start.setOnAction(event -> {
            if (model.runningProperty().get()) {
                model.stop();
            } else {
                int index = service.getSelectionModel().getSelectedIndex();
                model.start(index <= 0 ? Optional.empty() : Optional.of(service.getValue()));
            }
        });
        summary.setId("probe-summary");
        summary.getStyleClass().add("view-summary");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(service, summary, space, good, start);
        bar.getStyleClass().add("view-bar");
        list.setId("probe-steps");
        list.getStyleClass().addAll("problems", "edge-to-edge");
        list.setCellFactory(view -> new StepCell());
        list.setAccessibleText(Texts.text("page", Page.PROBE));
        list.setPlaceholder(new Placeholder(Texts.text("probe.none")));
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                reveal();
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                reveal();
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        root = new VBox(bar, list);
        root.getStyleClass().add("side-view");
    }

    private void reveal() {
        Optional.ofNullable(list.getSelectionModel().getSelectedItem())
                .ifPresent(step -> workbench
                        .project()
                        .selection()
                        .reveal(new HostRef(step.finding().host())));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(workbench.project().topologyProperty(), topology -> fillServices());
        subscriptions.follow(model.steps(), this::showSteps);
        subscriptions.follow(model.resultsProperty(), results -> showSummary());
        subscriptions.follow(model.runningProperty(), running -> showSummary());
        subscriptions.follow(model.hosts().reachableProperty(), reachable -> showSummary());
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void fillServices() {
        String chosen = service.getValue();
        List<String> names = model.services();
        service.getItems().setAll(Texts.text("probe.all"));
        service.getItems().addAll(names);
        service.getSelectionModel().select(names.contains(chosen) ? names.indexOf(chosen) + 1 : 0);
    }

    private void showSteps() {
        list.getItems()
                .setAll(model.steps().stream()
                        .filter(step -> good.isSelected() || step.finding().verdict() != ProbeFinding.Verdict.GOOD)
                        .toList());
    }

    private void showSummary() {
        boolean running = model.runningProperty().get();
        start.setText(Texts.text(running ? "probe.stop" : "probe.start"));
        start.setGraphic((running ? Icon.STOP : Icon.PROBE).node());
        start.setDisable(!running && !model.hosts().reachableProperty().get());
        List<ServiceProbe> results = model.resultsProperty().get();
        Optional<ProbeFinding> broken = model.broken();
        summary.setGraphic(
                running || results.isEmpty()
                        ? null
                        : broken.isPresent() ? Icon.ERROR.node("tone-down") : Icon.DONE.node("tone-up"));
        if (running) {
            summary.setText(Texts.text("probe.running"));
        } else if (results.isEmpty()) {
            summary.setText("");
        } else {
            summary.setText(broken.map(finding -> Texts.text("probe.broken", finding.host(), finding.check()))
                    .orElseGet(() -> Texts.text(
                            "probe.whole",
                            results.stream().mapToInt(ServiceProbe::answered).sum(),
                            results.stream().mapToInt(ServiceProbe::connections).sum())));
            broken.ifPresent(finding -> list.getItems().stream()
                    .filter(step -> step.finding().equals(finding))
                    .findFirst()
                    .ifPresent(step -> {
                        list.getSelectionModel().select(step);
                        list.scrollTo(step);
                    }));
        }
    }

    /** The statement and its evidence below each other, the fix with a button that copies it, the host at the right. */
    private static final class StepCell extends ListCell<ProbeModel.Step> {
        private final Label check = new Label();
        private final Label evidence = new Label();
        private final Label fix = new Label();
        private final Button copy = new Button("", Icon.COPY.node());
        private final HBox repair = new HBox(fix, copy);
        private final Label host = new Label();
        private final Label service = new Label();
        private final VBox where = new VBox(host, service);
        private final VBox texts = new VBox(check, evidence, repair);
        private final HBox line = new HBox();

        StepCell() {
            check.getStyleClass().add("problem-message");
            check.setWrapText(true);
            evidence.getStyleClass().add("probe-evidence");
            evidence.setWrapText(true);
            fix.getStyleClass().add("probe-fix");
            fix.setWrapText(true);
            copy.getStyleClass().addAll("flat", "icon-button", "property-button");
            copy.setAccessibleText(Texts.text("probe.copy"));
            copy.setOnAction(event -> {
                ClipboardContent content = new ClipboardContent();
                content.putString(getItem().finding().fix().orElse(""));
                Clipboard.getSystemClipboard().setContent(content);
            });
            repair.getStyleClass().add("probe-repair");
            host.getStyleClass().add("problem-object");
            service.getStyleClass().add("problem-place");
            where.getStyleClass().add("problem-where");
            where.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(texts, Priority.ALWAYS);
            line.getStyleClass().add("problem");
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(ProbeModel.Step step, boolean empty) {
            super.updateItem(step, empty);
            pseudoClassStateChanged(
                    BROKEN, !empty && step != null && step.finding().isBroken());
            if (empty || step == null) {
                setGraphic(null);
                return;
            }
            ProbeFinding finding = step.finding();
            check.setText(finding.isBroken() ? Texts.text("probe.not", finding.check()) : finding.check());
            evidence.setText(finding.evidence());
            evidence.setManaged(!finding.evidence().isEmpty());
            fix.setText(finding.fix().orElse(""));
            repair.setVisible(finding.fix().isPresent());
            repair.setManaged(finding.fix().isPresent());
            host.setText(finding.host());
            service.setText(step.service());
            line.getChildren().setAll(icon(finding.verdict()), texts, where);
            setGraphic(line);
        }

        private static Node icon(ProbeFinding.Verdict verdict) {
            return switch (verdict) {
                case GOOD -> Icon.DONE.node("tone-up");
                case DOUBTFUL -> Icon.WARNING.node("tone-degraded");
                case BROKEN -> Icon.ERROR.node("tone-down");
            };
        }
    }
}
