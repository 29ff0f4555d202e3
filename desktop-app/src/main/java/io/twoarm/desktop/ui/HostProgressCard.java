package io.twoarm.desktop.ui;

import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.desktop.ui.canvas.RoleGlyph;
import io.twoarm.desktop.viewmodel.Diagram.Role;
import io.twoarm.desktop.viewmodel.HostProgress;
import io.twoarm.desktop.viewmodel.HostProgress.StepProgress;
import io.twoarm.desktop.viewmodel.HostProgress.StepState;
import io.twoarm.desktop.viewmodel.Seconds;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One host of a deployment: its steps as a row of marks that fill up from the left. */
final class HostProgressCard extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Label state = new Label();
    private final Label detail = new Label();
    private final Map<Step, Region> marks = new EnumMap<>(Step.class);
    private final Map<Step, Tooltip> tips = new EnumMap<>(Step.class);

    /** @param chosen gets the host's name when people want to see its log */
    HostProgressCard(String host, Role role, Consumer<String> chosen) {
        getStyleClass().add("host-card");
        setId("progress-" + host);
        setFocusTraversable(true);
        setAccessibleText(host);
        Label name = new Label(host, RoleGlyph.of(role, 18));
        name.getStyleClass().add("host-card-name");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        state.getStyleClass().add("host-card-state");
        HBox head = new HBox(name, space, state);
        head.getStyleClass().add("host-card-head");
        HBox row = new HBox();
        row.getStyleClass().add("step-marks");
        for (Step step : Step.values()) {
            Region mark = new Region();
            mark.getStyleClass().add("step-mark");
            HBox.setHgrow(mark, Priority.ALWAYS);
            Tooltip tip = new Tooltip(Texts.text("step", step));
            Tooltip.install(mark, tip);
            marks.put(step, mark);
            tips.put(step, tip);
            row.getChildren().add(mark);
        }
        detail.getStyleClass().add("host-card-detail");
        getChildren().addAll(head, row, detail);
        setOnMouseClicked(event -> chosen.accept(host));
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                chosen.accept(host);
            }
        });
    }

    void setChosen(boolean chosen) {
        pseudoClassStateChanged(CHOSEN, chosen);
    }

    void show(HostProgress progress) {
        for (Step step : Step.values()) {
            StepProgress at = progress.step(step);
            for (StepState each : StepState.values()) {
                marks.get(step)
                        .pseudoClassStateChanged(
                                PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == at.state());
            }
            tips.get(step).setText(tip(step, at));
        }
        for (HostProgress.State each : HostProgress.State.values()) {
            pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == progress.state());
        }
        String elapsed = progress.elapsed().isZero() ? "" : " · " + Seconds.text(progress.elapsed());
        state.setText(Texts.text("state", progress.state()) + elapsed);
        detail.setText(detail(progress));
    }

    private static String tip(Step step, StepProgress at) {
        String name = Texts.text("step", step);
        return at.detail().isEmpty() ? name : name + ": " + at.detail();
    }

    private static String detail(HostProgress progress) {
        if (!progress.message().isEmpty()) {
            return progress.message().lines().findFirst().orElse("");
        }
        return progress.currentStep()
                .map(step -> Texts.text("step", step) + "…")
                .orElseGet(() -> lastDetail(progress));
    }

    private static String lastDetail(HostProgress progress) {
        String last = "";
        for (Step step : Step.values()) {
            String text = progress.step(step).detail();
            if (!text.isEmpty() && step != Step.CONNECT) {
                last = Texts.text("step", step) + ": " + text;
            }
        }
        return last;
    }
}
