package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.ConnectionDiagnosis.Check;
import io.twoarm.deploy.ConnectionDiagnosis.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class ConnectionDoctorTest {
    @TempDir
    Path directory;

    private LoopbackServer server;

    @BeforeEach
    void start() throws Exception {
        server = LoopbackServer.start(Files.createDirectory(directory.resolve("server")));
        Files.setPosixFilePermissions(server.identity(), PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static ConnectionDiagnosis examine(SshTarget target) {
        try (SshConnections connections = new SshConnections(SshLimits.STANDARD, SshPrompt.NOBODY, Optional.empty())) {
            return ConnectionDoctor.examine(connections, target);
        }
    }

    private static Check check(ConnectionDiagnosis diagnosis, String name) {
        return diagnosis.checks().stream()
                .filter(check -> check.name().equals(name))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + diagnosis));
    }

    @Test
    void aGoodWayIsShownStepByStepAndTheSecondOpinionAgrees() {
        ConnectionDiagnosis diagnosis = examine(server.target());

        assertThat(diagnosis.checks())
                .extracting(Check::name)
                .startsWith("address", "server", "algorithms", "key", "login", "second opinion", "commands");
        assertThat(check(diagnosis, "server").found()).startsWith("SSH-2.0-");
        assertThat(check(diagnosis, "second opinion").verdict())
                .as(diagnosis.toString())
                .isEqualTo(Verdict.GOOD);
    }

    @Test
    void aHostWithoutACommonAlgorithmNamesBothListsAndTheSetting() throws Exception {
        server.offerOnlyKeyExchange("diffie-hellman-group1-sha1");

        Check failed = check(examine(server.target()), "algorithms");

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.found())
                .contains("no common key exchange")
                .contains("diffie-hellman-group1-sha1")
                .contains("curve25519-sha256");
        assertThat(failed.fix()).hasValueSatisfying(fix -> assertThat(fix).contains("KexAlgorithms"));
    }

    @Test
    void aKeyThatTheHostDoesNotKnowIsRefusedByBoth() {
        LoopbackServer.writeKey(LoopbackServer.key("ssh-ed25519"), server.identity());

        ConnectionDiagnosis diagnosis = examine(server.target());

        assertThat(diagnosis.reachable()).isFalse();
        assertThat(check(diagnosis, "login").found()).contains("does not let root in");
        assertThat(check(diagnosis, "login").fix())
                .hasValueSatisfying(fix -> assertThat(fix).contains("authorized_keys"));
        assertThat(check(diagnosis, "second opinion").found()).contains("JSch does not get in either");
    }

    @Test
    void aChangedHostKeyIsSeenByBoth() {
        server.trust(LoopbackServer.key("ssh-ed25519"));

        ConnectionDiagnosis diagnosis = examine(server.target());

        assertThat(check(diagnosis, "login").found()).contains("HAS CHANGED");
        assertThat(check(diagnosis, "second opinion").found()).contains("the host key has changed");
    }

    @Test
    void aKeyThatOthersCanReadIsNoted() throws Exception {
        Files.setPosixFilePermissions(server.identity(), PosixFilePermissions.fromString("rw-r--r--"));

        Check key = check(examine(server.target()), "key");

        assertThat(key.verdict()).isEqualTo(Verdict.NOTE);
        assertThat(key.fix()).hasValue("chmod 600 " + server.identity());
    }

    @Test
    void theHopThatRefusesIsNamed() throws Exception {
        try (LoopbackServer jump = LoopbackServer.start(Files.createDirectory(directory.resolve("jump")))) {
            SshTarget behind = behind(jump);
            assertThat(check(examine(behind), "login").verdict()).isEqualTo(Verdict.GOOD);

            LoopbackServer.writeKey(LoopbackServer.key("ssh-ed25519"), jump.identity());
            ConnectionDiagnosis diagnosis = examine(behind);

            assertThat(diagnosis.checks())
                    .filteredOn(check -> check.verdict() == Verdict.FAILED)
                    .extracting(Check::hop)
                    .containsExactly("jump");
            assertThat(diagnosis.checks().getLast().verdict()).isEqualTo(Verdict.SKIPPED);
        }
    }

    private SshTarget behind(LoopbackServer jump) {
        SshTarget hop = jump.target();
        SshTarget target = server.target();
        return new SshTarget(
                target.host(),
                target.address(),
                target.port(),
                target.user(),
                target.identity(),
                target.knownHosts(),
                Optional.of(new SshTarget(
                        "jump", hop.address(), hop.port(), hop.user(), hop.identity(), hop.knownHosts())));
    }

    @Test
    void whatIsNoSshServerIsQuoted() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread.startVirtualThread(() -> {
                try (Socket socket = web.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            SshTarget target = new SshTarget(
                    "web", "127.0.0.1", web.getLocalPort(), "root", server.identity(), server.knownHosts());

            assertThat(check(examine(target), "server").found()).contains("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void aClosedPortAndANameWithoutAddressAreTold() throws Exception {
        server.close();
        Check closed = check(examine(server.target()), "server");
        assertThat(closed.found()).contains("refused");
        assertThat(closed.fix()).hasValueSatisfying(fix -> assertThat(fix).contains("systemctl enable --now ssh"));

        SshTarget nameless =
                new SshTarget("rs1", "no-such-host.invalid", 22, "root", server.identity(), server.knownHosts());
        ConnectionDiagnosis diagnosis = examine(nameless);
        assertThat(List.of(
                        diagnosis.checks().getFirst().name(), diagnosis.checks().size()))
                .isEqualTo(List.of("address", 1));
    }
}
