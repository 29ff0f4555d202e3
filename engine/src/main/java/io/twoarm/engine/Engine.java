package io.twoarm.engine;

import io.twoarm.artifact.HostArtifacts;
import io.twoarm.deploy.ConnectionDiagnosis;
import io.twoarm.deploy.DeployEvent;
import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.DeploymentPlan;
import io.twoarm.deploy.DriftReport;
import io.twoarm.deploy.HostFiles;
import io.twoarm.deploy.HostHistory;
import io.twoarm.deploy.InteractiveShell;
import io.twoarm.deploy.PreflightReport;
import io.twoarm.deploy.SavedPlan;
import io.twoarm.diagnose.Diagnosis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What TwoArm can do with a project. Methods block; callers choose the thread. Interrupting the thread cancels.
 *
 * @throws EngineException from every method, when a person has to put something right
 */
public interface Engine {

    /** Stands for no starter: a project without any object. */
    String EMPTY = "empty";

    /** Reads and lints the project in a directory. A broken file is not an exception: it is in the findings. */
    OpenProject open(Path directory);

    /** Writes a starter topology, or an {@link #EMPTY} one, into a new or empty directory and opens it. */
    OpenProject create(String starter, Path directory);

    /** A starter topology as a project that lies in no directory. */
    OpenProject starter(String starter);

    /** Everything each host needs, in the order of the topology, with the project's {@link Overrides}. */
    List<HostArtifacts> generate(OpenProject project);

    /** The same for those who look at it: changes by hand that do not fit are told, and their files are as generated. */
    Overrides.Attempt attempt(OpenProject project);

    /** Writes the same as files: one folder per host, and a manifest in each. */
    void writeArtifacts(OpenProject project, Path directory);

    /** The running lab of that name, whoever started it. */
    Optional<LabSession> findLab(String name);

    /**
     * Starts a lab.
     *
     * @param name unique among the labs of this machine; the topology's name unless there is a reason
     * @param owned whether it ends with this process, however that ends
     * @param progress gets one line for people per step
     */
    LabSession startLab(OpenProject project, String name, boolean owned, Consumer<String> progress);

    /**
     * The real hosts of the project, by their {@code ssh} entries.
     *
     * @param identity private key file
     * @param knownHosts file of trusted host keys
     */
    default Estate hosts(OpenProject project, Path identity, Path knownHosts) {
        return hosts(project, HostLogin.of(identity, knownHosts));
    }

    /** The real hosts of the project, by their {@code ssh} entries and the user's own SSH configuration. */
    Estate hosts(OpenProject project, HostLogin login);

    /** What the hosts are like and what stands in the way of a deployment; hosts are only asked. */
    PreflightReport preflight(OpenProject project, Estate estate);

    /**
     * Examines the way to hosts: jump hosts, algorithms, keys, certificates, rights. Changes nothing.
     *
     * @param hosts their names; empty for all
     */
    List<ConnectionDiagnosis> doctor(Estate estate, List<String> hosts);

    /** What {@link #deploy(OpenProject, Estate, Consumer)} would do, host by host; hosts are only asked. */
    DeploymentPlan plan(OpenProject project, Estate estate);

    /** Does exactly what a saved plan says; nothing at all when the project or any host has changed since. */
    DeployReport deploy(OpenProject project, Estate estate, SavedPlan plan, Consumer<DeployEvent> listener);

    /** How far the hosts are from the design and from what was deployed to them. */
    DriftReport drift(OpenProject project, Estate estate);

    /** The changes that the hosts remember. */
    List<HostHistory> history(Estate estate);

    /**
     * Makes every host as an earlier deployment left it.
     *
     * @param to the beginning of that deployment's id; empty for the one before the latest
     */
    DeployReport rollback(OpenProject project, Estate estate, Optional<String> to, Consumer<DeployEvent> listener);

    /** Brings all hosts to the design. Events arrive on several threads. */
    DeployReport deploy(OpenProject project, Estate estate, Consumer<DeployEvent> listener);

    /** Sends requests from the first client through every virtual service, and pings every VIP. */
    Verification verify(OpenProject project, Estate estate, int requests);

    /** The director's own tables as text for people, such as {@code sessions} or {@code counters}. */
    String directorTable(Estate estate, String director, String table);

    /** What can be found out about the hosts by capturing, tracing and asking; closed by the caller. */
    Diagnosis diagnose(OpenProject project, Estate estate);

    /**
     * A login shell on a host, closed by the caller.
     *
     * @param columns of the terminal
     * @param rows of the terminal
     */
    InteractiveShell shell(Estate estate, String host, int columns, int rows);

    /** What is in a directory of a host. */
    List<HostFiles.Entry> listFiles(Estate estate, String host, String directory);

    /** A file of a host as text, up to one MiB of it. */
    String readFile(Estate estate, String host, String path);

    /** Delivers snapshots until closed; a host that goes away is reported as such and tried again. */
    LiveWatch watch(OpenProject project, Estate estate, Duration interval, Consumer<LiveSnapshot> listener);
}
