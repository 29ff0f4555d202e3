package io.twoarm.director.exception;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A thread that sleeps when it has nothing to do, and others that wake it when they gave it something. It says that it lies
 * down, looks once more, and then sleeps; so nothing given meanwhile is overlooked.
 */
public final class Sleeper {
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile Runnable wake = () -> {};

    /** What wakes the thread. Before its first turn. */
    public void wakenBy(Runnable action) {
        wake = action;
    }

    /** For the thread: what is given from now on wakes it. */
    public void lieDown() {
        asleep.set(true);
        VarHandle.fullFence();
    }

    /** For the thread: it is awake. */
    public void getUp() {
        asleep.set(false);
    }

    /** For the others, after what they gave. */
    public void rouse() {
        VarHandle.fullFence();
        if (asleep.getPlain() && asleep.compareAndSet(true, false)) {
            wake.run();
        }
    }
}
