package io.twoarm.director;

import io.twoarm.director.dpdk.BurstFunctions;
import io.twoarm.director.dpdk.MbufPool;
import io.twoarm.director.forward.Prewarm;
import io.twoarm.director.linux.AnonymousMemory;
import io.twoarm.director.linux.NativeThread;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.worker.WorkerRehearsal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Has the compiler see packets of every kind while files are read and DPDK starts, so that the first real ones are not slow.
 * Goes on in a thread of its own. At the start there is only time to compile what a busy director does; where the workers leave
 * a CPU to others, the rare kinds follow when packets flow.
 */
final class Rehearsal {
    /** How long ports wait at most for the code to become fast. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    /** How long the CPU is left to those that have more to do after a start. */
    private static final Duration INTERMISSION = Duration.ofSeconds(3);
    /** So often that what a kind calls even four times is compiled, see the launcher's thresholds. */
    private static final int REPETITIONS = 150;

    private static final int LEAST_NICE = 19;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Prewarm.Result result;
    private volatile Optional<Thread> encore = Optional.empty();

    private Rehearsal() {}

    static Rehearsal begin() {
        Rehearsal rehearsal = new Rehearsal();
        DirectorThreads.start("rehearsal", rehearsal::run);
        return rehearsal;
    }

    private void run() {
        try {
            NativeMemory memory = new AnonymousMemory(0);
            BurstFunctions.rehearse();
            MbufPool.rehearse(memory);
            WorkerRehearsal.run(memory);
            result = new Prewarm(memory).run(PATIENCE);
        } finally {
            over.countDown();
        }
    }

    /**
     * Packets flow, and there is a CPU that no worker needs: rehearses the rare kinds for longer, in a thread of its own.
     *
     * @param buffers at least {@link Prewarm#BUFFERS}, which are the rehearsal's until {@link #stop}
     */
    void goOn(BufferPool buffers) {
        encore = Optional.of(DirectorThreads.start("rehearsal", () -> encore(buffers)));
    }

    private void encore(BufferPool buffers) {
        try {
            Thread.sleep(INTERMISSION);
            NativeThread.setNice(LEAST_NICE);
            Prewarm prewarm = new Prewarm(new AnonymousMemory(0), buffers);
            for (int i = 0; i < REPETITIONS && !Thread.interrupted(); i++) {
                prewarm.again();
            }
        } catch (InterruptedException e) {
            // The director stops.
        }
    }

    /** Ends it and waits until it has ended. */
    void stop() throws InterruptedException {
        if (encore.isPresent()) {
            encore.get().interrupt();
            encore.get().join();
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
