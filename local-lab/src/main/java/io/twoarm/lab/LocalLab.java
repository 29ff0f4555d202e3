package io.twoarm.lab;

import io.twoarm.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The labs of this machine's current user: starts them, and finds those that run, whoever started them.
 *
 * <p>Safe for use by several threads and processes at once: a lab's name and number are taken in the kernel.
 */
public final class LocalLab {
    private final Machine machine;

    public LocalLab() {
        this(Machine.current());
    }

    LocalLab(Machine machine) {
        this.machine = machine;
    }

    /** Finds out what this machine can do, in a few tens of milliseconds, and leaves nothing behind. */
    public Capabilities probe() {
        return new CapabilityProbe(machine).probe();
    }

    /**
     * Builds the topology's hosts and wires, and returns when every host's systemd is up and its SSH server answers.
     * Ports of the kernel have their addresses; routes, kernel settings and software are left to a deployment.
     *
     * <p>Interrupting the thread ends the start. A start that fails leaves nothing behind.
     *
     * @throws LabException when the topology cannot be built here, something is missing, the name is in use, or a host
     *     does not come up
     */
    public RunningLab start(Topology topology, LabOptions options, LabListener listener) {
        LabPlan plan = LabPlan.of(topology);
        probe().require();
        RunDirectory run = RunDirectory.of(machine, options.name());
        if (run.isRunning()) {
            throw LabStart.nameTaken(run);
        }
        try {
            removeStaleLabs();
            return new LabStart(machine, run, options, listener).start(plan);
        } catch (IOException e) {
            throw new LabException("the lab's files could not be written", "" + run.path(), "make room there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("the start was cancelled", "lab " + options.name(), "start it again", e);
        }
    }

    /** The running lab of that name. */
    public Optional<RunningLab> find(String name) {
        if (!LabOptions.isName(name) || machine.labs().isEmpty()) {
            return Optional.empty();
        }
        RunDirectory run = RunDirectory.of(machine, name);
        return run.isRunning() ? Optional.of(RunningLab.found(run)) : Optional.empty();
    }

    /** All running labs, by name. */
    public List<RunningLab> list() {
        return names().stream().map(this::find).flatMap(Optional::stream).toList();
    }

    private List<String> names() {
        Optional<Path> labs = machine.labs().filter(Files::isDirectory);
        List<String> names = new ArrayList<>();
        if (labs.isPresent()) {
            try (var entries =
                    Files.newDirectoryStream(labs.get(), entry -> LabOptions.isName("" + entry.getFileName()))) {
                entries.forEach(entry -> names.add("" + entry.getFileName()));
            } catch (IOException e) {
                throw new LabException("the labs cannot be listed", "" + labs.get(), "make it readable for you", e);
            }
        }
        names.sort(null);
        return names;
    }

    /** A lab whose keeper and janitor were both killed leaves files and perhaps a cgroup. */
    private void removeStaleLabs() throws IOException, InterruptedException {
        RunDirectory.removeDeadStarts(machine.labs().orElseThrow());
        for (String name : names()) {
            RunDirectory.of(machine, name).removeRemains();
        }
    }
}
