package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path directory;

    @Test
    void settingsComeBackAsTheyWereWritten() throws IOException {
        Settings settings = Settings.DEFAULT
                .withDark(true)
                .withRecent(Path.of("/home/a/two words"))
                .withRecent(Path.of("/home/a/größe = #1!"))
                .withRecent(Path.of("/home/a/back\\slash"));
        Path file = directory.resolve("new/workbench.properties");

        settings.write(file);

        assertThat(Settings.read(file)).isEqualTo(settings);
    }

    @Test
    void withoutAFileTheDefaultsHold() throws IOException {
        assertThat(Settings.read(directory.resolve("none"))).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void aProjectOpenedAgainMovesToTheTop() {
        Settings settings = Settings.DEFAULT
                .withRecent(Path.of("/a"))
                .withRecent(Path.of("/b"))
                .withRecent(Path.of("/a"));

        assertThat(settings.recent()).containsExactly(Path.of("/a"), Path.of("/b"));
    }

    @Test
    void theOldestProjectsAreForgotten() {
        Settings settings = IntStream.range(0, 20)
                .mapToObj(i -> Path.of("/p" + i))
                .reduce(Settings.DEFAULT, Settings::withRecent, (first, second) -> second);

        assertThat(settings.recent()).hasSize(8).startsWith(Path.of("/p19"));
    }
}
