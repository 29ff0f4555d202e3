package io.twoarm.deploy;

import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.deploy.DeployReport.HostReport;
import io.twoarm.deploy.DeployReport.Outcome;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings hosts to their design, each either wholly or not at all.
 *
 * <p>A host that is as designed is not touched. A host that fails is as it was before, apart from packages that were
 * installed, and the same call then goes on. Cuts of the connection and the death of this process leave a host either old
 * or new; the next call sees to what was under way.
 */
public final class Deployer {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /** How long a host waits for the confirmation of a change. */
    public static final Duration CONFIRM_WITHIN = Duration.ofSeconds(60);

    private final SshConnections connections;
    private final Duration confirmWithin;
    private final InstantSource clock;

    public Deployer(SshConnections connections) {
        this(connections, CONFIRM_WITHIN);
    }

    /**
     * @param confirmWithin how long a host waits after a change for a new login that confirms it, before it takes the
     *     change back by itself; whole seconds, at least one
     */
    public Deployer(SshConnections connections, Duration confirmWithin) {
        this(connections, confirmWithin, InstantSource.system());
    }

    /** @param clock gives deployments their names; may be wrong, as any machine's */
    Deployer(SshConnections connections, Duration confirmWithin, InstantSource clock) {
        if (confirmWithin.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "the time for a confirmation must be at least 1 s, found " + confirmWithin);
        }
        this.connections = connections;
        this.confirmWithin = confirmWithin;
        this.clock = clock;
    }

    /** Deploys to all hosts at the same time, see {@link #deployInWaves}. */
    public DeployReport deploy(List<HostDeployment> hosts, Consumer<DeployEvent> listener) {
        return deployInWaves(List.of(hosts), listener);
    }

    /**
     * What {@link #deployInWaves} would do, without doing any of it: hosts are only asked. Blocks until all hosts answered.
     *
     * @throws IllegalArgumentException when a host appears twice
     */
    public DeploymentPlan plan(List<List<HostDeployment>> waves) {
        requireDistinct(waves);
        Map<Path, Bundle> read = new ConcurrentHashMap<>();
        List<List<HostPlan>> plans = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (DeployTasks tasks = new DeployTasks("plan")) {
            List<List<Future<HostPlan>>> asked = waves.stream()
                    .map(wave -> wave.stream()
                            .map(deployment -> tasks.call(() -> plan(deployment, read)))
                            .toList())
                    .toList();
            for (List<Future<HostPlan>> wave : asked) {
                List<HostPlan> answered = new ArrayList<>();
                wave.forEach(host -> collect(host, answered, failures));
                plans.add(answered);
            }
        }
        return new DeploymentPlan(plans, failures);
    }

    /** How far the hosts are from their design and from what was deployed to them; hosts are only asked. */
    public DriftReport drift(List<HostDeployment> hosts) {
        requireDistinct(List.of(hosts));
        Map<Path, Bundle> read = new ConcurrentHashMap<>();
        List<HostDrift> drifts = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (DeployTasks tasks = new DeployTasks("drift")) {
            List<Future<HostDrift>> asked = hosts.stream()
                    .map(deployment -> tasks.call(() -> {
                        SshConnection connection = connections.open(deployment.target());
                        HostDesign design = design(deployment, read, connection);
                        return DriftComparison.of(design, HostFacts.gather(connection, design));
                    }))
                    .toList();
            asked.forEach(host -> collect(host, drifts, failures));
        }
        return new DriftReport(drifts, failures);
    }

    /** What hosts are like and what stands in the way of a deployment; hosts are only asked. */
    public PreflightReport preflight(List<HostDeployment> hosts) {
        requireDistinct(List.of(hosts));
        Map<Path, Bundle> read = new ConcurrentHashMap<>();
        List<HostPreflight> checked = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (DeployTasks tasks = new DeployTasks("preflight")) {
            List<Future<HostPreflight>> asked = hosts.stream()
                    .map(deployment -> tasks.call(() -> {
                        SshConnection connection = connections.open(deployment.target());
                        return PreflightCheck.of(connection, design(deployment, read, connection), deployment.needs());
                    }))
                    .toList();
            asked.forEach(host -> collect(host, checked, failures));
        }
        return new PreflightReport(checked, failures);
    }

    private static <T> void collect(Future<T> host, List<T> answers, List<String> failures) {
        try {
            answers.add(answer(host));
        } catch (DeployException e) {
            if (e.failure() instanceof DeployFailure.Cancelled) {
                throw e;
            }
            failures.add(e.getMessage());
        }
    }

    private HostPlan plan(HostDeployment deployment, Map<Path, Bundle> read) {
        SshConnection connection = connections.open(deployment.target());
        return HostPlanner.plan(connection, design(deployment, read, connection));
    }

    private static HostDesign design(HostDeployment deployment, Map<Path, Bundle> read, SshConnection connection) {
        return HostDesign.of(deployment, archive -> bundle(deployment, archive, read), connection);
    }

    private static Bundle bundle(HostDeployment deployment, Path archive, Map<Path, Bundle> read) {
        return read.computeIfAbsent(
                archive, path -> Bundle.read(deployment.target().host(), path));
    }

    /**
     * Does what a saved plan says, or nothing at all: when the plan of any host is no longer what would be done there, no
     * host is touched. Each host is compared once more when it is locked.
     */
    public DeployReport deployPlanned(
            List<List<HostDeployment>> waves, SavedPlan saved, Consumer<DeployEvent> listener) {
        Instant started = Instant.now();
        DeploymentPlan now = plan(waves);
        Map<String, DeployException> stale = new HashMap<>();
        now.hosts()
                .forEach(host -> saved.staleFor(host)
                        .ifPresent(failure -> stale.put(host.host(), new DeployException(failure))));
        List<List<String>> names = waves.stream()
                .map(wave -> wave.stream().map(host -> host.target().host()).toList())
                .toList();
        if (stale.isEmpty() && now.complete() && names.equals(saved.waves())) {
            return deployInWaves(waves, Optional.of(saved), listener);
        }
        stale.forEach((host, failure) ->
                listener.accept(new DeployEvent.HostFailed(host, Step.COMPARE, failure.getMessage())));
        String reason = stale.isEmpty() && now.complete()
                ? "the plan has other hosts or waves than the project"
                : "the plan cannot be carried out on every host";
        List<HostReport> reports = names.stream()
                .flatMap(List::stream)
                .map(host -> new HostReport(
                        host,
                        stale.containsKey(host)
                                ? new Outcome.Failed(Step.COMPARE, stale.get(host))
                                : new Outcome.Skipped(reason),
                        Duration.ZERO))
                .toList();
        return new DeployReport(reports, Duration.between(started, Instant.now()));
    }

    /**
     * Deploys wave after wave, the hosts of a wave at the same time. A host that fails does not stop the others of its
     * wave; waves after it are skipped. Blocks until all hosts ended.
     *
     * <p>Interrupting the calling thread cancels: what was not yet begun on a host is not begun, and a change under way is
     * completed by the host itself. The report then names the hosts as failed, and the thread stays interrupted.
     *
     * @param listener gets the events of all hosts, each host's in order, on several threads
     * @throws IllegalArgumentException when a host appears twice
     */
    public DeployReport deployInWaves(List<List<HostDeployment>> waves, Consumer<DeployEvent> listener) {
        return deployInWaves(waves, Optional.empty(), listener);
    }

    private DeployReport deployInWaves(
            List<List<HostDeployment>> waves, Optional<SavedPlan> saved, Consumer<DeployEvent> listener) {
        requireDistinct(waves);
        Map<Path, Bundle> read = new ConcurrentHashMap<>();
        List<List<Goal>> goals = waves.stream()
                .map(wave -> wave.stream()
                        .map(deployment -> new Goal(
                                deployment.target(),
                                "deployment",
                                connection -> design(deployment, read, connection),
                                deployment.health()))
                        .toList())
                .toList();
        return reach(goals, saved, listener);
    }

    /** The changes that hosts remember, in the order of the hosts. */
    public List<HostHistory> history(List<SshTarget> targets) {
        try (DeployTasks tasks = new DeployTasks("history")) {
            List<Future<HostHistory>> asked = targets.stream()
                    .map(target -> tasks.call(() -> HostHistory.of(connections.open(target))))
                    .toList();
            List<HostHistory> histories = new ArrayList<>();
            for (Future<HostHistory> host : asked) {
                histories.add(answer(host));
            }
            return histories;
        }
    }

    /** @throws DeployException as the task threw it */
    private static <T> T answer(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeployException failure) {
                throw failure;
            }
            throw new IllegalStateException("a task ended unexpectedly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException(new DeployFailure.Cancelled("the hosts", "the questions"), e);
        }
    }

    /**
     * Makes every host as an earlier deployment left it: files, daemon and units, by the same way as a deployment, so that
     * it is checked, confirmed and can itself be rolled back. Hosts that were not deployed to at that time stay as they are.
     *
     * @param waves as for {@link #deployInWaves}
     * @param to the beginning of a deployment's id; empty for the one before the latest
     * @throws DeployException with {@link DeployFailure.RollbackImpossible}, before anything is changed
     */
    public DeployReport rollback(List<List<SshTarget>> waves, Optional<String> to, Consumer<DeployEvent> listener) {
        Rollback rollback =
                Rollback.of(history(waves.stream().flatMap(List::stream).toList()), to);
        List<List<Goal>> goals = new ArrayList<>();
        for (List<SshTarget> wave : waves) {
            List<Goal> ready = new ArrayList<>();
            for (SshTarget target : wave) {
                rollback.change(target.host())
                        .map(change -> new Goal(
                                target,
                                "rollback to " + rollback.id(),
                                connection -> Transaction.design(connection, change.id()),
                                Optional.empty()))
                        .ifPresent(ready::add);
            }
            goals.add(ready);
        }
        return reach(goals, Optional.empty(), listener);
    }

    private DeployReport reach(List<List<Goal>> waves, Optional<SavedPlan> saved, Consumer<DeployEvent> listener) {
        Instant started = Instant.now();
        List<HostReport> reports = new ArrayList<>();
        String id = TIME.format(clock.instant()) + "-" + "%08x".formatted(new SecureRandom().nextInt());
        try (DeployTasks tasks = new DeployTasks("deploy")) {
            for (List<Goal> wave : waves) {
                if (succeeded(reports) && !Thread.currentThread().isInterrupted()) {
                    reports.addAll(wave(
                            wave,
                            tasks,
                            goal -> new HostDeployer(goal, saved, transaction(id, goal, started), tasks, listener)));
                } else {
                    String reason = Thread.currentThread().isInterrupted()
                            ? "the deployment was cancelled"
                            : "a host of an earlier wave failed";
                    wave.forEach(goal ->
                            reports.add(new HostReport(goal.host(), new Outcome.Skipped(reason), Duration.ZERO)));
                }
            }
        }
        return new DeployReport(reports, Duration.between(started, Instant.now()));
    }

    private Transaction transaction(String id, Goal goal, Instant started) {
        return new Transaction(id, goal.target(), connections, goal.what(), owner(started), confirmWithin);
    }

    private static void requireDistinct(List<List<HostDeployment>> waves) {
        Set<String> hosts = new HashSet<>();
        waves.stream().flatMap(List::stream).forEach(deployment -> {
            if (!hosts.add(deployment.target().host())) {
                throw new IllegalArgumentException(
                        "the host " + deployment.target().host() + " is to be deployed to twice");
            }
        });
    }

    private static List<HostReport> wave(List<Goal> wave, DeployTasks tasks, Function<Goal, HostDeployer> deployer) {
        List<Future<HostReport>> futures = wave.stream()
                .map(goal -> {
                    HostDeployer one = deployer.apply(goal);
                    return tasks.call(one::deploy);
                })
                .toList();
        boolean interrupted = false;
        List<HostReport> reports = new ArrayList<>();
        for (Future<HostReport> future : futures) {
            while (true) {
                try {
                    reports.add(future.get());
                    break;
                } catch (InterruptedException e) {
                    // Interrupts the hosts' threads; each still reports how far it came.
                    interrupted = true;
                    tasks.interruptAll();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a deployment ended unexpectedly", e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return reports;
    }

    private static boolean succeeded(List<HostReport> reports) {
        return new DeployReport(reports, Duration.ZERO).succeeded();
    }

    private static String owner(Instant started) {
        return "%s, process %s, since %s"
                .formatted(
                        System.getProperty("user.name"),
                        ManagementFactory.getRuntimeMXBean().getName(),
                        started.truncatedTo(ChronoUnit.SECONDS));
    }
}
