package io.twoarm.desktop.viewmodel;

import io.twoarm.model.project.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What tells one state of a project's two files from the next without reading them. */
record FileStamp(One topology, One layout) {
    private static final One ABSENT = new One(FileTime.fromMillis(0), -1);

    /** Of one file. */
    record One(FileTime modified, long size) {}

    /** Whether there was a topology file. */
    boolean exists() {
        return !topology.equals(ABSENT);
    }

    static FileStamp of(Path directory) throws IOException {
        return new FileStamp(
                one(directory.resolve(ProjectFiles.TOPOLOGY)), one(directory.resolve(ProjectFiles.LAYOUT)));
    }

    private static One one(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new One(attributes.lastModifiedTime(), attributes.size());
        } catch (NoSuchFileException e) {
            return ABSENT;
        }
    }
}
