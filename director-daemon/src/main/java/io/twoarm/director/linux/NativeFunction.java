package io.twoarm.director.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A C function that takes at most six integers and pointers and returns one or nothing. Everything is passed as 64 bits: a
 * narrower argument must have the value that it has in C, signed or not.
 *
 * <p>All functions share two method handles, because the JDK writes and compiles code for each signature, some six
 * classes each, at every start. By the calling conventions of x86-64 (System V) and AArch64 (AAPCS64) that is
 * correct: the first six such arguments are in registers of 64 bits whatever their type, and a function does not look at those
 * beyond its last one. The result is as wide as its type in C; the bits above it may be anything, so cast it to that type.
 *
 * <p>Not for what is called for every burst: see {@code BurstFunctions}.
 */
public final class NativeFunction {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final FunctionDescriptor SIX_WORDS = FunctionDescriptor.of(WORD, WORD, WORD, WORD, WORD, WORD, WORD);
    private static final MethodHandle CALL = Linker.nativeLinker().downcallHandle(SIX_WORDS);
    private static final MethodHandle CALL_FOR_ERRNO =
            Linker.nativeLinker().downcallHandle(SIX_WORDS, Linker.Option.captureCallState("errno"));

    private final MemorySegment address;

    /** @param address of the function's code, which stays loaded */
    public NativeFunction(MemorySegment address) {
        this.address = address;
    }

    public long call() {
        return call(0, 0, 0, 0, 0, 0);
    }

    public long call(long a) {
        return call(a, 0, 0, 0, 0, 0);
    }

    public long call(long a, long b) {
        return call(a, b, 0, 0, 0, 0);
    }

    public long call(long a, long b, long c) {
        return call(a, b, c, 0, 0, 0);
    }

    public long call(long a, long b, long c, long d) {
        return call(a, b, c, d, 0, 0);
    }

    public long call(long a, long b, long c, long d, long e) {
        return call(a, b, c, d, e, 0);
    }

    public long call(long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(address, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** @param errno gets the thread's {@code errno} after the call: see {@link SystemCall} */
    long callForErrno(MemorySegment errno, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL_FOR_ERRNO.invokeExact(address, errno, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** For the checked {@code Throwable} of a method handle: a native function throws nothing. */
    public static Error unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            return error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return new AssertionError(thrown);
    }
}
