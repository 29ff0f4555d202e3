package io.twoarm.director.linux;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;

/**
 * Ordinary memory of the process, from {@code mmap(2)}: zero. The kernel is asked for large pages. What is not taken from the
 * machine at once is when it is written to first, and that takes long: a large page is cleared in 100 microseconds, and in
 * milliseconds in a virtual machine that has not used it before.
 */
public final class AnonymousMemory implements NativeMemory {
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS = 2 | 0x20;
    private static final int MADV_HUGEPAGE = 14;

    private static final int SMALL_PAGE = 4096;

    private static final SystemCall MMAP = new SystemCall("mmap");
    private static final NativeFunction MADVISE = SystemCall.function("madvise");

    private final long atOnce;

    /** @param atOnce bytes of each piece that are taken from the machine at once, from its start on */
    public AnonymousMemory(long atOnce) {
        this.atOnce = atOnce;
    }

    @Override
    public long allocate(long bytes, int alignment) {
        long mapped = bytes + alignment;
        long address;
        try {
            address = MMAP.callForLong("mmap", 0, mapped, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        } catch (SystemCallException e) {
            throw new OutOfMemoryError(bytes + " bytes: " + e.getMessage());
        }
        // A wish: kernels without transparent large pages refuse it.
        MADVISE.call(address, mapped, MADV_HUGEPAGE);
        for (long at = 0; at < Math.min(mapped, atOnce); at += SMALL_PAGE) {
            Mem.putByte(address + at, (byte) 0);
        }
        return (address + alignment - 1) & -(long) alignment;
    }
}
