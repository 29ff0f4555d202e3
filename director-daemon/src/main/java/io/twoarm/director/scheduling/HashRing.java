package io.twoarm.director.scheduling;

import java.util.Arrays;
import java.util.List;

/**
 * Consistent hashing: every realserver has points on a ring, in proportion to its weight, and an address belongs to the next
 * point. While a realserver is not available, its stretches belong to the points behind them.
 */
final class HashRing implements Scheduler {
    /** Points of the realserver with the lowest weight, as in DPVS. */
    private static final int POINTS = 160;

    private static final int MOST_POINTS = 1 << 17;
    private static final long PLACE_MASK = 0xffff;

    private final HashTarget target;
    private final long[] points;
    private final int count;
    private final Members members;

    private HashRing(HashTarget target, long[] points, int count, Members members) {
        this.target = target;
        this.points = points;
        this.count = count;
        this.members = members;
    }

    static HashRing of(HashTarget target, List<Share> shares, Members members) {
        int lowest = shares.stream()
                .mapToInt(Share::weight)
                .filter(weight -> weight > 0)
                .min()
                .orElse(1);
        long sum = shares.stream().mapToLong(Share::weight).sum();
        double each = Math.min((double) POINTS / lowest, MOST_POINTS / Math.max(1.0, sum));
        int[] numbers = shares.stream()
                .mapToInt(share -> share.weight() == 0 ? 0 : Math.max(1, (int) Math.round(share.weight() * each)))
                .toArray();
        long[] points = new long[Arrays.stream(numbers).sum()];
        int filled = 0;
        for (int place = 0; place < numbers.length; place++) {
            for (int i = 0; i < numbers[place]; i++) {
                long hash = KeyHash.of(shares.get(place).name(), i + 1L);
                points[filled++] = hash & ~PLACE_MASK | place;
            }
        }
        Arrays.sort(points);
        return new HashRing(target, points, shares.size(), members);
    }

    @Override
    public int choose(FlowKey flow) {
        if (points.length == 0) {
            return NONE;
        }
        boolean byConnection = target == HashTarget.CONNECTION && flow.connection != 0;
        long hash = byConnection ? KeyHash.of(flow.connection) : flow.source();
        int found = Arrays.binarySearch(points, hash & ~PLACE_MASK);
        int at = found >= 0 ? found : -found - 1;
        int place = place(at);
        if (members.isAvailable(place)) {
            return place;
        }
        if (Scheduler.availableFrom(0, count, members) == NONE) {
            return NONE;
        }
        while (!members.isAvailable(place)) {
            at++;
            place = place(at);
        }
        return place;
    }

    private int place(int at) {
        return (int) (points[at % points.length] & PLACE_MASK);
    }
}
