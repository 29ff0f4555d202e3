package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.artifact.Validation;
import io.twoarm.deploy.DeployReport.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A change stays only if the deployer can log in anew and says so; otherwise the host takes it back by itself. */
@Tag("lab")
@Timeout(600)
class ConfirmLabTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SSHD_CONFIG = "/etc/ssh/sshd_config";

    private static LabHosts lab;

    private ProbeHost host;

    @BeforeAll
    static void startLab() {
        lab = LabHosts.start("t-confirm");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        host = ProbeHost.clean(lab.target("alpha"));
        host.deployed(ProbeDesign.standard());
    }

    @AfterEach
    void disconnect() {
        host.close();
    }

    private DeployReport deploy(ProbeDesign design) {
        return new Deployer(host.deploying(), SOON)
                .deploy(List.of(host.deployment(design, Optional.empty())), event -> {});
    }

    private PastChange latest() {
        return new Deployer(host.deploying())
                .history(List.of(host.target()))
                .getFirst()
                .changes()
                .getLast();
    }

    @Test
    void aDeploymentThatCutsItsOwnSshAccessIsTakenBackByTheHost() {
        HostState before = host.state();
        String config = host.read(SSHD_CONFIG);

        DeployReport report =
                deploy(ProbeDesign.standard().service("one", "second").file(SSHD_CONFIG, config + "DenyUsers root\n"));

        Outcome.Failed failed = (Outcome.Failed) report.hosts().getFirst().outcome();
        assertThat(failed.failure())
                .hasMessageContaining("no new login was possible")
                .hasMessageContaining("does not let root in")
                .hasMessageContaining("Everything was put back");
        assertThat(host.read(SSHD_CONFIG)).isEqualTo(config);
        assertThat(host.state().lines()).isEqualTo(before.lines());
        assertThat(latest().reason()).hasValue("it was not confirmed within 20 s");
        // With the standard time: on a busy machine a login may take longer than the short one.
        host.deployed(ProbeDesign.standard().service("one", "second"));
    }

    @Test
    void aHostThatIsNotHealthyAfterTheChangeIsPutBackAndStopsTheNextWave() {
        HostState before = host.state();
        HostDeployment sick = new HostDeployment(
                host.target(),
                ProbeDesign.standard().service("one", "second").artifacts("alpha"),
                Optional.empty(),
                Optional.of(
                        new Validation(List.of("sh", "-c", "echo cannot reach anybody; false"), "it reaches others")));
        try (ProbeHost beta = ProbeHost.clean(lab.target("beta"))) {
            HostState untouched = beta.state();

            DeployReport report = new Deployer(host.deploying(), Duration.ofSeconds(60))
                    .deployInWaves(
                            List.of(List.of(sick), List.of(beta.deployment(ProbeDesign.standard(), Optional.empty()))),
                            event -> {});

            assertThat(report.toString())
                    .contains("it reaches others")
                    .contains("cannot reach anybody")
                    .contains("Everything was put back");
            assertThat(report.hosts().getLast().outcome()).isInstanceOf(Outcome.Skipped.class);
            assertThat(host.state().lines()).isEqualTo(before.lines());
            assertThat(beta.state()).isEqualTo(untouched);
        }
    }

    @Test
    void aChangeWhoseDeployerDiesIsTakenBackByTheHost() throws Exception {
        HostState before = host.state();
        try (DeployerProcess deployer = DeployerProcess.start(host.target(), "second", SOON)) {
            deployer.awaitLine("step VERIFY");
            deployer.kill();
        }

        Waiting.until("the change has a result", () -> !latest().result().equals("waiting"));
        // A deployer that was killed after its confirmation has deployed.
        if (latest().result().equals("restored")) {
            assertThat(host.state().lines()).isEqualTo(before.lines());
            assertThat(host.read("/etc/probe/one.conf")).isEqualTo("first\n");
        } else {
            assertThat(host.read("/etc/probe/one.conf")).isEqualTo("second\n");
        }
    }

    @Test
    void aChangeThatWaitsIsConfirmedByTheNextDeploymentOfTheSameDesign() {
        waiting("second");

        DeployEvents events = new DeployEvents();
        DeployReport report = host.deploy(ProbeDesign.standard().service("one", "second"), events);

        assertThat(report.changedNothing()).as(report.toString()).isTrue();
        assertThat(events.all().toString()).contains("left half-way; it is now committed");
        assertThat(latest().committed()).isTrue();
    }

    @Test
    void aChangeThatWaitsIsTakenBackByTheNextDeploymentOfAnotherDesign() {
        waiting("second");

        DeployEvents events = new DeployEvents();
        DeployReport report = host.deploy(ProbeDesign.standard().service("two", "second"), events);

        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(events.all().toString()).contains("left half-way; it is now restored");
        assertThat(host.read("/etc/probe/one.conf")).isEqualTo("first\n");
        assertThat(host.read("/etc/probe/two.conf")).isEqualTo("second\n");
    }

    /** A change that is made and that nobody confirms. */
    private void waiting(String text) {
        try (SshConnections connections = new SshConnections();
                DeployTasks tasks = new DeployTasks("test")) {
            SshConnection connection = connections.open(host.target());
            Transaction transaction = new Transaction(
                    DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS")
                                    .withZone(ZoneOffset.UTC)
                                    .format(Instant.now()) + "-waiting",
                    host.target(),
                    connections,
                    "deployment",
                    "a test",
                    Deployer.CONFIRM_WITHIN);
            HostDesign design =
                    HostDesign.of(ProbeDesign.standard().service("one", text).artifacts("alpha"), Optional.empty());
            try (HostLock lock = HostLock.take(connection, tasks, transaction.id(), "a test")) {
                HostChange change = HostChange.between(HostFacts.gather(connection, design), design);
                transaction.stage(connection, change.puts());
                transaction.apply(connection, design, change, line -> {});
                lock.requireHeld();
            }
        }
        assertThat(latest().result()).isEqualTo("waiting");
    }

    @Test
    void aHostThatRestartsWhileTheChangeWaitsComesUpAsItWas() {
        HostState before = host.state();
        waiting("second");

        host.reboot();

        assertThat(host.state().lines()).isEqualTo(before.lines());
        assertThat(latest().result()).isEqualTo("restored");
        assertThat(latest().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("was restarted"));
    }

    @Test
    void aHostThatLosesItsPowerInTheMiddleComesUpAsItWas() throws Exception {
        HostState before = host.state();
        try (DeployerProcess deployer = DeployerProcess.start(host.target(), "third")) {
            deployer.awaitLine("log putting");
            deployer.kill();
            host.reboot();
        }

        assertThat(latest().result()).isEqualTo("restored");
        assertThat(host.state().lines()).isEqualTo(before.lines());
    }
}
