package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployEvent.Step;
import io.twoarm.deploy.DeployReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A lab host as a deployment's target, with a second connection for looking at it and for doing it harm. */
final class ProbeHost implements AutoCloseable {
    private static final String CLEAN = """
            systemctl stop 'twoarm-apply-*' 'probe-*.service'
            umount /small /etc/probe
            rm -rf /etc/probe /etc/sysctl.d/60-probe.conf /small /opt/twoarm /var/lib/twoarm /etc/systemd/system/probe-* \
                /etc/systemd/system/multi-user.target.wants/probe-*
            systemctl daemon-reload
            systemctl reset-failed
            true
            """;

    private final SshTarget target;
    private final SshConnections deploying = new SshConnections();
    private final SshConnections watching = new SshConnections();

    private ProbeHost(SshTarget target) {
        this.target = target;
    }

    static ProbeHost clean(SshTarget target) {
        ProbeHost host = new ProbeHost(target);
        host.sh(CLEAN);
        return host;
    }

    SshTarget target() {
        return target;
    }

    /** The connections that deployments of this host use. */
    SshConnections deploying() {
        return deploying;
    }

    HostDeployment deployment(ProbeDesign design, Optional<Path> bundle) {
        return new HostDeployment(target, design.artifacts(target.host()), bundle);
    }

    DeployReport deploy(ProbeDesign design, Consumer<DeployEvent> events) {
        return deploy(design, Optional.empty(), events);
    }

    DeployReport deploy(ProbeDesign design, Optional<Path> bundle, Consumer<DeployEvent> events) {
        return new Deployer(deploying).deploy(List.of(deployment(design, bundle)), events);
    }

    void deployed(ProbeDesign design) {
        DeployReport report = deploy(design, event -> {});
        assertThat(report.succeeded()).as(report.toString()).isTrue();
    }

    void deployed(ProbeDesign design, Path bundle, Consumer<DeployEvent> events) {
        DeployReport report = deploy(design, Optional.of(bundle), events);
        assertThat(report.succeeded()).as(report.toString()).isTrue();
    }

    /** The failure of a deployment that is expected to fail in a step. */
    DeployException refused(ProbeDesign design, Step step) {
        return refused(design, step, event -> {});
    }

    DeployException refused(ProbeDesign design, Step step, Consumer<DeployEvent> events) {
        DeployReport report = deploy(design, events);
        Outcome outcome = report.hosts().getFirst().outcome();
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        Outcome.Failed failed = (Outcome.Failed) outcome;
        assertThat(failed.step()).as(failed.failure().getMessage()).isEqualTo(step);
        return failed.failure();
    }

    String sh(String script) {
        return watching.open(target).script(script).orThrow().stdout();
    }

    String read(String path) {
        return new String(watching.open(target).readFile(path, 1 << 20), StandardCharsets.UTF_8);
    }

    /** Restarts without a goodbye to anything that runs, and waits until the host is up again. */
    void reboot() {
        String boot = "cut -d' ' -f22 /proc/1/stat";
        String earlier = sh(boot);
        try {
            sh("systemctl --force --force reboot");
        } catch (DeployException e) {
            assertThat(e.failure())
                    .isInstanceOfAny(DeployFailure.ConnectionLost.class, DeployFailure.CommandFailed.class);
        }
        Waiting.until("the host is up again", () -> {
            try {
                return !sh(boot).equals(earlier)
                        && sh("systemctl is-system-running --wait || true").matches("(?s)(running|degraded).*");
            } catch (DeployException e) {
                return false;
            }
        });
    }

    HostState state() {
        return HostState.of(watching.open(target));
    }

    @Override
    public void close() {
        deploying.close();
        watching.close();
    }
}
