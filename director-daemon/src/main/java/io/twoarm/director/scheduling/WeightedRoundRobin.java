package io.twoarm.director.scheduling;

/**
 * In turn, as often as weights say, and spread evenly over the round: each realserver earns its weight with every flow, the
 * richest takes it and pays the sum of all. Weights 5, 1, 1 give a a b a c a a, not five times a at once.
 */
final class WeightedRoundRobin implements Scheduler {
    private final int[] weights;
    private final long[] credits;
    private final Members members;

    WeightedRoundRobin(int[] weights, Members members) {
        this.weights = weights;
        this.members = members;
        credits = new long[weights.length];
    }

    @Override
    public int choose(FlowKey flow) {
        int best = NONE;
        long sum = 0;
        for (int place = 0; place < weights.length; place++) {
            if (members.isAvailable(place)) {
                credits[place] += weights[place];
                sum += weights[place];
                if (best == NONE || credits[place] > credits[best]) {
                    best = place;
                }
            } else {
                // Who comes back starts anew: it shall not be owed the time that it was away.
                credits[place] = 0;
            }
        }
        if (best != NONE) {
            credits[best] -= sum;
        }
        return best;
    }
}
