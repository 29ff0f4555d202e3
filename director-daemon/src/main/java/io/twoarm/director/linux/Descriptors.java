package io.twoarm.director.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** Raw reads and writes of a descriptor. A short or failed transfer shows in the result. */
final class Descriptors {
    private static final FunctionDescriptor TRANSFER =
            FunctionDescriptor.of(SystemCall.LONG, SystemCall.INT, SystemCall.LONG, SystemCall.LONG);
    private static final MethodHandle READ = SystemCall.plain("read", TRANSFER);
    private static final MethodHandle WRITE = SystemCall.plain("write", TRANSFER);
    private static final MethodHandle CLOSE =
            SystemCall.plain("close", FunctionDescriptor.of(SystemCall.INT, SystemCall.INT));

    private Descriptors() {}

    static long read(int descriptor, long buffer, long bytes) {
        try {
            return (long) READ.invokeExact(descriptor, buffer, bytes);
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }

    static long write(int descriptor, long buffer, long bytes) {
        try {
            return (long) WRITE.invokeExact(descriptor, buffer, bytes);
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }

    static void close(int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }
}
