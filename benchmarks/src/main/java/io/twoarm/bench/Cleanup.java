package io.twoarm.bench;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** What a benchmark takes away when it is ended from outside, as by Ctrl+C: the programs that it started, then what they used. */
final class Cleanup {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Deque<AutoCloseable> USED = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Cleanup::run));
    }

    private Cleanup() {}

    /** @param used to be closed when the process ends, whether it was closed before or not; the last one first */
    static void atExit(AutoCloseable used) {
        USED.push(used);
    }

    private static void run() {
        List<ProcessHandle> programs = ProcessHandle.current().descendants().toList();
        programs.forEach(ProcessHandle::destroyForcibly);
        try {
            CompletableFuture.allOf(programs.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((_, _) -> true)
                    .join();
        } finally {
            USED.forEach(Cleanup::close);
        }
    }

    private static void close(AutoCloseable used) {
        try {
            used.close();
        } catch (Exception e) {
            // It was closed before, or there is nobody left to tell.
        }
    }
}
