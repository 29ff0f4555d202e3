package io.twoarm.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.control.Tab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything can be read on a small screen, and on one of 1280×800 that shows everything larger. */
class RoomForTextsTest {
    @TempDir
    private Path directory;

    private OpenWindow window;

    @AfterEach
    void close() {
        window.close();
    }

    /** At 150 % a screen of 1280×800 has room for 853×533, and for 640×400 at 200 %. */
    @ParameterizedTest
    @CsvSource({"1280, 800", "853, 533", "640, 400"})
    void noTextIsCut(int width, int height) {
        window = OpenWindow.withoutBundle(directory, width, height);
        UiDriver.nextPulse();
        Set<String> cut = new TreeSet<>();
        add(cut, "welcome");
        window.opened(
                ProjectFixture.twoArm().withLipOutsideItsSubnet().named("room").in(directory.resolve("project")));
        int views = 0;
        for (Perspective perspective : Perspective.values()) {
            window.driver().click("#perspective-" + perspective.name().toLowerCase(Locale.ROOT));
            for (Tab tab : window.tabs()) {
                UiDriver.doInFx(() -> tab.getTabPane().getSelectionModel().select(tab));
                UiDriver.nextPulse();
                add(cut, perspective + " " + tab.getId());
                views++;
            }
        }

        assertThat(views).isGreaterThan(Page.values().length);
        assertThat(cut).isEmpty();
    }

    private void add(Set<String> cut, String where) {
        CutTexts.in(window.scene().getRoot()).forEach(text -> cut.add(where + ": " + text));
    }
}
