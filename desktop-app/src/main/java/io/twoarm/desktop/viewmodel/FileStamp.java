package io.twoarm.desktop.viewmodel;

import io.twoarm.model.project.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What tells one state of a project's topology file from the next without reading it. */
record FileStamp(FileTime modified, long size) {
    private static final FileStamp ABSENT = new FileStamp(FileTime.fromMillis(0), -1);

    boolean exists() {
        return !equals(ABSENT);
    }

    static FileStamp of(Path directory) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(directory.resolve(ProjectFiles.TOPOLOGY), BasicFileAttributes.class);
            return new FileStamp(attributes.lastModifiedTime(), attributes.size());
        } catch (NoSuchFileException e) {
            return ABSENT;
        }
    }
}
