package io.twoarm.director.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** The kernel's side of a thread: its number, its CPUs, how precisely it wakes. */
public final class NativeThread {
    private static final int PR_SET_TIMERSLACK = 29;
    /** Bytes of a CPU mask: 1024 CPUs, as glibc's {@code cpu_set_t}. */
    private static final int MASK_BYTES = 128;

    private static final NativeFunction GETTID = SystemCall.function("gettid");
    private static final SystemCall SCHED_SETAFFINITY = new SystemCall("sched_setaffinity");
    private static final SystemCall SCHED_GETAFFINITY = new SystemCall("sched_getaffinity");
    private static final SystemCall PRCTL = new SystemCall("prctl");
    private static final NativeFunction GETPRIORITY = SystemCall.function("getpriority");
    private static final NativeFunction SETPRIORITY = SystemCall.function("setpriority");
    private static final int PRIO_PROCESS = 0;

    private NativeThread() {}

    /** The calling thread's number, as in {@code /proc/PID/task}. */
    public static int currentId() {
        return (int) GETTID.call();
    }

    /** The CPUs that the calling thread may run on. */
    public static BitSet currentCpus() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            SCHED_GETAFFINITY.call(0, MASK_BYTES, mask.address());
            return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_LONG));
        }
    }

    /**
     * Binds a thread to CPUs.
     *
     * @param thread number of the thread, 0 for the calling one
     */
    public static void bind(int thread, BitSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            MemorySegment.copy(cpus.toLongArray(), 0, mask, ValueLayout.JAVA_LONG, 0, cpus.toLongArray().length);
            SCHED_SETAFFINITY.call(thread, MASK_BYTES, mask.address());
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
        PRCTL.call("prctl(PR_SET_TIMERSLACK)", PR_SET_TIMERSLACK, nanos, 0);
    }

    /**
     * Has the scheduler prefer the calling thread to others, or others to it. Without the right to do so (CAP_SYS_NICE, for
     * values below the present one) nothing changes.
     *
     * @param nice -20 (preferred) to 19, see {@code setpriority(2)}
     */
    public static void setNice(int nice) {
        SETPRIORITY.call(PRIO_PROCESS, 0, nice);
    }

    /** The calling thread's nice value, -20 to 19. */
    public static int nice() {
        return (int) GETPRIORITY.call(PRIO_PROCESS, 0);
    }
}
