package io.twoarm.desktop.viewmodel;

import io.twoarm.artifact.explain.Cause;
import io.twoarm.artifact.explain.Provenance;
import io.twoarm.desktop.design.Existence;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Which objects of the design the lines of generated files follow from, and the other way round. It is found out host by
 * host in the background, when somebody looks at a file.
 */
public final class FileOrigins {
    private static final String EXPLAIN = "explain-files";
    private static final Duration CALM = Duration.ofMillis(150);

    private final TaskService tasks;
    private final ProjectModel project;
    private final Map<String, Provenance> known = new HashMap<>();
    private final ReadOnlyIntegerWrapper version = new ReadOnlyIntegerWrapper(this, "version", 0);
    private final ReadOnlyObjectWrapper<List<ObjectRef>> glowing =
            new ReadOnlyObjectWrapper<>(this, "glowing", List.of());
    private final ReadOnlyObjectWrapper<Optional<ObjectRef>> pointed =
            new ReadOnlyObjectWrapper<>(this, "pointed", Optional.empty());
    private Optional<Topology> explained = Optional.empty();
    private Optional<String> wanted = Optional.empty();
    private boolean looking;

    FileOrigins(TaskService tasks, ProjectModel project) {
        this.tasks = tasks;
        this.project = project;
    }

    /** Counts what has been found out, so that views know when to ask again. */
    public ReadOnlyIntegerProperty versionProperty() {
        return version.getReadOnlyProperty();
    }

    /** The objects that the line follows from that somebody points at. */
    public ReadOnlyObjectProperty<List<ObjectRef>> glowingProperty() {
        return glowing.getReadOnlyProperty();
    }

    public void glow(List<ObjectRef> refs) {
        glowing.set(List.copyOf(refs));
    }

    /** The object of the drawing that somebody points at. */
    public ReadOnlyObjectProperty<Optional<ObjectRef>> pointedProperty() {
        return pointed.getReadOnlyProperty();
    }

    public void point(Optional<ObjectRef> ref) {
        pointed.set(ref);
    }

    /** Whether somebody looks at files: for others nothing is found out, since it takes a while. */
    public void look(boolean now) {
        looking = now;
        if (now) {
            wanted.ifPresent(this::want);
        } else {
            tasks.cancelLatest(EXPLAIN);
        }
    }

    /** Finds out about a host's files once somebody looks, if that was not done since the design changed. */
    public void want(String host) {
        wanted = Optional.of(host);
        if (!looking) {
            return;
        }
        Optional<Topology> now = project.topologyProperty().get();
        if (!now.equals(explained)) {
            explained = now;
            known.clear();
        }
        if (now.isEmpty() || known.containsKey(host)) {
            return;
        }
        tasks.latest(
                EXPLAIN,
                CALM,
                () -> Provenance.of(now.get(), host),
                found -> {
                    if (now.equals(explained)) {
                        known.put(host, found);
                        version.set(version.get() + 1);
                    }
                },
                // A design with errors has no files to explain; the files view says so.
                cause -> {});
    }

    /** What a line follows from, the nearest first; empty also while that is not known. */
    public List<Cause> causes(String host, String path, int line) {
        return Optional.ofNullable(known.get(host))
                .map(it -> it.causes(path, line))
                .orElse(List.of());
    }

    /** The objects of the drawing that a line follows from, the nearest first. */
    public List<ObjectRef> objects(String host, String path, int line) {
        return causes(host, path, line).stream()
                .flatMap(cause -> ObjectRef.at(cause.object().toString()).stream())
                .filter(ref -> explained
                        .filter(topology -> Existence.exists(topology, ref))
                        .isPresent())
                .distinct()
                .toList();
    }

    /** The numbers of the lines of a file that follow from an object. */
    public Set<Integer> lines(String host, String path, ObjectRef ref) {
        return Optional.ofNullable(known.get(host))
                .map(it -> it.lines(ObjectPath.parse(ref.path())).stream()
                        .filter(line -> line.path().equals(path))
                        .map(Provenance.Line::number)
                        .collect(Collectors.toSet()))
                .orElseGet(HashSet::new);
    }
}
