package io.twoarm.director.linux;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * One function of the C library that reports failure by a negative result and {@code errno}.
 *
 * <p>Pointers are passed as 64-bit integers, so that a call makes no objects beside its result.
 */
final class SystemCall {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final AddressLayout STRING =
            ValueLayout.ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(Integer.MAX_VALUE, ValueLayout.JAVA_BYTE));
    private static final MethodHandle STRERROR = plain("strerror", FunctionDescriptor.of(STRING, INT));

    private SystemCall() {}

    /** A handle whose first argument is the segment that gets {@code errno}. */
    static MethodHandle withErrno(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(address(function), descriptor, Linker.Option.captureCallState("errno"));
    }

    /** A handle for a function whose {@code errno} is of no interest. */
    static MethodHandle plain(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(address(function), descriptor);
    }

    private static MemorySegment address(String function) {
        return LINKER.defaultLookup().find(function).orElseThrow(() -> new UnsatisfiedLinkError(function));
    }

    static MemorySegment errnoIn(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    static int errno(MemorySegment captured) {
        return (int) ERRNO.get(captured, 0L);
    }

    static SystemCallException failed(String function, MemorySegment captured) {
        int errno = errno(captured);
        return new SystemCallException(function, errno, text(errno));
    }

    private static String text(int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno)).getString(0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For the checked {@code Throwable} of a method handle: a native function throws nothing. */
    static Error unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            return error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return new AssertionError(thrown);
    }
}
