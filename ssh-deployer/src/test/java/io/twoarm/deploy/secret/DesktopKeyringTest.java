package io.twoarm.deploy.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.deploy.DeployFailure;
import io.twoarm.deploy.SshPrompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real session bus and GNOME Keyring, both of this test alone. */
@Timeout(600)
class DesktopKeyringTest {
    private static final SecretName KEY = SecretName.passphrase(Path.of("/home/ann/.ssh/id_ed25519"));

    /** It starts no services: a question that comes early would start a second keyring, which then has the name. */
    private static final String BUS = """
            <busconfig>
              <type>session</type>
              <listen>%s</listen>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
              </policy>
            </busconfig>
            """;

    @TempDir
    Path directory;

    private Process bus;
    private Process keyring;
    private String address;

    @BeforeEach
    void start() throws Exception {
        Path runtime = Files.createDirectory(directory.resolve("run"));
        address = "unix:path=" + runtime.resolve("bus");
        Path configuration = Files.writeString(directory.resolve("bus.conf"), BUS.formatted(address));
        bus = new ProcessBuilder("dbus-daemon", "--nofork", "--nopidfile", "--config-file=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        waitUntil(() -> Files.exists(runtime.resolve("bus")));
        keyring = keyring("--unlock");
        try (var password = keyring.getOutputStream()) {
            password.write("login".getBytes(StandardCharsets.UTF_8));
        }
    }

    private Process keyring(String... options) throws IOException {
        Path runtime = directory.resolve("run");
        List<String> command = new ArrayList<>(List.of("gnome-keyring-daemon", "--foreground", "--components=secrets"));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        builder.environment().put("XDG_DATA_HOME", directory.resolve("data").toString());
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }

    private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static boolean answers(DesktopKeyring store) {
        try {
            store.names();
            return true;
        } catch (SecretException e) {
            return false;
        }
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

    /** The keyring, as soon as it takes secrets. */
    private DesktopKeyring store() throws InterruptedException {
        DesktopKeyring store = new DesktopKeyring(address);
        waitUntil(store::takesSecrets);
        return store;
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

    /** Such as one that was started before anybody has logged in to a desktop. */
    @Test
    void aKeyringWithoutACollectionSaysWhatItLacks() throws Exception {
        end(keyring);
        keyring = keyring();
        DesktopKeyring store = new DesktopKeyring(address);

        waitUntil(() -> answers(store));

        assertThat(store.takesSecrets()).isFalse();
        assertThatThrownBy(() -> store.store(KEY, "secret"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("no default collection")
                .hasMessageContaining("--store file");
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
