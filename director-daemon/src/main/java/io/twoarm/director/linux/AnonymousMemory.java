package io.twoarm.director.linux;

import io.twoarm.director.memory.NativeMemory;

/**
 * Ordinary memory of the process, from {@code mmap(2)}: zero, and not taken from the machine before it is written to. The
 * kernel is asked for large pages.
 */
public final class AnonymousMemory implements NativeMemory {
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS = 2 | 0x20;
    private static final int MADV_HUGEPAGE = 14;

    private static final SystemCall MMAP = new SystemCall("mmap");
    private static final NativeFunction MADVISE = SystemCall.function("madvise");

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
        return (address + alignment - 1) & -(long) alignment;
    }
}
