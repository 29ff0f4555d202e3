package io.twoarm.director;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The file that holds the process id. Its lock, not its number, tells whether the process lives: the kernel takes the
 * lock away when the process dies, whatever killed it.
 */
final class PidFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private PidFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Locks the file and writes this process's id.
     *
     * @throws StartException when a living process holds it, or it cannot be written
     */
    static PidFile acquire(Path path) throws StartException {
        try {
            if (path.toAbsolutePath().getParent() != null) {
                Files.createDirectories(path.toAbsolutePath().getParent());
            }
            while (true) {
                FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    channel.close();
                    throw new StartException(
                            "a director is already running: process "
                                    + Files.readString(path).trim(),
                            List.of("found: " + path + " is locked by it"),
                            "stop it first, or give this one its own files with -p and -x");
                }
                if (Files.exists(path) && hasName(path)) {
                    channel.truncate(0);
                    channel.write(StandardCharsets.US_ASCII.encode(
                            ProcessHandle.current().pid() + "\n"));
                    channel.force(true);
                    return new PidFile(path, channel);
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new StartException(
                    "the process id file cannot be written: " + e.getMessage(),
                    List.of("file: " + path),
                    "make its folder writable, or name another file with -p");
        }
    }

    /**
     * Whether the locked file still has its name, and was not removed between opening and locking it. Asks the kernel for
     * the names of open files: opening the file once more and closing that would give the lock away.
     */
    private static boolean hasName(Path path) throws IOException {
        Path real = path.toRealPath();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.exists(descriptor)
                        && Files.readSymbolicLink(descriptor).equals(real)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        channel.close();
    }
}
