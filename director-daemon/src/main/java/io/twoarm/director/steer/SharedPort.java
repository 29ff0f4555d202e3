package io.twoarm.director.steer;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;

/**
 * A port as one of several workers sees it. What its queue receives for others goes to their inboxes; what it wants to send
 * without a queue of its own goes to the inbox of a worker that has one.
 */
public final class SharedPort implements PacketPort {
    private final PacketPort queue;
    private final int index;
    private final boolean receives;
    private final int sender;
    private final int worker;
    private final Inbox[] inboxes;
    private final BufferPool buffers;
    private final long copy;
    private Steering steering;
    private Counters counters;

    /**
     * @param queue the device, with this worker's queue if it has one
     * @param index number of the port
     * @param receives whether it has a receive queue
     * @param sender the worker that sends for it: itself where it has a transmit queue
     * @param worker its own number
     * @param inboxes of all workers
     */
    public SharedPort(
            PacketPort queue,
            int index,
            boolean receives,
            int sender,
            int worker,
            Inbox[] inboxes,
            BufferPool buffers,
            NativeMemory memory) {
        this.queue = queue;
        this.index = index;
        this.receives = receives;
        this.sender = sender;
        this.worker = worker;
        this.inboxes = inboxes.clone();
        this.buffers = buffers;
        copy = Mem.pointer(memory.allocate(Long.BYTES, Long.BYTES));
    }

    /** What decides about packets, and where they are counted. Before the first burst. */
    public void steerBy(Steering wanted, Counters counted) {
        steering = wanted;
        counters = counted;
    }

    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public long macAddress() {
        return queue.macAddress();
    }

    @Override
    public int mtu() {
        return queue.mtu();
    }

    @Override
    public int receive(long burst, int max) {
        if (!receives) {
            return 0;
        }
        int count = queue.receive(burst, max);
        if (count == 0) {
            return 0;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.pointer(Mem.getLong(burst + i * 8L));
            int owner = steering.owner(mbuf);
            if (owner == Steering.ALL) {
                copyToOthers(mbuf);
            }
            if (owner == worker || owner == Steering.ALL) {
                Mem.putLong(burst + kept++ * 8L, mbuf);
            } else {
                give(owner, mbuf, burst + i * 8L);
            }
        }
        settle();
        inboxes[worker].gave(count - kept);
        return kept;
    }

    private void give(int owner, long mbuf, long at) {
        if (inboxes[owner].offerReceived(worker, index, mbuf)) {
            counters.count(Counter.HANDED_OVER);
            return;
        }
        counters.count(Counter.RECEIVED);
        counters.count(Counter.DROPPED_HANDOVER);
        buffers.free(at, 1);
    }

    private void copyToOthers(long mbuf) {
        for (int other = 0; other < inboxes.length; other++) {
            if (other != worker && buffers.allocate(copy, 1)) {
                long fresh = Mem.pointer(Mem.getLong(copy));
                int length = Mbuf.length(mbuf);
                Mbuf.setLength(fresh, length);
                Mem.copy(Mbuf.data(mbuf), Mbuf.data(fresh), length);
                if (inboxes[other].offerReceived(worker, index, fresh)) {
                    counters.count(Counter.COPIED);
                } else {
                    buffers.free(copy, 1);
                }
            }
        }
    }

    private void settle() {
        for (int other = 0; other < inboxes.length; other++) {
            if (other != worker) {
                inboxes[other].settle();
            }
        }
    }

    @Override
    public int transmit(long burst, int count) {
        if (sender == worker) {
            return queue.transmit(burst, count);
        }
        int taken = 0;
        while (taken < count
                && inboxes[sender].offerSend(worker, index, Mem.pointer(Mem.getLong(burst + taken * 8L)))) {
            taken++;
        }
        if (taken < count) {
            buffers.free(burst + taken * 8L, count - taken);
        }
        inboxes[sender].settle();
        return taken;
    }
}
