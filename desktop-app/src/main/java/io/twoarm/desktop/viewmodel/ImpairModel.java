package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.engine.LabSession;
import io.twoarm.lab.ImpairedPort;
import io.twoarm.lab.Impairment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The cables of the running lab that are not as they should be, and making them so. */
public final class ImpairModel {
    private static final String LOOK = "impairments";

    private final RunModel run;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final ReadOnlyObjectWrapper<Map<PortRef, Impairment>> impaired =
            new ReadOnlyObjectWrapper<>(this, "impaired", Map.of());

    ImpairModel(RunModel run, LiveModel live, TaskService tasks, Consumer<Notice> notices) {
        this.run = run;
        this.tasks = tasks;
        this.notices = notices;
        run.stateProperty().subscribe(state -> look());
        // A terminal may impair, too.
        live.snapshotProperty().subscribe(snapshot -> look());
    }

    public ReadOnlyObjectProperty<Map<PortRef, Impairment>> impairedProperty() {
        return impaired.getReadOnlyProperty();
    }

    private Optional<LabSession> lab() {
        return run.stateProperty().get() instanceof RunModel.State.InLab running
                ? Optional.of(running.lab())
                : Optional.empty();
    }

    /** Whether there are cables to impair: only a lab's are made of software. */
    public boolean available() {
        return lab().isPresent();
    }

    /** How a port's cable is now. */
    public Impairment of(PortRef port) {
        return impaired.get().getOrDefault(port, Impairment.NONE);
    }

    private void look() {
        lab().ifPresentOrElse(
                        lab -> tasks.latest(LOOK, Duration.ZERO, lab::impairments, this::show, cause -> {
                            // The lab has just ended, which is told elsewhere.
                        }),
                        () -> impaired.set(Map.of()));
    }

    private void show(List<ImpairedPort> found) {
        Map<PortRef, Impairment> next = new HashMap<>();
        found.forEach(each -> next.put(new PortRef(each.host(), each.port()), each.impairment()));
        if (!next.equals(impaired.get())) {
            impaired.set(Map.copyOf(next));
        }
    }

    /** Makes a port's cable as bad as that, instead of how it was. */
    public void impair(PortRef port, Impairment wanted) {
        lab().ifPresent(lab -> tasks.start(
                Texts.text(wanted.isNone() ? "task.repair" : "task.impair", port.host(), port.name()),
                progress -> {
                    lab.impair(port.host(), port.name(), wanted);
                    return lab.impairments();
                },
                new TaskService.Outcome<List<ImpairedPort>>() {
                    @Override
                    public void succeeded(List<ImpairedPort> found) {
                        show(found);
                    }

                    @Override
                    public void failed(Exception cause) {
                        notices.accept(
                                Notice.error(Texts.text("notice.impairFailed", port.host(), port.name()), cause));
                    }

                    @Override
                    public void cancelled() {}
                }));
    }
}
