package io.twoarm.bench;

import io.twoarm.director.dpdk.BurstFunctions;
import io.twoarm.director.dpdk.MbufPool;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Knocks with the SYN of one client until the forwarder passes it on, and from that moment on sends at a steady rate:
 * each of {@link #FLOWS} clients its SYN, then ACKs in turn. Pauses of its own, in which another program had its CPU, are not
 * made up for: that would be a flood, which no ring holds.
 */
final class SteadyTraffic {
    static final int FLOWS = 1_000;
    private static final int BURST = 32;
    private static final long KNOCK_NANOS = 100_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    /** Later than this it begins its schedule anew: a tenth of a ring's places at a million packets per second. */
    private static final long LATE_NANOS = 100_000;
    /** Packets made and thrown away before it knocks, so that its code is compiled by then. */
    private static final int PRACTICE = 2_000_000;
    /** For what is still on its way at the end. */
    private static final long LINGER_NANOS = 500_000_000;

    private final MbufPool pool;
    private final BurstFunctions port;
    private final Player player;
    private final long nanosPerBurst;
    private final long duration;
    private final long burst = NativeMemory.ofProcess().allocate(8L * BURST, 64);
    private final long answer = NativeMemory.ofProcess().allocate(8L * Player.MOST_ANSWERS, 64);
    private long returned;
    private long refused;

    /** @param rate packets per second */
    SteadyTraffic(MbufPool pool, BurstFunctions port, int rate, int seconds) {
        this.pool = pool;
        this.port = port;
        player = new Player(Generator.Pattern.SYN, pool);
        nanosPerBurst = 1_000_000_000L * BURST / rate;
        duration = seconds * 1_000_000_000L;
    }

    /** Makes packets and throws them away, so that the compiler has nothing to do here when the director is watched. */
    void practise() {
        for (int number = 0; number < PRACTICE; number += BURST) {
            write(number);
            for (int i = 0; i < BURST; i++) {
                long mbuf = Mem.getLong(burst + 8L * i);
                if (!Player.forwarded(mbuf) || player.answer(mbuf, answer) != 0) {
                    throw new IllegalStateException("a client's packet looks like something else");
                }
            }
            pool.free(burst, BURST);
        }
    }

    /**
     * @return {@code first MICROS sent N refused K returned M}: when the first packet came back, in microseconds since 1970;
     *     and what was to be sent, did not fit into the ring because the forwarder was late, and came back after it
     */
    String run() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (returned == 0 && System.nanoTime() < end) {
            knock();
            LockSupport.parkNanos(KNOCK_NANOS);
            receive();
        }
        Instant first = Instant.now();
        returned = 0;
        long sent = 0;
        long due = System.nanoTime();
        for (long bursts = duration / nanosPerBurst; bursts > 0; bursts--) {
            long now = System.nanoTime();
            while (now < due) {
                receive();
                now = System.nanoTime();
            }
            due = (now - due > LATE_NANOS ? now : due) + nanosPerBurst;
            sent += send(sent);
            receive();
        }
        long last = System.nanoTime() + LINGER_NANOS;
        while (System.nanoTime() < last) {
            receive();
        }
        long micros = first.getEpochSecond() * 1_000_000 + first.getNano() / 1_000;
        return "first %d sent %d refused %d returned %d".formatted(micros, sent, refused, returned);
    }

    private void knock() {
        if (pool.allocate(burst, 1)) {
            player.write(Mem.getLong(burst), FLOWS, Player.SYN);
            if (port.transmit(burst, 1) == 0) {
                pool.free(burst, 1);
            }
        }
    }

    /** @return how many packets there were to send, whether the ring had room or not */
    private int send(long before) {
        if (!write(before)) {
            refused += BURST;
            return BURST;
        }
        int taken = port.transmit(burst, BURST);
        if (taken < BURST) {
            refused += BURST - taken;
            pool.free(burst + 8L * taken, BURST - taken);
        }
        return BURST;
    }

    private boolean write(long before) {
        if (!pool.allocate(burst, BURST)) {
            return false;
        }
        for (int i = 0; i < BURST; i++) {
            long number = before + i;
            player.write(Mem.getLong(burst + 8L * i), (int) (number % FLOWS), number < FLOWS ? Player.SYN : Player.ACK);
        }
        return true;
    }

    private void receive() {
        int count = port.receive(burst, BURST);
        int free = 0;
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.getLong(burst + 8L * i);
            if (Player.forwarded(mbuf)) {
                returned++;
            }
            if (player.answer(mbuf, answer) == 1) {
                if (port.transmit(answer, 1) == 0) {
                    pool.free(answer, 1);
                }
            } else {
                Mem.putLong(burst + 8L * free++, mbuf);
            }
        }
        if (free > 0) {
            pool.free(burst, free);
        }
    }
}
