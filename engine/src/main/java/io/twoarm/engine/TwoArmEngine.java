package io.twoarm.engine;

import io.twoarm.artifact.ArtifactDirectory;
import io.twoarm.artifact.ArtifactGenerator;
import io.twoarm.artifact.DaemonBundle;
import io.twoarm.artifact.GenerationException;
import io.twoarm.artifact.HostArtifacts;
import io.twoarm.artifact.Validation;
import io.twoarm.deploy.ConnectionDiagnosis;
import io.twoarm.deploy.ConnectionDoctor;
import io.twoarm.deploy.DeployEvent;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.DeployReport;
import io.twoarm.deploy.Deployer;
import io.twoarm.deploy.DeploymentPlan;
import io.twoarm.deploy.DriftReport;
import io.twoarm.deploy.HostDeployment;
import io.twoarm.deploy.HostFiles;
import io.twoarm.deploy.HostHistory;
import io.twoarm.deploy.InteractiveShell;
import io.twoarm.deploy.PreflightReport;
import io.twoarm.deploy.SavedPlan;
import io.twoarm.deploy.SshConnection;
import io.twoarm.deploy.SshConnections;
import io.twoarm.deploy.SshLimits;
import io.twoarm.deploy.SshPrompt;
import io.twoarm.deploy.SshTarget;
import io.twoarm.deploy.secret.SecretException;
import io.twoarm.deploy.secret.SecretPlace;
import io.twoarm.deploy.secret.StoredAnswers;
import io.twoarm.diagnose.Diagnosis;
import io.twoarm.lab.ImpairedPort;
import io.twoarm.lab.Impairment;
import io.twoarm.lab.LabException;
import io.twoarm.lab.LabHost;
import io.twoarm.lab.LabOptions;
import io.twoarm.lab.LocalLab;
import io.twoarm.lab.RunningLab;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The engine on this machine: its labs, and hosts that it reaches over SSH. */
public final class TwoArmEngine implements Engine {
    private static final Validation DIRECTOR_ANSWERS = new Validation(
            List.of(DaemonBundle.CONTROL_COMMAND, "status"), "the director answers on its control socket");
    private static final String BUNDLE_PROPERTY = "twoarm.bundle";

    private final Path bundle;
    private final SshPrompt prompt;
    private final LocalLab labs = new LocalLab();

    /** @param bundle the daemon's archive, see {@link DaemonBundle} */
    public TwoArmEngine(Path bundle) {
        this(bundle, SshPrompt.NOBODY);
    }

    /** @param prompt is asked for keys of unknown hosts, passphrases and passwords */
    public TwoArmEngine(Path bundle, SshPrompt prompt) {
        this.bundle = bundle;
        this.prompt = prompt;
    }

    /** The engine of this installation; the launcher says where the daemon's archive is. */
    public static TwoArmEngine ofInstallation() {
        return ofInstallation(SshPrompt.NOBODY);
    }

    /** The same, with somebody to ask for what is not stored in the keyring or the encrypted file. */
    public static TwoArmEngine ofInstallation(SshPrompt prompt) {
        return new TwoArmEngine(
                Path.of(System.getProperty(BUNDLE_PROPERTY, "twoarm-director.tar.gz")),
                new StoredAnswers(prompt, () -> SecretPlace.inUse(prompt)));
    }

    @Override
    public OpenProject open(Path directory) {
        return Projects.open(directory);
    }

    @Override
    public OpenProject create(String starter, Path directory) {
        return Projects.create(starter, directory);
    }

    @Override
    public OpenProject starter(String starter) {
        return Projects.starter(starter);
    }

    @Override
    public List<HostArtifacts> generate(OpenProject project) {
        return new Overrides(project.directory()).applied(generatedOnly(project));
    }

    @Override
    public Overrides.Attempt attempt(OpenProject project) {
        return new Overrides(project.directory()).attempt(generatedOnly(project));
    }

    private static List<HostArtifacts> generatedOnly(OpenProject project) {
        try {
            return ArtifactGenerator.generate(requireDeployable(project));
        } catch (GenerationException e) {
            throw new EngineException(e.getMessage(), e);
        }
    }

    @Override
    public void writeArtifacts(OpenProject project, Path directory) {
        List<HostArtifacts> artifacts = generate(project);
        try {
            ArtifactDirectory.write(artifacts, directory);
        } catch (IOException e) {
            throw new EngineException("the files cannot be written to %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    @Override
    public Optional<LabSession> findLab(String name) {
        return calling(() -> labs.find(name).map(TwoArmEngine::session));
    }

    @Override
    public LabSession startLab(OpenProject project, String name, boolean owned, Consumer<String> progress) {
        Topology topology = requireDeployable(project);
        LabOptions options = owned ? LabOptions.ownedLab(name) : LabOptions.named(name);
        return calling(() -> session(labs.start(topology, options, event -> LabProgress.tell(event, progress))));
    }

    private static LabSession session(RunningLab lab) {
        return new LabSession() {
            @Override
            public String name() {
                return lab.name();
            }

            @Override
            public Estate estate() {
                return new Estate(
                        "lab " + lab.name(),
                        lab.hosts().stream().map(TwoArmEngine::target).toList(),
                        true);
            }

            @Override
            public Duration startTime() {
                return lab.startTime();
            }

            @Override
            public void impair(String host, String port, Impairment impairment) {
                calling(() -> {
                    lab.impair(host, port, impairment);
                    return null;
                });
            }

            @Override
            public List<ImpairedPort> impairments() {
                return calling(lab::impairments);
            }

            @Override
            public void stop() {
                calling(() -> {
                    lab.stop();
                    return null;
                });
            }
        };
    }

    private static SshTarget target(LabHost host) {
        return new SshTarget(
                host.name(), host.address(), host.sshPort(), host.user(), host.identity(), host.knownHosts());
    }

    @Override
    public Estate hosts(OpenProject project, HostLogin login) {
        List<SshTarget> targets = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Host host : requireDeployable(project).hosts()) {
            host.ssh().ifPresentOrElse(ssh -> targets.add(login.target(host, ssh)), () -> unknown.add(host.name()));
        }
        if (!unknown.isEmpty()) {
            throw new EngineException("""
                    it is not known how to reach %s.
                            found:   no "ssh" entry in topology.yaml, and no running lab of this project
                            fix:     start the lab (twoarm lab up), or give each host an entry such as
                                     ssh: { address: 192.0.2.10, port: 22, user: root }""".formatted(String.join(", ", unknown)));
        }
        return new Estate("the hosts of " + requireDeployable(project).name(), targets, false);
    }

    @Override
    public PreflightReport preflight(OpenProject project, Estate estate) {
        Topology topology = requireDeployable(project);
        List<HostDeployment> hosts = generate(project).stream()
                .map(host -> deployment(estate, host))
                .map(host -> new HostDeployment(
                        host.target(),
                        host.artifacts(),
                        host.bundleArchive(),
                        host.health(),
                        MachineNeeds.of(topology, host.target().host())))
                .toList();
        return deploying(deployer -> deployer.preflight(hosts));
    }

    @Override
    public List<ConnectionDiagnosis> doctor(Estate estate, List<String> hosts) {
        List<SshTarget> targets = hosts.isEmpty()
                ? estate.targets()
                : hosts.stream().map(host -> named(estate, host)).toList();
        return calling(() -> {
            try (SshConnections connections = connections()) {
                return targets.stream()
                        .map(target -> ConnectionDoctor.examine(connections, target))
                        .toList();
            }
        });
    }

    private static SshTarget named(Estate estate, String host) {
        return estate.target(host)
                .orElseThrow(() -> new EngineException("%s has no host %s.%n        allowed: %s"
                        .formatted(
                                estate.name(),
                                host,
                                estate.targets().stream().map(SshTarget::host).collect(Collectors.joining(", ")))));
    }

    @Override
    public DeploymentPlan plan(OpenProject project, Estate estate) {
        List<List<HostDeployment>> waves = waves(project, estate);
        return deploying(deployer -> deployer.plan(waves));
    }

    @Override
    public DeployReport deploy(OpenProject project, Estate estate, SavedPlan plan, Consumer<DeployEvent> listener) {
        List<List<HostDeployment>> waves = waves(project, estate);
        return deploying(deployer -> deployer.deployPlanned(waves, plan, listener));
    }

    @Override
    public DriftReport drift(OpenProject project, Estate estate) {
        List<HostDeployment> hosts =
                generate(project).stream().map(host -> deployment(estate, host)).toList();
        return deploying(deployer -> deployer.drift(hosts));
    }

    @Override
    public List<HostHistory> history(Estate estate) {
        return deploying(deployer -> deployer.history(estate.targets()));
    }

    @Override
    public DeployReport rollback(
            OpenProject project, Estate estate, Optional<String> to, Consumer<DeployEvent> listener) {
        List<List<SshTarget>> waves = waves(project, estate).stream()
                .map(wave -> wave.stream().map(HostDeployment::target).toList())
                .toList();
        return deploying(deployer -> deployer.rollback(waves, to, listener));
    }

    @Override
    public DeployReport deploy(OpenProject project, Estate estate, Consumer<DeployEvent> listener) {
        List<List<HostDeployment>> waves = waves(project, estate);
        return deploying(deployer -> untouched(deployer, estate)
                ? deployer.deploy(waves.stream().flatMap(List::stream).toList(), listener)
                : deployer.deployInWaves(waves, listener));
    }

    /**
     * Whether nothing was ever deployed to any host of a lab: no service runs there that waves would keep going. Of other
     * hosts nobody knows what runs on them before their first deployment.
     */
    private static boolean untouched(Deployer deployer, Estate estate) {
        if (!estate.lab()) {
            return false;
        }
        try {
            return deployer.history(estate.targets()).stream()
                    .allMatch(host -> host.changes().isEmpty());
        } catch (DeployException e) {
            // The deployment itself tells what is wrong with which host.
            return false;
        }
    }

    private SshConnections connections() {
        return new SshConnections(SshLimits.STANDARD, prompt);
    }

    private <T> T deploying(Function<Deployer, T> work) {
        return calling(() -> {
            try (SshConnections connections = connections()) {
                return work.apply(new Deployer(connections));
            }
        });
    }

    private List<List<HostDeployment>> waves(OpenProject project, Estate estate) {
        Map<String, HostArtifacts> artifacts = new LinkedHashMap<>();
        generate(project).forEach(host -> artifacts.put(host.host(), host));
        return Waves.of(requireDeployable(project)).stream()
                .map(wave -> wave.stream()
                        .map(host -> deployment(estate, artifacts.get(host)))
                        .toList())
                .toList();
    }

    private HostDeployment deployment(Estate estate, HostArtifacts host) {
        if (host.daemonBundle() && !Files.isRegularFile(bundle)) {
            throw new EngineException("""
                    the director daemon's archive is missing.
                            found:   no file %s
                            fix:     run ./twoarm from the project's folder, which builds it""".formatted(bundle));
        }
        return new HostDeployment(
                require(estate, host.host()),
                host,
                host.daemonBundle() ? Optional.of(bundle) : Optional.empty(),
                host.daemonBundle() ? Optional.of(DIRECTOR_ANSWERS) : Optional.empty());
    }

    @Override
    public Verification verify(OpenProject project, Estate estate, int requests) {
        Topology topology = requireDeployable(project);
        Instant started = Instant.now();
        String client = topology.hosts().stream()
                .filter(host -> host instanceof Host.Client)
                .map(Host::name)
                .findFirst()
                .orElseThrow(() -> new EngineException("the topology has no client to send traffic from.\n"
                        + "        fix:     add a host with role: client to topology.yaml"));
        return calling(() -> {
            try (SshConnections connections = connections()) {
                return new ServiceProofs(topology, estate, connections).of(client, requests, started);
            }
        });
    }

    @Override
    public String directorTable(Estate estate, String director, String table) {
        return asking(
                estate,
                director,
                connection -> connection
                        .run(DaemonBundle.CONTROL_COMMAND, table)
                        .orThrow()
                        .stdout());
    }

    @Override
    public Diagnosis diagnose(OpenProject project, Estate estate) {
        return new Diagnosis(requireDeployable(project), estate.targets(), connections());
    }

    @Override
    public InteractiveShell shell(Estate estate, String host, int columns, int rows) {
        SshTarget target = require(estate, host);
        // The shell closes the connections.
        return calling(() -> InteractiveShell.open(connections(), target, columns, rows));
    }

    @Override
    public List<HostFiles.Entry> listFiles(Estate estate, String host, String directory) {
        return asking(estate, host, connection -> HostFiles.list(connection, directory));
    }

    @Override
    public String readFile(Estate estate, String host, String path) {
        return asking(estate, host, connection -> HostFiles.read(connection, path));
    }

    private <T> T asking(Estate estate, String host, Function<SshConnection, T> question) {
        return calling(() -> {
            try (SshConnections connections = connections()) {
                return question.apply(connections.open(require(estate, host)));
            }
        });
    }

    @Override
    public LiveWatch watch(OpenProject project, Estate estate, Duration interval, Consumer<LiveSnapshot> listener) {
        List<HostArtifacts> artifacts = generate(project);
        LiveFeed feed = new LiveFeed(connections(), interval);
        feed.start(estate, artifacts, listener);
        return feed;
    }

    private static Topology requireDeployable(OpenProject project) {
        if (!project.deployable()) {
            throw new EngineException("the project has errors:\n"
                    + project.findings().stream()
                            .map(finding -> finding.text().indent(8))
                            .collect(Collectors.joining()));
        }
        return project.topology().orElseThrow();
    }

    static SshTarget require(Estate estate, String host) {
        return estate.target(host).orElseThrow(() -> new EngineException("""
                        %s has no host %s.
                                cause:   the topology has changed since it was started
                                fix:     stop it and start it again (twoarm lab down, twoarm lab up)""".formatted(estate.name(), host)));
    }

    private interface Call<T> {
        T get();
    }

    /** What lab and hosts complain about, as this module's own exception. */
    private static <T> T calling(Call<T> call) {
        try {
            return call.get();
        } catch (LabException | DeployException | SecretException e) {
            throw new EngineException(e.getMessage(), e);
        }
    }
}
