package io.twoarm.bench;

import io.twoarm.director.dpdk.BurstFunctions;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;

/**
 * Clients whose packets are made when they are sent, for as many as no capture holds: each sends its SYN and an ACK, then
 * they take turns in a random order. As many packets are on their way as the rings hold.
 */
final class ManyFlows {
    /** What is printed when all have begun. */
    static final String OPENED = "opened";

    private static final int BURST = 32;
    private static final int MOST_IN_FLIGHT = (1 << Source.RING_BITS) / 4;
    private static final long GIVEN_UP_NANOS = 1_000_000_000;

    private final BufferPool pool;
    private final BurstFunctions port;
    private final int flows;
    private final Player player;
    private final long received = NativeMemory.ofProcess().allocate(8L * BURST, 64);
    private final long outgoing = NativeMemory.ofProcess().allocate(8L * BURST, 64);
    private final long answer = NativeMemory.ofProcess().allocate(8, 64);
    private int inFlight;
    private long heard = System.nanoTime();
    private int opened;
    private boolean begun;
    private long random = 20261130;
    private volatile boolean stopped;

    /** @param flows at least a burst's half */
    ManyFlows(BufferPool pool, BurstFunctions port, int flows) {
        this.pool = pool;
        this.port = port;
        this.flows = flows;
        player = new Player(Generator.Pattern.SYN, pool);
    }

    void stop() {
        stopped = true;
    }

    void run() {
        boolean told = false;
        while (!stopped) {
            receive();
            if (inFlight < MOST_IN_FLIGHT && pool.allocate(outgoing, BURST)) {
                send();
            }
            if (opened == flows && !told) {
                told = true;
                System.out.println(OPENED);
            }
        }
    }

    /** The next packets; before the first one has come back the same ones again, since nobody may have been there. */
    private void send() {
        int from = opened;
        for (int i = 0; i < BURST; i++) {
            long mbuf = Mem.getLong(outgoing + 8L * i);
            if (opened < flows) {
                player.write(mbuf, opened, i % 2 == 0 ? Player.SYN : Player.ACK);
                opened += i % 2;
            } else {
                player.write(mbuf, next(), Player.ACK);
            }
        }
        int sent = port.transmit(outgoing, BURST);
        inFlight += sent;
        if (sent < BURST) {
            pool.free(outgoing + 8L * sent, BURST - sent);
            opened = Math.min(from, opened);
        }
        if (!begun) {
            opened = from;
        }
    }

    /** A flow at random (splitmix64). */
    private int next() {
        random += 0x9e3779b97f4a7c15L;
        long mixed = (random ^ random >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return (int) Math.unsignedMultiplyHigh(mixed ^ mixed >>> 31, flows);
    }

    private void receive() {
        int count = port.receive(received, BURST);
        if (count == 0) {
            if (inFlight > 0 && System.nanoTime() - heard > GIVEN_UP_NANOS) {
                inFlight = 0;
            }
            return;
        }
        heard = System.nanoTime();
        int free = 0;
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.getLong(received + 8L * i);
            if (Player.forwarded(mbuf)) {
                begun = true;
                inFlight = Math.max(0, inFlight - 1);
            }
            if (player.answer(mbuf, answer) == 1) {
                if (port.transmit(answer, 1) == 0) {
                    pool.free(answer, 1);
                }
            } else {
                Mem.putLong(received + 8L * free++, mbuf);
            }
        }
        if (free > 0) {
            pool.free(received, free);
        }
    }
}
