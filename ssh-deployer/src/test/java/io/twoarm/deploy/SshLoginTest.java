package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SshLoginTest {
    @TempDir
    Path directory;

    private LoopbackServer server;
    private SshConnections connections;

    @BeforeEach
    void start() throws Exception {
        server = LoopbackServer.start(directory, "ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa");
        Duration patient = Duration.ofSeconds(60);
        connections = new SshConnections(new SshLimits(patient, patient, patient, Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() throws Exception {
        connections.close();
        server.close();
    }

    private DeployException refused(SshTarget target) {
        DeployException e = catchThrowableOfType(DeployException.class, () -> connections.open(target));
        assertThat(e).as("the connection is refused").isNotNull();
        assertThat(e.getMessage().lines().count()).as("fits on a screen").isLessThanOrEqualTo(20);
        return e;
    }

    @Test
    void aKnownHostLetsTheKeyIn() {
        assertThat(connections.open(server.target()).run("true").succeeded()).isTrue();
    }

    @Test
    void anUnknownHostIsRefusedWithItsFingerprintAndTheLineToAdd() {
        server.writeKnownHosts("# nobody yet\n");

        DeployException e = refused(server.target());

        assertThat(e.failure()).isInstanceOf(DeployFailure.HostKeyUnknown.class);
        assertThat(e)
                .hasMessageContaining("director1")
                .hasMessageContaining(server.knownHosts().toString());
        assertThat(e).hasMessageContaining("SHA256:");
        String line = ((DeployFailure.HostKeyUnknown) e.failure()).line();
        assertThat(e).hasMessageContaining(line);
        server.writeKnownHosts(line + "\n");
        assertThat(connections.open(server.target()).run("true").succeeded()).isTrue();
    }

    @Test
    void aHostKnownUnderAnotherPortIsUnknown() {
        server.writeKnownHosts(
                KnownHosts.line(LoopbackServer.ADDRESS, 22, server.hostKey().getPublic()));

        assertThat(refused(server.target()).failure()).isInstanceOf(DeployFailure.HostKeyUnknown.class);
    }

    @Test
    void aChangedHostKeyIsRefusedWithBothFingerprintsAndTheLine() {
        KeyPair old = LoopbackServer.key("ssh-ed25519");
        server.trust(old);

        DeployException e = refused(server.target());

        assertThat(e.failure()).isInstanceOf(DeployFailure.HostKeyChanged.class);
        assertThat(e)
                .hasMessageContaining("HAS CHANGED")
                .hasMessageContaining(KeyUtils.getFingerPrint(old.getPublic()))
                .hasMessageContaining(KeyUtils.getFingerPrint(server.hostKey().getPublic()))
                .hasMessageContaining("line 2")
                .hasMessageContaining(
                        "ssh-keygen -f '" + server.knownHosts() + "' -R '[127.0.0.1]:" + server.port() + "'");
    }

    @Test
    void aRevokedKeyIsRefused() {
        server.writeKnownHosts("@revoked "
                + KnownHosts.line(
                        LoopbackServer.ADDRESS, server.port(), server.hostKey().getPublic()));

        assertThat(refused(server.target()).failure()).isInstanceOf(DeployFailure.HostKeyRevoked.class);
    }

    @Test
    void theServerIsAskedForTheKeyTypeThatIsKnown() throws Exception {
        try (LoopbackServer other = LoopbackServer.start(directory, "ssh-rsa", "ssh-ed25519", "ecdsa-sha2-nistp256")) {
            assertThat(connections.open(other.target()).run("true").succeeded()).isTrue();
        }
    }

    @Test
    void hashedNamesAreUnderstood() throws Exception {
        Process hash = new ProcessBuilder(
                        "ssh-keygen", "-H", "-f", server.knownHosts().toString())
                .redirectErrorStream(true)
                .start();
        assertThat(hash.waitFor())
                .as("ssh-keygen (apt-get install openssh-client)")
                .isZero();
        assertThat(Files.readString(server.knownHosts())).contains("|1|").doesNotContain(LoopbackServer.ADDRESS);

        assertThat(connections.open(server.target()).run("true").succeeded()).isTrue();
    }

    @Test
    void aBrokenKnownHostsFileNamesItsLine() {
        server.writeKnownHosts("# first\n\n127.0.0.1 ssh-ed25519 not-a-key\n");

        DeployException e = refused(server.target());

        assertThat(e.failure()).isInstanceOf(DeployFailure.KnownHostsUnusable.class);
        assertThat(e).hasMessageContaining("line 3");
    }

    @Test
    void aMissingKnownHostsFileIsNamed() throws Exception {
        Files.delete(server.knownHosts());

        assertThat(refused(server.target())).hasMessageContaining(server.knownHosts() + ": it does not exist");
    }

    @Test
    void aKeyThatTheHostDoesNotAcceptIsNamed() {
        LoopbackServer.writeKey(LoopbackServer.key("ssh-ed25519"), server.identity());

        DeployException e = refused(server.target());

        assertThat(e.failure()).isInstanceOf(DeployFailure.AuthenticationFailed.class);
        assertThat(e).hasMessageContaining("root").hasMessageContaining("authorized_keys");
    }

    @Test
    void anEncryptedKeyIsExplained() throws Exception {
        OpenSSHKeyEncryptionContext passphrase = new OpenSSHKeyEncryptionContext();
        passphrase.setPassword("secret");
        passphrase.setCipherType("256");
        try (OutputStream out = Files.newOutputStream(server.identity())) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    LoopbackServer.key("ssh-ed25519"), "test", passphrase, out);
        }

        DeployException e = refused(server.target());

        assertThat(e.failure()).isInstanceOf(DeployFailure.IdentityUnusable.class);
        assertThat(e).hasMessageContaining("passphrase").hasMessageContaining("ssh-keygen -p");
    }

    @Test
    void aMissingOrForeignKeyFileIsNamed() throws Exception {
        Files.writeString(server.identity(), "not a key", StandardCharsets.UTF_8);
        assertThat(refused(server.target()).failure()).isInstanceOf(DeployFailure.IdentityUnusable.class);

        Files.delete(server.identity());
        assertThat(refused(server.target())).hasMessageContaining("does not exist");
    }

    @Test
    void aPortWhereNobodyListensIsRefused() throws Exception {
        server.close();

        DeployException e = refused(server.target());

        assertThat(e.failure()).isInstanceOf(DeployFailure.ConnectionRefused.class);
        assertThat(e).hasMessageContaining("127.0.0.1");
    }

    @Test
    void aNameWithoutAnAddressIsUnreachable() {
        SshTarget target =
                new SshTarget("rs1", "no-such-host.invalid", 22, "root", server.identity(), server.knownHosts());

        assertThat(refused(target).failure()).isInstanceOf(DeployFailure.HostUnreachable.class);
    }

    @Test
    void aListenerThatNeverAnswersIsGivenUpAfterTheLimit() throws Exception {
        Duration limit = Duration.ofSeconds(5);
        connections.close();
        connections = new SshConnections(new SshLimits(limit, limit, limit, limit));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            DeployException e = refused(at(silent));

            assertThat(e.failure()).isInstanceOf(DeployFailure.TimedOut.class);
            assertThat(e).hasMessageContaining("5 s");
        }
    }

    @Test
    void aListenerThatSpeaksNoSshIsNamed() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread.startVirtualThread(() -> {
                try (Socket socket = web.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(refused(at(web)).failure()).isInstanceOf(DeployFailure.ProtocolFailed.class);
        }
    }

    private SshTarget at(ServerSocket socket) {
        return new SshTarget(
                "director1", "127.0.0.1", socket.getLocalPort(), "root", server.identity(), server.knownHosts());
    }
}
