package io.twoarm.deploy;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.Validation;
import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.deploy.DeployReport.HostReport;
import io.twoarm.deploy.DeployReport.Outcome;
import io.twoarm.deploy.HostDesign.WantedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one host through all steps, on the calling thread. */
final class HostDeployer {
    private static final Logger LOG = LoggerFactory.getLogger(HostDeployer.class);
    private static final Duration PACKAGES_LIMIT = Duration.ofMinutes(15);
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(30);
    private static final Duration BUNDLE_LIMIT = Duration.ofMinutes(15);
    private static final String NOT_RECURSIVE = "--recursive-errors=no";
    /** The version of systemd whose systemd-analyze learned that option. */
    private static final int VERIFIES_ALONE = 250;

    private static final String PATH_VARIABLE = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

    private final Goal goal;
    private final Optional<SavedPlan> plan;
    private final Transaction transaction;
    private final DeployTasks tasks;
    private final Consumer<DeployEvent> listener;
    private final String host;

    private Step step = Step.CONNECT;
    private SshConnection connection;
    private HostDesign design;
    private HostFacts facts;

    /** @param plan when given, nothing else is done */
    HostDeployer(
            Goal goal,
            Optional<SavedPlan> plan,
            Transaction transaction,
            DeployTasks tasks,
            Consumer<DeployEvent> listener) {
        this.goal = goal;
        this.plan = plan;
        this.transaction = transaction;
        this.tasks = tasks;
        this.listener = listener;
        this.host = goal.host();
    }

    /** What a step did. */
    private record Done(boolean changed, String detail) {}

    @FunctionalInterface
    private interface Work {
        Done run();
    }

    HostReport deploy() {
        Instant started = Instant.now();
        try {
            Outcome outcome = deployHost();
            Duration elapsed = Duration.between(started, Instant.now());
            listener.accept(new DeployEvent.HostFinished(host, outcome instanceof Outcome.Changed, elapsed));
            return new HostReport(host, outcome, elapsed);
        } catch (DeployException e) {
            LOG.debug("{}: failed in {}", host, step, e);
            listener.accept(new DeployEvent.HostFailed(host, step, e.getMessage()));
            return new HostReport(host, new Outcome.Failed(step, e), Duration.between(started, Instant.now()));
        }
    }

    private Outcome deployHost() {
        HostLock[] taken = new HostLock[1];
        try {
            step(Step.CONNECT, () -> {
                connection = transaction.connections().open(goal.target());
                taken[0] = HostLock.take(connection, tasks, transaction.id(), transaction.owner());
                design = goal.design().apply(connection);
                return new Done(false, address());
            });
            return deployLocked(taken[0]);
        } finally {
            if (taken[0] != null) {
                taken[0].close();
            }
        }
    }

    private String address() {
        SshTarget target = goal.target();
        return "%s port %d as %s".formatted(target.address(), target.port(), target.user());
    }

    private Outcome deployLocked(HostLock lock) {
        step(Step.FACTS, () -> learn(lock));
        List<String> missing = missingPackages();
        step(Step.PACKAGES, () -> installPackages(missing));
        boolean sent = bundleMissing();
        step(Step.BUNDLE, () -> sent ? sendBundle() : new Done(false, bundleDetail()));
        HostChange change = HostChange.between(facts, design);
        step(Step.COMPARE, () -> new Done(false, compared(change)));
        if (change.isEmpty()) {
            return missing.isEmpty() ? new Outcome.Unchanged() : new Outcome.Changed(List.of(), List.of());
        }
        prepare(change);
        lock.requireHeld();
        step(Step.APPLY, () -> {
            transaction.apply(connection, design, change, line -> listener.accept(new DeployEvent.Log(host, line)));
            return new Done(true, applied(change));
        });
        step(Step.VERIFY, this::verify);
        return new Outcome.Changed(change.changedPaths(), change.unitLines());
    }

    private void prepare(HostChange change) {
        boolean valid = false;
        try {
            step(Step.STAGE, () -> stage(change));
            step(Step.VALIDATE, () -> validate(change));
            valid = true;
        } finally {
            if (!valid) {
                transaction.unstage(connection);
            }
        }
    }

    private void step(Step next, Work work) {
        step = next;
        Instant started = Instant.now();
        listener.accept(new DeployEvent.StepStarted(host, next));
        Done done = work.run();
        listener.accept(new DeployEvent.StepFinished(
                host, next, done.changed, done.detail, Duration.between(started, Instant.now())));
    }

    private Done learn(HostLock lock) {
        for (String unfinished : lock.unfinished()) {
            listener.accept(new DeployEvent.Log(
                    host,
                    "an earlier change (%s) was left half-way; it is now %s"
                            .formatted(unfinished, settle(unfinished))));
        }
        facts = gather();
        HostChange change = HostChange.between(facts, design);
        Suitability.check(facts, design, change);
        if (!change.isEmpty()) {
            Suitability.checkOrder(facts, host, transaction.id());
        }
        plan.flatMap(saved -> saved.staleFor(HostPlanner.plan(connection, design, facts)))
                .ifPresent(stale -> {
                    throw new DeployException(stale);
                });
        facts.assumption()
                .ifPresent(finding -> listener.accept(new DeployEvent.Log(host, "the system is " + finding.found())));
        return new Done(false, "%s, kernel %s, %s".formatted(facts.system(), facts.kernel(), facts.architecture()));
    }

    /** An earlier change that only lacks its confirmation stays if it made the host as it is to be now. */
    private String settle(String unfinished) {
        boolean asDesigned = Transaction.state(connection, unfinished).equals("waiting")
                && HostChange.between(gather(), design).isEmpty();
        return asDesigned
                ? Transaction.confirm(connection, unfinished)
                : Transaction.takeBack(connection, unfinished, "its deployer did not confirm it");
    }

    private HostFacts gather() {
        return HostFacts.gather(connection, design);
    }

    private List<String> missingPackages() {
        return facts.missingPackages(design);
    }

    private Done installPackages(List<String> missing) {
        if (missing.isEmpty()) {
            return new Done(false, count(design.packages().size(), "package") + " wanted, none missing");
        }
        CommandResult result = install(facts.target().orElseThrow().manager(), missing);
        if (!result.succeeded()) {
            throw new DeployException(new DeployFailure.PackagesMissing(
                    host, missing, result.stdout(), packageFix(missing, result.stdout())));
        }
        // Packages bring files and units of their own.
        facts = gather();
        List<String> still = missingPackages();
        if (!still.isEmpty()) {
            throw new DeployException(new DeployFailure.PackagesMissing(
                    host, still, result.stdout(), packageFix(still, result.stdout())));
        }
        return new Done(true, "installed " + String.join(", ", missing));
    }

    private CommandResult install(PackageManager manager, List<String> missing) {
        CommandResult first = packages(manager.install(missing));
        if (first.succeeded()) {
            return first;
        }
        manager.preparation().forEach(this::packages);
        return packages(manager.install(missing));
    }

    private CommandResult packages(List<String> words) {
        return connection.run(
                RemoteScript.PACKAGES.command(words.toArray(String[]::new)).withLimit(PACKAGES_LIMIT));
    }

    private String packageFix(List<String> missing, String output) {
        return PackageTrouble.of(output).fix(facts.target().orElseThrow().manager(), missing, facts.kernel());
    }

    private boolean bundleMissing() {
        return design.bundle().filter(b -> !facts.bundles().contains(b.name())).isPresent();
    }

    private String bundleDetail() {
        return design.bundle().map(b -> b.name() + " is there").orElse("no daemon on this host");
    }

    private Done sendBundle() {
        Bundle bundle = design.bundle().orElseThrow();
        Path archive = bundle.archive()
                .orElseThrow(() -> Rollback.impossible(
                        host,
                        "it no longer has the daemon %s of that time".formatted(bundle.name()),
                        "choose a later deployment (twoarm history)"));
        CommandResult result = connection.run(RemoteScript.BUNDLE
                .command(
                        bundle.name(),
                        Long.toString(bundle.size()),
                        bundle.digest().hex())
                .withInput(() -> Files.newInputStream(archive))
                .withLimit(BUNDLE_LIMIT));
        if (!result.succeeded()) {
            String cause = result.stderr().isBlank()
                    ? result.ending()
                    : result.stderr().strip();
            throw new DeployException(new DeployFailure.BundleUnusable(
                    host,
                    archive,
                    cause,
                    "see that %s has room and the archive is whole, then repeat".formatted(DaemonBundle.INSTALL_PATH)));
        }
        return new Done(true, "sent %s, %.1f MB".formatted(bundle.name(), bundle.size() / 1e6));
    }

    private String compared(HostChange change) {
        int removals = change.removals().size();
        String files = "%d of %d files differ".formatted(change.changedPaths().size() - removals, design.fileCount());
        if (change.isEmpty()) {
            return "nothing to do: " + files;
        }
        List<String> parts = new ArrayList<>(List.of(files));
        if (removals > 0) {
            parts.add(removals + " to be removed");
        }
        change.bundle().ifPresent(name -> parts.add("another daemon bundle"));
        parts.addAll(change.unitLines());
        return String.join(", ", parts);
    }

    private Done stage(HostChange change) {
        transaction.stage(connection, change.puts());
        return new Done(false, count(change.puts().size(), "file") + " sent");
    }

    private Done validate(HostChange change) {
        Set<String> staged = change.puts().stream().map(WantedFile::path).collect(Collectors.toSet());
        for (Validation validation : design.validations()) {
            List<String> words = new ArrayList<>(List.of("env", PATH_VARIABLE));
            understood(validation.command(), facts.systemd()).forEach(word -> words.add(withNewPaths(word, staged)));
            CommandResult result = connection.run(RemoteCommand.of(words));
            if (!result.succeeded()) {
                throw new DeployException(new DeployFailure.ValidationFailed(
                        host,
                        String.join(" ", validation.command()),
                        validation.reason(),
                        result.ending() + "\n" + result.stdout() + result.stderr()));
            }
        }
        return new Done(false, count(design.validations().size(), "check") + " passed");
    }

    /**
     * A validation without what the host's systemd does not know yet. Older ones do not fail for units that the checked
     * ones name.
     */
    static List<String> understood(List<String> command, int systemd) {
        return systemd >= VERIFIES_ALONE
                ? command
                : command.stream().filter(word -> !word.equals(NOT_RECURSIVE)).toList();
    }

    /** A word of a validation, with staged copies for files and the new bundle for the daemon. */
    private String withNewPaths(String word, Set<String> staged) {
        String files = Validation.withStaged(word, path -> staged.contains(path) ? transaction.staging() + path : path);
        String current = DaemonBundle.INSTALL_PATH + "/current/";
        return design.bundle()
                .map(b -> files.replace(current, DaemonBundle.INSTALL_PATH + "/" + b.name() + "/"))
                .orElse(files);
    }

    private static String applied(HostChange change) {
        List<String> parts = new ArrayList<>();
        parts.add(count(change.changedPaths().size(), "file") + " changed");
        change.bundle().ifPresent(name -> parts.add("daemon bundle switched"));
        parts.addAll(change.unitLines());
        return String.join(", ", parts);
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private Done verify() {
        try (SshConnection fresh = transaction.loginAnew()) {
            facts = HostFacts.gather(fresh, design);
            List<String> differences = differences();
            if (differences.isEmpty()) {
                goal.health().flatMap(health -> unhealthy(fresh, health)).ifPresent(differences::add);
            }
            if (!differences.isEmpty()) {
                transaction.requireNotTakenBack(fresh);
                String result = Transaction.takeBack(fresh, transaction.id(), "the host was not as designed after it");
                throw new DeployException(
                        new DeployFailure.NotAsDesigned(host, differences, result.equals("restored")));
            }
            transaction.confirm(fresh);
        }
        return new Done(
                false,
                "%s as designed, %s up"
                        .formatted(
                                count(design.fileCount(), "file"),
                                count(design.services().size(), "unit")));
    }

    /** What the last try said, when none succeeds in time. */
    private Optional<String> unhealthy(SshConnection fresh, Validation health) {
        Instant end = Instant.now().plus(HEALTHY_WITHIN);
        while (true) {
            CommandResult result = fresh.run(RemoteCommand.of(health.command()));
            if (result.succeeded()) {
                return Optional.empty();
            }
            if (Instant.now().isAfter(end) || !Transaction.pause()) {
                String said = (result.stdout() + result.stderr()).strip();
                return Optional.of("not healthy within %s (%s): %s %s"
                        .formatted(
                                FailureText.seconds(HEALTHY_WITHIN),
                                health.reason(),
                                String.join(" ", health.command()),
                                said.isEmpty() ? result.ending() : said));
            }
        }
    }

    private List<String> differences() {
        List<String> differences = new ArrayList<>();
        HostChange left = HostChange.between(facts, design);
        left.puts().forEach(file -> differences.add(file.path() + " is not as it was written"));
        left.removals().forEach(path -> differences.add(path + " is there again"));
        left.bundle().ifPresent(name -> differences.add("the daemon bundle is another one"));
        left.retiredUnits().forEach(unit -> differences.add(unit + " is still recorded"));
        left.enables().forEach(unit -> differences.add(unit + " is not enabled"));
        left.actions()
                .forEach(action -> differences.add("%s would have to be done: %s".formatted(action, action.reason())));
        return differences;
    }
}
