package io.twoarm.model.project;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Replaces a file so that, whatever happens, either the former or the new text is there, whole. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a neighbouring file, forces it to disk and renames it over the old one, whose permissions it takes.
     *
     * <p>The neighbour has a fixed name, so that one left behind by a killed program is taken over by the next.
     *
     * @throws IOException when that is not possible; the old file is then unchanged
     */
    public static void replace(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path neighbour = target.resolveSibling("." + target.getFileName() + ".new");
        Files.deleteIfExists(neighbour);
        try {
            write(neighbour, text);
            if (Files.exists(target)) {
                copyPermissions(target, neighbour);
            }
            Files.move(neighbour, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(neighbour);
        }
        forceDirectory(target.getParent());
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (view != null) {
            Files.setPosixFilePermissions(to, view.readAttributes().permissions());
        }
    }

    /** Makes the rename itself last through a power cut. */
    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
