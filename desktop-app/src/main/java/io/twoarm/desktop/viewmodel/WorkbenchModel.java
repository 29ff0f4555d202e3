package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.layout.LayeredLayout;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Host;
import io.twoarm.model.project.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything behind one window. */
public final class WorkbenchModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkbenchModel.class);
    private final Engine engine;
    private final TaskService tasks;
    private final Path settingsFile;
    private final PlacesModel places;
    private final ProjectModel project;
    private final EditActions edits;
    private final LinkLines lines;
    private final LiveModel live;
    private final RunModel run;
    private final FilesModel files;
    private final FileOrigins origins;
    private final PlanModel plan;
    private final CaptureModel capture;
    private final TraceModel trace;
    private final ProbeModel probe;
    private final InspectModel inspect;
    private final MetricsModel metrics;
    private final HostsModel hosts;
    private final TerminalsModel terminals;
    private final ImpairModel impair;
    private final ReadOnlyObjectWrapper<Settings> settings =
            new ReadOnlyObjectWrapper<>(this, "settings", Settings.DEFAULT);
    private Consumer<Notice> onNotice = notice -> {};
    private Optional<Path> directory = Optional.empty();

    /**
     * @param userInterface runs what it gets on the user interface's thread, in order
     * @param settingsFile where settings are kept; need not exist
     */
    public WorkbenchModel(Engine engine, Executor userInterface, Path settingsFile) {
        this.engine = engine;
        this.settingsFile = settingsFile;
        tasks = new TaskService(userInterface);
        places = new PlacesModel(
                tasks, new LayeredLayout(), cause -> tell(Notice.error(Texts.text("notice.cannotArrange"), cause)));
        project = new ProjectModel(engine, tasks, places, this::tell);
        edits = new EditActions(project, this::tell);
        lines = new LinkLines(project);
        live = new LiveModel(engine, tasks, this::tell);
        run = new RunModel(engine, tasks, live, this::tell);
        files = new FilesModel(engine, tasks, project, this::tell);
        origins = new FileOrigins(tasks, project);
        plan = new PlanModel(engine, tasks, project, run, this::tell);
        RunningHosts reached = new RunningHosts(engine, project, run);
        capture = new CaptureModel(reached, project, tasks, this::tell);
        trace = new TraceModel(reached, project, tasks, this::tell);
        probe = new ProbeModel(reached, project, tasks, this::tell);
        inspect = new InspectModel(engine, reached, project, run, tasks, this::tell);
        metrics = new MetricsModel(reached, tasks, this::tell);
        hosts = new HostsModel(engine, project, run, tasks, this::tell);
        terminals = new TerminalsModel(engine, project, run, tasks, this::tell);
        impair = new ImpairModel(run, live, tasks, this::tell);
        run.deployment().phaseProperty().subscribe(phase -> {
            if (phase == DeploymentModel.Phase.SUCCEEDED) {
                project.project().ifPresent(files::deployed);
            }
        });
        project.projectProperty().subscribe(this::opened);
    }

    /** Reads the settings; a broken file is reported as soon as there is a window, and replaced by the next change. */
    public void loadSettings() {
        try {
            settings.set(Settings.read(settingsFile));
        } catch (IOException | IllegalArgumentException e) {
            tasks.later(() -> tell(Notice.error(Texts.text("notice.cannotReadSettings", settingsFile), e)));
        }
    }

    public void setOnNotice(Consumer<Notice> listener) {
        onNotice = listener;
    }

    private void tell(Notice notice) {
        if (notice.kind() == Notice.Kind.ERROR) {
            LOG.warn("{}: {}", notice.headline(), notice.details());
        }
        onNotice.accept(notice);
    }

    public TaskService tasks() {
        return tasks;
    }

    public ProjectModel project() {
        return project;
    }

    public EditActions edits() {
        return edits;
    }

    public LinkLines lines() {
        return lines;
    }

    public PlacesModel places() {
        return places;
    }

    public FilesModel files() {
        return files;
    }

    public FileOrigins origins() {
        return origins;
    }

    public PlanModel plan() {
        return plan;
    }

    public CaptureModel capture() {
        return capture;
    }

    public TraceModel trace() {
        return trace;
    }

    public ProbeModel probe() {
        return probe;
    }

    public InspectModel inspect() {
        return inspect;
    }

    public HostsModel hosts() {
        return hosts;
    }

    public TerminalsModel terminals() {
        return terminals;
    }

    public ImpairModel impair() {
        return impair;
    }

    public MetricsModel metrics() {
        return metrics;
    }

    public LiveModel live() {
        return live;
    }

    public RunModel run() {
        return run;
    }

    public ReadOnlyObjectProperty<Settings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    public void setDark(boolean dark) {
        keep(settings.get().withDark(dark));
    }

    /** Takes settings as people chose them. */
    public void change(Settings wanted) {
        keep(wanted);
    }

    public void forgetRecent(Path recent) {
        keep(settings.get().withoutRecent(recent));
    }

    private void keep(Settings changed) {
        settings.set(changed);
        tasks.save(
                () -> changed.write(settingsFile),
                cause -> tell(Notice.error(Texts.text("notice.cannotSaveSettings", settingsFile), cause)));
    }

    /** A starter topology as a drawing, for the gallery. */
    public Diagram starter(String name) {
        return engine.starter(name).topology().map(DiagramBuilder::diagramOf).orElse(Diagram.EMPTY);
    }

    /** Writes every object of the design, every property and the problems as Markdown. */
    public void writeReport(Path file) {
        project.topologyProperty()
                .get()
                .ifPresent(topology -> write(
                        file,
                        () -> WholeFile.replace(
                                file,
                                Report.of(topology, project.problemsProperty().get()))));
    }

    /** Writes what was made for people, such as a picture. */
    public void writeFile(byte[] content, Path file) {
        write(file, () -> Files.write(file, content));
    }

    private void write(Path file, TaskService.Action action) {
        tasks.save(
                () -> {
                    action.run();
                    tasks.later(
                            () -> tell(new Notice(Notice.Kind.SUCCESS, Texts.text("notice.written"), file.toString())));
                },
                cause -> tell(Notice.error(Texts.text("notice.cannotWrite", file), cause)));
    }

    /** Whether the design can go to real machines: every host says how to reach it. */
    public boolean hasSshEverywhere() {
        return project.topologyProperty()
                .get()
                .filter(topology -> topology.hosts().stream().map(Host::ssh).allMatch(Optional::isPresent))
                .isPresent();
    }

    /** Follows the project: another one detaches from what runs, a changed one is shown under the live state. */
    private void opened(Optional<OpenProject> now) {
        Optional<Path> next = now.map(OpenProject::directory);
        if (!next.equals(directory)) {
            directory = next;
            run.detach();
            capture.forget();
            trace.forget();
            probe.forget();
            inspect.forget();
            now.ifPresent(run::attach);
            next.ifPresent(path -> keep(settings.get().withRecent(path)));
        }
        now.flatMap(OpenProject::topology).ifPresent(live::design);
    }

    /** Names of the recent projects' directories, the last opened first. */
    public List<Path> recent() {
        return settings.get().recent();
    }

    /** Ends everything, an own lab included. */
    @Override
    public void close() {
        terminals.closeAll();
        capture.forget();
        run.detach();
        tasks.close();
    }
}
