package io.twoarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of ssh-keygen between us and OpenSSH's server. */
@Tag("lab")
@Timeout(600)
class CertificateLabTest {
    private static final String ALWAYS = "always:forever";
    private static final String PAST = "20200101:20200102";
    private static final String FUTURE = "20990101:20990102";

    private static LabHosts lab;
    private static Path authority;
    private static SshTarget plain;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startLab(@TempDir Path shared) throws Exception {
        lab = LabHosts.start("t-certs");
        plain = lab.target("alpha");
        authority = shared.resolve("authority");
        keygen("-q", "-t", "ed25519", "-N", "", "-C", "authority", "-f", authority.toString());
        try (SshConnections connections = new SshConnections()) {
            connections.open(plain).upload(publicKey(authority), "/etc/ssh/authority.pub", 0644);
            connections.open(plain).script("""
                    sed -i '1i TrustedUserCAKeys /etc/ssh/authority.pub\\nHostCertificate /etc/ssh/host-cert.pub' /etc/ssh/sshd_config
                    """).orThrow();
        }
    }

    @AfterAll
    static void stopLab() {
        lab.close();
    }

    private static void keygen(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("ssh-keygen"), Arrays.stream(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static byte[] publicKey(Path key) throws IOException {
        return Files.readAllBytes(key.resolveSibling(key.getFileName() + ".pub"));
    }

    private static String publicKeyText(Path key) throws IOException {
        return Files.readString(key.resolveSibling(key.getFileName() + ".pub")).strip();
    }

    private Path user;
    private Path knownHosts;

    @BeforeEach
    void aKeyThatNoHostKnows() throws Exception {
        user = directory.resolve("user");
        keygen("-q", "-t", "ed25519", "-N", "", "-f", user.toString());
        knownHosts = directory.resolve("known");
        Files.copy(plain.knownHosts(), knownHosts, StandardCopyOption.REPLACE_EXISTING);
    }

    private void userCertificate(String principals, String validity) throws Exception {
        keygen("-q", "-s", authority.toString(), "-I", "ann", "-n", principals, "-V", validity, user + ".pub");
    }

    /** Signs the host's key and gives it the certificate; only the authority is known to us. */
    private void hostCertificate(String principals, String validity) throws Exception {
        Path key = directory.resolve("host");
        try (SshConnections connections = new SshConnections()) {
            SshConnection connection = connections.open(plain);
            Files.write(
                    directory.resolve("host.pub"), connection.readFile("/etc/ssh/ssh_host_ed25519_key.pub", 1 << 16));
            keygen(
                    "-q",
                    "-s",
                    authority.toString(),
                    "-h",
                    "-I",
                    "alpha-2026",
                    "-V",
                    validity,
                    "-n",
                    principals,
                    key + ".pub");
            connection.upload(Files.readAllBytes(directory.resolve("host-cert.pub")), "/etc/ssh/host-cert.pub", 0644);
        }
        Files.writeString(knownHosts, "@cert-authority * " + publicKeyText(authority) + "\n");
    }

    private SshTarget asUser() {
        return new SshTarget(plain.host(), plain.address(), plain.port(), "root", user, knownHosts);
    }

    private SshTarget asKnown() {
        return new SshTarget(plain.host(), plain.address(), plain.port(), "root", plain.identity(), knownHosts);
    }

    private static String hello(SshTarget target) {
        try (SshConnections connections = new SshConnections(SshLimits.STANDARD, SshPrompt.NOBODY, Optional.empty())) {
            return connections.open(target).run("echo", "hello").orThrow().stdout();
        }
    }

    private static DeployException refused(SshTarget target) {
        return catchThrowableOfType(DeployException.class, () -> hello(target));
    }

    @Test
    void aKeyThatIsOnlyVouchedForByACertificateIsLetIn() throws Exception {
        assertThat(refused(asUser()).failure()).isInstanceOf(DeployFailure.AuthenticationFailed.class);

        userCertificate("root", ALWAYS);

        assertThat(hello(asUser())).isEqualTo("hello\n");
    }

    @Test
    void aTerminalIsGivenToACertificateAsWell() throws Exception {
        userCertificate("root", ALWAYS);

        try (InteractiveShell shell = InteractiveShell.open(
                new SshConnections(SshLimits.STANDARD, SshPrompt.NOBODY, Optional.empty()), asUser(), 80, 24)) {
            assertThat(shell.isOpen()).isTrue();
        }
    }

    @Test
    void anExpiredUserCertificateIsRefusedWithItsDate() throws Exception {
        userCertificate("root", PAST);

        assertThat(refused(asUser()))
                .hasMessageContaining(user + "-cert.pub was not used")
                .hasMessageContaining("cause: it expired on 2020-01-0")
                .hasMessageContaining("signed anew");
    }

    @Test
    void aUserCertificateThatIsNotYetValidOrForSomebodyElseIsRefused() throws Exception {
        userCertificate("root", FUTURE);
        assertThat(refused(asUser())).hasMessageContaining("it is valid from ").hasMessageContaining("now");

        userCertificate("deploy,ann", ALWAYS);
        assertThat(refused(asUser())).hasMessageContaining("it is for deploy, ann, not for root");
    }

    @Test
    void anExpiredCertificateDoesNotKeepAKnownKeyOut() throws Exception {
        Files.copy(plain.identity(), user, StandardCopyOption.REPLACE_EXISTING);
        try (SshConnections connections = new SshConnections()) {
            Files.writeString(
                    directory.resolve("user.pub"),
                    connections
                            .open(plain)
                            .run("head", "-n", "1", "/root/.ssh/authorized_keys")
                            .orThrow()
                            .stdout());
        }
        userCertificate("root", PAST);

        assertThat(hello(asUser())).isEqualTo("hello\n");
    }

    @Test
    void aHostThatOnlyACertificateVouchesForIsTrusted() throws Exception {
        hostCertificate(plain.address(), ALWAYS);

        assertThat(hello(asKnown())).isEqualTo("hello\n");
    }

    @Test
    void anExpiredHostCertificateIsRefusedWithItsDate() throws Exception {
        hostCertificate(plain.address(), PAST);

        DeployException refused = refused(asKnown());

        assertThat(refused.failure()).isInstanceOf(DeployFailure.HostCertificateRefused.class);
        assertThat(refused)
                .hasMessageContaining("\"alpha-2026\"")
                .hasMessageContaining("it expired on 2020-01-0")
                .hasMessageContaining("nothing was sent");
    }

    @Test
    void aHostCertificateForAnotherNameIsRefused() throws Exception {
        hostCertificate("beta.example.net,*.example.org", ALWAYS);

        assertThat(refused(asKnown()))
                .hasMessageContaining("it is for beta.example.net, *.example.org, not for " + plain.address());
    }

    @Test
    void aRevokedAuthorityVouchesForNobody() throws Exception {
        hostCertificate(plain.address(), ALWAYS);
        Files.writeString(knownHosts, Files.readString(knownHosts) + "@revoked * " + publicKeyText(authority) + "\n");

        assertThat(refused(asKnown()).failure()).isInstanceOf(DeployFailure.HostKeyRevoked.class);
    }

    @Test
    void aHostOfAnotherAuthorityIsUnknown() throws Exception {
        hostCertificate(plain.address(), ALWAYS);
        Files.writeString(knownHosts, "@cert-authority * " + publicKeyText(user) + "\n");

        assertThat(refused(asKnown()).failure()).isInstanceOf(DeployFailure.HostKeyUnknown.class);
    }

    @Test
    void behindAJumpHostTheNameOfTheHostItselfIsJudged() throws Exception {
        hostCertificate(plain.address(), ALWAYS);
        try (LoopbackServer jump = LoopbackServer.start(Files.createDirectory(directory.resolve("jump")))) {
            SshTarget behind = new SshTarget(
                    plain.host(),
                    plain.address(),
                    plain.port(),
                    "root",
                    plain.identity(),
                    knownHosts,
                    Optional.of(jump.target()));
            assertThat(hello(behind)).isEqualTo("hello\n");

            hostCertificate("elsewhere", ALWAYS);
            assertThat(refused(behind)).hasMessageContaining("it is for elsewhere, not for " + plain.address());
        }
    }
}
