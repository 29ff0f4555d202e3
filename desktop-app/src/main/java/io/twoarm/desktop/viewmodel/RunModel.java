package io.twoarm.desktop.viewmodel;

import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.DeployReport.Outcome;
import io.twoarm.deploy.SavedPlan;
import io.twoarm.engine.Engine;
import io.twoarm.engine.Estate;
import io.twoarm.engine.LabSession;
import io.twoarm.engine.OpenProject;
import io.twoarm.engine.Verification;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Where the design runs: starts and stops the lab, deploys, verifies, and keeps the live state going. */
public final class RunModel {
    /** Requests of one verification per virtual service. */
    public static final int VERIFY_REQUESTS = 100;

    private static final String FIND_LAB = "find-lab";

    private final Engine engine;
    private final TaskService tasks;
    private final LiveModel live;
    private final Consumer<Notice> notices;
    private final DeploymentModel deployment = new DeploymentModel();
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(this, "state", new State.Nowhere());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy", false);
    private final ReadOnlyObjectWrapper<Optional<Verification>> verification =
            new ReadOnlyObjectWrapper<>(this, "verification", Optional.empty());
    private final ReadOnlyBooleanWrapper verifying = new ReadOnlyBooleanWrapper(this, "verifying", false);

    /** Where the design runs. */
    public sealed interface State {
        /** Nowhere; there is only the drawing. */
        record Nowhere() implements State {}

        /** @param owned whether this window started it, and it ends with the window */
        record InLab(LabSession lab, boolean owned) implements State {}

        /** On the machines that the {@code ssh} entries name. */
        record OnHosts(Estate estate) implements State {}
    }

    /**
     * How to reach real hosts.
     *
     * @param identity private key file
     * @param knownHosts file of trusted host keys
     */
    public record HostAccess(Path identity, Path knownHosts) {}

    public RunModel(Engine engine, TaskService tasks, LiveModel live, Consumer<Notice> notices) {
        this.engine = engine;
        this.tasks = tasks;
        this.live = live;
        this.notices = notices;
    }

    public DeploymentModel deployment() {
        return deployment;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether a deployment, a verification or a stop is going on; one thing at a time. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The last proof. */
    public ReadOnlyObjectProperty<Optional<Verification>> verificationProperty() {
        return verification.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty verifyingProperty() {
        return verifying.getReadOnlyProperty();
    }

    public Optional<Estate> estate() {
        return switch (state.get()) {
            case State.Nowhere nowhere -> Optional.empty();
            case State.InLab lab -> Optional.of(lab.lab().estate());
            case State.OnHosts hosts -> Optional.of(hosts.estate());
        };
    }

    /** Whether closing the window ends a lab. */
    public boolean ownsLab() {
        return state.get() instanceof State.InLab lab && lab.owned();
    }

    /** Takes over a lab of this design that somebody else started, if there is one. */
    void attach(OpenProject project) {
        project.topology()
                .ifPresent(topology -> tasks.latest(
                        FIND_LAB,
                        Duration.ZERO,
                        () -> engine.findLab(topology.name()),
                        found -> found.ifPresent(lab -> {
                            if (state.get() instanceof State.Nowhere && hasAllHosts(lab, topology)) {
                                enter(project, new State.InLab(lab, false));
                            }
                        }),
                        cause -> notices.accept(Notice.error(Texts.text("notice.cannotFindLab"), cause))));
    }

    /** A lab of the same name may have been started from another design. */
    private static boolean hasAllHosts(LabSession lab, Topology topology) {
        return topology.hosts().stream()
                .allMatch(host -> lab.estate().target(host.name()).isPresent());
    }

    private void enter(OpenProject project, State next) {
        state.set(next);
        estate().ifPresent(estate -> live.start(project, estate));
    }

    /** Deploys into the lab, and starts the lab first when it does not run. */
    public void deployToLab(OpenProject project) {
        String name = project.topology().orElseThrow().name();
        boolean running = state.get() instanceof State.InLab;
        deployment.begin(project.topology().orElseThrow(), !running);
        run(Texts.text("task.deployLab", name), progress -> {
            LabSession lab = running ? ((State.InLab) state.get()).lab() : startLab(project, name, progress);
            return deploy(project, lab.estate(), progress);
        });
    }

    /** Deploys to the machines that the {@code ssh} entries name. */
    public void deployToHosts(OpenProject project, HostAccess access) {
        deployment.begin(project.topology().orElseThrow(), false);
        run(Texts.text("task.deployHosts"), progress -> {
            Estate estate = engine.hosts(project, access.identity(), access.knownHosts());
            tasks.later(() -> enter(project, new State.OnHosts(estate)));
            return deploy(project, estate, progress);
        });
    }

    /** Does exactly what a plan says on the hosts that it was made for. */
    public void deployPlan(OpenProject project, SavedPlan plan) {
        estate().ifPresent(estate -> {
            deployment.begin(project.topology().orElseThrow(), false);
            run(Texts.text("task.deployPlan", estate.name()), progress -> {
                tasks.later(deployment::deploying);
                return engine.deploy(project, estate, plan, event -> tasks.later(() -> deployment.happened(event)));
            });
        });
    }

    /**
     * Makes the hosts as an earlier deployment left them.
     *
     * @param to the id of that deployment; empty for the one before the latest
     */
    public void rollback(OpenProject project, Optional<String> to) {
        estate().ifPresent(estate -> {
            deployment.begin(project.topology().orElseThrow(), false);
            run(Texts.text("task.rollback", estate.name()), progress -> {
                tasks.later(deployment::deploying);
                return engine.rollback(project, estate, to, event -> tasks.later(() -> deployment.happened(event)));
            });
        });
    }

    /** Starts the lab of the design without deploying, so that a plan can be made first. */
    public void startLab(OpenProject project) {
        String name = project.topology().orElseThrow().name();
        busyWith(
                Texts.text("task.startLab", name),
                progress -> startLab(project, name, progress),
                Texts.text("notice.labFailed"),
                lab -> deployment.labStarted(),
                deployment::labStarted);
    }

    /** Goes to the machines that the {@code ssh} entries name, without deploying. */
    public void useHosts(OpenProject project, HostAccess access) {
        busyWith(
                Texts.text("task.useHosts"),
                progress -> engine.hosts(project, access.identity(), access.knownHosts()),
                Texts.text("notice.cannotUseHosts"),
                estate -> enter(project, new State.OnHosts(estate)),
                () -> {});
    }

    private LabSession startLab(OpenProject project, String name, Consumer<String> progress) {
        LabSession lab = engine.startLab(project, name, true, line -> {
            progress.accept(line);
            tasks.later(() -> deployment.labLine(line));
        });
        tasks.later(() -> enter(project, new State.InLab(lab, true)));
        return lab;
    }

    private DeployReport deploy(OpenProject project, Estate estate, Consumer<String> progress) {
        tasks.later(deployment::deploying);
        progress.accept(Texts.text("task.deploying", estate.name()));
        return engine.deploy(project, estate, event -> tasks.later(() -> deployment.happened(event)));
    }

    private void run(String title, TaskService.Work<DeployReport> work) {
        busy.set(true);
        verification.set(Optional.empty());
        AtomicReference<BackgroundTask> task = new AtomicReference<>();
        task.set(tasks.start(title, work, new TaskService.Outcome<>() {
            @Override
            public void succeeded(DeployReport result) {
                busy.set(false);
                deployment.finished(result, task.get().cancelled());
                String headline = deployment.headlineProperty().get();
                switch (deployment.phase()) {
                    case SUCCEEDED -> notices.accept(new Notice(Notice.Kind.SUCCESS, headline, ""));
                    case FAILED -> notices.accept(new Notice(Notice.Kind.ERROR, headline, failures(result)));
                    case NONE, STARTING_LAB, DEPLOYING, CANCELLED -> {}
                }
            }

            @Override
            public void failed(Exception cause) {
                busy.set(false);
                Notice notice = Notice.error(Texts.text("notice.deployFailed"), cause);
                deployment.failed(notice.details());
                notices.accept(notice);
            }

            @Override
            public void cancelled() {
                busy.set(false);
                deployment.cancelled();
            }
        }));
    }

    private static String failures(DeployReport report) {
        return report.hosts().stream()
                .flatMap(host -> switch (host.outcome()) {
                    case Outcome.Failed failed -> Stream.of(failed.failure().getMessage());
                    case Outcome.Changed changed -> Stream.empty();
                    case Outcome.Unchanged unchanged -> Stream.empty();
                    case Outcome.Skipped skipped -> Stream.empty();
                })
                .collect(Collectors.joining("\n\n"));
    }

    /** Proves the running design with traffic. */
    public void verify(OpenProject project) {
        Estate estate = estate().orElseThrow();
        verifying.set(true);
        busyWith(
                Texts.text("task.verify", estate.name()),
                progress -> engine.verify(project, estate, VERIFY_REQUESTS),
                Texts.text("notice.verifyFailed"),
                proof -> verification.set(Optional.of(proof)),
                () -> {});
    }

    /** Stops the lab; nothing of it stays. */
    public void stopLab(OpenProject project) {
        if (state.get() instanceof State.InLab running) {
            live.stop();
            busyWith(
                    Texts.text("task.stopLab", running.lab().name()),
                    progress -> {
                        running.lab().stop();
                        return true;
                    },
                    Texts.text("notice.stopFailed"),
                    stopped -> {
                        state.set(new State.Nowhere());
                        verification.set(Optional.empty());
                    },
                    () -> enter(project, running));
        }
    }

    private <T> void busyWith(
            String title, TaskService.Work<T> work, String failure, Consumer<T> succeeded, Runnable otherwise) {
        busy.set(true);
        tasks.start(title, work, new TaskService.Outcome<T>() {
            @Override
            public void succeeded(T result) {
                idle();
                succeeded.accept(result);
            }

            @Override
            public void failed(Exception cause) {
                idle();
                otherwise.run();
                notices.accept(Notice.error(failure, cause));
            }

            @Override
            public void cancelled() {
                idle();
                otherwise.run();
            }
        });
    }

    private void idle() {
        busy.set(false);
        verifying.set(false);
    }

    /** One of a director's own tables, as text. */
    public void directorTable(String director, String table, Consumer<String> shown) {
        estate().ifPresent(estate -> tasks.latest(
                "table-" + director,
                Duration.ZERO,
                () -> engine.directorTable(estate, director, table),
                shown,
                cause -> notices.accept(Notice.error(Texts.text("notice.cannotReadTable", director), cause))));
    }

    /** Another project is opened: the lab of this one goes on only if it was found running. */
    void detach() {
        tasks.cancelLatest(FIND_LAB);
        live.stop();
        if (state.get() instanceof State.InLab lab && lab.owned()) {
            tasks.save(
                    () -> lab.lab().stop(),
                    cause -> notices.accept(Notice.error(Texts.text("notice.stopFailed"), cause)));
        }
        state.set(new State.Nowhere());
        verification.set(Optional.empty());
    }
}
