package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.EditActions;
import io.twoarm.desktop.viewmodel.Problem;
import io.twoarm.desktop.viewmodel.ProjectModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.model.Finding.Severity;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What reading and lint found, each with its place, reason and fix. Double click or Enter selects the object. */
final class ProblemsView implements View {
    private final ProjectModel project;
    private final EditActions edits;
    private final ListView<Problem> list = new ListView<>();
    private final Label summary = new Label();
    private final Button repairAll = new Button("", Icon.REPAIR.node());
    private final VBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    ProblemsView(WorkbenchModel model) {
        project = model.project();
        edits = model.edits();
        list.setId("problems");
        repairAll.setId("repair-all");
        repairAll.getStyleClass().add("small");
        repairAll.setTooltip(new Tooltip(Texts.text("problems.repairAll.tip")));
        repairAll.setOnAction(event -> edits.repairAll());
        summary.getStyleClass().add("view-summary");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new ShrinkingRow(summary, space, repairAll);
        bar.getStyleClass().add("view-bar");
        VBox.setVgrow(list, Priority.ALWAYS);
        root = new VBox(bar, list);
        root.getStyleClass().add("side-view");
        root.focusedProperty().subscribe(focused -> {
            if (focused) {
                list.requestFocus();
            }
        });
        list.getStyleClass().addAll("problems", "edge-to-edge");
        list.setCellFactory(view -> new ProblemCell());
        list.setPlaceholder(new Placeholder(Texts.text("problems.none"), Icon.DONE.node("tone-up")));
        list.setAccessibleText(Texts.text("view.problems"));
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(problem -> (problem == null
                                ? HelpTopic.about(Page.PROBLEMS)
                                : new HelpTopic(
                                        "lint-rules.md", problem.finding().rule()))
                        .of(list));
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                show(list.getSelectionModel().getSelectedItem());
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                show(list.getSelectionModel().getSelectedItem());
            }
        });
    }

    private void show(Problem problem) {
        if (problem != null) {
            problem.object().ifPresent(project.selection()::reveal);
        }
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(project.problemsProperty(), this::showAll);
    }

    private void showAll(List<Problem> problems) {
        list.getItems().setAll(problems);
        long repairable = problems.stream().filter(Problem::repairable).count();
        repairAll.setVisible(repairable > 0);
        repairAll.setText(Texts.text("problems.repairAll", repairable));
        summary.setText(Texts.text(
                "problems.summary",
                count(problems, Severity.ERROR),
                count(problems, Severity.WARNING),
                count(problems, Severity.NOTE)));
    }

    private static long count(List<Problem> problems, Severity severity) {
        return problems.stream()
                .filter(problem -> problem.finding().severity() == severity)
                .count();
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    static Node icon(Severity severity) {
        return switch (severity) {
            case ERROR -> Icon.ERROR.node("tone-down");
            case WARNING -> Icon.WARNING.node("tone-degraded");
            case NOTE -> Icon.NOTE.node("tone-note");
        };
    }

    /** Message and fix below each other, the place at the right. */
    private final class ProblemCell extends ListCell<Problem> {
        private static final double SCROLL_BAR_WIDTH = 16;

        /** In a list that is narrower the place is below the message, in pixels. */
        private static final double NARROW = 560;

        private final Label message = new Label();
        private final Button repair = new Button(Texts.text("problems.repair"), Icon.REPAIR.node());
        private final Label fix = new Label();
        private final Label object = new Label();
        private final Label place = new Label();
        private final VBox texts = new VBox(message, fix);
        private final VBox where = new VBox(object, place);
        private final HBox line = new HBox();

        ProblemCell() {
            message.getStyleClass().add("problem-message");
            message.setWrapText(true);
            fix.getStyleClass().add("problem-fix");
            fix.setWrapText(true);
            object.getStyleClass().add("problem-object");
            place.getStyleClass().add("problem-place");
            where.getStyleClass().add("problem-where");
            line.getStyleClass().add("problem");
            HBox.setHgrow(texts, Priority.ALWAYS);
            texts.setMinWidth(0);
            where.setMinWidth(USE_PREF_SIZE);
            repair.getStyleClass().addAll("small", "problem-repair");
            repair.setMinWidth(USE_PREF_SIZE);
            // Without it a cell would be as wide as its longest text instead of wrapping it.
            setPrefWidth(0);
        }

        private void arrange(boolean narrow) {
            Node holder = narrow ? texts : line;
            if (where.getParent() != holder) {
                line.getChildren().remove(where);
                texts.getChildren().remove(where);
                if (narrow) {
                    texts.getChildren().add(where);
                } else {
                    line.getChildren().add(line.getChildren().indexOf(texts) + 1, where);
                }
            }
        }

        /** As high as the wrapped texts are at the width of the list; a list asks for no particular width. */
        @Override
        protected double computePrefHeight(double width) {
            double free = getListView().getWidth() - SCROLL_BAR_WIDTH;
            if (!isEmpty()) {
                arrange(free < NARROW);
            }
            return isEmpty() ? super.computePrefHeight(width) : Math.ceil(line.prefHeight(free)) + 1;
        }

        @Override
        protected void updateItem(Problem problem, boolean empty) {
            super.updateItem(problem, empty);
            if (empty || problem == null) {
                setGraphic(null);
                return;
            }
            message.setText(problem.finding().message());
            fix.setText(problem.finding().fix());
            object.setText(problem.finding().place().object());
            place.setText(problem.place());
            texts.getChildren().remove(where);
            line.getChildren().setAll(icon(problem.finding().severity()), texts, where);
            arrange(getListView().getWidth() - SCROLL_BAR_WIDTH < NARROW);
            if (problem.repairable()) {
                line.getChildren().add(repair);
                repair.setId("repair-" + problem.finding().rule());
                repair.setAccessibleText(
                        Texts.text("problems.repair.of", problem.finding().fix()));
                repair.setTooltip(new Tooltip(problem.finding().fix()));
                repair.setOnAction(event -> edits.repair(problem));
            }
            setGraphic(line);
        }
    }
}
