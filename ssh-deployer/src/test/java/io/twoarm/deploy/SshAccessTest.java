package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to a host that need a person, an agent or another host. */
class SshAccessTest {
    @TempDir
    Path directory;

    private LoopbackServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = LoopbackServer.start(Files.createDirectory(directory.resolve("server")));
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    /** A person who gives prepared answers and remembers what was asked. */
    private static final class Person implements SshPrompt {
        private final List<String> asked = new ArrayList<>();
        private final List<String> passphrases = new ArrayList<>();
        private boolean trusting;

        @Override
        public boolean trusts(DeployFailure.HostKeyUnknown found) {
            asked.add("trusts " + found.fingerprint());
            return trusting;
        }

        @Override
        public Optional<String> passphrase(Path identity, boolean again) {
            asked.add("passphrase" + (again ? " again" : ""));
            return passphrases.isEmpty() ? Optional.empty() : Optional.of(passphrases.removeFirst());
        }

        @Override
        public Optional<String> sudoPassword(String user, String host) {
            asked.add("sudo");
            return Optional.empty();
        }
    }

    private final Person person = new Person();

    private String hello(SshTarget target, Optional<AgentSocket> agent) {
        try (SshConnections connections = new SshConnections(SshLimits.STANDARD, person, agent)) {
            connections.open(target);
            return connections.openAnew(target).run("echo", "hello").orThrow().stdout();
        }
    }

    private DeployFailure refused(SshTarget target) {
        return catchThrowableOfType(DeployException.class, () -> hello(target, Optional.empty()))
                .failure();
    }

    @Test
    void aHostThatIsSeenForTheFirstTimeIsAskedForOnceAndThenKnown() throws Exception {
        Files.delete(server.knownHosts());
        person.trusting = true;

        assertThat(hello(server.target(), Optional.empty())).isEqualTo("hello\n");
        assertThat(hello(server.target(), Optional.empty())).isEqualTo("hello\n");

        assertThat(person.asked).hasSize(1);
        assertThat(Files.readString(server.knownHosts()))
                .isEqualTo(KnownHosts.line(
                                "127.0.0.1", server.port(), server.hostKey().getPublic()) + "\n");
    }

    @Test
    void aHostThatThePersonDoesNotTrustIsRefusedAndNotWrittenDown() {
        server.writeKnownHosts("# nobody\n");

        assertThat(refused(server.target())).isInstanceOf(DeployFailure.HostKeyUnknown.class);
        assertThat(server.knownHosts()).hasContent("# nobody\n");
    }

    @Test
    void aChangedHostKeyIsRefusedWithoutAsking() {
        server.trust(LoopbackServer.key("ssh-ed25519"));
        person.trusting = true;

        assertThat(refused(server.target())).isInstanceOf(DeployFailure.HostKeyChanged.class);
        assertThat(person.asked).isEmpty();
    }

    private void encrypt(Path file, String passphrase) throws Exception {
        KeyPair key = server.userKey();
        OpenSSHKeyEncryptionContext context = new OpenSSHKeyEncryptionContext();
        context.setPassword(passphrase);
        context.setCipherType("256");
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", context, out);
        }
    }

    @Test
    void thePassphraseOfAKeyIsAskedForOnceAndAgainWhenItIsWrong() throws Exception {
        encrypt(server.identity(), "right");
        person.passphrases.addAll(List.of("wrong", "right"));

        assertThat(hello(server.target(), Optional.empty())).isEqualTo("hello\n");

        assertThat(person.asked).containsExactly("passphrase", "passphrase again");
    }

    @Test
    void threeWrongPassphrasesAreEnough() throws Exception {
        encrypt(server.identity(), "right");
        person.passphrases.addAll(List.of("1", "2", "3", "right"));

        assertThat(refused(server.target()))
                .isInstanceOfSatisfying(
                        DeployFailure.IdentityUnusable.class,
                        failure -> assertThat(failure.cause()).isEqualTo("the passphrase is wrong"));
    }

    @Test
    void theKeyOfAnAgentIsUsedWhenTheFileIsMissing() throws Exception {
        Path socket = directory.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Waiting.until("the agent listens", () -> Files.exists(socket));
            Files.setPosixFilePermissions(
                    server.identity(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            ProcessBuilder add =
                    new ProcessBuilder("ssh-add", "-q", server.identity().toString()).inheritIO();
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertThat(add.start().waitFor()).as("ssh-add").isZero();
            Files.delete(server.identity());

            assertThat(hello(server.target(), Optional.of(AgentSocket.at(socket))))
                    .isEqualTo("hello\n");
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    private LoopbackServer jumpHost() throws Exception {
        return LoopbackServer.start(Files.createDirectory(directory.resolve("jump")));
    }

    private SshTarget through(LoopbackServer jump) {
        SshTarget target = server.target();
        return new SshTarget(
                target.host(),
                target.address(),
                target.port(),
                target.user(),
                target.identity(),
                target.knownHosts(),
                Optional.of(jump.target()));
    }

    @Test
    void aHostBehindAJumpHostIsReachedThroughIt() throws Exception {
        try (LoopbackServer jump = jumpHost()) {
            assertThat(hello(through(jump), Optional.empty())).isEqualTo("hello\n");

            assertThat(jump.sessions).as("logins on the jump host").hasSize(1);
        }
    }

    @Test
    void everyHopIsVerifiedUnderItsOwnName() throws Exception {
        try (LoopbackServer jump = jumpHost()) {
            server.trust(LoopbackServer.key("ssh-ed25519"));
            assertThat(refused(through(jump)))
                    .isInstanceOfSatisfying(
                            DeployFailure.HostKeyChanged.class,
                            failure -> assertThat(failure.port()).isEqualTo(server.port()));

            server.trust(server.hostKey());
            jump.trust(LoopbackServer.key("ssh-ed25519"));
            assertThat(refused(through(jump)))
                    .isInstanceOfSatisfying(
                            DeployFailure.HostKeyChanged.class,
                            failure -> assertThat(failure.port()).isEqualTo(jump.port()));
        }
    }
}
