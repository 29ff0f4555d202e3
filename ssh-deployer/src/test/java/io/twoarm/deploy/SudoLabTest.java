package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Deployments by a user who becomes root with a real sudo. */
@Tag("lab")
@Timeout(600)
class SudoLabTest {
    private static final String PASSWORD = "correct horse";

    private static LabHosts lab;

    private ProbeHost host;

    @BeforeAll
    static void startLab() {
        assertThat(Path.of("/usr/bin/sudo"))
                .as("sudo; install it with: apt-get install sudo")
                .exists();
        lab = LabHosts.start("t-sudo");
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    @BeforeEach
    void connect() {
        host = ProbeHost.clean(lab.target("alpha"));
        host.sh("""
                sed -i /^plain:/d /etc/passwd /etc/shadow
                echo 'plain:x:4242:4242::/tmp/plain:/bin/sh' >>/etc/passwd
                echo "plain:$(openssl passwd -6 'correct horse'):19000:0:99999:7:::" >>/etc/shadow
                mkdir -p /tmp/plain/.ssh /etc/sudoers.d && cp /root/.ssh/authorized_keys /tmp/plain/.ssh/
                chown -R 4242:4242 /tmp/plain
                printf 'Defaults secure_path=/usr/sbin:/usr/bin\n@includedir /etc/sudoers.d\n' >/etc/sudoers
                chmod 0440 /etc/sudoers
                """);
    }

    @AfterEach
    void disconnect() {
        host.close();
    }

    private SshTarget plain() {
        SshTarget root = host.target();
        return new SshTarget(root.host(), root.address(), root.port(), "plain", root.identity(), root.knownHosts());
    }

    private DeployReport deploy(Optional<String> password) {
        SshPrompt person = new SshPrompt() {
            @Override
            public boolean trusts(DeployFailure.HostKeyUnknown found) {
                return false;
            }

            @Override
            public Optional<String> passphrase(Path identity, boolean again) {
                return Optional.empty();
            }

            @Override
            public Optional<String> sudoPassword(String user, String name) {
                return password;
            }
        };
        try (SshConnections connections = new SshConnections(SshLimits.STANDARD, person)) {
            return new Deployer(connections)
                    .deploy(
                            List.of(new HostDeployment(
                                    plain(), ProbeDesign.standard().artifacts("alpha"), Optional.empty())),
                            event -> {});
        }
    }

    @Test
    void aUserWhomSudoAsksForNothingDeploys() {
        host.sh("echo 'plain ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/plain");

        assertThat(deploy(Optional.empty()).succeeded()).isTrue();
        assertThat(host.read("/etc/probe/one.conf")).isEqualTo("first\n");
    }

    @Test
    void aUserWithAPasswordDeploysAndThePasswordIsInNoProcessListAndNoLog() {
        host.sh("echo 'plain ALL=(ALL) ALL' >/etc/sudoers.d/plain");

        DeployReport report = deploy(Optional.of(PASSWORD));

        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(host.read("/etc/probe/one.conf")).isEqualTo("first\n");
        assertThat(host.sh("journalctl --no-pager -q | grep -c 'correct horse' || true"))
                .isEqualTo("0\n");
        assertThat(host.sh("grep -rl 'correct horse' /var/lib/twoarm /etc/probe || true"))
                .isEmpty();
    }

    @Test
    void aWrongPasswordAndAUserWithoutRightsAreToldWhatIsNeeded() {
        host.sh("echo 'plain ALL=(ALL) ALL' >/etc/sudoers.d/plain");
        assertThat(deploy(Optional.of("wrong")).toString())
                .contains("logged in as plain")
                .contains("sudo");

        host.sh("rm /etc/sudoers.d/plain");
        assertThat(deploy(Optional.empty()).toString())
                .contains("logged in as plain")
                .contains("sudo");
    }
}
