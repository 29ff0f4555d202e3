package io.twoarm.director.worker;

import io.twoarm.director.linux.DescriptorWait;
import io.twoarm.director.linux.NativeThread;

/**
 * How long a worker sleeps when there is nothing to do.
 *
 * <p>First it spins, because the next packet of a busy flow comes soon; after some microseconds it lends its CPU to whoever
 * waits for it, which is a client or server on the same machine whose next packet it waits for itself. Then, or at once where a
 * {@link CpuShare} says that others want the CPU for themselves, it sleeps. When all ports can wake it (their drivers read
 * a descriptor), it sleeps until a packet arrives or timers are due. Otherwise it must look by itself, and sleeps longer
 * step by step, up to a bound that keeps the first packet's delay small.
 */
final class IdleRest {
    /**
     * Spinning after the last work, in nanoseconds. Longer costs CPU between packets, shorter costs a wake-up. Where packets
     * come so soon that a longer spin would have spared the sleep, it becomes longer, and shorter again where it was vain.
     */
    static final long SHORTEST_SPIN_NANOS = 20_000;

    static final long LONGEST_SPIN_NANOS = 100_000;
    /** Idle so long before the CPU is lent: what comes faster could fill the rings before it is back. */
    static final long LEND_AFTER_NANOS = 5_000;

    /** Longest sleep while ports can wake the worker: timers are due that exactly. */
    static final long WOKEN_NANOS = 5_000_000;
    /** Sleeps while ports cannot wake the worker. */
    static final long FIRST_NANOS = 20_000;

    static final long LONGEST_NANOS = 1_000_000;
    /** Nice value of a worker whose CPU is crowded. */
    private static final int PREFERRED = -20;

    private final DescriptorWait wait;
    private final boolean portsWake;
    private final Mailbox mailbox;
    private final CpuShare cpu = new CpuShare(System.nanoTime());
    private final int nice = NativeThread.nice();
    private boolean preferred;
    private long idleSince;
    private boolean idle;
    private boolean slept;
    private long spin = SHORTEST_SPIN_NANOS;
    private long sleep = FIRST_NANOS;

    IdleRest(DescriptorWait wait, boolean portsWake, Mailbox mailbox) {
        this.mailbox = mailbox;
        this.wait = wait;
        this.portsWake = portsWake;
    }

    /**
     * There was work.
     *
     * @param nowNanos the worker's clock
     */
    void worked(long nowNanos) {
        if (slept) {
            boolean soon = nowNanos - idleSince < LONGEST_SPIN_NANOS;
            spin = soon ? Math.min(spin * 2, LONGEST_SPIN_NANOS) : Math.max(spin / 2, SHORTEST_SPIN_NANOS);
            slept = false;
        }
        idle = false;
    }

    /**
     * There was none. Spins or sleeps.
     *
     * @param nowNanos the worker's clock
     * @return whether it slept; spinning, it may have lent its CPU
     */
    boolean rest(long nowNanos) {
        if (!idle) {
            idle = true;
            idleSince = nowNanos;
            sleep = portsWake ? WOKEN_NANOS : FIRST_NANOS;
        }
        boolean crowded = cpu.crowded(nowNanos);
        if (crowded != preferred) {
            preferred = crowded;
            NativeThread.setNice(crowded ? PREFERRED : nice);
        }
        long idleNanos = nowNanos - idleSince;
        if (!crowded && idleNanos < spin) {
            if (idleNanos < LEND_AFTER_NANOS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
                cpu.lent(nowNanos, System.nanoTime());
            }
            return false;
        }
        if (!mailbox.fallAsleep()) {
            return false;
        }
        wait.await(sleep);
        slept = portsWake;
        mailbox.wakeUp();
        sleep = Math.min(sleep * 2, portsWake ? WOKEN_NANOS : LONGEST_NANOS);
        return true;
    }
}
