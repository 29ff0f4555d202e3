package io.twoarm.deploy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that another process or thread brings about. */
final class Waiting {
    private static final Duration LIMIT = Duration.ofSeconds(180);

    private Waiting() {}

    static void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("cannot tell whether " + what, e);
        }
    }
}
