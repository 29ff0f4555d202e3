package io.twoarm.desktop.viewmodel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one window at a time look at the files of a project and replace them, so that no window replaces what another one
 * wrote in between. It is held for milliseconds; the operating system lets go of it when a program is killed.
 */
final class ProjectLock implements AutoCloseable {
    /** The lock of a file keeps out other programs only. */
    private static final Map<Path, ReentrantLock> OWN = new ConcurrentHashMap<>();

    private final ReentrantLock own;
    private final FileChannel channel;

    private ProjectLock(ReentrantLock own, FileChannel channel) {
        this.own = own;
        this.channel = channel;
    }

    /** Waits until no other window has it. */
    static ProjectLock of(Path directory) throws IOException {
        Path project = directory.toRealPath();
        ReentrantLock own = OWN.computeIfAbsent(project, _ -> new ReentrantLock());
        own.lock();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file(project), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            channel.lock();
            return new ProjectLock(own, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            own.unlock();
            throw e;
        }
    }

    /** Outside of the project, so that nothing of it gets into anybody's version control. */
    private static Path file(Path project) {
        String name = "twoarm-%s-%08x.lock".formatted(System.getProperty("user.name"), project.hashCode());
        return Path.of(System.getProperty("java.io.tmpdir"), name);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            own.unlock();
        }
    }
}
