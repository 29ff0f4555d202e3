package io.twoarm.director.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** A function of the C library that reports failure by {@code -1} and {@code errno}. */
final class SystemCall {
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final NativeFunction STRERROR = function("strerror");
    private static final long FAILED = -1;

    private final String name;
    private final NativeFunction function;

    /** @param name of the function, as in messages */
    SystemCall(String name) {
        this.name = name;
        function = function(name);
    }

    /** A function of the C library whose {@code errno} is of no interest. */
    static NativeFunction function(String name) {
        return new NativeFunction(
                Linker.nativeLinker().defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError(name)));
    }

    int call(long a, long b) {
        return call(name, a, b, 0);
    }

    int call(long a, long b, long c) {
        return call(name, a, b, c);
    }

    /**
     * Calls the function, whose result is an {@code int}.
     *
     * @param what the call in messages
     * @throws SystemCallException when it fails
     */
    int call(String what, long a, long b, long c) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) function.callForErrno(errno, a, b, c, 0, 0, 0);
            if (result == FAILED) {
                throw failed(what, errno);
            }
            return result;
        }
    }

    /**
     * Calls the function, whose result is a {@code long} or a pointer that is -1 for failure.
     *
     * @param what the call in messages
     * @throws SystemCallException when it fails
     */
    long callForLong(String what, long a, long b, long c, long d, long e, long f) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            long result = function.callForErrno(errno, a, b, c, d, e, f);
            if (result == FAILED) {
                throw failed(what, errno);
            }
            return result;
        }
    }

    private static SystemCallException failed(String what, MemorySegment captured) {
        int errno = (int) ERRNO.get(captured, 0L);
        return new SystemCallException(what, errno, text(STRERROR.call(errno)));
    }

    private static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Integer.MAX_VALUE).getString(0);
    }
}
