package io.twoarm.director;

import io.twoarm.director.dpdk.BurstFunctions;
import io.twoarm.director.forward.Prewarm;
import io.twoarm.director.linux.AnonymousMemory;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.worker.WorkerRehearsal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Has the compiler see packets of every kind while files are read and DPDK starts, so that the first real ones are not slow.
 * Goes on in a thread of its own.
 */
final class Rehearsal {
    /** How long ports wait at most for the code to become fast. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Prewarm.Result result;

    private Rehearsal() {}

    static Rehearsal begin() {
        Rehearsal rehearsal = new Rehearsal();
        DirectorThreads.start("rehearsal", rehearsal::run);
        return rehearsal;
    }

    private void run() {
        try {
            NativeMemory memory = new AnonymousMemory();
            BurstFunctions.rehearse();
            WorkerRehearsal.run(memory);
            result = Prewarm.run(memory, PATIENCE);
        } finally {
            over.countDown();
        }
    }

    /** Waits for its end, for better or worse. */
    void await(DirectorLog log) throws InterruptedException {
        over.await();
        log.debug("rehearsed: " + this);
    }

    /** Waits for its end; returns what it found out. */
    String report() throws InterruptedException {
        over.await();
        return toString();
    }

    @Override
    public String toString() {
        Prewarm.Result now = result;
        return now == null
                ? "not finished"
                : now.packets() + " packets in " + now.time().toMillis() + " ms; at the end " + now.nanosPerPacket()
                        + " ns each, with their making";
    }
}
