package io.twoarm.director.steer;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;

/**
 * A ring of numbers from one worker to another, without a lock. Each side writes one position of its own and looks at the
 * other's only when it seems to have no room or nothing left.
 *
 * <pre>
 *    0  position of the taker, u64
 *  128  position of the giver, u64
 *  256  {@value #CAPACITY} entries, u64
 * </pre>
 */
public final class HandoverRing {
    /** Entries of a ring. */
    public static final int CAPACITY = 1024;

    private static final int GIVER_OFFSET = 128;
    private static final int ENTRIES_OFFSET = 256;

    private final long base;
    private long given;
    private long takenSeen;
    private long taken;
    private long givenSeen;

    public HandoverRing(NativeMemory memory) {
        base = Mem.pointer(memory.allocate(ENTRIES_OFFSET + CAPACITY * 8L, 128));
        Mem.putLong(base, 0);
        Mem.putLong(base + GIVER_OFFSET, 0);
    }

    /** For the giver. @return false when the ring is full */
    public boolean offer(long entry) {
        if (given - takenSeen == CAPACITY) {
            takenSeen = Mem.getLongAcquire(base);
            if (given - takenSeen == CAPACITY) {
                return false;
            }
        }
        Mem.putLong(base + ENTRIES_OFFSET + (given & CAPACITY - 1) * 8, entry);
        Mem.putLongRelease(base + GIVER_OFFSET, ++given);
        return true;
    }

    /**
     * For the taker: fills an array of numbers in native memory.
     *
     * @return how many there were, 0 to {@code most}
     */
    public int take(long entries, int most) {
        if (taken == givenSeen) {
            givenSeen = Mem.getLongAcquire(base + GIVER_OFFSET);
        }
        int count = (int) Math.min(most, givenSeen - taken);
        for (int i = 0; i < count; i++) {
            Mem.putLong(entries + i * 8L, Mem.getLong(base + ENTRIES_OFFSET + (taken + i & CAPACITY - 1) * 8));
        }
        if (count > 0) {
            taken += count;
            Mem.putLongRelease(base, taken);
        }
        return count;
    }

    /** For the taker. */
    public boolean isEmpty() {
        return taken == Mem.getLongAcquire(base + GIVER_OFFSET);
    }
}
