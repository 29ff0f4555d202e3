package io.twoarm.desktop.viewmodel;

import io.twoarm.deploy.HostFiles;
import io.twoarm.deploy.HostPreflight;
import io.twoarm.deploy.PreflightReport;
import io.twoarm.engine.Engine;
import io.twoarm.engine.Estate;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Host;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The running hosts as machines: what they are, whether they can be deployed to, and their files. */
public final class HostsModel {
    private static final String FILES = "host-files";
    private static final String FILE = "host-file";

    private final Engine engine;
    private final ProjectModel project;
    private final RunModel run;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final ReadOnlyObjectWrapper<Optional<PreflightReport>> facts =
            new ReadOnlyObjectWrapper<>(this, "facts", Optional.empty());
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper(this, "asking", false);
    private final ReadOnlyObjectWrapper<Optional<Directory>> directory =
            new ReadOnlyObjectWrapper<>(this, "directory", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Content>> content =
            new ReadOnlyObjectWrapper<>(this, "content", Optional.empty());

    /** @param path absolute, without a slash at the end but for the root's */
    public record Directory(String host, String path, List<HostFiles.Entry> entries) {}

    /** A file's text. */
    public record Content(String host, String path, String text) {}

    HostsModel(Engine engine, ProjectModel project, RunModel run, TaskService tasks, Consumer<Notice> notices) {
        this.engine = engine;
        this.project = project;
        this.run = run;
        this.tasks = tasks;
        this.notices = notices;
        run.stateProperty().subscribe(state -> {
            if (state instanceof RunModel.State.Nowhere) {
                forget();
            }
        });
    }

    /** What the hosts said about themselves when they were asked last. */
    public ReadOnlyObjectProperty<Optional<PreflightReport>> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /** The directory that is looked at. */
    public ReadOnlyObjectProperty<Optional<Directory>> directoryProperty() {
        return directory.getReadOnlyProperty();
    }

    /** The file that is looked at. */
    public ReadOnlyObjectProperty<Optional<Content>> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /** The hosts of the design. */
    public List<Host> hosts() {
        return project.topologyProperty().get().stream()
                .flatMap(topology -> topology.hosts().stream())
                .toList();
    }

    /** How a host is reached, such as {@code root@127.77.0.1:2222}; empty while nothing runs. */
    public String address(String host) {
        return run.estate()
                .flatMap(estate -> estate.target(host))
                .map(target -> target.user() + "@" + target.address() + ":" + target.port())
                .orElse("");
    }

    /** What is known of a host. */
    public Optional<HostPreflight> facts(String host) {
        return facts.get()
                .flatMap(report -> report.hosts().stream()
                        .filter(each -> each.host().equals(host))
                        .findFirst());
    }

    /** Asks all hosts what they are; nothing is changed there. */
    public void ask() {
        Optional<Estate> estate = run.estate();
        Optional<OpenProject> open = project.project();
        if (asking.get() || estate.isEmpty() || open.isEmpty()) {
            return;
        }
        asking.set(true);
        tasks.start(
                Texts.text("task.facts", estate.get().name()),
                progress -> engine.preflight(open.get(), estate.get()),
                new TaskService.Outcome<PreflightReport>() {
                    @Override
                    public void succeeded(PreflightReport report) {
                        asking.set(false);
                        facts.set(Optional.of(report));
                    }

                    @Override
                    public void failed(Exception cause) {
                        asking.set(false);
                        notices.accept(Notice.error(Texts.text("notice.factsFailed"), cause));
                    }

                    @Override
                    public void cancelled() {
                        asking.set(false);
                    }
                });
    }

    /** Looks into a directory. */
    public void list(String host, String path) {
        String wanted = path.isBlank() ? "/" : path;
        run.estate()
                .ifPresent(estate -> tasks.latest(
                        FILES,
                        Duration.ZERO,
                        () -> new Directory(host, wanted, engine.listFiles(estate, host, wanted)),
                        found -> directory.set(Optional.of(found)),
                        cause -> notices.accept(Notice.error(Texts.text("notice.cannotList", wanted, host), cause))));
    }

    /** Goes to the directory above. */
    public void up() {
        directory.get().ifPresent(at -> list(at.host(), parent(at.path())));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Goes into a directory, or reads a file. */
    public void open(HostFiles.Entry entry) {
        directory.get().ifPresent(at -> {
            String path = (at.path().equals("/") ? "" : at.path()) + "/" + entry.name();
            switch (entry.type()) {
                case DIRECTORY -> list(at.host(), path);
                case FILE, LINK -> read(at.host(), path);
                case OTHER -> {}
            }
        });
    }

    /** Reads a file. */
    public void read(String host, String path) {
        run.estate()
                .ifPresent(estate -> tasks.latest(
                        FILE,
                        Duration.ZERO,
                        () -> new Content(host, path, engine.readFile(estate, host, path)),
                        found -> content.set(Optional.of(found)),
                        cause -> notices.accept(Notice.error(Texts.text("notice.cannotReadFile", path, host), cause))));
    }

    void forget() {
        tasks.cancelLatest(FILES);
        tasks.cancelLatest(FILE);
        facts.set(Optional.empty());
        directory.set(Optional.empty());
        content.set(Optional.empty());
    }
}
