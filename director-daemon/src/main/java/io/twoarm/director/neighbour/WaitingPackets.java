package io.twoarm.director.neighbour;

import static io.twoarm.director.neighbour.NeighbourRecord.FIRST_WAITING_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.LAST_WAITING_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.WAITING_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;

/**
 * Packets that wait for Ethernet addresses: one bounded list per neighbour, from one bounded pool of places. A list is
 * named by its first place plus 1; 0 is the empty list.
 */
final class WaitingPackets {
    /** All places together. Few, for each holds a buffer that the ports would like to fill. */
    static final int PLACES = 512;

    private static final Counter[] COUNTERS = Counter.values();

    private final Counters counters;
    private final int limit;
    private final long[] mbufs = new long[PLACES];
    private final byte[] dispositions = new byte[PLACES];
    private final int[] next = new int[PLACES];
    private int free;

    /** @param limit most packets that wait for one neighbour */
    WaitingPackets(Counters counters, int limit) {
        this.counters = counters;
        this.limit = limit;
        for (int i = 0; i < PLACES; i++) {
            next[i] = i + 1 < PLACES ? i + 2 : 0;
        }
        free = 1;
    }

    /**
     * Lets a packet wait behind a neighbour's others.
     *
     * @param record the neighbour's
     * @return whether there was a place for it
     */
    boolean add(long record, long mbuf, int disposition) {
        int count = Mem.getInt(record + WAITING_OFFSET);
        int place = free;
        if (count >= limit || place == 0) {
            return false;
        }
        int i = place - 1;
        free = next[i];
        next[i] = 0;
        mbufs[i] = mbuf;
        dispositions[i] = (byte) disposition;
        int last = Mem.getInt(record + LAST_WAITING_OFFSET);
        if (last == 0) {
            Mem.putInt(record + FIRST_WAITING_OFFSET, place);
        } else {
            next[last - 1] = place;
        }
        Mem.putInt(record + LAST_WAITING_OFFSET, place);
        Mem.putInt(record + WAITING_OFFSET, count + 1);
        countWaiting(disposition, 1);
        return true;
    }

    /** A neighbour's first packet; 0 when none waits. */
    int first(long record) {
        return Mem.getInt(record + FIRST_WAITING_OFFSET);
    }

    /** A neighbour's packets wait no more: their places have been given back. */
    void forget(long record) {
        Mem.putInt(record + FIRST_WAITING_OFFSET, 0);
        Mem.putInt(record + LAST_WAITING_OFFSET, 0);
        Mem.putInt(record + WAITING_OFFSET, 0);
    }

    long mbuf(int place) {
        return mbufs[place - 1];
    }

    int disposition(int place) {
        return dispositions[place - 1];
    }

    /** Gives a place back and names the one behind it. */
    int remove(int place) {
        int i = place - 1;
        int following = next[i];
        next[i] = free;
        free = place;
        countWaiting(dispositions[i], -1);
        return following;
    }

    private void countWaiting(int disposition, int amount) {
        if (COUNTERS[disposition].kind().isDisposition()) {
            counters.add(Counter.WAITING, amount);
        }
    }
}
