package io.twoarm.director.neighbour;

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
    private final long[] mbufs = new long[PLACES];
    private final byte[] dispositions = new byte[PLACES];
    private final int[] next = new int[PLACES];
    private int free;

    WaitingPackets(Counters counters) {
        this.counters = counters;
        for (int i = 0; i < PLACES; i++) {
            next[i] = i + 1 < PLACES ? i + 2 : 0;
        }
        free = 1;
    }

    /** Takes a place for a packet behind the list's last one; 0 when there is none. */
    int add(int last, long mbuf, int disposition) {
        int place = free;
        if (place == 0) {
            return 0;
        }
        int i = place - 1;
        free = next[i];
        next[i] = 0;
        mbufs[i] = mbuf;
        dispositions[i] = (byte) disposition;
        if (last != 0) {
            next[last - 1] = place;
        }
        countWaiting(disposition, 1);
        return place;
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
