package io.twoarm.cli;

import io.twoarm.engine.EngineException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Text files that a user names, with directories taken apart. */
final class FileTree {
    /** No configuration file comes near it; what is larger is something else. */
    private static final long LARGEST_BYTES = 4L << 20;

    private static final int MOST_FILES = 2000;

    private FileTree() {}

    /** Every text file of a directory by its path in there, with a leading slash. */
    static SortedMap<String, String> read(Path directory) {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> files =
                    paths.filter(Files::isRegularFile).limit(MOST_FILES + 1L).toList();
            if (files.size() > MOST_FILES) {
                throw new EngineException(
                        "%s holds more than %d files.%n        fix:     name the directory of one host"
                                .formatted(directory, MOST_FILES));
            }
            for (Path file : files) {
                text(file).ifPresent(text -> texts.put("/" + directory.relativize(file), text));
            }
        } catch (IOException e) {
            throw new EngineException("%s cannot be read: %s".formatted(directory, e), e);
        }
        return texts;
    }

    /** The file as text; empty when it is none. */
    static Optional<String> text(Path file) {
        try {
            return Files.size(file) > LARGEST_BYTES
                    ? Optional.empty()
                    : Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineException("%s cannot be read: %s".formatted(file, e), e);
        }
    }
}
