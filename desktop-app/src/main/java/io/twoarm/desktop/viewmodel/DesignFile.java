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
    private volatile FileStamp stamp;

    /** @param stamp of the topology file when it was read */
    DesignFile(Path directory, String text, FileStamp stamp) {
        this.directory = directory;
        this.known = text;
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

    /** Somebody else changed the topology file. */
    static final class ChangedOutsideException extends IOException {
        private static final long serialVersionUID = 1;

        ChangedOutsideException(Path file) {
            super(file + " was changed by another program");
        }
    }

    Path directory() {
        return directory;
    }

    /** The state of the topology file when this program last read or wrote it. */
    FileStamp stamp() {
        return stamp;
    }

    /** Whether the text is what this program last read or wrote. */
    boolean isKnown(String text) {
        return known.equals(text);
    }

    /** Takes note of what was read. */
    void read(String text, FileStamp at) {
        known = text;
        stamp = at;
    }

    /**
     * Brings both files to a design. A file that is as wanted already is left alone.
     *
     * @throws ChangedOutsideException when the topology file is not as this program knows it; nothing is written then
     */
    void write(Design design, Source source) throws IOException {
        Path file = directory.resolve(ProjectFiles.TOPOLOGY);
        String wanted = source.textOf(design);
        String found = Files.exists(file) ? Files.readString(file) : known;
        if (!found.equals(known) && !found.equals(wanted)) {
            throw new ChangedOutsideException(file);
        }
        if (!found.equals(wanted) || !Files.exists(file)) {
            WholeFile.replace(file, wanted);
        }
        known = wanted;
        stamp = FileStamp.of(directory);
        writeLayout(design, source);
    }

    private void writeLayout(Design design, Source source) throws IOException {
        Path file = directory.resolve(ProjectFiles.LAYOUT);
        if (!design.places().equals(source.design().places())) {
            LayoutFile.write(directory, KeptPlaces.layoutOf(design.places()));
        } else if (source.layout().isEmpty()) {
            Files.deleteIfExists(file);
        } else if (!Files.exists(file)
                || !Files.readString(file, StandardCharsets.UTF_8)
                        .equals(source.layout().get())) {
            WholeFile.replace(file, source.layout().get());
        }
    }
}
