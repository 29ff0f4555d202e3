package io.twoarm.desktop.ui;

import io.twoarm.deploy.DeploymentPlan;
import io.twoarm.desktop.design.Arranging;
import io.twoarm.desktop.viewmodel.EditActions;
import io.twoarm.desktop.viewmodel.EditingModel;
import io.twoarm.desktop.viewmodel.ProjectModel;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import io.twoarm.engine.OpenProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;

/** All commands of the workbench. */
final class Commands {
    final Command create;
    final Command open;
    final Command reload;
    final Command close;
    final Command quit;
    final Command deploy;
    final Command deployHosts;
    final Command verify;
    final Command stopLab;
    final Command zoomIn;
    final Command zoomOut;
    final Command actualSize;
    final Command fit;
    final Command arrange;
    final Command fitSelection;
    final Command undo;
    final Command redo;
    final Command cut;
    final Command copy;
    final Command paste;
    final Command duplicate;
    final Command delete;
    final Command rename;
    final Command selectAll;
    final Command connect;
    final Command group;
    final Command exportPicture;
    final Command exportReport;
    final List<Command> arrangements;
    final Command theme;
    final Command keys;
    final Command search;
    final Command startLab;
    final Command useHosts;
    final Command plan;
    final Command deployPlan;
    final Command drift;
    final Command history;
    final Command rollback;
    private final List<Command> all;
    private final List<Command> others = new ArrayList<>();

    private final WorkbenchModel model;
    private Runnable onSearch = () -> {};
    private Consumer<Page> onShow = page -> {};

    Commands(WorkbenchModel model, Dialogs dialogs, CanvasView canvas, Runnable quitAction) {
        this.model = model;
        ObservableBooleanValue always = new SimpleBooleanProperty(true);
        ProjectModel project = model.project();
        RunModel run = model.run();
        BooleanBinding opened =
                Bindings.createBooleanBinding(() -> project.project().isPresent(), project.projectProperty());
        BooleanBinding drawn = Bindings.createBooleanBinding(
                () -> project.topologyProperty().get().isPresent(), project.topologyProperty());
        BooleanBinding deployable = Bindings.createBooleanBinding(
                        () -> project.project().filter(OpenProject::deployable).isPresent(), project.projectProperty())
                .and(run.busyProperty().not())
                .and(project.editing().savedProperty());
        BooleanBinding running = Bindings.createBooleanBinding(
                        () -> run.estate().isPresent(), run.stateProperty())
                .and(run.busyProperty().not());
        BooleanBinding inLab = Bindings.createBooleanBinding(
                        () -> run.stateProperty().get() instanceof RunModel.State.InLab, run.stateProperty())
                .and(run.busyProperty().not());
        BooleanBinding reachable = Bindings.createBooleanBinding(model::hasSshEverywhere, project.topologyProperty());

        create = Command.of("create", Icon.NEW, "Shortcut+N", always, () -> dialogs.create(""));
        open = Command.of("open", Icon.OPEN, "Shortcut+O", always, dialogs::open);
        reload = Command.of("reload", Icon.RELOAD, "F5", opened, project::reload);
        close = Command.of("close", Icon.CLOSE, "Shortcut+W", opened, () -> dialogs.leavingLab(project::close));
        quit = Command.of("quit", Icon.CANCEL, "Shortcut+Q", always, quitAction);
        deploy = Command.of("deploy", Icon.DEPLOY, "Shortcut+D", deployable, () -> withProject(run::deployToLab));
        deployHosts = Command.of(
                "deployHosts",
                Icon.DEPLOY_HOSTS,
                "Shortcut+Shift+D",
                deployable.and(reachable),
                () -> withProject(it -> dialogs.hostAccess().ifPresent(access -> run.deployToHosts(it, access))));
        BooleanBinding nowhere = deployable.and(Bindings.createBooleanBinding(
                () -> run.stateProperty().get() instanceof RunModel.State.Nowhere, run.stateProperty()));
        BooleanBinding asking = deployable.and(running);
        startLab = Command.of("startLab", Icon.DEPLOY, "", nowhere, () -> withProject(run::startLab));
        useHosts = Command.of(
                "useHosts",
                Icon.DEPLOY_HOSTS,
                "",
                nowhere.and(reachable),
                () -> withProject(it -> dialogs.hostAccess().ifPresent(access -> run.useHosts(it, access))));
        plan = Command.of("plan", Icon.DESIGN, "Shortcut+P", asking, () -> {
            onShow.accept(Page.PLAN);
            model.plan().makePlan();
        });
        deployPlan = Command.of(
                "deployPlan",
                Icon.DEPLOYMENT,
                "",
                asking.and(Bindings.createBooleanBinding(
                        () -> model.plan()
                                .planProperty()
                                .get()
                                .filter(DeploymentPlan::complete)
                                .isPresent(),
                        model.plan().planProperty())),
                model.plan()::deployPlan);
        drift = Command.of("drift", Icon.VERIFY, "", asking, () -> {
            onShow.accept(Page.DRIFT);
            model.plan().checkDrift();
        });
        history = Command.of("history", Icon.RECENT, "", asking, () -> {
            onShow.accept(Page.CHANGES);
            model.plan().readHistory();
        });
        rollback = Command.of(
                "rollback",
                Icon.UNDO,
                "",
                asking,
                () -> withProject(it ->
                        dialogs.rollingBack(Texts.text("changes.before"), () -> run.rollback(it, Optional.empty()))));
        verify = Command.of("verify", Icon.VERIFY, "Shortcut+R", running, () -> withProject(run::verify));
        stopLab = Command.of(
                "stopLab",
                Icon.STOP,
                "Shortcut+Period",
                inLab,
                () -> withProject(it -> dialogs.stoppingLab(() -> run.stopLab(it))));
        zoomIn = Command.of("zoomIn", Icon.ZOOM_IN, "Shortcut+Plus", drawn, canvas::zoomIn);
        zoomOut = Command.of("zoomOut", Icon.ZOOM_OUT, "Shortcut+Minus", drawn, canvas::zoomOut);
        actualSize = Command.of("actualSize", Icon.ZOOM_IN, "Shortcut+1", drawn, canvas::zoomToActualSize);
        fit = Command.of("fit", Icon.FIT, "Shortcut+0", drawn, canvas::fit);
        arrange = Command.of("arrange", Icon.ARRANGE, "Shortcut+L", drawn, project::arrangeAutomatically);
        fitSelection = Command.of("fitSelection", Icon.FIT, "Shortcut+Shift+0", drawn, canvas::fitSelection);

        EditActions edits = model.edits();
        EditingModel editing = project.editing();
        BooleanBinding editable = Bindings.createBooleanBinding(project::editable, project.projectProperty());
        BooleanBinding selected = editable.and(Bindings.createBooleanBinding(
                () -> !project.selection().all().isEmpty(), project.selection().allProperty()));
        BooleanBinding two = editable.and(Bindings.createBooleanBinding(
                () -> project.selection().all().size() == 2, project.selection().allProperty()));
        BooleanBinding several = editable.and(Bindings.createBooleanBinding(
                () -> project.selection().all().size() > 1, project.selection().allProperty()));
        undo = Command.of(
                "undo",
                Icon.UNDO,
                "Shortcut+Z",
                editable.and(Bindings.createBooleanBinding(
                        () -> editing.historyProperty().get().undoable().isPresent(), editing.historyProperty())),
                editing::undo);
        redo = Command.of(
                "redo",
                Icon.REDO,
                "Shortcut+Shift+Z",
                editable.and(Bindings.createBooleanBinding(
                        () -> editing.historyProperty().get().redoable().isPresent(), editing.historyProperty())),
                editing::redo);
        cut = Command.of("cut", Icon.CUT, "Shortcut+X", selected, edits::cutSelected);
        copy = Command.of("copy", Icon.COPY, "Shortcut+C", selected, edits::copySelected);
        paste = Command.of("paste", Icon.PASTE, "Shortcut+V", editable.and(edits.copiedProperty()), edits::paste);
        duplicate = Command.of("duplicate", Icon.DUPLICATE, "Shortcut+J", selected, edits::duplicateSelected);
        delete = Command.of("delete", Icon.DELETE, "", selected, edits::removeSelected);
        rename = Command.of("rename", Icon.RENAME, "F2", selected, canvas::renameSelected);
        selectAll = Command.of("selectAll", Icon.SELECT_ALL, "", editable, edits::selectAll);
        connect = Command.of("connect", Icon.PORT, "Shortcut+Shift+C", two, edits::connectSelected);
        group = Command.of(
                "group",
                Icon.DIRECTOR_GROUP,
                "",
                editable.and(Bindings.createBooleanBinding(
                        () -> edits.selectedDirectors().size() > 1,
                        project.selection().allProperty())),
                edits::groupSelected);
        exportPicture = Command.of(
                "exportPicture",
                Icon.FIT,
                "Shortcut+Shift+E",
                drawn,
                () -> dialogs.file(Texts.text("dialog.picture"), project.name() + ".png")
                        .ifPresent(file ->
                                model.writeFile(PictureFile.png(canvas.canvas().picture()), file)));
        exportReport = Command.of(
                "exportReport",
                Icon.DESIGN,
                "",
                drawn,
                () -> dialogs.file(Texts.text("dialog.report"), project.name() + ".md")
                        .ifPresent(model::writeReport));
        arrangements = Stream.of(Arranging.Way.values())
                .map(way -> Command.of("arrange" + way.name(), icon(way), "", several, () -> edits.arrange(way)))
                .toList();

        theme = Command.of(
                "theme",
                Icon.THEME,
                "Shortcut+T",
                always,
                () -> model.setDark(!model.settingsProperty().get().dark()));
        keys = Command.of("keys", Icon.NOTE, "Shift+F1", always, dialogs::keys);
        search = Command.of("search", Icon.SEARCH, "Shortcut+K", always, () -> onSearch.run());
        all = Stream.concat(
                        Stream.of(
                                create,
                                open,
                                reload,
                                close,
                                quit,
                                deploy,
                                deployHosts,
                                verify,
                                stopLab,
                                zoomIn,
                                zoomOut,
                                actualSize,
                                fit,
                                arrange,
                                fitSelection,
                                undo,
                                redo,
                                cut,
                                copy,
                                paste,
                                duplicate,
                                delete,
                                rename,
                                selectAll,
                                connect,
                                theme,
                                keys,
                                search),
                        arrangements.stream())
                .toList();
    }

    /** Every command, for search. */
    List<Command> all() {
        return Stream.concat(all.stream(), others.stream()).toList();
    }

    /** Commands that are kept elsewhere and are to be found like these. */
    void add(List<Command> more) {
        others.addAll(more);
    }

    /** What opens the search; it lies over the window that these commands belong to. */
    void setOnSearch(Runnable action) {
        onSearch = action;
    }

    /** What brings a view up, for commands whose result is seen there. */
    void setOnShow(Consumer<Page> action) {
        onShow = action;
    }

    private static Icon icon(Arranging.Way way) {
        return switch (way) {
            case COLUMN -> Icon.ALIGN_COLUMN;
            case ROW -> Icon.ALIGN_ROW;
            case SPREAD_ACROSS -> Icon.SPREAD_ACROSS;
            case SPREAD_DOWN -> Icon.SPREAD_DOWN;
        };
    }

    private void withProject(Consumer<OpenProject> action) {
        model.project().project().ifPresent(action);
    }
}
