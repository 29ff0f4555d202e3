package io.twoarm.director.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Addresses of both families, found by halving: disjoint ranges in ascending order. */
final class SortedRanges {
    private final long[] firstHighs;
    private final long[] firstLows;
    private final long[] lastHighs;
    private final long[] lastLows;

    SortedRanges(List<AccessSubject> subjects) {
        List<AccessSubject> sorted = subjects.stream()
                .sorted(Comparator.comparing(
                        AccessSubject::first,
                        (one, other) -> Bits.compare(one.high(), one.low(), other.high(), other.low())))
                .toList();
        List<AccessSubject> joined = new ArrayList<>();
        for (AccessSubject next : sorted) {
            AccessSubject before = joined.isEmpty() ? null : joined.getLast();
            if (before != null
                    && isWithin(before, next.first().high(), next.first().low())) {
                boolean longer =
                        !isWithin(before, next.last().high(), next.last().low());
                joined.set(joined.size() - 1, longer ? AccessSubject.of(before.first(), next.last()) : before);
            } else {
                joined.add(next);
            }
        }
        firstHighs = joined.stream().mapToLong(range -> range.first().high()).toArray();
        firstLows = joined.stream().mapToLong(range -> range.first().low()).toArray();
        lastHighs = joined.stream().mapToLong(range -> range.last().high()).toArray();
        lastLows = joined.stream().mapToLong(range -> range.last().low()).toArray();
    }

    private static boolean isWithin(AccessSubject range, long high, long low) {
        return Bits.compare(high, low, range.last().high(), range.last().low()) <= 0;
    }

    boolean contains(long high, long low) {
        int from = 0;
        int to = firstHighs.length - 1;
        while (from <= to) {
            int middle = from + to >>> 1;
            if (Bits.compare(high, low, firstHighs[middle], firstLows[middle]) < 0) {
                to = middle - 1;
            } else if (Bits.compare(high, low, lastHighs[middle], lastLows[middle]) > 0) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
