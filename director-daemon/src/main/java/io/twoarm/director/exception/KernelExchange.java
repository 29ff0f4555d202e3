package io.twoarm.director.exception;

import io.twoarm.director.linux.DescriptorWait;
import io.twoarm.director.linux.TapDevice;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries frames between the workers and the kernel's twins of the ports, on a thread of its own: so system calls for each
 * frame cost no worker any time. What the kernel sends goes to the first worker.
 */
public final class KernelExchange {
    private static final int BATCH = 32;
    private static final int ETHERNET_WITH_TAG = 18;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000_000L;

    private final List<KernelTwin> twins = new ArrayList<>();
    private final KernelTwin[] byPort;
    private final List<KernelQueue> queues;
    private final Sleeper sleeper;
    private final BufferPool buffers;
    private final int[] rooms;
    private final DescriptorWait wait;
    private final long batch;
    private final long spare;
    private volatile boolean running = true;

    /**
     * One twin that is wanted.
     *
     * @param port index of the port
     * @param portName its name in {@code dpvs.conf}
     * @param mtu largest IP packet in bytes
     */
    public record Wanted(int port, String portName, TapDevice tap, int mtu) {}

    /**
     * @param ports how many ports there are
     * @param queues one for each worker
     * @param sleeper what the queues rouse
     */
    public KernelExchange(
            List<Wanted> wanted,
            int ports,
            List<KernelQueue> queues,
            Sleeper sleeper,
            BufferPool buffers,
            NativeMemory memory) {
        this.queues = List.copyOf(queues);
        this.sleeper = sleeper;
        this.buffers = buffers;
        byPort = new KernelTwin[ports];
        rooms = new int[ports];
        for (Wanted each : wanted) {
            KernelTwin twin = new KernelTwin(each.port(), each.portName(), each.tap());
            twins.add(twin);
            byPort[each.port()] = twin;
            rooms[each.port()] = each.mtu() + ETHERNET_WITH_TAG;
        }
        wait = new DescriptorWait(
                wanted.stream().map(each -> each.tap().descriptor()).toList());
        sleeper.wakenBy(wait::wake);
        batch = Mem.pointer(memory.allocate(BATCH * 8L, 64));
        spare = Mem.pointer(memory.allocate(Long.BYTES, Long.BYTES));
    }

    /** Works until {@link #stop}; for a thread of its own. */
    public void run() {
        while (running) {
            int done = 0;
            for (KernelQueue queue : queues) {
                done += deliver(queue);
            }
            for (KernelTwin twin : twins) {
                done += collect(twin);
            }
            if (done == 0) {
                rest();
            }
        }
        wait.close();
    }

    private void rest() {
        sleeper.lieDown();
        for (KernelQueue queue : queues) {
            if (!queue.isEmpty()) {
                sleeper.getUp();
                return;
            }
        }
        if (running) {
            wait.await(LONGEST_SLEEP_NANOS);
        }
        sleeper.getUp();
    }

    /** From a worker to the kernel. */
    private int deliver(KernelQueue queue) {
        int count = queue.take(batch, BATCH);
        for (int i = 0; i < count; i++) {
            long entry = Mem.getLong(batch + i * 8L);
            long mbuf = KernelQueue.buffer(entry);
            KernelTwin twin = byPort[KernelQueue.port(entry)];
            boolean taken = twin.tap.write(Mbuf.data(mbuf), Mbuf.length(mbuf));
            KernelTwin.count(taken ? twin.toKernel : twin.refused);
            Mem.putLong(batch + i * 8L, mbuf);
        }
        if (count > 0) {
            buffers.free(batch, count);
        }
        return count;
    }

    /** From the kernel to the first worker. */
    private int collect(KernelTwin twin) {
        KernelQueue queue = queues.getFirst();
        int count = 0;
        while (count < BATCH) {
            if (Mem.getLong(spare) == 0 && !buffers.allocate(spare, 1)) {
                KernelTwin.count(twin.lost);
                break;
            }
            long mbuf = Mem.pointer(Mem.getLong(spare));
            long length = twin.tap.read(Mbuf.data(mbuf), rooms[twin.port]);
            if (length <= 0) {
                break;
            }
            count++;
            Mbuf.setLength(mbuf, (int) length);
            if (queue.offerFromKernel(twin.port, mbuf)) {
                Mem.putLong(spare, 0);
                KernelTwin.count(twin.fromKernel);
            } else {
                KernelTwin.count(twin.lost);
            }
        }
        if (count > 0) {
            queue.worker().rouse();
        }
        return count;
    }

    /** The twins with what went through them. For any thread. */
    public List<TwinStatus> status() {
        return twins.stream().map(KernelTwin::status).toList();
    }

    /** Shows the kernel whether a port has a link. For one control thread. */
    public void showLink(int port, boolean up) {
        if (byPort[port] != null) {
            byPort[port].tap.setCarrier(up);
        }
    }

    /** Lets {@link #run} end. */
    public void stop() {
        running = false;
        wait.wake();
    }
}
