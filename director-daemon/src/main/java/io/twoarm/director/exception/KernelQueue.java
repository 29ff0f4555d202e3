package io.twoarm.director.exception;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.steer.HandoverRing;
import java.util.List;

/**
 * What one worker and the kernel's twins of the ports give to each other: frames in packet buffers, through two rings without
 * locks. The worker's side never waits and makes no system call but the one that wakes the other side. An entry is the
 * buffer's address, with the port in the highest 16 bits.
 */
public final class KernelQueue {
    private static final int PORT_SHIFT = 48;

    private final boolean[] twins;
    private final HandoverRing toKernel;
    private final HandoverRing fromKernel;
    private final Sleeper exchange;
    private final Sleeper worker = new Sleeper();

    /**
     * @param twins by port, whether the kernel has a twin of it
     * @param exchange the thread on the other side
     */
    public KernelQueue(List<Boolean> twins, NativeMemory memory, Sleeper exchange) {
        this.twins = new boolean[twins.size()];
        for (int port = 0; port < this.twins.length; port++) {
            this.twins[port] = twins.get(port);
        }
        this.exchange = exchange;
        toKernel = new HandoverRing(memory);
        fromKernel = new HandoverRing(memory);
    }

    /** Whether the kernel has a twin of a port. */
    public boolean hasTwin(int port) {
        return port < twins.length && twins[port];
    }

    /** For the worker: gives a frame away. @return false when there is no room; the frame stays the worker's then */
    public boolean offer(int port, long mbuf) {
        if (!toKernel.offer(mbuf | (long) port << PORT_SHIFT)) {
            return false;
        }
        exchange.rouse();
        return true;
    }

    /** For the worker: entries that came from the kernel. @return how many */
    public int takeFromKernel(long entries, int most) {
        return fromKernel.take(entries, most);
    }

    /** For the worker. */
    public boolean hasNothingFromKernel() {
        return fromKernel.isEmpty();
    }

    /** The worker, when it sleeps. */
    public Sleeper worker() {
        return worker;
    }

    /** For the other side: entries for the kernel. @return how many */
    public int take(long entries, int most) {
        return toKernel.take(entries, most);
    }

    /** For the exchange. */
    boolean isEmpty() {
        return toKernel.isEmpty();
    }

    /** For the other side: gives the worker a frame of the kernel. @return false when there is no room */
    public boolean offerFromKernel(int port, long mbuf) {
        return fromKernel.offer(mbuf | (long) port << PORT_SHIFT);
    }

    /** The port of an entry. */
    public static int port(long entry) {
        return (int) (entry >>> PORT_SHIFT);
    }

    /** The buffer of an entry. */
    public static long buffer(long entry) {
        return Mem.pointer(entry);
    }
}
