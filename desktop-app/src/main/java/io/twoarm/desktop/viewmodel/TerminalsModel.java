package io.twoarm.desktop.viewmodel;

import io.twoarm.deploy.InteractiveShell;
import io.twoarm.engine.Engine;
import io.twoarm.engine.Estate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Shells on the running hosts, each with a terminal. */
public final class TerminalsModel {
    /** A terminal has this size until it is shown. */
    private static final int COLUMNS = 80;

    private static final int ROWS = 24;

    private final Engine engine;
    private final ProjectModel project;
    private final RunModel run;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final ObservableList<Terminal> open = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Terminal>> newest =
            new ReadOnlyObjectWrapper<>(this, "newest", Optional.empty());
    private int opened;

    /** @param number counts all that were opened */
    public record Terminal(int number, String host, InteractiveShell shell) {}

    TerminalsModel(Engine engine, ProjectModel project, RunModel run, TaskService tasks, Consumer<Notice> notices) {
        this.engine = engine;
        this.project = project;
        this.run = run;
        this.tasks = tasks;
        this.notices = notices;
        run.stateProperty().subscribe(state -> {
            if (state instanceof RunModel.State.Nowhere) {
                closeAll();
            }
        });
    }

    /** In the order in which they were opened. */
    public ObservableList<Terminal> open() {
        return open;
    }

    /** The one that was opened last. */
    public ReadOnlyObjectProperty<Optional<Terminal>> newestProperty() {
        return newest.getReadOnlyProperty();
    }

    /** Whether there are hosts to open a terminal on. */
    public boolean reachable() {
        return run.estate().isPresent();
    }

    /** Hosts by name. */
    public List<String> hosts() {
        return project.topologyProperty().get().stream()
                .flatMap(topology -> topology.hosts().stream())
                .map(io.twoarm.model.Host::name)
                .toList();
    }

    /** Logs in and opens a terminal. */
    public void open(String host) {
        Optional<Estate> estate = run.estate();
        estate.ifPresent(to -> tasks.start(
                Texts.text("task.terminal", host),
                progress -> engine.shell(to, host, COLUMNS, ROWS),
                new TaskService.Outcome<InteractiveShell>() {
                    @Override
                    public void succeeded(InteractiveShell shell) {
                        if (!run.estate().equals(estate)) {
                            release(shell);
                            return;
                        }
                        Terminal terminal = new Terminal(++opened, host, shell);
                        open.add(terminal);
                        newest.set(Optional.of(terminal));
                    }

                    @Override
                    public void failed(Exception cause) {
                        notices.accept(Notice.error(Texts.text("notice.terminalFailed", host), cause));
                    }

                    @Override
                    public void cancelled() {}
                }));
    }

    /** Ends a terminal's shell. */
    public void close(Terminal terminal) {
        if (open.remove(terminal)) {
            release(terminal.shell());
        }
    }

    private void release(InteractiveShell shell) {
        tasks.release(shell, cause -> notices.accept(Notice.error(Texts.text("notice.terminalFailed", ""), cause)));
    }

    void closeAll() {
        List.copyOf(open).forEach(this::close);
        newest.set(Optional.empty());
    }
}
