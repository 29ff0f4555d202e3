package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import java.util.BitSet;

/** Buffers in ordinary memory that notice a second free, a foreign address and writes outside. */
final class TestBuffers implements BufferPool {
    private static final int DATA_ROOM = 9216;
    private static final int GUARD = 64;
    private static final int STRIDE = Mbuf.SIZE + GUARD + Mbuf.HEADROOM + DATA_ROOM + GUARD;
    private static final long PATTERN = 0x5a5a_a5a5_dead_beefL;

    private final long base;
    private final int count;
    private final int[] free;
    private int freeCount;
    private final BitSet out = new BitSet();
    /** Buffers whose surroundings have the pattern; those of the others are zero, for few are ever taken. */
    private final BitSet guarded = new BitSet();

    TestBuffers(NativeMemory memory, int count) {
        this.count = count;
        base = memory.allocate((long) count * STRIDE, 64);
        free = new int[count];
        for (int i = 0; i < count; i++) {
            free[freeCount++] = i;
        }
    }

    @Override
    public boolean allocate(long burst, int wanted) {
        if (freeCount < wanted) {
            return false;
        }
        for (int i = 0; i < wanted; i++) {
            int number = free[--freeCount];
            out.set(number);
            long mbuf = base + (long) number * STRIDE;
            if (!guarded.get(number)) {
                guard(mbuf);
                guarded.set(number);
            }
            Mem.putLong(mbuf + Mbuf.BUF_ADDR_OFFSET, mbuf + Mbuf.SIZE + GUARD);
            Mem.putShort(mbuf + Mbuf.DATA_OFF_OFFSET, (short) Mbuf.HEADROOM);
            Mem.putShort(mbuf + Mbuf.BUF_LEN_OFFSET, (short) (Mbuf.HEADROOM + DATA_ROOM));
            Mbuf.setLength(mbuf, 0);
            Mem.putLong(burst + i * 8L, mbuf);
        }
        return true;
    }

    @Override
    public void free(long burst, int number) {
        for (int i = 0; i < number; i++) {
            free(Mem.getLong(burst + i * 8L));
        }
    }

    void free(long mbuf) {
        long offset = mbuf - base;
        int number = (int) (offset / STRIDE);
        if (offset < 0 || offset % STRIDE != 0 || number >= count || !out.get(number)) {
            throw new AssertionError("Freed what is no buffer in use: " + mbuf);
        }
        requireGuard(mbuf, PATTERN);
        out.clear(number);
        free[freeCount++] = number;
    }

    private static void guard(long mbuf) {
        requireGuard(mbuf, 0);
        for (int word = 0; word < GUARD; word += 8) {
            Mem.putLong(mbuf + Mbuf.SIZE + word, PATTERN);
            Mem.putLong(mbuf + STRIDE - GUARD + word, PATTERN);
        }
    }

    private static void requireGuard(long mbuf, long pattern) {
        for (int word = 0; word < GUARD; word += 8) {
            if (Mem.getLong(mbuf + Mbuf.SIZE + word) != pattern
                    || Mem.getLong(mbuf + STRIDE - GUARD + word) != pattern) {
                throw new AssertionError("Written outside of the buffer");
            }
        }
    }

    /** Buffers that are not free. */
    int outstanding() {
        return count - freeCount;
    }
}
