package io.twoarm.director.scheduling;

/** The available realserver with the highest weight; with overflow only while its active sessions are fewer than that. */
final class HighestWeight implements Scheduler {
    private final boolean overflow;
    private final int[] weights;
    private final Members members;

    HighestWeight(boolean overflow, int[] weights, Members members) {
        this.overflow = overflow;
        this.weights = weights;
        this.members = members;
    }

    @Override
    public int choose(FlowKey flow) {
        int best = NONE;
        for (int place = 0; place < weights.length; place++) {
            if ((best == NONE || weights[place] > weights[best])
                    && members.isAvailable(place)
                    && (!overflow || members.active(place) < weights[place])) {
                best = place;
            }
        }
        return best;
    }
}
