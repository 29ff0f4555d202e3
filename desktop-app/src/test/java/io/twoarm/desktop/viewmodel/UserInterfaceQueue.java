package io.twoarm.desktop.viewmodel;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The test's own thread as the user interface's: runs what arrives while it waits for something. */
final class UserInterfaceQueue implements Executor {
    private static final Duration LIMIT = Duration.ofSeconds(180);

    private final BlockingQueue<Runnable> actions = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable action) {
        actions.add(action);
    }

    /** @param what for the message when it does not come true in time */
    void runUntil(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            Runnable next = actions.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            next.run();
        }
    }
}
