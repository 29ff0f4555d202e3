package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.deploy.DeployReport.HostReport;
import io.twoarm.deploy.DeployReport.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After every failure a host is either as it was or as designed, and the same deployment then succeeds. */
@Tag("lab")
@Timeout(600)
class InjectedFailureLabTest {
    private static LabHosts lab;
    private static Path directory;
    private static TwoDesigns designs;

    private ProbeHost host;

    @BeforeAll
    static void startLab(@TempDir Path shared) {
        lab = LabHosts.start("t-failures");
        directory = shared;
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void findTheHostInAKnownState() throws Exception {
        if (designs == null) {
            designs = TwoDesigns.on(lab.target("alpha"), directory);
        }
        host = designs.host();
    }

    /** A test that failed may leave any state behind, so the next one begins anew. */
    @AfterEach
    void keepTheHostOnlyInAKnownState() {
        if (!knownState && designs != null) {
            designs.close();
            designs = null;
        }
    }

    private boolean knownState;

    private void requireOldOrNewAndRepeat() {
        designs.requireOldOrNewAndRepeat();
        knownState = true;
    }

    private void cut() {
        host.deploying().open(host.target()).close();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aConnectionCutAtAStep(Step step) {
        DeployEvents events = new DeployEvents().at(step, this::cut);

        designs.move(events);

        assertThat(events.started(step)).isTrue();
        requireOldOrNewAndRepeat();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"FACTS", "STAGE", "APPLY", "VERIFY"})
    void anSshProcessKilledOnTheHostAtAStep(Step step) {
        DeployEvents events = new DeployEvents().at(step, () -> {
            String process = host.deploying()
                    .open(host.target())
                    .run("sh", "-c", "echo $PPID")
                    .orThrow()
                    .stdout();
            host.sh("kill -9 " + process);
        });

        designs.move(events);

        assertThat(events.started(step)).isTrue();
        requireOldOrNewAndRepeat();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recording",
                "placing",
                "stopping probe-",
                "putting",
                "switching",
                "restart probe-one",
                "start probe-"
            })
    void aConnectionCutWhileTheHostChangesIsMadeAnewAndTheChangeGoesOn(String moment) {
        DeployReport report = designs.move(new DeployEvents().atLog(moment, this::cut));

        assertThat(report.succeeded()).as(report.toString()).isTrue();
        designs.requireNew();
        requireOldOrNewAndRepeat();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording", "placing", "putting", "restart probe-one"})
    void aChangeThatIsKilledOnTheHostIsTakenBack(String moment) {
        designs.move(new DeployEvents()
                .atLog(moment, () -> host.sh("systemctl kill --kill-whom=main -s KILL 'twoarm-apply-*' || true")));

        requireOldOrNewAndRepeat();
    }

    @Test
    void aHostThatLostItsPowerInTheMiddleIsPutRightByTheNextDeployment() throws Exception {
        try (DeployerProcess deployer = DeployerProcess.start(host.target(), "third")) {
            deployer.awaitLine("log putting");
            deployer.kill();
        }
        // Now nobody is left who could take the change back: neither the deployer nor the end of the change's service.
        host.sh("""
                unit=$(systemctl list-units --no-legend --plain 'twoarm-apply-*' | cut -d' ' -f1)
                systemctl kill --kill-whom=all -s STOP "$unit"
                mkdir -p "/run/systemd/transient/$unit.d"
                printf '[Service]\\nExecStopPost=\\n' >"/run/systemd/transient/$unit.d/end.conf"
                systemctl daemon-reload
                systemctl kill --kill-whom=all -s KILL "$unit"
                """);
        assertThat(host.sh("ls -d /var/lib/twoarm/journal/*").lines().count())
                .as("one more journal than results")
                .isEqualTo(
                        host.sh("ls /var/lib/twoarm/journal/*/result").lines().count() + 1);

        designs.repeat();
        knownState = true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"step FACTS", "step STAGE", "step APPLY", "log putting", "log restart probe-one", "step VERIFY"})
    void aDeployerThatIsKilled(String moment) throws Exception {
        try (DeployerProcess deployer = DeployerProcess.start(host.target(), "third")) {
            deployer.awaitLine(moment);
            deployer.kill();
        }

        designs.repeat();
        knownState = true;
    }

    @Test
    void twoDeployersAtOnceAreToldApart() throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DeployEvents first = new DeployEvents().at(Step.STAGE, () -> {
            inTheMiddle.countDown();
            await(goOn);
        });
        CompletableFuture<DeployReport> firstReport =
                CompletableFuture.supplyAsync(() -> designs.move(first), Thread::startVirtualThread);
        await(inTheMiddle);

        try (SshConnections others = new SshConnections()) {
            DeployReport report = new Deployer(others)
                    .deploy(List.of(host.deployment(ProbeDesign.standard(), Optional.empty())), event -> {});
            Outcome.Failed failed = (Outcome.Failed) report.hosts().getFirst().outcome();
            assertThat(failed.failure().failure()).isInstanceOf(DeployFailure.HostBusy.class);
            assertThat(failed.failure())
                    .hasMessageContaining(System.getProperty("user.name"))
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        goOn.countDown();
        assertThat(firstReport.get(120, TimeUnit.SECONDS).succeeded()).isTrue();
        requireOldOrNewAndRepeat();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFullDiskIsNamedBeforeAnythingIsSent() {
        host.sh("mount -t tmpfs -o size=64k none /var/lib/twoarm");

        DeployReport report = designs.move(new DeployEvents());

        host.sh("umount /var/lib/twoarm");
        assertThat(report.toString()).contains("step=FACTS").contains("0 MiB are free for /var/lib/twoarm");
        designs.requireOld();
        requireOldOrNewAndRepeat();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"STAGE", "APPLY"})
    void aDiskThatFillsUpAtAStep(Step step) {
        host.sh("mkdir /tmp/kept && cp -a /etc/probe/. /tmp/kept/ && mount -t tmpfs -o size=2m,mode=755 none /etc/probe"
                + " && cp -a /tmp/kept/. /etc/probe/ && rm -r /tmp/kept");
        DeployEvents events =
                new DeployEvents().at(step, () -> host.sh("cat /dev/zero >/etc/probe/filler 2>/dev/null || true"));

        DeployReport report = designs.move(events);

        host.sh("rm /etc/probe/filler");
        assertThat(report.toString()).contains("No space left on device").contains("Everything was put back");
        designs.requireOld();
        designs.repeat();
        host.sh("mkdir /tmp/kept && cp -a /etc/probe/. /tmp/kept/ && umount /etc/probe && rm -rf /etc/probe/*"
                + " && cp -a /tmp/kept/. /etc/probe/ && rm -r /tmp/kept");
        knownState = true;
    }

    @Test
    void aDirectoryThatCannotBeWrittenLeavesTheHostAsItWas() {
        host.sh("mount --bind /etc/probe /etc/probe && mount -o remount,ro,bind /etc/probe");

        DeployReport report = designs.move(new DeployEvents());

        host.sh("umount /etc/probe");
        assertThat(report.toString()).contains("Read-only file system").contains("Everything was put back");
        designs.requireOld();
        requireOldOrNewAndRepeat();
    }

    @Test
    void aUserWhoIsNotRootIsToldSo() {
        host.sh("""
                echo 'plain:x:4242:4242::/tmp/plain:/bin/sh' >>/etc/passwd
                echo 'plain:*:19000:0:99999:7:::' >>/etc/shadow
                mkdir -p /tmp/plain/.ssh && cp /root/.ssh/authorized_keys /tmp/plain/.ssh/ && chown -R 4242:4242 /tmp/plain
                """);
        SshTarget root = host.target();
        SshTarget plain =
                new SshTarget(root.host(), root.address(), root.port(), "plain", root.identity(), root.knownHosts());

        DeployReport report = new Deployer(host.deploying())
                .deploy(
                        List.of(new HostDeployment(plain, ProbeDesign.standard().artifacts("alpha"), Optional.empty())),
                        event -> {});

        assertThat(report.toString()).contains("logged in as plain").contains("the user root");
        designs.requireOld();
        knownState = true;
    }

    @Test
    void aHostThatFailsStopsTheNextWaveButNotItsOwn() {
        try (ProbeHost beta = ProbeHost.clean(lab.target("beta"))) {
            SshTarget nowhere = new SshTarget(
                    "gamma",
                    "127.0.0.1",
                    1,
                    "root",
                    host.target().identity(),
                    host.target().knownHosts());
            HostDeployment missing =
                    new HostDeployment(nowhere, ProbeDesign.standard().artifacts("gamma"), Optional.empty());

            DeployReport report = new Deployer(host.deploying())
                    .deployInWaves(
                            List.of(
                                    List.of(missing, beta.deployment(ProbeDesign.standard(), Optional.empty())),
                                    List.of(host.deployment(ProbeDesign.standard(), Optional.empty()))),
                            event -> {});

            assertThat(report.hosts()).extracting(HostReport::host).containsExactly("gamma", "beta", "alpha");
            assertThat(report.hosts().get(0).outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(report.hosts().get(1).outcome()).isInstanceOf(Outcome.Changed.class);
            assertThat(report.hosts().get(2).outcome()).isInstanceOf(Outcome.Skipped.class);
            designs.requireOld();
            knownState = true;
        }
    }

    @Test
    void aCancelledDeploymentSaysSoAndCanBeRepeated() throws Exception {
        CompletableFuture<DeployReport> report = new CompletableFuture<>();
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        DeployEvents events = new DeployEvents().at(Step.VALIDATE, () -> {
            inTheMiddle.countDown();
            // Until the interruption arrives.
            LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
        });
        Thread caller = Thread.startVirtualThread(() -> report.complete(designs.move(events)));
        await(inTheMiddle);

        caller.interrupt();

        Outcome.Failed failed = (Outcome.Failed)
                report.get(120, TimeUnit.SECONDS).hosts().getFirst().outcome();
        assertThat(failed.failure().failure()).isInstanceOf(DeployFailure.Cancelled.class);
        designs.requireOld();
        requireOldOrNewAndRepeat();
    }
}
