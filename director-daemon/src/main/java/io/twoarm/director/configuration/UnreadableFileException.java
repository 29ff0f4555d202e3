package io.twoarm.director.configuration;

import java.nio.file.Path;

/** A configuration file cannot be read at all. */
public final class UnreadableFileException extends Exception {
    private final Path path;

    UnreadableFileException(Path path, String why) {
        super(path + " cannot be read: " + why);
        this.path = path;
    }

    public Path path() {
        return path;
    }
}
