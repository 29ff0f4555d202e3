package io.twoarm.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The only place of this module that makes threads: virtual ones, one per watched host. */
final class Tasks implements AutoCloseable {
    private final ExecutorService executor;

    Tasks(String purpose) {
        executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(purpose + "-", 0).factory());
    }

    Future<?> start(Runnable task) {
        return executor.submit(task);
    }

    /** Interrupts what still runs and waits until it has ended. */
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }
}
