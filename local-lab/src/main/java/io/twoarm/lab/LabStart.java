package io.twoarm.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One start of a lab: hands everything to a keeper and follows what it says. */
final class LabStart {
    private final Machine machine;
    private final RunDirectory run;
    private final LabOptions options;
    private final LabListener listener;
    private final Instant began = Instant.now();
    private final Set<String> awaited = new LinkedHashSet<>();
    /** Whether the run directory is this start's, not that of another lab of the same name. */
    private boolean numberTaken;

    LabStart(Machine machine, RunDirectory run, LabOptions options, LabListener listener) {
        this.machine = machine;
        this.run = run;
        this.options = options;
        this.listener = listener;
    }

    RunningLab start(LabPlan plan) throws IOException, InterruptedException {
        awaited.addAll(plan.hosts());
        Path staging = run.prepare(plan);
        try {
            Path keeperLog = staging.resolve("log/keeper");
            Process keeper = new Command(keeperCommand(staging, plan.hosts().size()))
                    .builder()
                    .redirectError(keeperLog.toFile())
                    .start();
            try {
                follow(keeper, staging);
            } catch (LabException | InterruptedException e) {
                keeper.destroyForcibly().onExit().join();
                if (numberTaken) {
                    run.awaitEnd();
                }
                throw e;
            }
            if (!options.owned()) {
                keeper.outputWriter().append("keep\n").close();
            }
            return RunningLab.started(run, keeper, elapsed());
        } finally {
            RunDirectory.delete(staging);
        }
    }

    private List<String> keeperCommand(Path staging, int hosts) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        Path mount = machine.cgroupMount().orElseThrow();
        String group = "twoarm-lab-" + options.name();
        String cgroup = switch (machine.cgroupSource().orElseThrow()) {
            case TOP -> mount.resolve(group).toString();
            case OWN -> machine.ownCgroup().orElseThrow().resolve(group).toString();
            case USER_MANAGER -> {
                command.addAll(Machine.DELEGATED_SCOPE);
                yield "scope:" + mount;
            }
        };
        String scripts = staging.resolve("scripts") + "/";
        command.addAll(List.of("perl", scripts + Script.DOORS.fileName(), run.claim(), "" + hosts));
        command.addAll(List.of("bash", scripts + Script.KEEPER.fileName(), "" + staging, "" + run.path(), cgroup));
        command.add(machine.mode() == LabMode.ROOT ? "root" : "rootless");
        command.add("" + options.startLimit().toSeconds());
        return command;
    }

    private void follow(Process keeper, Path staging) throws InterruptedException, IOException {
        KeeperOutput output = new KeeperOutput(keeper);
        for (Optional<String> line = output.next(); line.isPresent(); line = output.next()) {
            String[] words = line.get().split(" ", 2);
            switch (words[0]) {
                case "number" -> {
                    numberTaken = true;
                    listener.happened(new LabEvent.NumberTaken(Integer.parseInt(words[1]), elapsed()));
                }
                case "booting" -> changed(words[1], HostStatus.BOOTING);
                case "ready" -> changed(words[1], HostStatus.READY);
                case "gone" -> changed(words[1], HostStatus.GONE);
                case "up" -> {
                    return;
                }
                case "failed" -> throw failure(words[1], rest(output));
                case "taken" -> throw nameTaken(run);
                case "full" ->
                    throw new LabException(
                            "no number is free: each of 127.77.0.1 to 127.77.255.1, port 2222, is in use",
                            "lab " + options.name(),
                            "stop labs that are not needed");
                default -> throw new IllegalStateException("the keeper said: " + line.get());
            }
        }
        List<String> log = new ArrayList<>(early(staging.resolve("log/keeper")));
        log.add("its status is " + keeper.waitFor());
        throw failure("keeper", log);
    }

    private void changed(String host, HostStatus status) {
        if (status == HostStatus.READY) {
            awaited.remove(host);
        }
        listener.happened(new LabEvent.HostChanged(host, status, elapsed()));
    }

    private static List<String> rest(KeeperOutput output) throws InterruptedException {
        List<String> log = new ArrayList<>();
        for (Optional<String> line = output.next(); line.isPresent(); line = output.next()) {
            log.add(line.get());
        }
        return log;
    }

    private static List<String> early(Path log) throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private LabException failure(String what, List<String> log) {
        String problem = switch (what) {
            case "timeout" ->
                "not ready within " + options.startLimit().toSeconds() + " s: " + String.join(", ", awaited);
            case "pod" -> "the lab's first process ended while the lab was starting";
            case "keeper" -> "the lab's keeper ended while the lab was starting";
            default -> what + " ended before it was ready";
        };
        return new LabException(
                problem, "lab " + options.name(), "put right what the log below names, and start the lab again", log);
    }

    static LabException nameTaken(RunDirectory run) {
        return new LabException(
                "a lab named \"" + run.name() + "\" is already running",
                run.path().toString(),
                "stop it with: twoarm lab down " + run.name() + "\nor give this one another name");
    }

    private Duration elapsed() {
        return Duration.between(began, Instant.now());
    }
}
