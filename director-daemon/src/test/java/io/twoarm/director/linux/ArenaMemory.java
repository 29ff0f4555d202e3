package io.twoarm.director.linux;

import io.twoarm.director.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that lives as long as an arena. Of large pieces the machine gives only the pages that are written to: a test uses
 * few parts of tables that are made for millions of entries.
 */
public final class ArenaMemory implements NativeMemory {
    private static final int LARGE = 1 << 20;
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS = 2 | 0x20;

    private static final SystemCall MMAP = new SystemCall("mmap");
    private static final SystemCall MUNMAP = new SystemCall("munmap");

    private final Arena arena;

    public ArenaMemory(Arena arena) {
        this.arena = arena;
    }

    @Override
    public long allocate(long bytes, int alignment) {
        if (bytes < LARGE) {
            return arena.allocate(bytes, alignment).address();
        }
        long mapped = bytes + alignment;
        long address = MMAP.callForLong("mmap", 0, mapped, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        MemorySegment.ofAddress(address).reinterpret(mapped, arena, piece -> MUNMAP.call(piece.address(), mapped));
        return (address + alignment - 1) & -(long) alignment;
    }
}
