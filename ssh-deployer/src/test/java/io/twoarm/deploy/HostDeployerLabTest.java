package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.deploy.DeployReport.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a deployment does to a host with a real systemd and OpenSSH. */
@Tag("lab")
@Timeout(600)
class HostDeployerLabTest {
    private static LabHosts lab;

    @TempDir
    Path directory;

    private ProbeHost host;

    @BeforeAll
    static void startLab() {
        lab = LabHosts.start("t-deploy");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        host = ProbeHost.clean(lab.target("alpha"));
    }

    @AfterEach
    void disconnect() {
        host.close();
    }

    @Test
    void aFreshHostBecomesAsDesigned() {
        DeployEvents events = new DeployEvents();

        DeployReport report = host.deploy(ProbeDesign.standard(), events);

        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(events.detail(Step.COMPARE)).startsWith("5 of 5 files differ");
        assertThat(events.detail(Step.VERIFY)).isEqualTo("5 files as designed, 2 units up");
        HostState state = host.state();
        assertThat(state.lines())
                .contains("f 640 root  /etc/probe/one.conf")
                .contains("Id=probe-one.service LoadState=loaded ActiveState=active UnitFileState=enabled")
                .contains("Id=probe-two.service LoadState=loaded ActiveState=active UnitFileState=enabled");
        assertThat(state.leftovers()).isEmpty();
        assertThat(host.read("/etc/probe/one.conf")).isEqualTo("first\n");
    }

    @Test
    void aSecondDeploymentChangesNothingAndSaysSo() {
        host.deployed(ProbeDesign.standard());
        HostState before = host.state();
        DeployEvents events = new DeployEvents();

        DeployReport report = host.deploy(ProbeDesign.standard(), events);

        assertThat(report.changedNothing()).isTrue();
        assertThat(events.detail(Step.COMPARE)).isEqualTo("nothing to do: 0 of 5 files differ");
        assertThat(events.started(Step.STAGE)).isFalse();
        assertThat(events.all().getLast())
                .isInstanceOfSatisfying(
                        DeployEvent.HostFinished.class,
                        finished -> assertThat(finished.changed()).isFalse());
        assertThat(host.state()).isEqualTo(before);
    }

    @Test
    void oneChangedFileRestartsOnlyItsUnit() {
        host.deployed(ProbeDesign.standard());
        HostState before = host.state();

        DeployReport report = host.deploy(ProbeDesign.standard().service("two", "second"), new DeployEvents());

        assertThat(report.hosts().getFirst().outcome())
                .isEqualTo(new Outcome.Changed(List.of("/etc/probe/two.conf"), List.of("restart probe-two.service")));
        HostState after = host.state();
        assertThat(after.run("probe-one.service")).isEqualTo(before.run("probe-one.service"));
        assertThat(after.run("probe-two.service")).isNotEqualTo(before.run("probe-two.service"));
    }

    @Test
    void aFileThatNoUnitReadsRestartsNothing() {
        host.deployed(ProbeDesign.standard());
        HostState before = host.state();

        host.deployed(ProbeDesign.standard().file("/etc/probe/notes", "other\n"));

        assertThat(host.state().runs()).isEqualTo(before.runs());
        assertThat(host.read("/etc/probe/notes")).isEqualTo("other\n");
    }

    @Test
    void aUnitThatCanReloadKeepsRunning() {
        host.deployed(ProbeDesign.standard().reloading());
        HostState before = host.state();

        DeployReport report =
                host.deploy(ProbeDesign.standard().reloading().service("two", "second"), new DeployEvents());

        assertThat(report.hosts().getFirst().outcome())
                .isEqualTo(new Outcome.Changed(
                        List.of("/etc/probe/two.conf"), List.of("reload-or-restart probe-two.service")));
        assertThat(host.state().runs()).isEqualTo(before.runs());
    }

    @Test
    void aChangedUnitFileRestartsItsUnitEvenIfItCanReload() {
        host.deployed(ProbeDesign.standard());

        DeployReport report = host.deploy(ProbeDesign.standard().reloading(), new DeployEvents());

        assertThat(report.hosts().getFirst().outcome())
                .isEqualTo(new Outcome.Changed(
                        List.of("/etc/systemd/system/probe-one.service", "/etc/systemd/system/probe-two.service"),
                        List.of("restart probe-one.service", "restart probe-two.service")));
    }

    @Test
    void whatWasChangedByHandIsPutRight() {
        host.deployed(ProbeDesign.standard());
        HostState before = host.state();
        host.sh(
                "echo other >/etc/probe/one.conf; chmod 777 /etc/probe/notes; systemctl stop probe-two; systemctl disable probe-two");

        DeployReport report = host.deploy(ProbeDesign.standard(), new DeployEvents());

        assertThat(report.hosts().getFirst().outcome())
                .isEqualTo(new Outcome.Changed(
                        List.of("/etc/probe/one.conf", "/etc/probe/notes"),
                        List.of("restart probe-one.service", "start probe-two.service")));
        assertThat(host.state().lines()).isEqualTo(before.lines());
    }

    @Test
    void whatIsNoLongerWantedGoesAway() {
        host.deployed(ProbeDesign.standard());

        DeployReport report = host.deploy(ProbeDesign.standard().withoutService("two"), new DeployEvents());

        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(host.state().lines())
                .doesNotContain("two.conf")
                .doesNotContain("multi-user.target.wants/probe-two.service")
                .contains("Id=probe-two.service LoadState=not-found ActiveState=inactive");
    }

    @Test
    void refusedFilesLeaveTheHostUntouched() {
        host.deployed(ProbeDesign.standard());
        HostState before = host.state();

        DeployException failure = host.refused(ProbeDesign.standard().service("one", "refused"), Step.VALIDATE);

        assertThat(failure.failure()).isInstanceOf(DeployFailure.ValidationFailed.class);
        assertThat(failure)
                .hasMessageContaining("the probe understands its file")
                .hasMessageMatching("(?s).*judging /var/lib/twoarm/staging/\\S+/etc/probe/one.conf.*");
        host.deployed(ProbeDesign.standard());
        assertThat(host.state()).isEqualTo(before);
    }

    @Test
    void aServiceThatDoesNotStartBringsTheOldOneBack() {
        host.deployed(ProbeDesign.standard());
        HostState before = host.state();

        DeployException failure = host.refused(
                ProbeDesign.standard()
                        .service("one", "second")
                        .service("two", "broken")
                        .service("three", "new"),
                Step.APPLY);

        assertThat(failure.failure())
                .isInstanceOfSatisfying(
                        DeployFailure.ChangeFailed.class,
                        f -> assertThat(f.restored()).isTrue());
        assertThat(failure)
                .hasMessageContaining("probe-two.service did not restart")
                .hasMessageContaining("cannot work like this")
                .hasMessageContaining("Everything was put back");
        HostState after = host.state();
        assertThat(after.lines()).isEqualTo(before.lines());
        assertThat(host.read("/etc/probe/two.conf")).isEqualTo("first\n");
        host.deployed(ProbeDesign.standard().service("two", "third"));
    }

    @Test
    void whatCannotBePutBackIsSaidAndTriedAgain() {
        ProbeDesign needy = ProbeDesign.standard()
                .file(
                        "/etc/systemd/system/probe-one.service.d/needy.conf",
                        "[Service]\nExecStartPre=/usr/bin/test -e /run/needed\n");
        host.sh("touch /run/needed");
        host.deployed(needy);
        HostState before = host.state();
        host.sh("rm /run/needed");

        DeployException failure = host.refused(needy.service("one", "second"), Step.APPLY);

        assertThat(failure.failure())
                .isInstanceOfSatisfying(
                        DeployFailure.ChangeFailed.class,
                        f -> assertThat(f.restored()).isFalse());
        assertThat(failure).hasMessageContaining("PUTTING BACK FAILED TOO");
        assertThat(host.read("/etc/probe/one.conf")).isEqualTo("first\n");

        host.sh("touch /run/needed");
        DeployEvents events = new DeployEvents();
        DeployReport report = host.deploy(needy.service("one", "first"), events);
        assertThat(report.changedNothing()).as(report.toString()).isTrue();
        assertThat(events.all().toString()).contains("left half-way; it is now restored");
        assertThat(host.state().lines()).isEqualTo(before.lines());
    }

    @Test
    void aFirstDeploymentThatFailsLeavesNothing() {
        HostState before = host.state();

        host.refused(ProbeDesign.standard().service("two", "broken"), Step.APPLY);

        assertThat(host.state().lines()).isEqualTo(before.lines());
    }

    @Test
    void aServiceThatDiesRightAfterItsStartIsNoticed() {
        host.deployed(ProbeDesign.standard());
        HostState before = host.state();
        ProbeDesign dying = ProbeDesign.standard()
                .file(
                        "/etc/systemd/system/probe-one.service.d/dying.conf",
                        "[Service]\nType=simple\nExecStart=\nExecStart=/bin/sh -c 'echo farewell; sleep 0.2; exit 3'\n");

        DeployException failure = host.refused(dying, Step.APPLY);

        assertThat(failure)
                .hasMessageContaining("probe-one.service did not stay up")
                .hasMessageContaining("farewell");
        assertThat(host.state().lines()).isEqualTo(before.lines());
    }

    @Test
    void theDaemonIsSentOnceAndSwitchedAsOne() throws Exception {
        Path first = TestBundle.write(directory.resolve("first.tar.gz"), "first");
        Path second = TestBundle.write(directory.resolve("second.tar.gz"), "second");
        ProbeDesign design = ProbeDesign.empty().withDaemon();
        DeployEvents events = new DeployEvents();
        host.deployed(design, first, events);
        assertThat(events.detail(Step.BUNDLE)).startsWith("sent ");
        assertThat(host.sh("/opt/twoarm/director/current/bin/twoarm-director name"))
                .isEqualTo("first\n");

        DeployEvents again = new DeployEvents();
        host.deployed(design, first, again);
        assertThat(again.detail(Step.BUNDLE)).endsWith("is there");
        String run = host.state().run("probe-daemon.service");

        host.deployed(design, second, new DeployEvents());
        assertThat(host.sh("/opt/twoarm/director/current/bin/twoarm-director name"))
                .isEqualTo("second\n");
        assertThat(host.state().run("probe-daemon.service")).isNotEqualTo(run);
        assertThat(host.sh("ls /opt/twoarm/director").lines()).hasSize(3);

        Path third = TestBundle.write(directory.resolve("third.tar.gz"), "third");
        host.deployed(design, third, new DeployEvents());
        assertThat(host.sh("ls /opt/twoarm/director").lines())
                .as("those of the last changes, for a rollback, and current")
                .hasSize(4)
                .contains(
                        "current",
                        host.sh("readlink /opt/twoarm/director/current").strip());
        assertThat(host.state().leftovers()).isEmpty();
    }

    @Test
    void aDaemonThatCannotRunHereIsRefusedWhileTheOldOneRuns() throws Exception {
        ProbeDesign design = ProbeDesign.empty().withDaemon();
        host.deployed(design, TestBundle.write(directory.resolve("good.tar.gz"), "good"), new DeployEvents());
        HostState before = host.state();

        DeployReport report = host.deploy(
                design, Optional.of(TestBundle.write(directory.resolve("bad.tar.gz"), "bad")), new DeployEvents());

        assertThat(report.succeeded()).isFalse();
        assertThat(report.toString()).contains("the daemon runs here").contains("bad cannot run");
        assertThat(host.state().runs()).isEqualTo(before.runs());
        assertThat(host.sh("/opt/twoarm/director/current/bin/twoarm-director name"))
                .isEqualTo("good\n");
    }

    @Test
    void anArchiveWithoutTheDaemonIsRefused() throws Exception {
        Path archive = TestBundle.writeEmpty(directory.resolve("empty.tar.gz"));

        DeployReport report = host.deploy(ProbeDesign.empty().withDaemon(), Optional.of(archive), new DeployEvents());

        assertThat(report.toString()).contains("cannot be used").contains("bin/twoarm-director");
        assertThat(host.sh("ls -A /opt/twoarm/director")).isEmpty();
    }

    @Test
    void aChangeCanBeTakenBackByHand() {
        host.deployed(ProbeDesign.standard());
        String before = host.state().lines();
        host.deployed(ProbeDesign.standard()
                .service("one", "second")
                .withoutService("two")
                .service("three", "new"));

        String journal = host.sh("ls -d /var/lib/twoarm/journal/* | tail -n 1").strip();
        assertThat(host.sh("sh " + journal + "/rollback")).isEqualTo("restored\n");

        assertThat(host.state().lines()).isEqualTo(before);
        assertThat(host.read("/etc/probe/one.conf")).isEqualTo("first\n");
    }

    @Test
    void aMissingPackageThatCannotBeInstalledIsExplained() {
        HostState before = host.state();

        DeployException failure =
                host.refused(ProbeDesign.standard().aPackage("no-such-package-anywhere"), Step.PACKAGES);

        assertThat(failure.failure()).isInstanceOf(DeployFailure.PackagesMissing.class);
        assertThat(failure).hasMessageContaining("no-such-package-anywhere").hasMessageContaining("fix: ");
        assertThat(host.state().lines()).isEqualTo(before.lines());
    }

    @Test
    void aPackageThatIsThereIsNotTouched() {
        DeployEvents events = new DeployEvents();

        host.deploy(ProbeDesign.standard().aPackage("coreutils"), events);

        assertThat(events.detail(Step.PACKAGES)).isEqualTo("1 package wanted, none missing");
    }

    @Test
    void aLoginShellThatPrintsSomethingDoesNotConfuse() {
        host.sh(
                "cp -a /root/.bashrc /root/.bashrc.kept 2>/dev/null; sed -i '1i echo \"Welcome home\"' /root/.bashrc 2>/dev/null"
                        + " || echo 'echo \"Welcome home\"' >/root/.bashrc");
        try {
            assertThat(host.deploying().open(host.target()).run("true").stdout())
                    .as("the host's shell is noisy")
                    .contains("Welcome home");

            assertThat(host.deploy(ProbeDesign.standard(), new DeployEvents()).succeeded())
                    .isTrue();
        } finally {
            host.sh("rm -f /root/.bashrc; mv /root/.bashrc.kept /root/.bashrc 2>/dev/null || true");
        }
    }

    @Test
    void aDirectoryInTheWayIsNamedBeforeAnythingIsSent() {
        host.sh("mkdir -p /etc/probe/notes");

        DeployException failure = host.refused(ProbeDesign.standard(), Step.FACTS);

        assertThat(failure).hasMessageContaining("/etc/probe/notes is a directory");
    }
}
