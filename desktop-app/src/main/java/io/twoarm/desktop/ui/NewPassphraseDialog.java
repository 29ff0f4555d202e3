package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Texts;
import java.nio.file.Path;
import javafx.application.Platform;
import javafx.event.ActionEvent;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.VBox;

/** Asks twice for the passphrase of a file of secrets that is made now, and stays open until both are the same. */
final class NewPassphraseDialog extends Dialog<String> {
    private final PasswordField chosen = new PasswordField();
    private final PasswordField repeated = new PasswordField();
    private final Label wrong = new Label();

    /** @param secrets the file that is made */
    NewPassphraseDialog(Path secrets) {
        AskingDialogs.owned(this);
        setTitle(Texts.text("dialog.newPassphrase.title"));
        setHeaderText(Texts.text("dialog.newPassphrase.header"));
        Label choose = new Label(Texts.text("dialog.passphrase.text", secrets));
        Label repeat = new Label(Texts.text("dialog.newPassphrase.repeat"));
        chosen.setId("new-secret");
        choose.setLabelFor(chosen);
        repeated.setId("repeated-secret");
        repeat.setLabelFor(repeated);
        wrong.setId("new-secret-wrong");
        wrong.setWrapText(true);
        getDialogPane().setContent(new VBox(8, choose, chosen, repeat, repeated, wrong));
        getDialogPane().getButtonTypes().setAll(ButtonType.OK, ButtonType.CANCEL);
        getDialogPane().lookupButton(ButtonType.OK).addEventFilter(ActionEvent.ACTION, this::check);
        setResultConverter(button -> button == ButtonType.OK ? chosen.getText() : null);
        Platform.runLater(chosen::requestFocus);
    }

    private void check(ActionEvent pressed) {
        boolean empty = chosen.getText().isEmpty();
        if (!empty && chosen.getText().equals(repeated.getText())) {
            return;
        }
        pressed.consume();
        wrong.setText(Texts.text(empty ? "dialog.newPassphrase.empty" : "dialog.newPassphrase.differs"));
        chosen.clear();
        repeated.clear();
        chosen.requestFocus();
    }
}
