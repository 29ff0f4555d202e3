package io.twoarm.director.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Makes named pipes, {@code mkfifo(3)}. They are read as files: opening one waits for a writer. */
public final class NamedPipe {
    private static final int EEXIST = 17;
    private static final int OWNER_ONLY = 0600;

    private static final MethodHandle MKFIFO =
            SystemCall.withErrno("mkfifo", FunctionDescriptor.of(SystemCall.INT, SystemCall.LONG, SystemCall.INT));

    private NamedPipe() {}

    /**
     * Makes the pipe, for its owner only, unless something of that name is there.
     *
     * @throws SystemCallException when it cannot be made
     */
    public static void make(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errnoIn(arena);
            int result =
                    (int) MKFIFO.invokeExact(errno, arena.allocateFrom(path).address(), OWNER_ONLY);
            if (result < 0 && SystemCall.errno(errno) != EEXIST) {
                throw SystemCall.failed("mkfifo " + path, errno);
            }
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }
}
