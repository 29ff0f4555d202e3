package io.twoarm.director.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;

/**
 * The entries of a set for looking up: open addressing in one array, at most half full. Entries with networks are found by
 * masking the addresses with each pair of prefix lengths that occurs, longest first, so the most precise entry decides.
 * Never changes; a look-up allocates nothing.
 */
final class IpSetTable {
    /** A key of six numbers, and whether the entry is an exception (2) or not (1). */
    private static final int STRIDE = 7;

    private static final int FLAG = 6;
    private static final long EXCEPTION = 2;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private record Lengths(int first, int second) {}

    private final long[] slots;
    private final int mask;
    private final int[] firstLengths;
    private final int[] secondLengths;

    /** @param entries elements, and whether they are exceptions */
    IpSetTable(Map<IpSetElement, Boolean> entries) {
        int capacity = Integer.highestOneBit(Math.max(4, entries.size()) * 4 - 1);
        mask = capacity - 1;
        slots = new long[capacity * STRIDE];
        Collection<Lengths> lengths = entries.keySet().stream()
                .map(element -> new Lengths(element.length(), element.otherLength()))
                .distinct()
                .sorted(Comparator.comparing((Lengths pair) -> pair.first + pair.second)
                        .reversed())
                .toList();
        firstLengths = lengths.stream().mapToInt(Lengths::first).toArray();
        secondLengths = lengths.stream().mapToInt(Lengths::second).toArray();
        entries.forEach(this::put);
    }

    private void put(IpSetElement element, boolean exception) {
        int slot = hash(
                element.high(),
                element.low(),
                element.otherHigh(),
                element.otherLow(),
                element.ports(),
                element.extra() ^ lengths(element.length(), element.otherLength()));
        while (slots[slot * STRIDE + FLAG] != 0) {
            slot = slot + 1 & mask;
        }
        int at = slot * STRIDE;
        slots[at] = element.high();
        slots[at + 1] = element.low();
        slots[at + 2] = element.otherHigh();
        slots[at + 3] = element.otherLow();
        slots[at + 4] = element.ports();
        slots[at + 5] = element.extra() ^ lengths(element.length(), element.otherLength());
        slots[at + FLAG] = exception ? EXCEPTION : 1;
    }

    private static long lengths(int first, int second) {
        return (long) first << 56 | (long) second << 48;
    }

    private int hash(long a, long b, long c, long d, long e, long f) {
        long mixed = a;
        mixed = (mixed ^ b) * FACTOR;
        mixed = (mixed ^ mixed >>> 32 ^ c) * FACTOR;
        mixed = (mixed ^ mixed >>> 32 ^ d) * FACTOR;
        mixed = (mixed ^ mixed >>> 32 ^ e) * FACTOR;
        mixed = (mixed ^ mixed >>> 32 ^ f) * FACTOR;
        return (int) (mixed >>> 32) & mask;
    }

    /** Whether the most precise entry that holds these parts is no exception. */
    boolean contains(long high, long low, long otherHigh, long otherLow, long ports, long extra) {
        for (int i = 0; i < firstLengths.length; i++) {
            int first = firstLengths[i];
            int second = secondLengths[i];
            long flag = find(
                    high & Bits.highMask(first),
                    low & Bits.lowMask(first),
                    otherHigh & Bits.highMask(second),
                    otherLow & Bits.lowMask(second),
                    ports,
                    extra ^ lengths(first, second));
            if (flag != 0) {
                return flag != EXCEPTION;
            }
        }
        return false;
    }

    private long find(long a, long b, long c, long d, long e, long f) {
        int slot = hash(a, b, c, d, e, f);
        while (true) {
            int at = slot * STRIDE;
            long flag = slots[at + FLAG];
            if (flag == 0
                    || slots[at] == a
                            && slots[at + 1] == b
                            && slots[at + 2] == c
                            && slots[at + 3] == d
                            && slots[at + 4] == e
                            && slots[at + 5] == f) {
                return flag;
            }
            slot = slot + 1 & mask;
        }
    }

    /** Bytes that it takes. */
    int size() {
        return slots.length * Long.BYTES;
    }
}
