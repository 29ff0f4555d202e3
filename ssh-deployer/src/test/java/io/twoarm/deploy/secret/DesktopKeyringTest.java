package io.twoarm.deploy.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.deploy.DeployFailure;
import io.twoarm.deploy.SshPrompt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real session bus and GNOME Keyring, both of this test alone. */
@Timeout(600)
class DesktopKeyringTest {
    private static final SecretName KEY = SecretName.passphrase(Path.of("/home/ann/.ssh/id_ed25519"));

    @TempDir
    Path directory;

    private Process bus;
    private Process keyring;
    private String address;

    @BeforeEach
    void start() throws Exception {
        Path runtime = Files.createDirectory(directory.resolve("run"));
        address = "unix:path=" + runtime.resolve("bus");
        bus = new ProcessBuilder("dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        waitFor(runtime.resolve("bus"));
        ProcessBuilder builder = new ProcessBuilder(
                        "gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        builder.environment().put("XDG_DATA_HOME", directory.resolve("data").toString());
        builder.environment().put("HOME", directory.toString());
        keyring = builder.start();
        try (var password = keyring.getOutputStream()) {
            password.write("login".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void waitFor(Path path) throws InterruptedException {
        for (int i = 0; i < 1000 && !Files.exists(path); i++) {
            Thread.sleep(10);
        }
        assertThat(path).exists();
    }

    @AfterEach
    void stop() throws Exception {
        end(keyring);
        end(bus);
    }

    /** Does nothing when starting it had failed: that failure is what the test then reports. */
    private static void end(Process process) throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    /** The keyring, as soon as it is on the bus. */
    private DesktopKeyring store() throws InterruptedException {
        DesktopKeyring store = new DesktopKeyring(address);
        for (int i = 0; ; i++) {
            try {
                store.names();
                return store;
            } catch (SecretException e) {
                if (i == 300) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    @Test
    void whatIsStoredIsFoundAndReplacedAndForgotten() throws Exception {
        DesktopKeyring store = store();
        assertThat(store.find(KEY)).isEmpty();

        store.store(KEY, "correct hörse");
        assertThat(store.find(KEY)).hasValue("correct hörse");
        store.store(KEY, "another");
        store.store(SecretName.sudo("ann", "lb1"), "password");

        assertThat(new DesktopKeyring(address).find(KEY)).hasValue("another");
        assertThat(store.names()).containsExactlyInAnyOrder(KEY, SecretName.sudo("ann", "lb1"));
        assertThat(store.forget(KEY)).isTrue();
        assertThat(store.forget(KEY)).isFalse();
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void storedPassphrasesAnswerBeforeThePersonIsAsked() throws Exception {
        DesktopKeyring store = store();
        store.store(KEY, "stored");
        StoredAnswers answers = new StoredAnswers(SshPrompt.NOBODY, () -> Optional.<SecretStore>of(store));

        assertThat(answers.passphrase(Path.of(KEY.subject()), false)).hasValue("stored");
        assertThat(answers.passphrase(Path.of(KEY.subject()), true)).isEmpty();
        assertThat(answers.sudoPassword("ann", "lb1")).isEmpty();
    }

    @Test
    void aPersonIsAskedWhenTheKeyringIsGone() throws Exception {
        DesktopKeyring store = store();
        stop();
        SshPrompt person = new SshPrompt() {
            @Override
            public boolean isThere() {
                return true;
            }

            @Override
            public boolean trusts(DeployFailure.HostKeyUnknown found) {
                return false;
            }

            @Override
            public Optional<String> passphrase(Path identity, boolean again) {
                return Optional.of("typed");
            }

            @Override
            public Optional<String> sudoPassword(String user, String host) {
                return Optional.empty();
            }
        };

        assertThat(new StoredAnswers(person, () -> Optional.<SecretStore>of(store))
                        .passphrase(Path.of(KEY.subject()), false))
                .hasValue("typed");
        assertThatThrownBy(() -> new StoredAnswers(SshPrompt.NOBODY, () -> Optional.<SecretStore>of(store))
                        .passphrase(Path.of(KEY.subject()), false))
                .isInstanceOf(SecretException.class);
    }

    @Test
    void aBusThatIsGoneIsAnErrorThatNamesTheWayOut() throws Exception {
        stop();

        assertThatThrownBy(() -> new DesktopKeyring(address).find(KEY))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("--store file");
    }
}
