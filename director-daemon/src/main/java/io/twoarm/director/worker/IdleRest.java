package io.twoarm.director.worker;

import io.twoarm.director.linux.DescriptorWait;

/**
 * How long a worker sleeps when there is nothing to do.
 *
 * <p>First it spins, because the next packet of a busy flow comes soon. When all ports can wake it (their drivers read a
 * descriptor), it then sleeps until a packet arrives or timers are due. Otherwise it must look by itself, and sleeps
 * longer step by step, up to a bound that keeps the first packet's delay small.
 */
final class IdleRest {
    /** Spinning after the last work, in nanoseconds. Longer costs CPU between packets, shorter costs a wake-up. */
    static final long SPIN_NANOS = 30_000;
    /** Longest sleep while ports can wake the worker: timers are due that exactly. */
    static final long WOKEN_NANOS = 5_000_000;
    /** Sleeps while ports cannot wake the worker. */
    static final long FIRST_NANOS = 20_000;

    static final long LONGEST_NANOS = 500_000;

    private final DescriptorWait wait;
    private final boolean portsWake;
    private final Mailbox mailbox;
    private long idleSince;
    private boolean idle;
    private long sleep = FIRST_NANOS;

    IdleRest(DescriptorWait wait, boolean portsWake, Mailbox mailbox) {
        this.mailbox = mailbox;
        this.wait = wait;
        this.portsWake = portsWake;
    }

    /** There was work. */
    void worked() {
        idle = false;
    }

    /**
     * There was none. Spins or sleeps.
     *
     * @param nowNanos the worker's clock
     * @return whether it slept
     */
    boolean rest(long nowNanos) {
        if (!idle) {
            idle = true;
            idleSince = nowNanos;
            sleep = portsWake ? WOKEN_NANOS : FIRST_NANOS;
        }
        if (nowNanos - idleSince < SPIN_NANOS) {
            Thread.onSpinWait();
            return false;
        }
        if (!mailbox.fallAsleep()) {
            return false;
        }
        wait.await(sleep);
        mailbox.wakeUp();
        sleep = Math.min(sleep * 2, portsWake ? WOKEN_NANOS : LONGEST_NANOS);
        return true;
    }
}
