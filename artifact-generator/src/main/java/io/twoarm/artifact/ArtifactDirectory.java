package io.twoarm.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Artifacts of all hosts in a directory: one folder per host with its files at their paths, and a {@code manifest.txt}.
 *
 * <p>The directory is written beside its place and moved there whole, so that it always holds either the old artifacts
 * or the new ones.
 */
public final class ArtifactDirectory {
    /** Its first line tells a directory of artifacts from any other. */
    private static final String MANIFEST = "manifest.txt";

    private static final String MANIFEST_TITLE = "TwoArm artifacts";

    private ArtifactDirectory() {}

    /**
     * Writes the artifacts. An earlier directory of artifacts in that place is replaced.
     *
     * @throws IOException when it cannot be written, or when the place holds something else; nothing has changed then
     */
    public static void write(List<HostArtifacts> hosts, Path directory) throws IOException {
        Path target = directory.toAbsolutePath().normalize();
        requireReplaceable(target);
        Path parent = target.getParent();
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "." + target.getFileName() + ".new");
        try {
            setMode(fresh, 0755);
            for (HostArtifacts host : hosts) {
                writeHost(host, fresh.resolve(host.host()));
            }
            writeFile(fresh.resolve(MANIFEST), manifest(hosts), 0644);
            sync(fresh);
            swap(fresh, target);
        } finally {
            deleteTree(fresh);
        }
    }

    private static void requireReplaceable(Path target) throws IOException {
        if (target.getParent() == null) {
            throw new IOException(target + " cannot hold artifacts: it is the root directory. Name a new directory.");
        }
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(target + " exists and is no directory. Name a new directory.");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            if (!entries.iterator().hasNext() || isArtifacts(target)) {
                return;
            }
        }
        throw new IOException(target + " exists and holds other files, which would be lost. Name a new directory, or"
                + " empty this one.");
    }

    private static boolean isArtifacts(Path directory) throws IOException {
        try (var lines = Files.lines(directory.resolve(MANIFEST), StandardCharsets.UTF_8)) {
            return lines.findFirst().filter(MANIFEST_TITLE::equals).isPresent();
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    private static void writeHost(HostArtifacts host, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (HostFile file : host.files()) {
            Path path = folder.resolve(file.path().substring(1));
            Files.createDirectories(path.getParent());
            writeFile(path, file.content(), file.mode());
        }
        writeFile(folder.resolve(MANIFEST), HostManifest.render(host), 0644);
    }

    private static String manifest(List<HostArtifacts> hosts) {
        StringBuilder text = new StringBuilder(MANIFEST_TITLE).append("\n\n");
        hosts.forEach(host -> text.append(host.host())
                .append(": ")
                .append(host.files().size())
                .append(" files, ")
                .append(host.services().size())
                .append(" services\n"));
        return text.toString();
    }

    private static void writeFile(Path path, String content, int mode) throws IOException {
        Files.writeString(path, content, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        setMode(path, mode);
        sync(path);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void swap(Path fresh, Path target) throws IOException {
        Path old = Files.createTempDirectory(target.getParent(), "." + target.getFileName() + ".old");
        boolean replaced = Files.exists(target);
        try {
            if (replaced) {
                Files.move(target, old, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failure) {
                if (replaced) {
                    Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
                }
                throw failure;
            }
        } finally {
            deleteTree(old);
        }
        sync(target.getParent());
    }

    private static void setMode(Path path, int mode) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        for (int bit = 0; bit < fromHighestBit.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                permissions.add(fromHighestBit[bit]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
