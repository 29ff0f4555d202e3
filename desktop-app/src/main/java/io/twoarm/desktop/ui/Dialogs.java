package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Notice;
import io.twoarm.desktop.viewmodel.RunModel;
import io.twoarm.desktop.viewmodel.Texts;
import io.twoarm.desktop.viewmodel.WorkbenchModel;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** Every dialog of the workbench. */
final class Dialogs {
    private final WorkbenchModel model;
    private final Window owner;
    private final PassingNotices passing;

    Dialogs(WorkbenchModel model, Window owner) {
        this.model = model;
        this.owner = owner;
        passing = new PassingNotices(owner);
    }

    /** Asks for a directory and opens the project in it. */
    void open() {
        choose(Texts.text("dialog.open.title"), Path.of(System.getProperty("user.home")))
                .ifPresent(directory -> leavingLab(() -> model.project().open(directory)));
    }

    /** Asks for any directory. */
    Optional<Path> directory(String title) {
        return choose(title, Path.of(System.getProperty("user.home")));
    }

    /** Asks for a file to write. */
    Optional<Path> file(String title, String suggestion) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(suggestion);
        chooser.setInitialDirectory(new File(System.getProperty("user.home")));
        return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
    }

    private Optional<Path> choose(String title, Path start) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        Path directory = start;
        while (directory != null && !Files.isDirectory(directory)) {
            directory = directory.getParent();
        }
        if (directory != null) {
            chooser.setInitialDirectory(directory.toFile());
        }
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    }

    /** @param starter chosen at first; the first of the gallery when empty */
    void create(String starter) {
        NewProjectDialog dialog =
                new NewProjectDialog(starter, start -> choose(Texts.text("dialog.new.choose"), start));
        dialog.initOwner(owner);
        dialog.showAndWait()
                .ifPresent(wanted -> leavingLab(() -> model.project().create(wanted.starter(), wanted.directory())));
    }

    /** Asks how to reach real hosts. */
    Optional<RunModel.HostAccess> hostAccess() {
        Path ssh = Path.of(System.getProperty("user.home"), ".ssh");
        PathField identity = new PathField("access-identity", ssh.resolve("id_ed25519"), owner);
        PathField knownHosts = new PathField("access-known-hosts", ssh.resolve("known_hosts"), owner);
        GridPane grid = new GridPane();
        grid.getStyleClass().add("dialog-grid");
        grid.addRow(0, new Label(Texts.text("dialog.access.identity")), identity);
        grid.addRow(1, new Label(Texts.text("dialog.access.knownHosts")), knownHosts);
        Dialog<RunModel.HostAccess> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(Texts.text("dialog.access.title"));
        dialog.setHeaderText(Texts.text("dialog.access.header"));
        dialog.getDialogPane().setContent(grid);
        ButtonType deploy = new ButtonType(Texts.text("command.deploy"), ButtonBar.ButtonData.OK_DONE);
        dialog.getDialogPane().getButtonTypes().setAll(deploy, ButtonType.CANCEL);
        dialog.setResultConverter(
                button -> button == deploy ? new RunModel.HostAccess(identity.path(), knownHosts.path()) : null);
        return dialog.showAndWait();
    }

    /** Does something that ends an own lab, after asking. */
    void leavingLab(Runnable action) {
        if (!model.run().ownsLab() || confirm("dialog.leaveLab")) {
            action.run();
        }
    }

    /** Makes hosts as they were, after asking. */
    void rollingBack(String to, Runnable action) {
        if (confirm("dialog.rollback", to)) {
            action.run();
        }
    }

    /** Stops a lab, after asking when somebody else started it. */
    void stoppingLab(Runnable action) {
        if (model.run().ownsLab() || confirm("dialog.foreignLab")) {
            action.run();
        }
    }

    /** Asks which of two designs to keep after both the window and the file were changed. */
    boolean keepsMine() {
        return confirm("dialog.conflict");
    }

    /** @param key texts {@code key.header}, {@code key.text} and {@code key.yes} */
    private boolean confirm(String key, Object... values) {
        ButtonType yes = new ButtonType(Texts.text(key + ".yes"), ButtonBar.ButtonData.OK_DONE);
        ButtonType no = Texts.has(key + ".no")
                ? new ButtonType(Texts.text(key + ".no"), ButtonBar.ButtonData.CANCEL_CLOSE)
                : ButtonType.CANCEL;
        Alert alert = new Alert(
                Alert.AlertType.CONFIRMATION,
                values.length == 0 ? Texts.text(key + ".text") : Texts.text(key + ".text", values),
                yes,
                no);
        alert.initOwner(owner);
        alert.setTitle(Texts.text("app.name"));
        alert.setHeaderText(Texts.text(key + ".header"));
        alert.setGraphic(Icon.WARNING.node("tone-degraded", "dialog-icon"));
        return alert.showAndWait().filter(yes::equals).isPresent();
    }

    void recentIsGone(Path directory) {
        tell(new Notice(
                Notice.Kind.ERROR, Texts.text("notice.cannotOpen", directory), Texts.text("dialog.recentGone")));
        model.forgetRecent(directory);
    }

    /** Shows a notice the way its kind deserves. */
    void tell(Notice notice) {
        switch (notice.kind()) {
            case SUCCESS -> passing.show(notice, Icon.DONE, "tone-up");
            case INFORMATION -> passing.show(notice, Icon.NOTE, "tone-note");
            case ERROR -> error(notice);
        }
    }

    private void error(Notice notice) {
        Alert alert = new Alert(Alert.AlertType.ERROR);
        alert.initOwner(owner);
        alert.setTitle(Texts.text("app.name"));
        alert.setHeaderText(notice.headline());
        alert.setGraphic(Icon.ERROR.node("tone-down", "dialog-icon"));
        alert.getDialogPane().setContent(framed(readOnly(notice.details(), 620, 160)));
        alert.setResizable(true);
        alert.show();
    }

    /** Lets people change a text; empty when they do not want to. */
    Optional<String> text(String title, String header, String text) {
        Dialog<String> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(title);
        dialog.setHeaderText(header);
        TextArea area = readOnly(text, 860, 520);
        area.setEditable(true);
        area.setWrapText(false);
        area.setId("edited-text");
        area.setAccessibleText(title);
        dialog.getDialogPane().setContent(framed(area));
        ButtonType keep = new ButtonType(Texts.text("dialog.text.keep"), ButtonBar.ButtonData.OK_DONE);
        dialog.getDialogPane().getButtonTypes().setAll(keep, ButtonType.CANCEL);
        dialog.getDialogPane().lookupButton(keep).setId("edited-keep");
        dialog.setResizable(true);
        dialog.setResultConverter(button -> button == keep ? area.getText() : null);
        return dialog.showAndWait();
    }

    /** Text as a machine wrote it, in columns. */
    void table(String title, String text) {
        Dialog<Void> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.initModality(javafx.stage.Modality.NONE);
        dialog.setTitle(title);
        TextArea area = readOnly(text, 860, 420);
        area.setWrapText(false);
        area.setId("table-text");
        dialog.getDialogPane().setContent(framed(area));
        dialog.getDialogPane().getButtonTypes().setAll(ButtonType.CLOSE);
        dialog.setResizable(true);
        dialog.show();
    }

    private static StackPane framed(TextArea area) {
        StackPane frame = new StackPane(area);
        frame.getStyleClass().add("dialog-frame");
        return frame;
    }

    private static TextArea readOnly(String text, double width, double height) {
        TextArea area = new TextArea(text);
        area.setEditable(false);
        area.setWrapText(true);
        area.setPrefSize(width, height);
        area.getStyleClass().add("log");

        return area;
    }

    /** The keys that menus do not show. */
    void keys() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("dialog-grid");
        for (String key : List.of("wheel", "drag", "arrows", "altArrows", "escape", "panels")) {
            Label keys = new Label(Texts.text("keys." + key));
            keys.getStyleClass().add("key-name");
            grid.addRow(grid.getRowCount(), keys, new Label(Texts.text("keys." + key + ".does")));
        }
        Dialog<Void> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(Texts.text("command.keys"));
        dialog.setHeaderText(Texts.text("keys.header"));
        dialog.getDialogPane().setContent(grid);
        dialog.getDialogPane().getButtonTypes().setAll(ButtonType.CLOSE);
        dialog.show();
    }
}
