package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Hosts go back to any deployment that they remember. */
@Tag("lab")
@Timeout(600)
class RollbackLabTest {
    private static LabHosts lab;

    @TempDir
    Path directory;

    private ProbeHost alpha;
    private ProbeHost beta;

    @BeforeAll
    static void startLab() {
        lab = LabHosts.start("t-rollback");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        alpha = ProbeHost.clean(lab.target("alpha"));
        beta = ProbeHost.clean(lab.target("beta"));
    }

    @AfterEach
    void disconnect() {
        alpha.close();
        beta.close();
    }

    private Deployer deployer() {
        return new Deployer(alpha.deploying());
    }

    private void deploy(HostDeployment... hosts) {
        DeployReport report = deployer().deploy(List.of(hosts), event -> {});
        assertThat(report.succeeded()).as(report.toString()).isTrue();
    }

    private DeployReport rollback(Optional<String> to) {
        return deployer().rollback(List.of(List.of(alpha.target()), List.of(beta.target())), to, event -> {});
    }

    private List<PastChange> history(ProbeHost host) {
        return deployer().history(List.of(host.target())).getFirst().changes();
    }

    @Test
    void everyEarlierDeploymentCanBeGoneBackToWithItsFilesUnitsAndDaemon() throws Exception {
        Path first = TestBundle.write(directory.resolve("first.tar.gz"), "first");
        Path second = TestBundle.write(directory.resolve("second.tar.gz"), "second");
        deploy(alpha.deployment(ProbeDesign.standard().withDaemon(), Optional.of(first)));
        String oldest = alpha.state().lines();
        deploy(alpha.deployment(
                ProbeDesign.standard().withDaemon().service("one", "second").withoutService("two"),
                Optional.of(second)));
        deploy(alpha.deployment(ProbeDesign.standard().service("three", "new"), Optional.empty()));
        String latest = alpha.state().lines();
        List<PastChange> past = history(alpha);

        DeployReport report = rollback(Optional.of(past.getFirst().id()));

        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(withoutDaemons(alpha.state().lines())).isEqualTo(withoutDaemons(oldest));
        assertThat(history(alpha).getLast().what())
                .isEqualTo("rollback to " + past.getFirst().id());

        assertThat(rollback(Optional.empty()).succeeded()).isTrue();
        assertThat(withoutDaemons(alpha.state().lines())).isEqualTo(withoutDaemons(latest));
    }

    /** Daemons that are not in use may stay. */
    private static String withoutDaemons(String lines) {
        return lines.lines()
                .filter(line -> !line.contains("/opt/twoarm/director/") || line.endsWith("/current"))
                .reduce("", (text, line) -> text + line + "\n");
    }

    @Test
    void aRollbackTakesEveryHostToWhatItWasAfterThatDeployment() {
        deploy(
                alpha.deployment(ProbeDesign.standard(), Optional.empty()),
                beta.deployment(ProbeDesign.standard(), Optional.empty()));
        String first = history(alpha).getLast().id();
        deploy(beta.deployment(ProbeDesign.standard().service("two", "second"), Optional.empty()));
        deploy(
                alpha.deployment(ProbeDesign.standard().service("one", "third"), Optional.empty()),
                beta.deployment(ProbeDesign.standard().service("two", "third"), Optional.empty()));

        // Alpha was not changed by the one before the latest.
        assertThat(rollback(Optional.empty()).succeeded()).isTrue();
        assertThat(alpha.read("/etc/probe/one.conf")).isEqualTo("first\n");
        assertThat(beta.read("/etc/probe/two.conf")).isEqualTo("second\n");

        assertThat(rollback(Optional.of(first)).succeeded()).isTrue();
        assertThat(beta.read("/etc/probe/two.conf")).isEqualTo("first\n");
        assertThat(rollback(Optional.of(first)).changedNothing()).isTrue();
    }

    @Test
    void theHistoryTellsWhatWasDoneByWhomAndWhatWasTakenBack() {
        alpha.deployed(ProbeDesign.standard());
        alpha.deploy(ProbeDesign.standard().service("two", "broken"), event -> {});

        List<PastChange> past = history(alpha);

        assertThat(past).extracting(PastChange::result).containsExactly("committed", "restored");
        assertThat(past.getFirst().steps()).contains("put /etc/probe/one.conf 640", "start probe-two.service");
        assertThat(past.getFirst().owner()).contains(System.getProperty("user.name"));
        assertThat(past.getLast().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("probe-two.service did not restart"));
    }

    @Test
    void withoutAnEarlierDeploymentThereIsNoRollback() {
        alpha.deployed(ProbeDesign.standard());

        assertThatThrownBy(() -> rollback(Optional.empty()))
                .hasMessageContaining("no deployment before the latest one");
        assertThatThrownBy(() -> rollback(Optional.of("1999")))
                .hasMessageContaining("no deployment begins with 1999")
                .hasMessageContaining(history(alpha).getFirst().id());
    }

    @Test
    void aHostThatForgotThatTimeRefusesBeforeAnythingIsChanged() {
        deploy(
                alpha.deployment(ProbeDesign.standard(), Optional.empty()),
                beta.deployment(ProbeDesign.standard(), Optional.empty()));
        String first = history(alpha).getLast().id();
        alpha.deployed(ProbeDesign.standard().service("one", "second"));
        beta.deployed(ProbeDesign.standard().service("one", "second"));
        beta.sh("rm -r /var/lib/twoarm/journal/" + first + "; echo " + first + " >/var/lib/twoarm/journal/.forgotten");

        assertThatThrownBy(() -> rollback(Optional.of(first)))
                .hasMessageContaining("beta: no rollback: it no longer remembers");
        assertThat(alpha.read("/etc/probe/one.conf")).isEqualTo("second\n");
    }
}
