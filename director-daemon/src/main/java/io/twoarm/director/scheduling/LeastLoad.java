package io.twoarm.director.scheduling;

/**
 * The least loaded realserver. As in IPVS an active session counts as 256 inactive ones. Of equals the next in turn is
 * taken, so that short flows on a quiet service are spread too.
 */
final class LeastLoad implements Scheduler {
    private static final int ACTIVE_SHARE = 256;

    /** What is compared. */
    enum Measure {
        /** Sessions; weights only tell who takes part. */
        SESSIONS,
        /** Sessions divided by the weight. */
        SESSIONS_FOR_WEIGHT,
        /** Active sessions and this one, divided by the weight. */
        EXPECTED_DELAY,
        /** An idle one first, then as expected delay. */
        NEVER_QUEUE
    }

    private final Measure measure;
    private final int[] weights;
    private final Members members;
    private int hand;

    LeastLoad(Measure measure, int[] weights, Members members) {
        this.measure = measure;
        this.weights = weights;
        this.members = members;
    }

    @Override
    public int choose(FlowKey flow) {
        int count = weights.length;
        int best = NONE;
        long bestLoad = 0;
        for (int i = 0; i < count; i++) {
            int place = hand + i < count ? hand + i : hand + i - count;
            if (members.isAvailable(place)) {
                long load = load(place);
                // load / weight < bestLoad / bestWeight without dividing
                if (best == NONE || load * weight(best) < bestLoad * weight(place)) {
                    best = place;
                    bestLoad = load;
                }
            }
        }
        if (best != NONE) {
            hand = best + 1 < count ? best + 1 : 0;
        }
        return best;
    }

    private long load(int place) {
        return switch (measure) {
            case SESSIONS, SESSIONS_FOR_WEIGHT -> sessions(members, place);
            case EXPECTED_DELAY -> members.active(place) + 1;
            case NEVER_QUEUE -> members.active(place) == 0 ? 0 : members.active(place) + 1;
        };
    }

    private long weight(int place) {
        return measure == Measure.SESSIONS ? 1 : weights[place];
    }

    /** Load of a realserver by its sessions. */
    static long sessions(Members members, int place) {
        return members.active(place) * ACTIVE_SHARE + members.inactive(place);
    }
}
