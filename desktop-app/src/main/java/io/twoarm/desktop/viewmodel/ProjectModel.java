package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Connecting;
import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.Existence;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.Wording;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.DesignFile.Source;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Finding;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The open project: its design, what is wrong with it, and what is selected. Follows the file as it changes. */
public final class ProjectModel {
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);
    private static final String WATCH = "watch-project";
    private static final String OPEN = "open-project";
    private static final String CHECK = "check-project";

    private final Engine engine;
    private final TaskService tasks;
    private final PlacesModel places;
    private final Consumer<Notice> notices;
    private final ReadOnlyObjectWrapper<Optional<OpenProject>> project =
            new ReadOnlyObjectWrapper<>(this, "project", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Topology>> topology =
            new ReadOnlyObjectWrapper<>(this, "topology", Optional.empty());
    private final ReadOnlyObjectWrapper<Diagram> diagram = new ReadOnlyObjectWrapper<>(this, "diagram", Diagram.EMPTY);
    private final ReadOnlyObjectWrapper<List<Finding>> findings =
            new ReadOnlyObjectWrapper<>(this, "findings", List.of());
    private final ReadOnlyObjectWrapper<List<Problem>> problems =
            new ReadOnlyObjectWrapper<>(this, "problems", List.of());
    private final ReadOnlyIntegerWrapper opening = new ReadOnlyIntegerWrapper(this, "opening", 0);
    private final SelectionModel selection = new SelectionModel();
    private final EditingModel editing;
    private Runnable onConflict = () -> {};

    /** @param notices gets what people should be told */
    public ProjectModel(Engine engine, TaskService tasks, PlacesModel places, Consumer<Notice> notices) {
        this.engine = engine;
        this.tasks = tasks;
        this.places = places;
        this.notices = notices;
        this.editing = new EditingModel(tasks, new Edited());
        places.setOnRoomMade(editing::adjust);
    }

    /** What the edits of the open design cause. */
    private final class Edited implements EditingModel.Listener {
        @Override
        public void changed(Design before, Design after) {
            showDesign(after);
        }

        @Override
        public void written() {
            check();
        }

        @Override
        public void conflict() {
            reload();
        }

        @Override
        public void failed(Exception cause) {
            notices.accept(Notice.error(Texts.text("notice.cannotSave"), cause));
        }
    }

    public ReadOnlyObjectProperty<Optional<OpenProject>> projectProperty() {
        return project.getReadOnlyProperty();
    }

    /** The last topology that could be read; older than the file while the file is broken. */
    public ReadOnlyObjectProperty<Optional<Topology>> topologyProperty() {
        return topology.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Diagram> diagramProperty() {
        return diagram.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<Finding>> findingsProperty() {
        return findings.getReadOnlyProperty();
    }

    /** The findings for people, the worst first. */
    public ReadOnlyObjectProperty<List<Problem>> problemsProperty() {
        return problems.getReadOnlyProperty();
    }

    /** Counts the projects that were opened, so that views can tell another project from a changed one. */
    public ReadOnlyIntegerProperty openingProperty() {
        return opening.getReadOnlyProperty();
    }

    public SelectionModel selection() {
        return selection;
    }

    public EditingModel editing() {
        return editing;
    }

    /** The listener asks people which of the two to keep when the file and the window were both changed. */
    public void setOnConflict(Runnable listener) {
        onConflict = listener;
    }

    /** The one selected object, or the first of several. */
    public ReadOnlyObjectProperty<Optional<ObjectRef>> selectionProperty() {
        return selection.firstProperty();
    }

    /** The design's name; "design" when none can be read. */
    public String name() {
        return topology.get().map(Topology::name).orElse("design");
    }

    public Optional<OpenProject> project() {
        return project.get();
    }

    public void select(Optional<ObjectRef> ref) {
        selection.select(ref);
    }

    /** Whether the design can be edited: it is open, and its file can be read. */
    public boolean editable() {
        return project.get().flatMap(OpenProject::topology).isPresent();
    }

    /** Where everything stands, whether it was put there or placed automatically. */
    Map<String, Point> placesNow() {
        Map<String, Point> standing = new HashMap<>(places.placesProperty().get());
        editing.designProperty().get().ifPresent(design -> standing.putAll(design.places()));
        return standing;
    }

    /**
     * Makes one step of editing.
     *
     * @param change from the design with every figure's place to the edited one
     */
    public void edit(Wording name, UnaryOperator<Design> change) {
        if (!editable()) {
            return;
        }
        Design kept = editing.designProperty().get().orElseThrow();
        Design standingDesign = kept.withPlaces(placesNow());
        Design changed = Connecting.unbent(standingDesign, change.apply(standingDesign));
        // A bend stands somewhere only beside figures that stay where they are.
        boolean still = changed.places().equals(standingDesign.places())
                && changed.lines().values().stream()
                        .allMatch(line -> line.bends().isEmpty());
        editing.edit(name, Existence.pruned(still ? changed.withPlaces(kept.places()) : changed));
    }

    /** Opens the project in a directory, or says why that is not possible. */
    public void open(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        load(absolute, Texts.text("notice.cannotOpen", absolute), () -> engine.open(absolute));
    }

    /** Writes a starter topology into a directory and opens it. */
    public void create(String starter, Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        load(absolute, Texts.text("notice.cannotCreate", absolute), () -> engine.create(starter, absolute));
    }

    private void load(Path directory, String failure, Callable<OpenProject> source) {
        tasks.cancelLatest(WATCH);
        tasks.latest(OPEN, Duration.ZERO, () -> LoadedProject.read(directory, source), this::show, cause -> {
            notices.accept(Notice.error(failure, cause));
            project.get().ifPresent(open -> reload());
        });
    }

    private void found(LoadedProject loaded) {
        findings.set(loaded.findings());
        problems.set(loaded.problems());
    }

    private void show(LoadedProject loaded) {
        selection.clear();
        opening.set(opening.get() + 1);
        places.reset(loaded.source().map(it -> it.design().places()).orElse(Map.of()));
        DesignFile file = new DesignFile(loaded.project().directory(), loaded.text(), loaded.layout(), loaded.stamp());
        loaded.source().ifPresentOrElse(source -> editing.open(file, source), editing::close);
        topology.set(loaded.project().topology());
        diagram.set(topology.get().map(DiagramBuilder::diagramOf).orElse(Diagram.EMPTY));
        found(loaded);
        project.set(Optional.of(loaded.project()));
        watch(file);
    }

    private void showDesign(Design design) {
        Diagram built = DiagramBuilder.diagramOf(design.topology());
        boolean same = built.equals(diagram.get());
        // Undo leads back to what was; only a new step may need more room.
        boolean step = editing.historyProperty().get().redoable().isEmpty();
        places.keep(design.places(), same, step);
        topology.set(Optional.of(design.topology()));
        if (!same) {
            diagram.set(built);
        }
        selection.retain(ref -> Existence.exists(design.topology(), ref));
    }

    /** Reads and lints the file that was just written. */
    private void check() {
        editing.file()
                .ifPresent(file -> tasks.latest(
                        CHECK,
                        Duration.ZERO,
                        () -> LoadedProject.read(file.directory(), () -> engine.open(file.directory())),
                        loaded -> {
                            if (file.isKnown(loaded.text(), loaded.layout())
                                    && editing.savedProperty().get()) {
                                found(loaded);
                                project.set(Optional.of(loaded.project()));
                            }
                        },
                        cause -> notices.accept(
                                Notice.error(Texts.text("notice.cannotOpen", file.directory()), cause))));
    }

    /** Reads the file again, as it is now. */
    public void reload() {
        project.get().ifPresent(open -> {
            tasks.cancelLatest(WATCH);
            Path directory = open.directory();
            tasks.latest(
                    OPEN,
                    Duration.ZERO,
                    () -> LoadedProject.read(directory, () -> engine.open(directory)),
                    this::refresh,
                    cause -> notices.accept(Notice.error(Texts.text("notice.cannotOpen", directory), cause)));
        });
    }

    /** Shows a new state of the same project; the drawing stays as it was while the file cannot be read. */
    private void refresh(LoadedProject loaded) {
        DesignFile file = editing.file()
                .orElseGet(() ->
                        new DesignFile(loaded.project().directory(), loaded.text(), loaded.layout(), loaded.stamp()));
        if (!loaded.isCurrent()) {
            // Written again since: what was read must not be taken for what somebody else wrote.
            watch(file);
            return;
        }
        boolean own =
                file.isKnown(loaded.text(), loaded.layout()) && editing.file().isPresent();
        if (own || loaded.source().isEmpty()) {
            taken(file, loaded);
            editing.resume();
        } else if (editing.savedProperty().get()) {
            taken(file, loaded);
            take(file, loaded.source().get());
        } else {
            Optional<Design> merged = editing.merged(loaded.source().get().design());
            if (merged.isEmpty()) {
                // The answer starts to watch again.
                onConflict.run();
                return;
            }
            taken(file, loaded);
            editing.changedOutside(loaded.source().get(), merged.get());
        }
        watch(file);
    }

    private void taken(DesignFile file, LoadedProject loaded) {
        file.read(loaded.text(), loaded.layout(), loaded.stamp());
        found(loaded);
        project.set(Optional.of(loaded.project()));
    }

    private void take(DesignFile file, Source source) {
        if (editing.file().isEmpty()) {
            editing.open(file, source);
            showDesign(source.design());
        } else {
            editing.changedOutside(source);
        }
    }

    /** Ends a conflict: writes the design over the file, or takes the file as one more step. */
    public void settle(boolean keepMine) {
        editing.file()
                .ifPresent(file -> tasks.latest(
                        OPEN,
                        Duration.ZERO,
                        () -> LoadedProject.read(file.directory(), () -> engine.open(file.directory())),
                        loaded -> {
                            if (keepMine || loaded.source().isEmpty()) {
                                editing.keepMine(loaded);
                            } else {
                                taken(file, loaded);
                                take(file, loaded.source().get());
                            }
                            watch(file);
                        },
                        cause -> notices.accept(
                                Notice.error(Texts.text("notice.cannotOpen", file.directory()), cause))));
    }

    private void watch(DesignFile file) {
        tasks.latest(
                WATCH,
                Duration.ZERO,
                () -> {
                    while (FileStamp.of(file.directory()).equals(file.stamp())) {
                        Thread.sleep(WATCH_INTERVAL);
                    }
                    return file;
                },
                changed -> reload(),
                cause -> notices.accept(Notice.error(Texts.text("notice.cannotWatch", file.directory()), cause)));
    }

    /** Keeps where figures were moved to. */
    public void moved(Map<ObjectRef, Point> centres) {
        if (centres.isEmpty()) {
            return;
        }
        Wording name = centres.size() == 1
                ? Wording.of("edit.move", centres.keySet().iterator().next().name())
                : Wording.of("edit.moveMany", Integer.toString(centres.size()));
        edit(name, design -> {
            Map<String, Point> changed = new HashMap<>(design.places());
            centres.forEach((ref, centre) -> changed.put(ref.path(), centre));
            return design.movedTo(changed);
        });
    }

    /** Lets automatic layout place everything, and forgets the positions in the layout file. */
    public void arrangeAutomatically() {
        if (editable()) {
            editing.edit(
                    Wording.of("edit.arrange"),
                    editing.designProperty().get().orElseThrow().unplaced());
        }
        places.arrangeAutomatically();
    }

    /** Forgets the project. */
    public void close() {
        tasks.cancelLatest(WATCH);
        tasks.cancelLatest(CHECK);
        editing.close();
        selection.clear();
        places.reset(Map.of());
        topology.set(Optional.empty());
        diagram.set(Diagram.EMPTY);
        findings.set(List.of());
        problems.set(List.of());
        project.set(Optional.empty());
    }
}
