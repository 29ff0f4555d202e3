package io.twoarm.director.memory;

import jdk.internal.misc.Unsafe;

/** The JDK's own access to memory, which it exports only to whom its command line names. {@link Mem} asks first. */
final class RawMemory {
    static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private RawMemory() {}
}
