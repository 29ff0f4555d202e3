package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.OpenProject;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** The one window: menus, header, the workspace or the welcome page, and the status line. */
public final class WorkbenchWindow {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    /** A screen of 1280×800 has room for no more when everything is shown at 200 %. */
    private static final double MIN_WIDTH = 640;

    private static final double MIN_HEIGHT = 400;
    private static final String TOUR_STARTER = "two-arm-fullnat";

    private final WorkbenchModel model;
    private final Stage stage;
    private final Dialogs dialogs;
    private final CanvasView canvas;
    private final Docks docks;
    private final Attention attention;
    private final QuickAccessView quickAccess;
    private final HeaderView header;
    private final WelcomeView welcome;
    private final StatusView status;
    private final Commands commands;
    private final DesignCommands design;
    private final GuideCommands guide;
    private final TourView tour;
    private final Menu recent = new Menu(Texts.text("menu.recent"), Icon.RECENT.node());
    private final CheckMenuItem dark = new CheckMenuItem(Texts.text("command.theme"));
    private final BorderPane root = new BorderPane();
    private final Scene scene;
    private final Subscriptions subscriptions = new Subscriptions();

    public WorkbenchWindow(Stage stage, WorkbenchModel model) {
        this.stage = stage;
        this.model = model;
        Theme.of(model.settingsProperty().get()).prepare();
        dialogs = new Dialogs(model, stage);
        canvas = new CanvasView(model);
        commands = new Commands(model, dialogs, canvas, () -> dialogs.leavingLab(stage::hide));
        design = new DesignCommands(model, dialogs, canvas);
        commands.add(design.all());
        canvas.showControls(commands, design, new RunningMenu(model, stage, this::showView));
        HelpTopic.DRAWING.of(canvas.node());
        docks = new Docks(canvas.node(), views());
        docks.shownProperty(Page.FILES).subscribe(shown -> {
            model.files().want(shown);
            model.origins().look(shown);
        });
        docks.shownProperty(Page.METRICS).subscribe(shown -> model.metrics().want(shown));
        model.terminals().newestProperty().subscribe(opened -> opened.ifPresent(terminal -> docks.open(Page.TERMINAL)));
        docks.perspectiveProperty().subscribe(entered -> {
            canvas.showPalette(entered != Perspective.DIAGNOSE);
            // There is less room then, and the way of packets is to be seen from end to end.
            if (entered == Perspective.DIAGNOSE) {
                canvas.fit();
            }
        });
        attention = new Attention(model, docks);
        quickAccess = new QuickAccessView(model, dialogs, commands);
        commands.setOnSearch(quickAccess::open);
        commands.setOnShow(docks::open);
        tour = new TourView(docks::open);
        header = new HeaderView(model, commands, docks);
        welcome = new WelcomeView(model, dialogs, this::tourOfANewProject);
        status = new StatusView(model);
        scene = new Scene(new StackPane(root, tour, quickAccess), WIDTH, HEIGHT);
        guide = new GuideCommands(model, scene, tour);
        commands.add(guide.all());
        root.setTop(new VBox(menuBar()));
        root.setBottom(status.node());
        root.getStyleClass().add("workbench");
        stage.setScene(scene);
        stage.setTitle(Texts.text("app.name"));
        Theme.icons().forEach(icon -> stage.getIcons().add(icon));
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        stage.setOnCloseRequest(event -> {
            event.consume();
            commands.quit.action().run();
        });
        stage.setOnHidden(event -> detach());
    }

    private void showView(Page page) {
        docks.open(page);
    }

    private Map<Page, Supplier<View>> views() {
        Map<Page, Supplier<View>> views = new EnumMap<>(Page.class);
        views.put(Page.OUTLINE, () -> new OutlineView(model.project()));
        views.put(Page.HISTORY, () -> new HistoryView(model.project().editing()));
        views.put(Page.PROBLEMS, () -> new ProblemsView(model));
        views.put(Page.FILES, () -> new FilesView(model, dialogs));
        views.put(Page.PLAN, () -> new PlanView(model.plan(), commands));
        views.put(Page.DRIFT, () -> new DriftView(model, commands));
        views.put(Page.CHANGES, () -> new ChangesView(model, commands, dialogs));
        views.put(Page.CAPTURE, () -> new CaptureView(model, dialogs));
        views.put(Page.PROBE, () -> new ProbeView(model));
        views.put(Page.TRACE, () -> new TraceView(model));
        views.put(Page.INSPECT, () -> new InspectView(model));
        views.put(Page.METRICS, () -> new MetricsView(model));
        views.put(Page.HOSTS, () -> new HostsView(model));
        views.put(Page.TERMINAL, () -> new TerminalsView(model.terminals()));
        views.put(Page.PROPERTIES, () -> new PropertiesView(model));
        views.put(Page.DEPLOYMENT, () -> new DeploymentView(model.run().deployment()));
        views.put(Page.LIVE, () -> new LiveView(model.live(), model.run(), dialogs));
        views.put(Page.PROOF, () -> new ProofView(model.run()));
        return views;
    }

    /** Shows the window and follows the model until it is closed. */
    public void show() {
        model.setOnNotice(dialogs::tell);
        model.project().setOnConflict(() -> model.project().settle(dialogs.keepsMine()));
        subscriptions.follow(model.settingsProperty(), settings -> {
            Theme.of(settings).applyTo(scene, settings.contrast());
            dark.setSelected(settings.dark());
            showRecent(settings.recent());
        });
        subscriptions.follow(model.project().projectProperty(), this::showProject);
        status.attach();
        stage.show();
    }

    private void detach() {
        subscriptions.close();
        tour.close();
        showPage(Optional.empty());
        status.detach();
        model.setOnNotice(notice -> {});
        model.project().setOnConflict(() -> {});
    }

    private void showProject(Optional<OpenProject> project) {
        stage.setTitle(project.map(open -> Texts.text(
                        "app.title",
                        open.directory().getFileName(),
                        open.directory().getParent()))
                .orElse(Texts.text("app.name")));
        Node wanted = project.isPresent() ? docks.node() : welcome.node();
        if (root.getCenter() != wanted) {
            showPage(Optional.of(wanted));
        }
    }

    /** Attaches the views of a page after the ones of the former are detached. */
    private void showPage(Optional<Node> page) {
        if (root.getCenter() == docks.node()) {
            attention.detach();
            List.of(header, canvas, docks).forEach(View::detach);
        } else if (root.getCenter() != null) {
            welcome.detach();
        }
        root.setCenter(page.orElse(null));
        VBox top = (VBox) root.getTop();
        top.getChildren().remove(header.node());
        if (root.getCenter() == docks.node()) {
            top.getChildren().add(header.node());
            List.of(header, canvas, docks).forEach(View::attach);
            attention.attach();
        } else if (root.getCenter() != null) {
            welcome.attach();
        }
    }

    /** Makes a project to look around in, and shows it as soon as it is there. */
    private void tourOfANewProject() {
        int before = model.project().openingProperty().get();
        dialogs.create(TOUR_STARTER);
        Subscriptions waiting = new Subscriptions();
        subscriptions.add(waiting::close);
        waiting.follow(model.project().projectProperty(), open -> {
            if (open.isPresent() && model.project().openingProperty().get() > before) {
                waiting.close();
                Platform.runLater(tour::start);
            }
        });
    }

    private void showRecent(List<Path> directories) {
        recent.getItems().clear();
        for (Path directory : directories) {
            MenuItem item = new MenuItem(directory.toString());
            item.setMnemonicParsing(false);
            item.setOnAction(event -> dialogs.leavingLab(() -> model.project().open(directory)));
            recent.getItems().add(item);
        }
        recent.setDisable(directories.isEmpty());
    }

    private MenuBar menuBar() {
        dark.setId("menu-theme");

        dark.setAccelerator(commands.theme.shortcut().orElseThrow());
        dark.setOnAction(event -> commands.theme.action().run());
        Menu file = menu(
                "menu.file",
                commands.create.menuItem(),
                commands.open.menuItem(),
                recent,
                new SeparatorMenuItem(),
                commands.exportPicture.menuItem(),
                design.exportSvg.menuItem(),
                design.exportPdf.menuItem(),
                commands.exportReport.menuItem(),
                design.print.menuItem(),
                new SeparatorMenuItem(),
                commands.reload.menuItem(),
                commands.close.menuItem(),
                new SeparatorMenuItem(),
                guide.preferences.menuItem(),
                new SeparatorMenuItem(),
                commands.quit.menuItem());
        MenuItem undo = commands.undo.menuItem();
        MenuItem redo = commands.redo.menuItem();
        model.project().editing().followUndo(name -> undo.setText(named("undo", name)));
        model.project().editing().followRedo(name -> redo.setText(named("redo", name)));
        Menu arranging = new Menu(Texts.text("menu.arrange"));
        commands.arrangements.forEach(each -> arranging.getItems().add(each.menuItem()));
        Menu edit = menu(
                "menu.edit",
                undo,
                redo,
                new SeparatorMenuItem(),
                commands.cut.menuItem(),
                commands.copy.menuItem(),
                commands.paste.menuItem(),
                commands.duplicate.menuItem(),
                commands.delete.menuItem(),
                new SeparatorMenuItem(),
                commands.rename.menuItem(),
                commands.connect.menuItem(),
                design.linkSelected.menuItem(),
                design.linkMany.menuItem(),
                commands.group.menuItem(),
                commands.selectAll.menuItem(),
                arranging,
                design.morphMenu());
        Menu view = menu(
                "menu.view",
                commands.fit.menuItem(),
                commands.fitSelection.menuItem(),
                commands.actualSize.menuItem(),
                commands.zoomIn.menuItem(),
                commands.zoomOut.menuItem(),
                commands.arrange.menuItem(),
                new SeparatorMenuItem(),
                commands.search.menuItem(),
                new SeparatorMenuItem(),
                perspectives(),
                shownViews(),
                design.layerMenu(),
                new SeparatorMenuItem(),
                dark);
        Menu run = menu(
                "menu.run",
                commands.startLab.menuItem(),
                commands.useHosts.menuItem(),
                new SeparatorMenuItem(),
                commands.plan.menuItem(),
                commands.deployPlan.menuItem(),
                commands.deploy.menuItem(),
                commands.deployHosts.menuItem(),
                commands.verify.menuItem(),
                new SeparatorMenuItem(),
                commands.drift.menuItem(),
                commands.history.menuItem(),
                commands.rollback.menuItem(),
                new SeparatorMenuItem(),
                commands.stopLab.menuItem());
        Menu help = menu("menu.help", guide.help.menuItem(), guide.tour.menuItem(), commands.keys.menuItem());
        return new MenuBar(file, edit, view, run, help);
    }

    /** A command with the name of the step that it is about. */
    private static String named(String command, Optional<String> step) {
        return step.map(name -> Texts.text("command." + command + ".named", name))
                .orElse(Texts.text("command." + command));
    }

    private static Menu menu(String key, MenuItem... items) {
        Menu menu = new Menu(Texts.text(key));
        menu.setId(key.replace('.', '-'));
        menu.getItems().setAll(items);
        return menu;
    }

    private Menu perspectives() {
        Menu menu = new Menu(Texts.text("menu.perspective"));
        for (Perspective each : Perspective.values()) {
            MenuItem item = go("perspective-" + each.name(), Texts.text("perspective", each), () -> docks.enter(each));
            item.setAccelerator(KeyCombination.valueOf("Shortcut+Alt+" + (each.ordinal() + 1)));
            menu.getItems().add(item);
        }
        return menu;
    }

    /** Alt and a digit go to a view, and show it first where it is hidden; 2 is the drawing. */
    private Menu shownViews() {
        Menu menu = new Menu(Texts.text("menu.views"));
        MenuItem drawing =
                go("drawing", Texts.text("go.drawing"), () -> canvas.canvas().requestFocus());
        drawing.setAccelerator(KeyCombination.valueOf("Alt+2"));
        for (Page page : Page.values()) {
            MenuItem item = go(page.name(), Texts.text("page", page), () -> docks.focus(page));
            key(page).ifPresent(keys -> item.setAccelerator(KeyCombination.valueOf(keys)));
            docks.shownProperty(page)
                    .subscribe(shown -> item.setGraphic(shown ? Icon.DONE.node() : Icon.WAITING.node()));
            menu.getItems().add(item);
        }
        menu.getItems().add(1, drawing);
        return menu;
    }

    private static Optional<String> key(Page page) {
        return switch (page) {
            case OUTLINE -> Optional.of("Alt+1");
            case PROPERTIES -> Optional.of("Alt+3");
            case DEPLOYMENT -> Optional.of("Alt+4");
            case LIVE -> Optional.of("Alt+5");
            case PROOF -> Optional.of("Alt+6");
            case PROBLEMS -> Optional.of("Alt+7");
            case HISTORY -> Optional.of("Alt+8");
            case FILES -> Optional.of("Alt+9");
            case PLAN -> Optional.of("Alt+0");
            case CAPTURE -> Optional.of("Alt+C");
            case PROBE -> Optional.of("Alt+P");
            case TRACE -> Optional.of("Alt+T");
            case INSPECT -> Optional.of("Alt+I");
            case METRICS -> Optional.of("Alt+M");
            case HOSTS -> Optional.of("Alt+H");
            case TERMINAL -> Optional.of("Alt+X");
            case DRIFT, CHANGES -> Optional.empty();
        };
    }

    private MenuItem go(String id, String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setId("go-" + id.toLowerCase(Locale.ROOT));
        item.disableProperty().bind(model.project().projectProperty().map(Optional::isEmpty));
        item.setOnAction(event -> action.run());
        return item;
    }
}
