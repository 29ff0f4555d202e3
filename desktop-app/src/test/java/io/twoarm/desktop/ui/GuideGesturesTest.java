package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.viewmodel.CodeLine;
import io.twoarm.engine.Overrides;
import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual, the tour, the settings, and what files and drawing tell about each other, in a large window. */
class GuideGesturesTest {
    private OpenWindow window;

    @TempDir
    private Path directory;

    private Path project;

    @BeforeEach
    void open() {
        window = OpenWindow.withoutBundle(directory, 1900, 1150);
        project = ProjectFixture.twoArm().named("gestures").in(directory.resolve("lab"));
        window.opened(project);
        UiDriver.doInFx(() -> window.stage().toFront());
        window.driver().keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.DIGIT1);
        UiDriver.doInFx(() -> window.canvas().requestFocus());
    }

    @AfterEach
    void leave() {
        window.close();
    }

    @Test
    void f1OpensTheManualAtWhatIsSaidAboutTheView() {
        UiDriver.doInFx(() -> window.driver().find("#outline", Node.class).requestFocus());
        window.driver().keys(KeyCode.F1);

        ListView<?> contents = window.driver().find("#help-contents", ListView.class);
        UiDriver.waitUntil(
                "the paragraph is chosen",
                () -> String.valueOf(contents.getSelectionModel().getSelectedItem())
                        .contains("outline-properties-problems"));
        UiDriver.doInFx(() -> contents.getScene().getWindow().hide());
    }

    @Test
    void theTourGoesThroughTheWindowAndEnds() {
        UiDriver.doInFx(() -> window.press("#menu-tour"));
        Label title = window.driver().find("#tour-title", Label.class);
        String first = title.getText();
        window.driver().click("#tour-next");
        assertThat(title.getText()).isNotEqualTo(first);
        window.driver().click("#tour-back");
        assertThat(title.getText()).isEqualTo(first);
        for (int i = 0; i < 11; i++) {
            window.driver().click("#tour-next");
        }

        UiDriver.waitUntil("it is over", () -> !title.getParent().getParent().isVisible());
        window.driver().keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.DIGIT1);
    }

    @Test
    void preferencesChangeWhatTheWindowLooksLike() {
        Platform.runLater(() -> window.press("#menu-preferences"));
        CheckBox contrast = window.driver().find("#preferences-contrast", CheckBox.class);
        window.driver().click(contrast);
        window.driver().click("#preferences-ok");

        UiDriver.waitUntil(
                "the contrast is high",
                () -> window.scene().getStylesheets().stream().anyMatch(sheet -> sheet.contains("contrast-light")));
        UiDriver.doInFx(() -> window.model().change(io.twoarm.desktop.viewmodel.Settings.DEFAULT));
    }

    @Test
    void theLinesThatFollowFromTheSelectedObjectAreMarkedAndAnyLineLetsItsObjectGlow() {
        window.driver().moveMouseAway();
        UiDriver.doInFx(() -> window.model().project().select(Optional.of(new HostRef("director"))));
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT9);
        ListView<CodeLine> code = text();
        UiDriver.waitUntil("there is a file", () -> !code.getItems().isEmpty());
        chooseFile("/etc/twoarm/keepalived.conf");
        UiDriver.doInFx(() -> window.model().project().select(Optional.of(new ServiceRef("web"))));
        UiDriver.waitUntil(
                "lines of the service are marked",
                () -> code.lookupAll(".code-line").stream()
                        .anyMatch(cell -> cell.getPseudoClassStates().toString().contains("explained")));

        UiDriver.doInFx(() -> {
            int line = 0;
            while (!code.getItems().get(line).text().contains("lb_algo")) {
                line++;
            }
            code.getSelectionModel().clearAndSelect(line);
        });

        UiDriver.waitUntil(
                "the service glows",
                () -> window.model().origins().glowingProperty().get().contains(new ServiceRef("web")));
        assertThat(window.driver().find("#file-origin", Label.class).getText())
                .startsWith("Follows from virtualServices.web.scheduler");
        assertThat(UiDriver.inFx(() -> window.driver()
                        .find("#virtualServices-web", Node.class)
                        .getPseudoClassStates()
                        .toString()))
                .contains("glowing");
    }

    @Test
    void aFileIsChangedByHandAndTakenAsGeneratedAgain() {
        UiDriver.doInFx(() -> window.model().project().select(Optional.of(new HostRef("director"))));
        window.driver().keys(KeyCode.ALT, KeyCode.DIGIT9);
        UiDriver.waitUntil("there is a file", () -> !text().getItems().isEmpty());
        chooseFile("/etc/twoarm/keepalived.conf");
        Button edit = window.driver().find("#files-edit", Button.class);
        Platform.runLater(edit::fire);
        TextArea area = window.driver().find("#edited-text", TextArea.class);
        UiDriver.doInFx(() -> area.setText("# by hand\n" + area.getText()));
        window.driver().click("#edited-keep");
        UiDriver.waitUntil(
                "the change is in the file",
                () -> text().getItems().getFirst().text().equals("# by hand"));
        assertThat(new Overrides(project).has("director", "/etc/twoarm/keepalived.conf"))
                .isTrue();

        window.driver().click("#files-discard");

        UiDriver.waitUntil(
                "it is gone", () -> !text().getItems().getFirst().text().equals("# by hand"));
        assertThat(new Overrides(project).has("director", "/etc/twoarm/keepalived.conf"))
                .isFalse();
    }

    @SuppressWarnings("unchecked")
    private ListView<CodeLine> text() {
        return window.driver().find("#file-text", ListView.class);
    }

    @SuppressWarnings("unchecked")
    private void chooseFile(String path) {
        var tree = window.driver().find("#files", javafx.scene.control.TreeView.class);
        UiDriver.waitUntil("there is " + path, () -> {
            for (Object host : tree.getRoot().getChildren()) {
                for (var file : ((javafx.scene.control.TreeItem<Object>) host).getChildren()) {
                    if (file.getValue().toString().contains("host=director")
                            && file.getValue().toString().contains("path=" + path + ",")) {
                        ((javafx.scene.control.TreeItem<Object>) host).setExpanded(true);
                        tree.getSelectionModel().select(file);
                        return true;
                    }
                }
            }
            return false;
        });
    }
}
