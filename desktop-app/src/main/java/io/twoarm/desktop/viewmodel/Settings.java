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
 * @param contrast whether texts and lines stand out as far as they can
 * @param scale of everything in the window, in percent, one of {@link #SCALES}; from the next start on
 * @param language such as {@code de}; empty for that of the system; from the next start on
 * @param snap whether figures come into line with others while they are dragged
 * @param recent project directories, the last opened first
 */
public record Settings(boolean dark, boolean contrast, int scale, String language, boolean snap, List<Path> recent) {
    public static final List<Integer> SCALES = List.of(100, 125, 150, 175, 200);
    /** Those that there are texts in. */
    public static final List<String> LANGUAGES = List.of("en", "de");
    /** Behind the lists that it is checked against. */
    public static final Settings DEFAULT = new Settings(false, false, 100, "", true, List.of());

    private static final int MOST_RECENT = 8;
    private static final String THEME = "theme";
    private static final String DARK = "dark";
    private static final String CONTRAST = "contrast";
    private static final String SCALE = "scale";
    private static final String LANGUAGE = "language";
    private static final String SNAP = "snap";
    private static final String RECENT = "recent.";

    public Settings {
        recent = List.copyOf(recent);
        if (!SCALES.contains(scale)) {
            throw new IllegalArgumentException("scale is one of " + SCALES + ", not " + scale);
        }
        if (!language.isEmpty() && !LANGUAGES.contains(language)) {
            throw new IllegalArgumentException("language is one of " + LANGUAGES + ", not " + language);
        }
    }

    /** The same with other recent projects. */
    public Settings withRecent(List<Path> changed) {
        return new Settings(dark, contrast, scale, language, snap, changed);
    }

    public Settings withDark(boolean wanted) {
        return new Settings(wanted, contrast, scale, language, snap, recent);
    }

    /** The directory becomes the most recent one. */
    public Settings withRecent(Path directory) {
        List<Path> changed = new ArrayList<>(recent);
        changed.remove(directory);
        changed.addFirst(directory);
        return withRecent(changed.stream().limit(MOST_RECENT).toList());
    }

    public Settings withoutRecent(Path directory) {
        List<Path> changed = new ArrayList<>(recent);
        changed.remove(directory);
        return withRecent(changed);
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
        return new Settings(
                DARK.equals(properties.getProperty(THEME)),
                Boolean.parseBoolean(properties.getProperty(CONTRAST)),
                Integer.parseInt(properties.getProperty(SCALE, Integer.toString(DEFAULT.scale()))),
                properties.getProperty(LANGUAGE, DEFAULT.language()),
                Boolean.parseBoolean(properties.getProperty(SNAP, "true")),
                recent);
    }

    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# Settings of the TwoArm workbench.\n");
        text.append(THEME).append('=').append(dark ? DARK : "light").append('\n');
        text.append(CONTRAST).append('=').append(contrast).append('\n');
        text.append(SCALE).append('=').append(scale).append('\n');
        text.append(LANGUAGE).append('=').append(language).append('\n');
        text.append(SNAP).append('=').append(snap).append('\n');
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
