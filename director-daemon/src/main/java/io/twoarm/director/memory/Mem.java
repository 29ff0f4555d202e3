package io.twoarm.director.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Native memory by address. Where the JVM lets it ({@code --add-exports java.base/jdk.internal.misc=ALL-UNNAMED}, as the
 * bundle does), an access is one instruction of {@link RawMemory}; elsewhere it goes to one segment that spans the whole
 * address space. Both do the same.
 *
 * <p>Values are in the machine's byte order (little-endian on all supported machines); network fields are read with the
 * {@code *BE} methods or compared raw. Nothing is checked: an address that is not mapped ends the process.
 *
 * <p>With the segment, C2 gives up inlining in a method with more than about 25 accesses; keep fast-path methods below that.
 * Pass each base address through {@link #pointer} once: it tells C2 the value range, and all bounds checks fold away.
 */
public final class Mem {
    /** Constant for the compiler, so that only one of the two ways is in compiled code. */
    private static final boolean RAW = Object.class.getModule().isExported("jdk.internal.misc", Mem.class.getModule());

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private static final VarHandle ORDERED = ValueLayout.JAVA_LONG.varHandle();

    private Mem() {}

    /** The same address, known to the compiler to lie in user space: 0 to 2^47 - 1. */
    public static long pointer(long address) {
        return address & 0x0000_7fff_ffff_ffffL;
    }

    public static long getLong(long address) {
        return RAW ? RawMemory.UNSAFE.getLong(address) : ALL.get(LONG, address);
    }

    public static int getInt(long address) {
        return RAW ? RawMemory.UNSAFE.getInt(address) : ALL.get(INT, address);
    }

    public static short getShort(long address) {
        return RAW ? RawMemory.UNSAFE.getShort(address) : ALL.get(SHORT, address);
    }

    public static byte getByte(long address) {
        return RAW ? RawMemory.UNSAFE.getByte(address) : ALL.get(BYTE, address);
    }

    public static void putLong(long address, long value) {
        if (RAW) {
            RawMemory.UNSAFE.putLong(address, value);
        } else {
            ALL.set(LONG, address, value);
        }
    }

    public static void putInt(long address, int value) {
        if (RAW) {
            RawMemory.UNSAFE.putInt(address, value);
        } else {
            ALL.set(INT, address, value);
        }
    }

    public static void putShort(long address, short value) {
        if (RAW) {
            RawMemory.UNSAFE.putShort(address, value);
        } else {
            ALL.set(SHORT, address, value);
        }
    }

    public static void putByte(long address, byte value) {
        if (RAW) {
            RawMemory.UNSAFE.putByte(address, value);
        } else {
            ALL.set(BYTE, address, value);
        }
    }

    /** What another thread has written; what it wrote before is seen after. The address is a multiple of 8. */
    public static long getLongAcquire(long address) {
        return RAW ? RawMemory.UNSAFE.getLongAcquire(null, address) : (long) ORDERED.getAcquire(ALL, address);
    }

    /** For another thread to read; what was written before is seen then. The address is a multiple of 8. */
    public static void putLongRelease(long address, long value) {
        if (RAW) {
            RawMemory.UNSAFE.putLongRelease(null, address, value);
        } else {
            ORDERED.setRelease(ALL, address, value);
        }
    }

    /** An unsigned 16-bit field in network byte order. */
    public static int getUnsignedShortBE(long address) {
        return Short.reverseBytes(getShort(address)) & 0xffff;
    }

    public static void putShortBE(long address, int value) {
        putShort(address, Short.reverseBytes((short) value));
    }

    public static int getIntBE(long address) {
        return Integer.reverseBytes(getInt(address));
    }

    public static void putIntBE(long address, int value) {
        putInt(address, Integer.reverseBytes(value));
    }

    public static void fill(long address, long bytes, byte value) {
        if (RAW) {
            RawMemory.UNSAFE.setMemory(address, bytes, value);
        } else {
            ALL.asSlice(address, bytes).fill(value);
        }
    }

    public static void copy(long from, long to, long bytes) {
        if (RAW) {
            RawMemory.UNSAFE.copyMemory(from, to, bytes);
        } else {
            MemorySegment.copy(ALL, from, ALL, to, bytes);
        }
    }
}
