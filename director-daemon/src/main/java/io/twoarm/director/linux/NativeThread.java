package io.twoarm.director.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** The kernel's side of a thread: its number, its CPUs, how precisely it wakes. */
public final class NativeThread {
    private static final int PR_SET_TIMERSLACK = 29;
    /** Bytes of a CPU mask: 1024 CPUs, as glibc's {@code cpu_set_t}. */
    private static final int MASK_BYTES = 128;

    private static final MethodHandle GETTID = SystemCall.plain("gettid", FunctionDescriptor.of(SystemCall.INT));
    private static final MethodHandle SCHED_SETAFFINITY = SystemCall.withErrno(
            "sched_setaffinity",
            FunctionDescriptor.of(SystemCall.INT, SystemCall.INT, SystemCall.LONG, SystemCall.LONG));
    private static final MethodHandle SCHED_GETAFFINITY = SystemCall.withErrno(
            "sched_getaffinity",
            FunctionDescriptor.of(SystemCall.INT, SystemCall.INT, SystemCall.LONG, SystemCall.LONG));
    private static final MethodHandle PRCTL = SystemCall.withErrno(
            "prctl",
            FunctionDescriptor.of(
                    SystemCall.INT,
                    SystemCall.INT,
                    SystemCall.LONG,
                    SystemCall.LONG,
                    SystemCall.LONG,
                    SystemCall.LONG));

    private NativeThread() {}

    /** The calling thread's number, as in {@code /proc/PID/task}. */
    public static int currentId() {
        try {
            return (int) GETTID.invokeExact();
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }

    /** The CPUs that the calling thread may run on. */
    public static BitSet currentCpus() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errnoIn(arena);
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            int result = (int) SCHED_GETAFFINITY.invokeExact(errno, 0, (long) MASK_BYTES, mask.address());
            if (result < 0) {
                throw SystemCall.failed("sched_getaffinity", errno);
            }
            return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_LONG));
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }

    /**
     * Binds a thread to CPUs.
     *
     * @param thread number of the thread, 0 for the calling one
     */
    public static void bind(int thread, BitSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errnoIn(arena);
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            MemorySegment.copy(cpus.toLongArray(), 0, mask, ValueLayout.JAVA_LONG, 0, cpus.toLongArray().length);
            int result = (int) SCHED_SETAFFINITY.invokeExact(errno, thread, (long) MASK_BYTES, mask.address());
            if (result < 0) {
                throw SystemCall.failed("sched_setaffinity", errno);
            }
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }

    /** Binds every other thread of this process to {@code cpus}. Threads that end meanwhile are passed over. */
    public static void bindOthers(BitSet cpus) {
        int self = currentId();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                int id = Integer.parseInt(task.getFileName().toString());
                if (id != self) {
                    bindIfAlive(id, cpus);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bindIfAlive(int thread, BitSet cpus) {
        try {
            bind(thread, cpus);
        } catch (SystemCallException e) {
            if (Files.exists(Path.of("/proc/self/task/" + thread))) {
                throw e;
            }
        }
    }

    /**
     * Lets the calling thread's waits end within {@code nanos} of their time; the kernel's default is 50 µs.
     *
     * @param nanos above 0
     */
    public static void setTimerSlack(long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errnoIn(arena);
            int result = (int) PRCTL.invokeExact(errno, PR_SET_TIMERSLACK, nanos, 0L, 0L, 0L);
            if (result < 0) {
                throw SystemCall.failed("prctl(PR_SET_TIMERSLACK)", errno);
            }
        } catch (Throwable t) {
            throw SystemCall.unexpected(t);
        }
    }
}
