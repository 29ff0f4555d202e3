package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.deploy.DeployFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions while connections are made, asked by a thread that waits. */
class AskingDialogsTest {
    private final UiDriver driver = new UiDriver();
    private final AskingDialogs dialogs = new AskingDialogs();

    @AfterEach
    void close() {
        UiDriver.closeWindows();
    }

    @Test
    void anUnknownHostIsTrustedOnlyByTheButtonThatSaysSo() throws Exception {
        FutureTask<Boolean> trusted = asking(() -> dialogs.trusts(unknown()));
        assertThat(driver.find("#host-key-text", TextArea.class).getText())
                .contains("192.0.2.7", "SHA256:abc", "/home/ops/.ssh/known_hosts");
        driver.click("#host-key-yes");
        assertThat(trusted.get(120, TimeUnit.SECONDS)).isTrue();

        FutureTask<Boolean> refused = asking(() -> dialogs.trusts(unknown()));
        driver.find("#host-key-text", TextArea.class);
        driver.keys(KeyCode.ESCAPE);
        assertThat(refused.get(120, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aPassphraseIsTypedUnseen() throws Exception {
        FutureTask<Optional<String>> asked =
                asking(() -> dialogs.passphrase(Path.of("/home/ops/.ssh/id_ed25519"), false));
        PasswordField field = driver.find("#secret", PasswordField.class);
        UiDriver.waitUntil("the keyboard is there", field::isFocused);
        driver.type("open sesame");
        driver.keys(KeyCode.ENTER);

        assertThat(asked.get(120, TimeUnit.SECONDS)).contains("open sesame");
    }

    @Test
    void aNewPassphraseIsTypedTwiceAndTwoThatDifferAreAskedForAgain() throws Exception {
        FutureTask<Optional<String>> asked = asking(() -> dialogs.newPassphrase(Path.of("/home/ops/secrets")));
        typeBoth("open sesame", "open sesam");
        Label wrong = driver.find("#new-secret-wrong", Label.class);
        UiDriver.waitUntil("it says that they differ", () -> wrong.getText().contains("differ"));
        assertThat(asked).isNotDone();

        typeBoth("open sesame", "open sesame");

        assertThat(asked.get(120, TimeUnit.SECONDS)).contains("open sesame");
    }

    private void typeBoth(String chosen, String repeated) {
        PasswordField first = driver.find("#new-secret", PasswordField.class);
        UiDriver.waitUntil(
                "the keyboard is there",
                () -> first.isFocused() && first.getText().isEmpty());
        driver.type(chosen);
        driver.keys(KeyCode.TAB);
        driver.type(repeated);
        driver.keys(KeyCode.ENTER);
    }

    private static <T> FutureTask<T> asking(java.util.concurrent.Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static DeployFailure.HostKeyUnknown unknown() {
        return new DeployFailure.HostKeyUnknown(
                "lb1",
                "192.0.2.7",
                22,
                "ssh-ed25519",
                "SHA256:abc",
                Path.of("/home/ops/.ssh/known_hosts"),
                "192.0.2.7 ssh-ed25519 AAAA");
    }
}
