package io.twoarm.director.linux;

import java.lang.foreign.Arena;
import java.util.function.IntSupplier;

/** Standard output of the process, as C code uses it. */
public final class StandardOutput {
    private static final int STANDARD_OUTPUT = 1;
    private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final long ALL_STREAMS = 0;

    private static final SystemCall OPEN = new SystemCall("open");
    private static final SystemCall FCNTL = new SystemCall("fcntl");
    private static final SystemCall DUP2 = new SystemCall("dup2");
    private static final NativeFunction FFLUSH = SystemCall.function("fflush");

    private StandardOutput() {}

    /**
     * Calls something whose output nobody should see: what it writes to standard output is thrown away.
     *
     * @return the call's result
     */
    public static int mutedWhile(IntSupplier call) {
        FFLUSH.call(ALL_STREAMS);
        int saved = FCNTL.call("fcntl(F_DUPFD_CLOEXEC)", STANDARD_OUTPUT, F_DUPFD_CLOEXEC, 3);
        int nowhere;
        try (Arena arena = Arena.ofConfined()) {
            nowhere =
                    OPEN.call("open /dev/null", arena.allocateFrom("/dev/null").address(), O_WRONLY_CLOEXEC, 0);
        }
        DUP2.call(nowhere, STANDARD_OUTPUT);
        try {
            return call.getAsInt();
        } finally {
            FFLUSH.call(ALL_STREAMS);
            DUP2.call(saved, STANDARD_OUTPUT);
            Descriptors.close(nowhere);
            Descriptors.close(saved);
        }
    }
}
