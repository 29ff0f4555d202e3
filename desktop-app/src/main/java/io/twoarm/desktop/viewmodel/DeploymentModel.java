package io.twoarm.desktop.viewmodel;

import io.twoarm.deploy.DeployEvent;
import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.DeployReport.HostReport;
import io.twoarm.deploy.DeployReport.Outcome;
import io.twoarm.model.Topology;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The last deployment, host by host, as it goes on. */
public final class DeploymentModel {
    /** Older lines of a host's log go when there are more. */
    private static final int LOG_LINES = 5_000;

    private final ObservableList<HostProgress> hosts = FXCollections.observableArrayList();
    private final Map<String, ObservableList<String>> logs = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(this, "phase", Phase.NONE);
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper(this, "headline", "");

    /** Where the whole deployment is. */
    public enum Phase {
        NONE,
        STARTING_LAB,
        DEPLOYING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /** One entry per host in the order of the topology. */
    public ObservableList<HostProgress> hosts() {
        return FXCollections.unmodifiableObservableList(hosts);
    }

    /** What a host's deployment wrote; the lines of starting the lab under {@link #LAB_LOG}. */
    public ObservableList<String> log(String host) {
        return logs.computeIfAbsent(host, name -> FXCollections.observableArrayList());
    }

    /** The log that belongs to no host. */
    public static final String LAB_LOG = "";

    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    public Phase phase() {
        return phase.get();
    }

    /** The state in one line. */
    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    void begin(Topology topology, boolean withLab) {
        hosts.setAll(topology.hosts().stream()
                .map(host -> HostProgress.waiting(host.name(), DiagramBuilder.roleOf(host)))
                .toList());
        logs.values().forEach(ObservableList::clear);
        enter(withLab ? Phase.STARTING_LAB : Phase.DEPLOYING);
    }

    void labLine(String line) {
        append(LAB_LOG, line);
        headline.set(Texts.text("deployment.headline.lab", line));
    }

    /** The lab runs, and nothing was deployed to it yet. */
    void labStarted() {
        enter(Phase.NONE);
    }

    void deploying() {
        enter(Phase.DEPLOYING);
    }

    private void enter(Phase next) {
        phase.set(next);
        headline.set(Texts.text("deployment.phase", next));
    }

    void happened(DeployEvent event) {
        replace(event.host(), current -> current.after(event));
        switch (event) {
            case DeployEvent.StepStarted started ->
                append(started.host(), Texts.text("deployment.log.step", Texts.text("step", started.step())));
            case DeployEvent.StepFinished finished ->
                append(
                        finished.host(),
                        Texts.text("deployment.log.done", finished.detail(), Seconds.text(finished.elapsed())));
            case DeployEvent.Log log -> append(log.host(), log.line());
            case DeployEvent.HostFinished finished ->
                append(
                        finished.host(),
                        Texts.text(finished.changed() ? "deployment.log.changed" : "deployment.log.unchanged"));
            case DeployEvent.HostFailed failed -> append(failed.host(), failed.message());
        }
    }

    private void append(String host, String line) {
        ObservableList<String> log = log(host);
        if (log.size() >= LOG_LINES) {
            log.removeFirst();
        }
        log.add(line);
    }

    private void replace(String host, java.util.function.UnaryOperator<HostProgress> change) {
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).host().equals(host)) {
                hosts.set(i, change.apply(hosts.get(i)));
            }
        }
    }

    /** @param cancelled whether it ended because people asked for it */
    void finished(DeployReport report, boolean cancelled) {
        for (HostReport host : report.hosts()) {
            replace(host.host(), current -> concluded(current, host));
        }
        if (cancelled && !report.succeeded()) {
            cancelled();
            return;
        }
        phase.set(report.succeeded() ? Phase.SUCCEEDED : Phase.FAILED);
        headline.set(summary(report));
    }

    private static HostProgress concluded(HostProgress current, HostReport host) {
        return switch (host.outcome()) {
            case Outcome.Changed changed ->
                current.concluded(
                        HostProgress.State.CHANGED,
                        Texts.text(
                                "deployment.changes",
                                changed.files().size(),
                                changed.units().size()),
                        host.elapsed());
            case Outcome.Unchanged unchanged ->
                current.concluded(HostProgress.State.UNCHANGED, Texts.text("deployment.noChange"), host.elapsed());
            case Outcome.Failed failed ->
                current.concluded(HostProgress.State.FAILED, failed.failure().getMessage(), host.elapsed());
            case Outcome.Skipped skipped ->
                current.concluded(HostProgress.State.SKIPPED, skipped.reason(), host.elapsed());
        };
    }

    private static String summary(DeployReport report) {
        String elapsed = Seconds.text(report.elapsed());
        if (!report.succeeded()) {
            List<String> failed = report.hosts().stream()
                    .filter(host -> host.outcome() instanceof Outcome.Failed)
                    .map(HostReport::host)
                    .toList();
            return Texts.text("deployment.headline.failed", String.join(", ", failed), elapsed);
        }
        if (report.changedNothing()) {
            return Texts.text("deployment.headline.unchanged", report.hosts().size(), elapsed);
        }
        return Texts.text("deployment.headline.succeeded", report.hosts().size(), elapsed);
    }

    void failed(String message) {
        append(LAB_LOG, message);
        end(Phase.FAILED, message);
        headline.set(message.lines().findFirst().orElse(Texts.text("deployment.phase", Phase.FAILED)));
    }

    void cancelled() {
        end(Phase.CANCELLED, Texts.text("deployment.notReached"));
        headline.set(Texts.text("deployment.phase", Phase.CANCELLED));
    }

    /** Hosts that nothing more will be heard of are marked as left alone. */
    private void end(Phase last, String why) {
        phase.set(last);
        hosts.replaceAll(
                host -> host.finished() ? host : host.concluded(HostProgress.State.SKIPPED, why, Duration.ZERO));
    }

    public boolean running() {
        return phase.get() == Phase.STARTING_LAB || phase.get() == Phase.DEPLOYING;
    }

    /** The first host that failed. */
    public Optional<HostProgress> firstFailure() {
        return hosts.stream()
                .filter(host -> host.state() == HostProgress.State.FAILED)
                .findFirst();
    }
}
