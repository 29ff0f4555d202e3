package io.twoarm.director.scheduling;

import java.util.List;
import java.util.Optional;

/** Chooses the realserver of a new flow. Made when the configuration changes; then it belongs to the worker. */
public sealed interface Scheduler
        permits RoundRobin, WeightedRoundRobin, LeastLoad, HighestWeight, AddressHash, Maglev, HashRing, Locality {

    /** No realserver can take the flow. */
    int NONE = -1;

    /** Place of the realserver for a flow, or {@link #NONE}. */
    int choose(FlowKey flow);

    /** What two directors compare to see that they choose alike: 16 hexadecimal digits, where there is a table. */
    default Optional<String> digest() {
        return Optional.empty();
    }

    /**
     * Makes a scheduler.
     *
     * @param shares the realservers by place, at most 65,535
     * @param members what they carry
     */
    static Scheduler of(SchedulerKind kind, HashTarget target, List<Share> shares, Members members) {
        int[] weights = shares.stream().mapToInt(Share::weight).toArray();
        return switch (kind) {
            case RR -> new RoundRobin(weights.length, members);
            case WRR -> new WeightedRoundRobin(weights, members);
            case LC -> new LeastLoad(LeastLoad.Measure.SESSIONS, weights, members);
            case WLC -> new LeastLoad(LeastLoad.Measure.SESSIONS_FOR_WEIGHT, weights, members);
            case SED -> new LeastLoad(LeastLoad.Measure.EXPECTED_DELAY, weights, members);
            case NQ -> new LeastLoad(LeastLoad.Measure.NEVER_QUEUE, weights, members);
            case FO -> new HighestWeight(false, weights, members);
            case OVF -> new HighestWeight(true, weights, members);
            case SH -> new AddressHash(false, target, weights, members);
            case DH -> new AddressHash(true, target, weights, members);
            case MH -> Maglev.of(target, shares, members);
            case CONHASH -> HashRing.of(target, shares, members);
            case LBLC -> new Locality(1, weights, members);
            case LBLCR -> new Locality(Locality.LARGEST_SET, weights, members);
        };
    }

    /** The first available place at or behind one, going round; {@link #NONE} when there is none. */
    static int availableFrom(int place, int count, Members members) {
        for (int i = 0; i < count; i++) {
            int at = place + i < count ? place + i : place + i - count;
            if (members.isAvailable(at)) {
                return at;
            }
        }
        return NONE;
    }
}
