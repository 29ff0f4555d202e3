package io.twoarm.desktop.ui;

import io.twoarm.deploy.DeployFailure;
import io.twoarm.deploy.SshPrompt;
import io.twoarm.desktop.viewmodel.Texts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javafx.application.Platform;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** Asks what only a person can answer while connections are made. The thread that connects waits for the answer. */
final class AskingDialogs implements SshPrompt {
    @Override
    public boolean trusts(DeployFailure.HostKeyUnknown found) {
        return asked(() -> {
                    Alert alert = new Alert(Alert.AlertType.CONFIRMATION);
                    owned(alert);
                    alert.setTitle(Texts.text("dialog.hostKey.title"));
                    alert.setHeaderText(Texts.text("dialog.hostKey.header", found.host()));
                    TextArea text = new TextArea(Texts.text(
                            "dialog.hostKey.text",
                            found.address(),
                            Integer.toString(found.port()),
                            found.keyType(),
                            found.fingerprint(),
                            found.knownHosts()));
                    text.setId("host-key-text");
                    text.setEditable(false);
                    text.setWrapText(true);
                    text.setPrefRowCount(8);
                    text.setPrefColumnCount(56);
                    alert.getDialogPane().setContent(text);
                    ButtonType yes = new ButtonType(Texts.text("dialog.hostKey.yes"), ButtonBar.ButtonData.OTHER);
                    // The safe answer is the one that Enter gives.
                    ButtonType no = new ButtonType(Texts.text("dialog.hostKey.no"), ButtonBar.ButtonData.CANCEL_CLOSE);
                    alert.getButtonTypes().setAll(no, yes);
                    alert.getDialogPane().lookupButton(yes).setId("host-key-yes");
                    return alert.showAndWait().filter(yes::equals);
                })
                .isPresent();
    }

    @Override
    public Optional<String> passphrase(Path identity, boolean again) {
        return secret(
                "dialog.passphrase.header",
                Texts.text(again ? "dialog.passphrase.again" : "dialog.passphrase.text", identity));
    }

    @Override
    public Optional<String> newPassphrase(Path secrets) {
        return asked(() -> new NewPassphraseDialog(secrets).showAndWait());
    }

    @Override
    public Optional<String> sudoPassword(String user, String host) {
        return secret("dialog.sudo.header", Texts.text("dialog.sudo.text", user, host));
    }

    private static Optional<String> secret(String header, String text) {
        return asked(() -> {
            Dialog<String> dialog = new Dialog<>();
            owned(dialog);
            dialog.setTitle(Texts.text(header));
            dialog.setHeaderText(Texts.text(header));
            PasswordField field = new PasswordField();
            field.setId("secret");
            field.setAccessibleText(Texts.text(header));
            dialog.getDialogPane().setContent(new VBox(8, new Label(text), field));
            dialog.getDialogPane().getButtonTypes().setAll(ButtonType.OK, ButtonType.CANCEL);
            dialog.setResultConverter(button -> button == ButtonType.OK ? field.getText() : null);
            Platform.runLater(field::requestFocus);
            return dialog.showAndWait();
        });
    }

    static void owned(Dialog<?> dialog) {
        Window.getWindows().stream()
                .filter(Window::isFocused)
                .findFirst()
                .or(() -> Window.getWindows().stream().findFirst())
                .ifPresent(dialog::initOwner);
    }

    /** A question on the thread of the user interface. */
    @FunctionalInterface
    private interface Question<T> {
        Optional<T> ask();
    }

    /** No answer when whoever asks is interrupted. */
    private static <T> Optional<T> asked(Question<T> question) {
        FutureTask<Optional<T>> task = new FutureTask<>(question::ask);
        Platform.runLater(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(false);
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
