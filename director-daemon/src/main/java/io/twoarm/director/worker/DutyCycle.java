package io.twoarm.director.worker;

import java.util.concurrent.atomic.AtomicLong;

/** How a worker spends its time. Written by the worker only; any thread may read. */
final class DutyCycle {
    private static final long LONG_TURN_NANOS = 1_000_000;

    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong busyTurns = new AtomicLong();
    private final AtomicLong sleeps = new AtomicLong();
    private final AtomicLong longestTurn = new AtomicLong();
    private final AtomicLong longTurns = new AtomicLong();

    /**
     * @param nanos how long the turn took, without sleep
     * @param busy whether it had something to do
     */
    void turn(long nanos, boolean busy) {
        increment(turns);
        if (busy) {
            increment(busyTurns);
        }
        if (nanos > longestTurn.getPlain()) {
            longestTurn.setOpaque(nanos);
        }
        if (nanos > LONG_TURN_NANOS) {
            increment(longTurns);
        }
    }

    void slept() {
        increment(sleeps);
    }

    private static void increment(AtomicLong counter) {
        counter.setOpaque(counter.getPlain() + 1);
    }

    WorkerStatus status(String name, int threadId) {
        return new WorkerStatus(
                name,
                threadId,
                turns.getOpaque(),
                busyTurns.getOpaque(),
                sleeps.getOpaque(),
                longestTurn.getOpaque(),
                longTurns.getOpaque());
    }
}
