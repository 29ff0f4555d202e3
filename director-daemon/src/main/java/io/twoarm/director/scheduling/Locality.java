package io.twoarm.director.scheduling;

/**
 * Keeps each destination on one realserver (lblc) or on few (lblcr), for caches that serve many destinations. A realserver
 * has too much when it has more active sessions than its weight while another one has fewer than half of its own; then the
 * least loaded one takes over, or joins the set. A set that did not grow for a while loses its most loaded member.
 *
 * <p>Destinations are kept in a table of a fixed size; one that finds its slot taken by another begins anew.
 */
final class Locality implements Scheduler {
    static final int LARGEST_SET = 8;

    private static final int SLOTS = 4096;
    /** As in IPVS: a set that did not change for six minutes shrinks. */
    private static final long SHRINK_MICROS = 360_000_000L;

    private final int largest;
    private final int[] weights;
    private final Members members;
    private final LeastLoad leastLoad;
    /** Hashes of destination addresses. */
    private final long[] destinations = new long[SLOTS];

    private final byte[] sizes = new byte[SLOTS];
    private final long[] changed = new long[SLOTS];
    private final char[] sets;

    Locality(int largest, int[] weights, Members members) {
        this.largest = largest;
        this.weights = weights;
        this.members = members;
        leastLoad = new LeastLoad(LeastLoad.Measure.SESSIONS_FOR_WEIGHT, weights, members);
        sets = new char[SLOTS * largest];
    }

    @Override
    public int choose(FlowKey flow) {
        long destination = flow.destination();
        int slot = (int) destination & SLOTS - 1;
        if (sizes[slot] == 0 || destinations[slot] != destination) {
            return begin(slot, flow);
        }
        shrink(slot, flow.nowMicros);
        int place = leastOf(slot);
        if (place == NONE) {
            return begin(slot, flow);
        }
        if (members.active(place) <= weights[place] || !someoneHasRoom()) {
            return place;
        }
        int other = leastLoad.choose(flow);
        if (!contains(slot, other)) {
            if (sizes[slot] == largest) {
                remove(slot, mostOf(slot));
            }
            add(slot, other, flow.nowMicros);
        }
        return other;
    }

    private int begin(int slot, FlowKey flow) {
        sizes[slot] = 0;
        int place = leastLoad.choose(flow);
        if (place != NONE) {
            destinations[slot] = flow.destination();
            add(slot, place, flow.nowMicros);
        }
        return place;
    }

    private void add(int slot, int place, long nowMicros) {
        sets[slot * largest + sizes[slot]] = (char) place;
        sizes[slot]++;
        changed[slot] = nowMicros;
    }

    private void remove(int slot, int index) {
        int first = slot * largest;
        sizes[slot]--;
        sets[first + index] = sets[first + sizes[slot]];
    }

    private void shrink(int slot, long nowMicros) {
        if (sizes[slot] > 1 && nowMicros - changed[slot] > SHRINK_MICROS) {
            remove(slot, mostOf(slot));
            changed[slot] = nowMicros;
        }
    }

    private boolean contains(int slot, int place) {
        for (int i = 0; i < sizes[slot]; i++) {
            if (sets[slot * largest + i] == place) {
                return true;
            }
        }
        return false;
    }

    /** The least loaded available place of a set. */
    private int leastOf(int slot) {
        int best = NONE;
        for (int i = 0; i < sizes[slot]; i++) {
            int place = sets[slot * largest + i];
            if (members.isAvailable(place) && (best == NONE || isLighter(place, best))) {
                best = place;
            }
        }
        return best;
    }

    /** Index in the set of its most loaded place. */
    private int mostOf(int slot) {
        int most = 0;
        for (int i = 1; i < sizes[slot]; i++) {
            if (isLighter(sets[slot * largest + most], sets[slot * largest + i])) {
                most = i;
            }
        }
        return most;
    }

    private boolean isLighter(int place, int other) {
        return LeastLoad.sessions(members, place) * weights[other]
                < LeastLoad.sessions(members, other) * weights[place];
    }

    private boolean someoneHasRoom() {
        for (int place = 0; place < weights.length; place++) {
            if (members.isAvailable(place) && members.active(place) * 2 < weights[place]) {
                return true;
            }
        }
        return false;
    }
}
