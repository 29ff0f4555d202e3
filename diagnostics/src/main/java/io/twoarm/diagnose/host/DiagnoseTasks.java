package io.twoarm.diagnose.host;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The only place of this module that makes threads: virtual ones, one per thing that is waited for. */
public final class DiagnoseTasks implements AutoCloseable {
    private final ExecutorService executor;

    public DiagnoseTasks(String purpose) {
        executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(purpose + "-", 0).factory());
    }

    public Future<?> start(Runnable task) {
        return executor.submit(task);
    }

    public <T> Future<T> call(Callable<T> task) {
        return executor.submit(task);
    }

    /** Interrupts what runs and waits until it has ended. */
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }
}
