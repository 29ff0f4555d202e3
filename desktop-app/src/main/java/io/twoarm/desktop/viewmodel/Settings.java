package io.twoarm.desktop.viewmodel;

import io.twoarm.model.project.WholeFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the workbench remembers between two runs, as a value.
 *
 * @param dark whether the dark theme is used
 * @param recent project directories, the last opened first
 */
public record Settings(boolean dark, List<Path> recent) {
    public static final Settings DEFAULT = new Settings(false, List.of());

    private static final int MOST_RECENT = 8;
    private static final String THEME = "theme";
    private static final String DARK = "dark";
    private static final String RECENT = "recent.";

    public Settings {
        recent = List.copyOf(recent);
    }

    public Settings withDark(boolean wanted) {
        return new Settings(wanted, recent);
    }

    /** The directory becomes the most recent one. */
    public Settings withRecent(Path directory) {
        List<Path> changed = new ArrayList<>(recent);
        changed.remove(directory);
        changed.addFirst(directory);
        return new Settings(dark, changed.stream().limit(MOST_RECENT).toList());
    }

    public Settings withoutRecent(Path directory) {
        List<Path> changed = new ArrayList<>(recent);
        changed.remove(directory);
        return new Settings(dark, changed);
    }

    /** Where a person's settings are: below {@code $XDG_CONFIG_HOME}, or {@code ~/.config} without it. */
    public static Path userFile() {
        Path base = Optional.ofNullable(System.getenv("XDG_CONFIG_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".config"));
        return base.resolve("twoarm").resolve("workbench.properties");
    }

    /** Reads a file of settings; the defaults when there is none. */
    public static Settings read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        List<Path> recent = new ArrayList<>();
        for (int i = 1; properties.containsKey(RECENT + i); i++) {
            recent.add(Path.of(properties.getProperty(RECENT + i)));
        }
        return new Settings(DARK.equals(properties.getProperty(THEME)), recent);
    }

    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# Settings of the TwoArm workbench.\n");
        text.append(THEME).append('=').append(dark ? DARK : "light").append('\n');
        for (int i = 0; i < recent.size(); i++) {
            text.append(RECENT)
                    .append(i + 1)
                    .append('=')
                    .append(escaped(recent.get(i)))
                    .append('\n');
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.replace(file, text.toString());
    }

    /** As the format of property files demands. */
    private static String escaped(Path path) {
        String text = path.toString().replace("\\", "\\\\").replace("\n", "\\n");
        return text.startsWith(" ") ? "\\" + text : text;
    }
}
