package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.probe.ProbeFinding;
import io.twoarm.diagnose.probe.ServiceProbe;
import io.twoarm.model.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Finds out why a service does not answer: everything that its packets meet, in their order. */
public final class ProbeModel {
    private final RunningHosts hosts;
    private final ProjectModel project;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final ObservableList<Step> steps = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<List<ServiceProbe>> results =
            new ReadOnlyObjectWrapper<>(this, "results", List.of());
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running", false);
    private Optional<BackgroundTask> task = Optional.empty();

    /** What was looked at, for which service. */
    public record Step(String service, ProbeFinding finding) {}

    ProbeModel(RunningHosts hosts, ProjectModel project, TaskService tasks, Consumer<Notice> notices) {
        this.hosts = hosts;
        this.project = project;
        this.tasks = tasks;
        this.notices = notices;
    }

    public RunningHosts hosts() {
        return hosts;
    }

    /** In the order of the packets; grows while the probe runs. */
    public ObservableList<Step> steps() {
        return steps;
    }

    /** One per service that was probed to the end. */
    public ReadOnlyObjectProperty<List<ServiceProbe>> resultsProperty() {
        return results.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** The first broken link of all probed services. */
    public Optional<ProbeFinding> broken() {
        return results.get().stream().flatMap(probe -> probe.broken().stream()).findFirst();
    }

    public List<String> services() {
        return services(Optional.empty()).stream().map(VirtualService::name).toList();
    }

    private List<VirtualService> services(Optional<String> only) {
        return project.topologyProperty().get().stream()
                .flatMap(topology -> topology.virtualServices().stream())
                .filter(service ->
                        only.filter(name -> !name.equals(service.name())).isEmpty())
                .toList();
    }

    /** @param only one service's name; empty for all of them, one after the other */
    public void start(Optional<String> only) {
        List<VirtualService> wanted = services(only);
        Optional<Supplier<Diagnosis>> way = hosts.diagnosis();
        if (running.get() || wanted.isEmpty() || way.isEmpty()) {
            return;
        }
        steps.clear();
        results.set(List.of());
        running.set(true);
        task = Optional.of(tasks.start(
                only.map(name -> Texts.text("task.probe", name)).orElseGet(() -> Texts.text("task.probeAll")),
                progress -> {
                    try (Diagnosis diagnosis = way.get().get()) {
                        for (VirtualService service : wanted) {
                            progress.accept(service.name());
                            ServiceProbe probe = diagnosis.probe(
                                    service,
                                    finding -> tasks.later(() -> steps.add(new Step(service.name(), finding))));
                            tasks.later(() -> finished(probe));
                        }
                        return true;
                    }
                },
                new Ended()));
    }

    private void finished(ServiceProbe probe) {
        List<ServiceProbe> all = new ArrayList<>(results.get());
        all.add(probe);
        results.set(List.copyOf(all));
    }

    private final class Ended implements TaskService.Outcome<Boolean> {
        @Override
        public void succeeded(Boolean done) {
            running.set(false);
        }

        @Override
        public void failed(Exception cause) {
            running.set(false);
            notices.accept(Notice.error(Texts.text("notice.probeFailed"), cause));
        }

        @Override
        public void cancelled() {
            running.set(false);
        }
    }

    public void stop() {
        task.ifPresent(BackgroundTask::cancel);
    }

    /** Another project. */
    void forget() {
        stop();
        steps.clear();
        results.set(List.of());
    }
}
