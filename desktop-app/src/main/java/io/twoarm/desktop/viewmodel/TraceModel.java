package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.trace.PathTrace;
import io.twoarm.diagnose.trace.RouteChoice;
import io.twoarm.diagnose.trace.Trace;
import io.twoarm.diagnose.trace.TraceHop;
import io.twoarm.diagnose.trace.TraceRequest;
import io.twoarm.diagnose.trace.TraceRequest.Method;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Traces from a running host, hop by hop beside the way that the design predicts. */
public final class TraceModel {
    private static final int MOST_HOPS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int ROUNDS = 2;

    private final RunningHosts hosts;
    private final ProjectModel project;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final StringProperty from = new SimpleStringProperty(this, "from", "");
    private final StringProperty to = new SimpleStringProperty(this, "to", "");
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<TraceOverlay> overlay =
            new ReadOnlyObjectWrapper<>(this, "overlay", TraceOverlay.NONE);
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper(this, "headline", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running", false);
    private Optional<BackgroundTask> task = Optional.empty();

    /** @param round from 1; the second one shows what the first has taught the host */
    public record Row(int round, TraceHop hop) {}

    TraceModel(RunningHosts hosts, ProjectModel project, TaskService tasks, Consumer<Notice> notices) {
        this.hosts = hosts;
        this.project = project;
        this.tasks = tasks;
        this.notices = notices;
    }

    public RunningHosts hosts() {
        return hosts;
    }

    /** The host that sends. */
    public StringProperty fromProperty() {
        return from;
    }

    /** A service, an address, or an address with a port. */
    public StringProperty toProperty() {
        return to;
    }

    public ObservableList<Row> rows() {
        return rows;
    }

    /** The traced way on the drawing. */
    public ReadOnlyObjectProperty<TraceOverlay> overlayProperty() {
        return overlay.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** What is wrong with the way, such as a redirect; empty when nothing is. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Hosts that may send, the clients first. */
    public List<String> senders() {
        return topology().stream()
                .flatMap(design -> design.hosts().stream())
                .sorted(Comparator.comparing(host -> !(host instanceof Host.Client)))
                .map(Host::name)
                .toList();
    }

    /** Destinations by name. */
    public List<String> services() {
        return topology().stream()
                .flatMap(design -> design.virtualServices().stream())
                .map(VirtualService::name)
                .toList();
    }

    private Optional<Topology> topology() {
        return project.topologyProperty().get();
    }

    /** Fills what is empty with the first client and the first service. */
    public void propose() {
        if (senders().stream().noneMatch(name -> name.equals(from.get()))) {
            from.set(senders().stream().findFirst().orElse(""));
        }
        if (to.get().isBlank()) {
            to.set(services().stream().findFirst().orElse(""));
        }
    }

    /** @param method what is sent; empty for what fits the destination */
    public void start(Optional<Method> method) {
        propose();
        Optional<Topology> design = topology();
        Optional<Supplier<Diagnosis>> way = hosts.diagnosis();
        if (running.get() || design.isEmpty() || way.isEmpty()) {
            return;
        }
        TraceRequest request;
        try {
            request = TraceRequest.to(
                    from.get(), TraceRequest.destination(design.get(), to.get().strip()), method, MOST_HOPS, PATIENCE);
        } catch (IllegalArgumentException e) {
            notices.accept(Notice.error(Texts.text("notice.traceTo"), e));
            return;
        }
        rows.clear();
        problem.set("");
        headline.set(Texts.text("trace.running", request.from(), to.get()));
        overlay.set(TraceOverlay.predicted(request.from(), PathTrace.predicted(design.get(), request)));
        running.set(true);
        task = Optional.of(tasks.start(
                Texts.text("task.trace", request.from(), to.get()),
                progress -> {
                    try (Diagnosis diagnosis = way.get().get()) {
                        return diagnosis.traces().repeat(request, ROUNDS, new Live());
                    }
                },
                new Ended()));
    }

    /** Hops come while they are found. */
    private final class Live implements PathTrace.Progress {
        @Override
        public void begins(int round) {
            tasks.later(() -> overlay.set(overlay.get().again()));
        }

        @Override
        public void hop(int round, TraceHop hop) {
            tasks.later(() -> {
                rows.add(new Row(round, hop));
                overlay.set(overlay.get().with(hop));
            });
        }
    }

    private final class Ended implements TaskService.Outcome<PathTrace.Repeated> {
        @Override
        public void succeeded(PathTrace.Repeated found) {
            running.set(false);
            Trace last = found.last();
            headline.set(Texts.text(
                    last.reached() ? "trace.reached" : "trace.notReached",
                    last.request().from(),
                    to.get(),
                    last.hops().size(),
                    found.route().map(RouteChoice::text).orElse(Texts.text("trace.noRoute"))));
            List<String> problems = new ArrayList<>();
            found.learnt().ifPresent(problems::add);
            last.failure().ifPresent(problems::add);
            problem.set(String.join("\n", problems));
        }

        @Override
        public void failed(Exception cause) {
            stopped();
            notices.accept(Notice.error(Texts.text("notice.traceFailed"), cause));
        }

        @Override
        public void cancelled() {
            stopped();
        }
    }

    private void stopped() {
        running.set(false);
        headline.set(Texts.text("trace.stopped"));
    }

    public void stop() {
        task.ifPresent(BackgroundTask::cancel);
    }

    /** Takes the way off the drawing. */
    public void clear() {
        stop();
        rows.clear();
        overlay.set(TraceOverlay.NONE);
        headline.set("");
        problem.set("");
    }

    /** Another project. */
    void forget() {
        clear();
        from.set("");
        to.set("");
    }
}
