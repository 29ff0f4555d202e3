package io.twoarm.director.dpdk;

import io.twoarm.director.memory.NativeMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** Memory of DPDK's heap ({@code rte_zmalloc}): huge pages, unless EAL runs with {@code --no-huge}. */
public final class HugePageMemory implements NativeMemory {
    private static final long NO_NAME = 0;

    private final MethodHandle zmalloc;

    public HugePageMemory(Eal eal) {
        zmalloc = eal.dpdk().handle("rte_zmalloc", FunctionDescriptor.of(Dpdk.LONG, Dpdk.LONG, Dpdk.LONG, Dpdk.INT));
    }

    @Override
    public long allocate(long bytes, int alignment) {
        long address;
        try {
            address = (long) zmalloc.invokeExact(NO_NAME, bytes, alignment);
        } catch (Throwable t) {
            throw Dpdk.unexpected(t);
        }
        if (address == 0) {
            throw new OutOfMemoryError("DPDK's heap has no " + bytes + " bytes");
        }
        return address;
    }
}
