package io.twoarm.director.session;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;

/**
 * The hash index of sessions: each has two entries, one per direction. Open addressing with 8-byte entries, at most half
 * full, so a search ends in its first cache line almost always; deletion closes the gap.
 *
 * <pre>
 * entry:  hash (high 32 bits) | (session number + 1) shifted left by 1 | direction
 * </pre>
 */
final class SessionIndex {
    private static final long FACTOR_1 = 0x9E37_79B9_7F4A_7C15L;
    private static final long FACTOR_2 = 0xC2B2_AE3D_27D4_EB4FL;

    private final long base;
    private final int mask;
    private final long key;

    /**
     * @param sessions how many; 4 entries of 8 bytes are taken for each
     * @param key makes positions unpredictable from outside
     */
    SessionIndex(NativeMemory memory, int sessions, long key) {
        int capacity = Integer.highestOneBit(sessions * 4 - 1) << 1;
        base = Mem.pointer(memory.allocate(capacity * 8L, 64));
        mask = capacity - 1;
        this.key = key;
    }

    /** Hash of a flow as its packets show it; never 0, which stands for "no flow". */
    int hash(long rawAddresses, int rawPorts, int protocol) {
        long h = (rawAddresses ^ key) * FACTOR_1;
        h ^= h >>> 32;
        h = (h ^ rawPorts & 0xffff_ffffL ^ (long) protocol << 40) * FACTOR_2;
        return (int) (h >>> 32) | 1 << 31;
    }

    /** Address of the entry where the search for a hash begins. */
    long home(int hash) {
        return base + (hash & mask) * 8L;
    }

    long first() {
        return base;
    }

    int mask() {
        return mask;
    }

    /** Address of the entry behind another. */
    long following(long entry) {
        long next = entry + 8;
        return next > base + mask * 8L ? base : next;
    }

    static int hashOf(long entryValue) {
        return (int) (entryValue >>> 32);
    }

    /** Session number of an entry. */
    static int number(long entryValue) {
        return ((int) entryValue >>> 1) - 1;
    }

    static int direction(long entryValue) {
        return (int) entryValue & 1;
    }

    void insert(int hash, int number, int direction) {
        long entry = home(hash);
        while (Mem.getLong(entry) != 0) {
            entry = following(entry);
        }
        Mem.putLong(entry, value(hash, number, direction));
    }

    private static long value(int hash, int number, int direction) {
        return (long) hash << 32 | (number + 1L) << 1 | direction;
    }

    void remove(int hash, int number, int direction) {
        long wanted = value(hash, number, direction);
        long gap = home(hash);
        while (Mem.getLong(gap) != wanted) {
            if (Mem.getLong(gap) == 0) {
                return;
            }
            gap = following(gap);
        }
        long entry = gap;
        while (true) {
            entry = following(entry);
            long value = Mem.getLong(entry);
            if (value == 0) {
                break;
            }
            long fromHome = entry - home(hashOf(value)) & mask * 8L;
            long fromGap = entry - gap & mask * 8L;
            if (fromHome >= fromGap) {
                Mem.putLong(gap, value);
                gap = entry;
            }
        }
        Mem.putLong(gap, 0);
    }
}
