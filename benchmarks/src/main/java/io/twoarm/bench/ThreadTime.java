package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long a thread has been on a CPU. Other load on the machine does not count, what it does to the caches does. */
record ThreadTime(long process, long thread) {
    /** Nanoseconds, from the scheduler's own account. */
    long nanos() throws IOException {
        Path account = Path.of("/proc", "" + process, "task", "" + thread, "schedstat");
        return Long.parseLong(Files.readString(account).split(" ")[0]);
    }

    /** The thread of a process whose name is, or starts with, the given one. */
    static ThreadTime named(long process, String name) throws IOException {
        try (var tasks = Files.newDirectoryStream(Path.of("/proc", "" + process, "task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith(name)) {
                    return new ThreadTime(
                            process, Long.parseLong(task.getFileName().toString()));
                }
            }
        }
        throw new IOException("process " + process + " has no thread named " + name);
    }
}
