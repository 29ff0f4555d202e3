package io.twoarm.desktop.viewmodel;

import io.twoarm.deploy.DeploymentPlan;
import io.twoarm.deploy.DriftReport;
import io.twoarm.deploy.HostHistory;
import io.twoarm.deploy.PastChange;
import io.twoarm.deploy.SavedPlan;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.engine.Engine;
import io.twoarm.engine.Estate;
import io.twoarm.engine.OpenProject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What a deployment would do, how far hosts are from the design, and what was deployed before. Hosts are only asked. */
public final class PlanModel {
    private final Engine engine;
    private final TaskService tasks;
    private final ProjectModel project;
    private final RunModel run;
    private final Consumer<Notice> notices;
    private final ReadOnlyObjectWrapper<Optional<DeploymentPlan>> plan =
            new ReadOnlyObjectWrapper<>(this, "plan", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<DriftReport>> drift =
            new ReadOnlyObjectWrapper<>(this, "drift", Optional.empty());
    private final ReadOnlyObjectWrapper<List<Change>> changes = new ReadOnlyObjectWrapper<>(this, "changes", List.of());

    /**
     * A deployment or rollback of the past, over all hosts that it changed.
     *
     * @param id begins with the time, UTC
     * @param hosts whose change stayed
     * @param takenBack hosts that took it back
     */
    public record Change(String id, String what, String owner, List<String> hosts, List<String> takenBack) {
        public Change {
            hosts = List.copyOf(hosts);
            takenBack = List.copyOf(takenBack);
        }

        /** The beginning of the id, for people: date and time. */
        public String time() {
            return id.matches("\\d{8}T\\d{6}.*")
                    ? id.substring(0, 4) + "-" + id.substring(4, 6) + "-" + id.substring(6, 8) + " "
                            + id.substring(9, 11) + ":" + id.substring(11, 13) + ":" + id.substring(13, 15) + " UTC"
                    : id;
        }
    }

    PlanModel(Engine engine, TaskService tasks, ProjectModel project, RunModel run, Consumer<Notice> notices) {
        this.engine = engine;
        this.tasks = tasks;
        this.project = project;
        this.run = run;
        this.notices = notices;
        project.projectProperty().subscribe(now -> plan.set(Optional.empty()));
        run.stateProperty().subscribe(state -> forget());
        run.deployment().phaseProperty().subscribe(phase -> {
            if (phase == DeploymentModel.Phase.SUCCEEDED || phase == DeploymentModel.Phase.FAILED) {
                plan.set(Optional.empty());
                checkDrift();
                readHistory();
            }
        });
    }

    private void forget() {
        plan.set(Optional.empty());
        drift.set(Optional.empty());
        changes.set(List.of());
    }

    /** The last plan; empty when the design or the hosts changed since. */
    public ReadOnlyObjectProperty<Optional<DeploymentPlan>> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** What was found when the hosts were compared last. */
    public ReadOnlyObjectProperty<Optional<DriftReport>> driftProperty() {
        return drift.getReadOnlyProperty();
    }

    /** What was deployed before, the latest first. */
    public ReadOnlyObjectProperty<List<Change>> changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /** How many things of each host are not as they should be; hosts without any are left out. */
    public static Map<ObjectRef, Integer> driftOf(Optional<DriftReport> report) {
        Map<ObjectRef, Integer> counts = new HashMap<>();
        report.ifPresent(found -> found.hosts().stream()
                .filter(host -> !host.items().isEmpty())
                .forEach(host ->
                        counts.put(new HostRef(host.host()), host.items().size())));
        return counts;
    }

    /** Asks the hosts what a deployment would do. */
    public void makePlan() {
        ask("task.plan", open -> estate -> engine.plan(open, estate), found -> plan.set(Optional.of(found)));
    }

    /** Does exactly what the shown plan says, or nothing when it no longer holds. */
    public void deployPlan() {
        plan.get()
                .filter(DeploymentPlan::complete)
                .ifPresent(shown ->
                        project.project().ifPresent(open -> run.deployPlan(open, SavedPlan.parse(shown.text()))));
    }

    /** Compares design, deployment and hosts. */
    public void checkDrift() {
        ask("task.drift", open -> estate -> engine.drift(open, estate), found -> drift.set(Optional.of(found)));
    }

    /** Reads what the hosts remember. */
    public void readHistory() {
        ask("task.history", open -> estate -> engine.history(estate), found -> changes.set(changesOf(found)));
    }

    /** A question to the hosts of an estate. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Estate estate);
    }

    /** A question about a project. */
    @FunctionalInterface
    private interface About<T> {
        Question<T> of(OpenProject open);
    }

    private <T> void ask(String title, About<T> question, Consumer<T> answered) {
        Optional<OpenProject> open = project.project().filter(OpenProject::deployable);
        Optional<Estate> estate = run.estate();
        if (open.isEmpty() || estate.isEmpty()) {
            return;
        }
        Callable<T> work = () -> question.of(open.get()).ask(estate.get());
        tasks.start(Texts.text(title, estate.get().name()), progress -> work.call(), new TaskService.Outcome<T>() {
            @Override
            public void succeeded(T result) {
                if (run.estate().equals(estate)) {
                    answered.accept(result);
                }
            }

            @Override
            public void failed(Exception cause) {
                notices.accept(
                        Notice.error(Texts.text("notice.cannotAsk", estate.get().name()), cause));
            }

            @Override
            public void cancelled() {}
        });
    }

    /** The changes of all hosts by the deployment that they belong to. */
    static List<Change> changesOf(List<HostHistory> histories) {
        Map<String, List<String>> stayed = new LinkedHashMap<>();
        Map<String, List<String>> takenBack = new LinkedHashMap<>();
        Map<String, PastChange> first = new LinkedHashMap<>();
        for (HostHistory history : histories) {
            for (PastChange change : history.changes()) {
                first.putIfAbsent(change.id(), change);
                (change.committed() ? stayed : takenBack)
                        .computeIfAbsent(change.id(), id -> new ArrayList<>())
                        .add(history.host());
            }
        }
        return first.values().stream()
                .map(change -> new Change(
                        change.id(),
                        change.what(),
                        change.owner(),
                        stayed.getOrDefault(change.id(), List.of()),
                        takenBack.getOrDefault(change.id(), List.of())))
                .sorted(Comparator.comparing(Change::id).reversed())
                .toList();
    }
}
