package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Design;
import io.twoarm.model.project.LayoutFile;
import io.twoarm.model.project.ProjectFiles;
import io.twoarm.model.project.ProjectWriter;
import io.twoarm.model.project.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of the open design: what is known to be in them, and how they are written.
 *
 * <p>Comments are those of the text that was read last; an object that is removed and comes back has its comments again,
 * and a design that is again as it was read gives the same bytes.
 */
final class DesignFile {
    private final Path directory;
    private volatile String known;
    private volatile Optional<String> knownLayout;
    private volatile FileStamp stamp;

    /**
     * @param text of the topology file
     * @param layout of the layout file; empty when there is none
     * @param stamp of the files when they were read
     */
    DesignFile(Path directory, String text, Optional<String> layout, FileStamp stamp) {
        this.directory = directory;
        this.known = text;
        this.knownLayout = layout;
        this.stamp = stamp;
    }

    /**
     * A design as it was read, with the texts of its files.
     *
     * @param layout empty when there was no layout file
     */
    record Source(Design design, String text, Optional<String> layout) {
        String textOf(Design wanted) {
            return wanted.topology().equals(design.topology()) ? text : ProjectWriter.format(wanted.topology(), text);
        }
    }

    /** Somebody else changed one of the files. */
    static final class ChangedOutsideException extends IOException {
        private static final long serialVersionUID = 1;

        ChangedOutsideException(Path file) {
            super(file + " was changed by another program");
        }
    }

    Path directory() {
        return directory;
    }

    /** The state of the files when this program last read or wrote them. */
    FileStamp stamp() {
        return stamp;
    }

    /** Whether the texts are what this program last read or wrote. */
    boolean isKnown(String text, Optional<String> layout) {
        return known.equals(text) && knownLayout.equals(layout);
    }

    /** Takes note of what was read. */
    void read(String text, Optional<String> layout, FileStamp at) {
        known = text;
        knownLayout = layout;
        stamp = at;
    }

    /**
     * Brings both files to a design. A file that is as wanted already is left alone.
     *
     * @throws ChangedOutsideException when a file is not as this program knows it; nothing is written then
     */
    void write(Design design, Source source) throws IOException {
        try (ProjectLock _ = ProjectLock.of(directory)) {
            replace(design, source);
        }
    }

    private void replace(Design design, Source source) throws IOException {
        Path file = directory.resolve(ProjectFiles.TOPOLOGY);
        String wanted = source.textOf(design);
        String found = Files.exists(file) ? Files.readString(file) : known;
        if (!found.equals(known) && !found.equals(wanted)) {
            throw new ChangedOutsideException(file);
        }
        Path layout = directory.resolve(ProjectFiles.LAYOUT);
        if (!textIn(layout).equals(knownLayout)) {
            throw new ChangedOutsideException(layout);
        }
        if (!found.equals(wanted) || !Files.exists(file)) {
            WholeFile.replace(file, wanted);
        }
        known = wanted;
        writeLayout(design, source);
        knownLayout = textIn(layout);
        stamp = FileStamp.of(directory);
    }

    /** What is in a file; empty when there is none. */
    static Optional<String> textIn(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private void writeLayout(Design design, Source source) throws IOException {
        Path file = directory.resolve(ProjectFiles.LAYOUT);
        boolean drawnAlike = design.places().equals(source.design().places())
                && design.lines().equals(source.design().lines());
        if (!drawnAlike) {
            LayoutFile.write(directory, KeptPlaces.layoutOf(design));
        } else if (source.layout().isEmpty()) {
            Files.deleteIfExists(file);
        } else if (!Files.exists(file)
                || !Files.readString(file, StandardCharsets.UTF_8)
                        .equals(source.layout().get())) {
            WholeFile.replace(file, source.layout().get());
        }
    }
}
