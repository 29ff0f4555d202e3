package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.host.HostTables;
import io.twoarm.engine.Engine;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What decides on a running host where packets go: routes, neighbours, addresses and effective kernel settings. */
public final class InspectModel {
    private static final String READ = "inspect";
    /** Of a bundled director, whose ports the kernel does not see. */
    private static final List<String> DIRECTOR_TABLES = List.of("neighbours", "ports");

    private final Engine engine;
    private final RunningHosts hosts;
    private final ProjectModel project;
    private final RunModel run;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final StringProperty host = new SimpleStringProperty(this, "host", "");
    private final StringProperty towards = new SimpleStringProperty(this, "towards", "");
    private final ReadOnlyObjectWrapper<Optional<Found>> found =
            new ReadOnlyObjectWrapper<>(this, "found", Optional.empty());
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper(this, "reading", false);

    /**
     * @param towards the address that the way was asked to; may be empty
     * @param dataplane the bundled director's own tables as text; empty for other hosts
     */
    public record Found(HostTables tables, String towards, String dataplane) {}

    InspectModel(
            Engine engine,
            RunningHosts hosts,
            ProjectModel project,
            RunModel run,
            TaskService tasks,
            Consumer<Notice> notices) {
        this.engine = engine;
        this.hosts = hosts;
        this.project = project;
        this.run = run;
        this.tasks = tasks;
        this.notices = notices;
    }

    public RunningHosts hosts() {
        return hosts;
    }

    public StringProperty hostProperty() {
        return host;
    }

    /** An address to ask the way to; may be empty. */
    public StringProperty towardsProperty() {
        return towards;
    }

    public ReadOnlyObjectProperty<Optional<Found>> foundProperty() {
        return found.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    public List<String> names() {
        return project.topologyProperty().get().stream()
                .flatMap(topology -> topology.hosts().stream())
                .map(Host::name)
                .toList();
    }

    /** Reads the tables of a host. */
    public void read(String name) {
        host.set(name);
        read();
    }

    public void read() {
        String name = host.get();
        String to = towards.get().strip();
        Optional<Supplier<Diagnosis>> way = hosts.diagnosis();
        if (!names().contains(name) || way.isEmpty()) {
            return;
        }
        boolean director = project.topologyProperty().get().stream()
                .flatMap(topology -> topology.director(name).stream())
                .anyMatch(it -> it.kind() == DirectorKind.BUNDLED);
        var estate = run.estate().orElseThrow();
        reading.set(true);
        tasks.latest(
                READ,
                Duration.ZERO,
                () -> {
                    try (Diagnosis diagnosis = way.get().get()) {
                        String own = director
                                ? String.join(
                                        "\n\n",
                                        DIRECTOR_TABLES.stream()
                                                .flatMap(table ->
                                                        Stream.of(table, engine.directorTable(estate, name, table)))
                                                .toList())
                                : "";
                        return new Found(diagnosis.tables(name, to), to, own);
                    }
                },
                tables -> {
                    reading.set(false);
                    found.set(Optional.of(tables));
                },
                cause -> {
                    reading.set(false);
                    notices.accept(Notice.error(Texts.text("notice.inspectFailed", name), cause));
                });
    }

    /** Another project. */
    void forget() {
        tasks.cancelLatest(READ);
        reading.set(false);
        found.set(Optional.empty());
        host.set("");
        towards.set("");
    }
}
