package io.twoarm.director.memory;

import java.lang.foreign.Arena;

/** Where native tables come from. They are taken once at start and live as long as the process. */
@FunctionalInterface
public interface NativeMemory {

    /**
     * Takes zeroed memory.
     *
     * @param bytes size, more than 0
     * @param alignment in bytes, a power of two
     * @return the address
     * @throws OutOfMemoryError when there is not that much
     */
    long allocate(long bytes, int alignment);

    /** Ordinary memory of the process. */
    static NativeMemory ofProcess() {
        return (bytes, alignment) -> Arena.global().allocate(bytes, alignment).address();
    }
}
