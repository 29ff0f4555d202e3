package io.twoarm.director.dpdk;

import io.twoarm.director.linux.NativeFunction;
import io.twoarm.director.memory.NativeMemory;

/** Memory of DPDK's heap ({@code rte_zmalloc}): huge pages, unless EAL runs with {@code --no-huge}. */
public final class HugePageMemory implements NativeMemory {
    private static final long NO_NAME = 0;

    private final NativeFunction zmalloc;

    public HugePageMemory(Eal eal) {
        zmalloc = eal.dpdk().function("rte_zmalloc");
    }

    @Override
    public long allocate(long bytes, int alignment) {
        long address = zmalloc.call(NO_NAME, bytes, alignment);
        if (address == 0) {
            throw new OutOfMemoryError("DPDK's heap has no " + bytes + " bytes");
        }
        return address;
    }
}
