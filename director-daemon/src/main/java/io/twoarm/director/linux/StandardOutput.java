package io.twoarm.director.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.IntSupplier;

/** Standard output of the process, as C code uses it. */
public final class StandardOutput {
    private static final int STANDARD_OUTPUT = 1;
    private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final long ALL_STREAMS = 0;

    private static final MethodHandle OPEN =
            SystemCall.withErrno("open", FunctionDescriptor.of(SystemCall.INT, SystemCall.LONG, SystemCall.INT));
    private static final MethodHandle FCNTL = SystemCall.withErrno(
            "fcntl", FunctionDescriptor.of(SystemCall.INT, SystemCall.INT, SystemCall.INT, SystemCall.INT));
    private static final MethodHandle DUP2 =
            SystemCall.withErrno("dup2", FunctionDescriptor.of(SystemCall.INT, SystemCall.INT, SystemCall.INT));
    private static final MethodHandle FFLUSH =
            SystemCall.plain("fflush", FunctionDescriptor.of(SystemCall.INT, SystemCall.LONG));

    private StandardOutput() {}

    /**
     * Calls something whose output nobody should see: what it writes to standard output is thrown away.
     *
     * @return the call's result
     */
    public static int mutedWhile(IntSupplier call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errnoIn(arena);
            int flushedBefore = (int) FFLUSH.invokeExact(ALL_STREAMS);
            int saved = check(
                    "fcntl(F_DUPFD_CLOEXEC)",
                    (int) FCNTL.invokeExact(errno, STANDARD_OUTPUT, F_DUPFD_CLOEXEC, 3),
                    errno);
            int nowhere = check(
                    "open /dev/null",
                    (int) OPEN.invokeExact(
                            errno, arena.allocateFrom("/dev/null").address(), O_WRONLY_CLOEXEC),
                    errno);
            check("dup2", (int) DUP2.invokeExact(errno, nowhere, STANDARD_OUTPUT), errno);
            try {
                return call.getAsInt();
            } finally {
                int flushedAfter = (int) FFLUSH.invokeExact(ALL_STREAMS);
                check("dup2", (int) DUP2.invokeExact(errno, saved, STANDARD_OUTPUT), errno);
                Descriptors.close(nowhere);
                Descriptors.close(saved);
            }
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }

    private static int check(String call, int result, MemorySegment errno) {
        if (result < 0) {
            throw SystemCall.failed(call, errno);
        }
        return result;
    }
}
