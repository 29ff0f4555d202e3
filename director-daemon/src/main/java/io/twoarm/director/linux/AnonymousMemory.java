package io.twoarm.director.linux;

import io.twoarm.director.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Ordinary memory of the process, from {@code mmap(2)}: zero, and not taken from the machine before it is written to. The
 * kernel is asked for large pages.
 */
public final class AnonymousMemory implements NativeMemory {
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS = 2 | 0x20;
    private static final int MADV_HUGEPAGE = 14;
    private static final long MAP_FAILED = -1;

    private static final MethodHandle MMAP = SystemCall.withErrno(
            "mmap",
            FunctionDescriptor.of(
                    SystemCall.LONG,
                    SystemCall.LONG,
                    SystemCall.LONG,
                    SystemCall.INT,
                    SystemCall.INT,
                    SystemCall.INT,
                    SystemCall.LONG));
    private static final MethodHandle MADVISE = SystemCall.plain(
            "madvise", FunctionDescriptor.of(SystemCall.INT, SystemCall.LONG, SystemCall.LONG, SystemCall.INT));

    @Override
    public long allocate(long bytes, int alignment) {
        long mapped = bytes + alignment;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errnoIn(arena);
            long address = (long) MMAP.invokeExact(errno, 0L, mapped, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
            if (address == MAP_FAILED) {
                throw new OutOfMemoryError(
                        bytes + " bytes: " + SystemCall.failed("mmap", errno).getMessage());
            }
            // A wish: kernels without transparent large pages refuse it.
            int ignored = (int) MADVISE.invokeExact(address, mapped, MADV_HUGEPAGE);
            return (address + alignment - 1) & -(long) alignment;
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }
}
