package io.twoarm.director.linux;

import io.twoarm.director.memory.Mem;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * Lets one thread sleep until a descriptor can be read, another thread wakes it, or a time is over: {@code ppoll(2)} on
 * the descriptors and an {@code eventfd(2)}. Waiting allocates nothing.
 *
 * <pre>
 * struct pollfd (8 bytes): 0 fd i32 | 4 events u16 | 6 revents u16
 * struct timespec (16 bytes): 0 seconds i64 | 8 nanoseconds i64
 * </pre>
 */
public final class DescriptorWait implements AutoCloseable {
    private static final int POLLFD_BYTES = 8;
    private static final short POLLIN = 1;
    private static final int POLLERR = 8;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final NativeFunction PPOLL = SystemCall.function("ppoll");
    private static final SystemCall EVENTFD = new SystemCall("eventfd");
    private static final NativeFunction GETSOCKOPT = SystemCall.function("getsockopt");

    private final Arena arena = Arena.ofShared();
    private final int event;
    private final int count;
    private final long polls;
    private final long time;
    private final long eventValue;
    private final long one;
    private final long error;
    private boolean closed;

    /** @param descriptors open descriptors; they stay the caller's */
    public DescriptorWait(List<Integer> descriptors) {
        event = EVENTFD.call(0, EFD_CLOEXEC_NONBLOCK);
        count = descriptors.size() + 1;
        polls = arena.allocate((long) POLLFD_BYTES * count, Long.BYTES).address();
        time = arena.allocate(16, Long.BYTES).address();
        eventValue = arena.allocate(Long.BYTES, Long.BYTES).address();
        one = arena.allocate(Long.BYTES, Long.BYTES).address();
        error = arena.allocate(2L * Integer.BYTES, Long.BYTES).address();
        Mem.putLong(one, 1);
        setPoll(0, event);
        for (int i = 0; i < descriptors.size(); i++) {
            setPoll(i + 1, descriptors.get(i));
        }
    }

    private void setPoll(int index, int descriptor) {
        Mem.putInt(polls + (long) POLLFD_BYTES * index, descriptor);
        Mem.putInt(polls + (long) POLLFD_BYTES * index + 4, POLLIN);
    }

    /** Sleeps; for the one waiting thread. Returns early for a signal too. */
    public void await(long nanos) {
        Mem.putLong(time, nanos / NANOS_PER_SECOND);
        Mem.putLong(time + 8, nanos % NANOS_PER_SECOND);
        int ready = (int) PPOLL.call(polls, count, time, 0);
        if (ready <= 0) {
            return;
        }
        if (happened(0) != 0) {
            Descriptors.read(event, eventValue, Long.BYTES);
        }
        for (int i = 1; i < count; i++) {
            if ((happened(i) & POLLERR) != 0) {
                clearError(Mem.getInt(polls + (long) POLLFD_BYTES * i));
            }
        }
    }

    private int happened(int index) {
        return Mem.getInt(polls + (long) POLLFD_BYTES * index + 4) >>> 16;
    }

    /** A socket whose interface went down stays readable until its error is taken. */
    private void clearError(int descriptor) {
        Mem.putInt(error, 0);
        Mem.putInt(error + 4, Integer.BYTES);
        GETSOCKOPT.call(descriptor, SOL_SOCKET, SO_ERROR, error, error + 4);
    }

    /** Ends a wait that is going on, or the next one. For any thread. */
    public synchronized void wake() {
        if (!closed) {
            Descriptors.write(event, one, Long.BYTES);
        }
    }

    /** For the thread that waits, when it waits no more. */
    @Override
    public synchronized void close() {
        closed = true;
        Descriptors.close(event);
        arena.close();
    }
}
