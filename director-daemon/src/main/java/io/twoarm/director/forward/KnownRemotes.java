package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;

/**
 * Which outside addresses a mapped port has sessions with, each with their number. Never grows; as each session adds one entry
 * at most, it holds as many as there may be sessions.
 *
 * <pre>
 *  0  mapping   i32
 *  4  address   i32
 *  8  sessions  i32
 * 12  next      i32, number of the next with the same hash, or of the next free one
 * </pre>
 */
final class KnownRemotes {
    private static final int NONE = -1;
    private static final int SHIFT = 4;
    private static final int ADDRESS = 4;
    private static final int SESSIONS = 8;
    private static final int NEXT = 12;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final long base;
    private final long heads;
    private final int shift;
    private final long key;
    private int free = NONE;
    private int used;

    /** @param key makes places in the table unknown to others */
    KnownRemotes(NativeMemory memory, int capacity, long key) {
        this.key = key;
        base = Mem.pointer(memory.allocate((long) capacity << SHIFT, 64));
        int buckets = Integer.highestOneBit(Math.max(8, capacity) * 2 - 1);
        shift = 64 - Integer.numberOfTrailingZeros(buckets);
        heads = Mem.pointer(memory.allocate(4L * buckets, 64));
        Mem.fill(heads, 4L * buckets, (byte) NONE);
    }

    private long head(int mapping, int address) {
        long h = ((long) mapping << 32 | address & 0xffff_ffffL) ^ key;
        h = (h ^ h >>> 29) * FACTOR;
        h = (h ^ h >>> 32) * FACTOR;
        return heads + 4 * (h >>> shift);
    }

    private long record(int number) {
        return base + ((long) number << SHIFT);
    }

    /** Where the number of an entry stands that is this pair's, or {@link #NONE} at the end of its list. */
    private long find(int mapping, int address) {
        long at = head(mapping, address);
        for (int number = Mem.getInt(at); number != NONE; number = Mem.getInt(at)) {
            long record = record(number);
            if (Mem.getInt(record) == mapping && Mem.getInt(record + ADDRESS) == address) {
                return at;
            }
            at = record + NEXT;
        }
        return at;
    }

    boolean contains(int mapping, int address) {
        return Mem.getInt(find(mapping, address)) != NONE;
    }

    /** A session begins. */
    void add(int mapping, int address) {
        long at = find(mapping, address);
        int number = Mem.getInt(at);
        if (number == NONE) {
            number = free == NONE ? used++ : free;
            long record = record(number);
            free = number == free ? Mem.getInt(record + NEXT) : free;
            Mem.putInt(record, mapping);
            Mem.putInt(record + ADDRESS, address);
            Mem.putInt(record + SESSIONS, 0);
            Mem.putInt(record + NEXT, NONE);
            Mem.putInt(at, number);
        }
        long count = record(number) + SESSIONS;
        Mem.putInt(count, Mem.getInt(count) + 1);
    }

    /** One that had begun has ended. */
    void remove(int mapping, int address) {
        long at = find(mapping, address);
        int number = Mem.getInt(at);
        long record = record(number);
        int left = Mem.getInt(record + SESSIONS) - 1;
        Mem.putInt(record + SESSIONS, left);
        if (left == 0) {
            Mem.putInt(at, Mem.getInt(record + NEXT));
            Mem.putInt(record + NEXT, free);
            free = number;
        }
    }
}
