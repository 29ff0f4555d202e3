package io.twoarm.desktop.viewmodel;

import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.HostFile;
import io.twoarm.engine.Engine;
import io.twoarm.engine.OpenProject;
import io.twoarm.engine.Overrides;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The files that the design generates for each host, now and as they were before. */
public final class FilesModel {
    private static final String GENERATE = "generate-files";
    private static final Duration CALM = Duration.ofMillis(200);

    private final Engine engine;
    private final TaskService tasks;
    private final ProjectModel project;
    private final Consumer<Notice> notices;
    private final ReadOnlyObjectWrapper<List<HostArtifacts>> hosts =
            new ReadOnlyObjectWrapper<>(this, "hosts", List.of());
    private final ReadOnlyObjectWrapper<List<Overrides.Misfit>> misfits =
            new ReadOnlyObjectWrapper<>(this, "misfits", List.of());
    private final ReadOnlyStringWrapper hindrance = new ReadOnlyStringWrapper(this, "hindrance", "");
    private final Map<Earlier, List<HostArtifacts>> earlier = new HashMap<>();
    private int opening = -1;
    private boolean wanted;

    /** Earlier states that files are compared with. */
    public enum Earlier {
        /** When the project was opened in this window. */
        OPENED,
        /** When this window last deployed it. */
        DEPLOYED
    }

    FilesModel(Engine engine, TaskService tasks, ProjectModel project, Consumer<Notice> notices) {
        this.engine = engine;
        this.tasks = tasks;
        this.project = project;
        this.notices = notices;
        project.projectProperty().subscribe(this::changed);
    }

    /** In the order of the design; empty while the design has errors. */
    public ReadOnlyObjectProperty<List<HostArtifacts>> hostsProperty() {
        return hosts.getReadOnlyProperty();
    }

    /** Why there are no files, for people; empty when there are. */
    public ReadOnlyStringProperty hindranceProperty() {
        return hindrance.getReadOnlyProperty();
    }

    /** Changes by hand that do not fit; their files are shown as they are generated. */
    public ReadOnlyObjectProperty<List<Overrides.Misfit>> misfitsProperty() {
        return misfits.getReadOnlyProperty();
    }

    /** Whether the change that was made to a file by hand does not fit. */
    public boolean misfit(Compared file) {
        return misfits.get().stream()
                .anyMatch(each -> each.host().equals(file.host()) && each.path().equals(file.path()));
    }

    /** Whether there is such a state to compare with. */
    public boolean has(Earlier state) {
        return earlier.containsKey(state);
    }

    /** Somebody looks at the files from now on; without that they are not generated at every step of editing. */
    public void want(boolean now) {
        wanted = now;
        if (now) {
            project.project().ifPresent(this::generate);
        }
    }

    private void changed(Optional<OpenProject> now) {
        if (project.openingProperty().get() != opening) {
            opening = project.openingProperty().get();
            earlier.clear();
            hosts.set(List.of());
        }
        boolean first = !earlier.containsKey(Earlier.OPENED);
        if (now.isPresent() && (wanted || first)) {
            generate(now.get());
        }
    }

    private void generate(OpenProject open) {
        if (!open.deployable()) {
            misfits.set(List.of());
            hosts.set(List.of());
            hindrance.set(Texts.text("files.errors"));
            return;
        }
        tasks.latest(GENERATE, CALM, () -> engine.attempt(open), this::show, cause -> {
            misfits.set(List.of());
            hosts.set(List.of());
            hindrance.set(cause.getMessage());
        });
    }

    private void show(Overrides.Attempt generated) {
        earlier.putIfAbsent(Earlier.OPENED, generated.hosts());
        hindrance.set("");
        misfits.set(generated.misfits());
        hosts.set(generated.hosts());
    }

    /** What was just deployed is what files are compared with from now on. */
    void deployed(OpenProject open) {
        tasks.latest(
                "remember-deployed-files",
                Duration.ZERO,
                () -> engine.generate(open),
                generated -> {
                    earlier.put(Earlier.DEPLOYED, generated);
                    hosts.set(List.copyOf(hosts.get()));
                },
                cause -> notices.accept(Notice.error(Texts.text("notice.cannotGenerate"), cause)));
    }

    /**
     * A file of a host, and what became of it.
     *
     * @param before empty when there was no such file, or when nothing is compared
     * @param now empty when there is no such file any more
     */
    public record Compared(String host, String path, Optional<HostFile> before, Optional<HostFile> now) {
        public HostFile file() {
            return now.or(() -> before).orElseThrow();
        }

        public List<CodeLine> lines(boolean comparing) {
            if (!comparing) {
                return CodeLine.of(file().content());
            }
            return CodeLine.compare(
                    before.map(HostFile::content).orElse(""),
                    now.map(HostFile::content).orElse(""));
        }

        public CodeLine.Change change() {
            if (before.isEmpty()) {
                return CodeLine.Change.ADDED;
            }
            return now.isEmpty() ? CodeLine.Change.REMOVED : CodeLine.Change.SAME;
        }

        /** Whether anything is another than before. */
        public boolean differs() {
            return !before.equals(now);
        }
    }

    /** The files of each host; with an earlier state also those that are gone. */
    public Map<String, List<Compared>> files(Optional<Earlier> with) {
        Map<String, Map<String, HostFile>> before =
                byHost(with.map(earlier::get).orElse(List.of()));
        Map<String, Map<String, HostFile>> now = byHost(hosts.get());
        Map<String, List<Compared>> files = new LinkedHashMap<>();
        now.forEach((host, present) -> {
            List<Compared> compared = new ArrayList<>();
            Map<String, HostFile> past = before.getOrDefault(host, Map.of());
            present.forEach((path, file) -> compared.add(new Compared(
                    host,
                    path,
                    with.isEmpty() ? Optional.of(file) : Optional.ofNullable(past.get(path)),
                    Optional.of(file))));
            past.forEach((path, file) -> {
                if (!present.containsKey(path)) {
                    compared.add(new Compared(host, path, Optional.of(file), Optional.empty()));
                }
            });
            files.put(host, compared);
        });
        return files;
    }

    private static Map<String, Map<String, HostFile>> byHost(List<HostArtifacts> artifacts) {
        Map<String, Map<String, HostFile>> byHost = new LinkedHashMap<>();
        for (HostArtifacts host : artifacts) {
            Map<String, HostFile> files = new LinkedHashMap<>();
            host.files().forEach(file -> files.put(file.path(), file));
            byHost.put(host.host(), files);
        }
        return byHost;
    }

    /** Whether people changed what the design generates for a file. */
    public boolean changedByHand(Compared file) {
        return project.project()
                .filter(open -> new Overrides(open.directory()).has(file.host(), file.path()))
                .isPresent();
    }

    /**
     * Keeps a file as somebody wants it, however often it is generated again.
     *
     * @param wanted its whole text; empty takes the file as it is generated
     */
    public void keepByHand(Compared file, Optional<String> wanted) {
        project.project()
                .ifPresent(open -> tasks.save(
                        () -> {
                            HostFile generated =
                                    ArtifactGenerator.generate(open.topology().orElseThrow(), file.host())
                                            .files()
                                            .stream()
                                            .filter(each -> each.path().equals(file.path()))
                                            .findFirst()
                                            .orElseThrow();
                            new Overrides(open.directory())
                                    .keep(file.host(), generated, wanted.orElse(generated.content()));
                            tasks.later(() -> generate(open));
                        },
                        cause -> notices.accept(Notice.error(Texts.text("notice.cannotWrite", file.path()), cause))));
    }

    /** Writes all files into a directory, one folder per host. */
    public void write(Path directory) {
        project.project()
                .ifPresent(open -> tasks.start(
                        Texts.text("task.writeFiles", directory),
                        progress -> {
                            engine.writeArtifacts(open, directory);
                            return directory;
                        },
                        new Written(notices)));
    }

    /** Tells people where the files are. */
    private record Written(Consumer<Notice> notices) implements TaskService.Outcome<Path> {
        @Override
        public void succeeded(Path directory) {
            notices.accept(new Notice(Notice.Kind.SUCCESS, Texts.text("notice.filesWritten"), directory.toString()));
        }

        @Override
        public void failed(Exception cause) {
            notices.accept(Notice.error(Texts.text("notice.cannotWriteFiles"), cause));
        }

        @Override
        public void cancelled() {}
    }
}
