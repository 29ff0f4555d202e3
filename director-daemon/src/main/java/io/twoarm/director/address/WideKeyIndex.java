package io.twoarm.director.address;

import java.util.Arrays;

/**
 * Finds numbers by an IPv6 address and one more number, a port index or the like: open addressing, at most half full,
 * deletion closes the gap. Never grows.
 */
public final class WideKeyIndex {
    private static final long FACTOR_1 = 0x9E37_79B9_7F4A_7C15L;
    private static final long FACTOR_2 = 0xC2B2_AE3D_27D4_EB4FL;

    private final long[] highs;
    private final long[] lows;
    private final int[] extras;
    private final int[] numbers;
    private final int mask;

    /**
     * @param entries how many keys there are at most
     */
    public WideKeyIndex(int entries) {
        int capacity = Integer.highestOneBit(Math.max(4, entries) * 4 - 1);
        highs = new long[capacity];
        lows = new long[capacity];
        extras = new int[capacity];
        numbers = new int[capacity];
        Arrays.fill(numbers, -1);
        mask = capacity - 1;
    }

    private int home(long high, long low, int extra) {
        long h = (high ^ extra) * FACTOR_1;
        h = (h ^ h >>> 32 ^ low) * FACTOR_2;
        return (int) (h >>> 32) & mask;
    }

    private int slot(long high, long low, int extra) {
        int slot = home(high, low, extra);
        while (numbers[slot] >= 0 && (lows[slot] != low || highs[slot] != high || extras[slot] != extra)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The number of a key, or -1. */
    public int find(long high, long low, int extra) {
        return numbers[slot(high, low, extra)];
    }

    /** Gives a key a number of at least 0. */
    public void put(long high, long low, int extra, int number) {
        int slot = slot(high, low, extra);
        highs[slot] = high;
        lows[slot] = low;
        extras[slot] = extra;
        numbers[slot] = number;
    }

    /** Forgets a key. */
    public void remove(long high, long low, int extra) {
        int gap = slot(high, low, extra);
        if (numbers[gap] < 0) {
            return;
        }
        for (int slot = gap + 1 & mask; numbers[slot] >= 0; slot = slot + 1 & mask) {
            int home = home(highs[slot], lows[slot], extras[slot]);
            if ((slot - home & mask) >= (slot - gap & mask)) {
                highs[gap] = highs[slot];
                lows[gap] = lows[slot];
                extras[gap] = extras[slot];
                numbers[gap] = numbers[slot];
                gap = slot;
            }
        }
        numbers[gap] = -1;
    }
}
