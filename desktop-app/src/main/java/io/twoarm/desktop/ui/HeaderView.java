package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Problem;
import io.twoarm.desktop.viewmodel.ProjectModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Finding;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is open, whether it is sound, and the few things that people do all the time. */
final class HeaderView implements View {
    private final ProjectModel project;
    private final Label title = new Label();
    private final Label path = new Label();
    private final Button problems = new Button();
    private final HBox root;
    private final Subscriptions subscriptions = new Subscriptions();

    /** @param docks shows perspectives and views */
    HeaderView(WorkbenchModel model, Commands commands, Docks docks) {
        project = model.project();
        title.getStyleClass().add("header-title");
        title.setId("header-title");
        path.getStyleClass().add("header-path");
        problems.setId("header-problems");
        problems.getStyleClass().addAll("flat", "small", "header-problems");
        problems.setOnAction(event -> docks.toggle(Page.PROBLEMS));
        problems.setTooltip(new Tooltip(Texts.text("header.problems.tip")));
        VBox names = new VBox(title, path);
        names.getStyleClass().add("header-names");
        title.setWrapText(true);
        title.setMinHeight(HBox.USE_PREF_SIZE);
        names.setMinWidth(120);
        HBox space = new HBox();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button search = commands.search.iconButton("flat");
        Button theme = commands.theme.iconButton("flat");
        ShrinkingRow row = new ShrinkingRow(
                names,
                problems,
                space,
                perspectives(docks),
                search,
                deployButton(commands),
                commands.verify.button(),
                commands.stopLab.button(),
                theme);
        // The window's title has the directory too, and the menus have the commands.
        row.spare(List.of(path), List.of(theme, search, names));
        root = row;
        root.getStyleClass().add("header");
    }

    /** One button for each kind of work. */
    private static Node perspectives(Docks docks) {
        ToggleGroup group = new ToggleGroup();
        HBox row = new HBox();
        row.getStyleClass().add("perspectives");
        Perspective[] all = Perspective.values();
        for (Perspective each : all) {
            ToggleButton button = new ToggleButton(Texts.text("perspective", each));
            button.setId("perspective-" + each.name().toLowerCase(Locale.ROOT));
            button.setToggleGroup(group);
            button.setTooltip(new Tooltip(Texts.text("perspective.tip", each)));
            button.getStyleClass()
                    .add(each == all[0] ? "left-pill" : each == all[all.length - 1] ? "right-pill" : "center-pill");
            button.setOnAction(event -> docks.enter(each));
            docks.perspectiveProperty().subscribe(now -> button.setSelected(now == each));
            row.getChildren().add(button);
        }
        // A pressed button stays pressed: there is always one kind of work.
        group.selectedToggleProperty().subscribe((was, now) -> {
            if (now == null && was != null) {
                was.setSelected(true);
            }
        });
        return row;
    }

    /** Deploys into the lab at once; the other way is in its menu. */
    private static Node deployButton(Commands commands) {
        SplitMenuButton button = new SplitMenuButton();
        button.setText(commands.deploy.text());
        button.setGraphic(Icon.DEPLOY.node());
        button.setId("button-deploy");
        button.getStyleClass().add("accent");
        button.setTooltip(new Tooltip(Texts.text("command.deploy.tip")));
        button.disableProperty().bind(javafx.beans.binding.Bindings.not(commands.deploy.enabled()));
        button.setOnAction(event -> commands.deploy.action().run());
        var lab = commands.deploy.menuItem();
        lab.setId("deploy-into-lab");
        lab.setAccelerator(null);
        lab.setText(Texts.text("command.deploy.lab"));
        var hosts = commands.deployHosts.menuItem();
        hosts.setId("deploy-to-hosts");
        hosts.setAccelerator(null);
        button.getItems().setAll(lab, hosts);
        return button;
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void attach() {
        subscriptions.follow(project.projectProperty(), this::show);
        subscriptions.follow(project.findingsProperty(), this::judge);
    }

    @Override
    public void detach() {
        subscriptions.close();
    }

    private void show(Optional<OpenProject> open) {
        title.setText(project.topologyProperty()
                .get()
                .map(Topology::title)
                .filter(text -> !text.isBlank())
                .or(() -> open.map(it -> it.directory().getFileName().toString()))
                .orElse(""));
        path.setText(open.map(it -> shortened(it.directory())).orElse(""));
    }

    /** With the home directory as people write it. */
    private static String shortened(Path directory) {
        Path home = Path.of(System.getProperty("user.home"));
        return directory.startsWith(home) && !directory.equals(home)
                ? "~/" + home.relativize(directory)
                : directory.toString();
    }

    private void judge(List<Finding> findings) {
        long errors = Problem.count(findings, Finding.Severity.ERROR);
        long warnings = Problem.count(findings, Finding.Severity.WARNING);
        if (errors > 0) {
            problems.setGraphic(ProblemsView.icon(Finding.Severity.ERROR));
            problems.setText(Texts.text("header.errors", errors));
        } else if (warnings > 0) {
            problems.setGraphic(ProblemsView.icon(Finding.Severity.WARNING));
            problems.setText(Texts.text("header.warnings", warnings));
        } else {
            problems.setGraphic(Icon.DONE.node("tone-up"));
            problems.setText(Texts.text("header.sound"));
        }
    }
}
