package io.twoarm.deploy;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** The only place of this module that makes threads: virtual ones, one per host at work and one per output stream. */
final class DeployTasks implements AutoCloseable {
    private final ExecutorService executor;

    DeployTasks(String purpose) {
        ThreadFactory threads = Thread.ofVirtual().name(purpose + "-", 0).factory();
        executor = Executors.newThreadPerTaskExecutor(threads);
    }

    Future<?> start(Runnable task) {
        return executor.submit(task);
    }

    <T> Future<T> call(Callable<T> task) {
        return executor.submit(task);
    }

    /** Interrupts what runs; nothing new is taken. */
    void interruptAll() {
        executor.shutdownNow();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
