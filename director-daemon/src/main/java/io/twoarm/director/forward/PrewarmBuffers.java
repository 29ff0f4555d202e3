package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;

/** A few buffers in ordinary memory, for packets that never leave the process. Now and then it has none left. */
final class PrewarmBuffers implements BufferPool {
    private static final int ROOM = 2048;
    private static final int STRIDE = Mbuf.SIZE + Mbuf.HEADROOM + ROOM;

    private final long[] free;
    private int count;
    private boolean empty;

    PrewarmBuffers(NativeMemory memory, int buffers) {
        free = new long[buffers];
        long base = memory.allocate((long) buffers * STRIDE, 64);
        for (int i = 0; i < buffers; i++) {
            free[count++] = Mem.pointer(base + (long) i * STRIDE);
        }
    }

    /** Makes the pool say that it is empty. */
    void setEmpty(boolean isEmpty) {
        empty = isEmpty;
    }

    @Override
    public boolean allocate(long burst, int wanted) {
        if (empty || wanted > count) {
            return false;
        }
        for (int i = 0; i < wanted; i++) {
            long mbuf = free[--count];
            Mem.putLong(mbuf + Mbuf.BUF_ADDR_OFFSET, mbuf + Mbuf.SIZE);
            Mem.putShort(mbuf + Mbuf.DATA_OFF_OFFSET, (short) Mbuf.HEADROOM);
            Mem.putShort(mbuf + Mbuf.BUF_LEN_OFFSET, (short) (Mbuf.HEADROOM + ROOM));
            Mbuf.setLength(mbuf, 0);
            Mem.putLong(burst + i * 8L, mbuf);
        }
        return true;
    }

    @Override
    public void free(long burst, int number) {
        for (int i = 0; i < number; i++) {
            free[count++] = Mem.getLong(burst + i * 8L);
        }
    }
}
