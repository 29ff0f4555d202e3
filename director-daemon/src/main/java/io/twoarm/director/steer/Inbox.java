package io.twoarm.director.steer;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.port.PacketProcessor;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.worker.Mailbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * What other workers give to one: packets of its flows that came to them, and frames for queues that it alone may use. One
 * ring from each of them. An entry is the buffer's address, with port and kind in the highest 16 bits.
 */
public final class Inbox implements Mailbox {
    private static final int BATCH = 32;
    private static final int TAG_SHIFT = 48;
    private static final int KIND_BITS = 2;
    private static final int KIND = 3;
    private static final int RECEIVED = 0;
    private static final int TO_SEND = 1;
    private static final int HALFWAY = 2;
    private static final VarHandle ASLEEP;

    static {
        try {
            ASLEEP = MethodHandles.lookup().findVarHandle(Inbox.class, "asleep", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final HandoverRing[] rings;
    private final long batch;
    private PacketPort[] queues = {};
    private Runnable wake = () -> {};
    private volatile boolean asleep;
    /** Packets that the worker itself gave to others since its last turn: work, too. */
    private int given;

    /** @param share whose inbox it is */
    public Inbox(WorkerShare share, NativeMemory memory) {
        rings = new HandoverRing[share.workers()];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new HandoverRing(memory);
        }
        batch = Mem.pointer(memory.allocate(BATCH * 8L, 64));
    }

    /** The ports' queues that frames of others go to, by port. Before the first turn. */
    public void serve(List<PacketPort> own) {
        queues = own.toArray(PacketPort[]::new);
    }

    /** For worker {@code giver}: a packet that came on a port. @return false when there is no room */
    boolean offerReceived(int giver, int port, long mbuf) {
        return offer(giver, port, RECEIVED, mbuf);
    }

    /** For worker {@code giver}: a frame to be sent on a port. @return false when there is no room */
    boolean offerSend(int giver, int port, long mbuf) {
        return offer(giver, port, TO_SEND, mbuf);
    }

    /** For worker {@code giver}: a packet that it received and has begun with. @return false when there is no room */
    boolean offerHalfway(int giver, int port, long mbuf) {
        return offer(giver, port, HALFWAY, mbuf);
    }

    private boolean offer(int giver, int port, int kind, long mbuf) {
        return rings[giver].offer(mbuf | (long) (port << KIND_BITS | kind) << TAG_SHIFT);
    }

    /** For a giver, after its offers: the worker is woken if it sleeps. */
    void settle() {
        VarHandle.fullFence();
        if (asleep && (boolean) ASLEEP.compareAndSet(this, true, false)) {
            wake.run();
        }
    }

    /** The worker gave packets to others. */
    void gave(int packets) {
        given += packets;
    }

    @Override
    public int work(PacketProcessor processor, long nowMicros) {
        int done = given;
        given = 0;
        for (HandoverRing ring : rings) {
            int count = ring.take(batch, BATCH);
            if (count > 0) {
                handle(count, processor, nowMicros);
                done += count;
            }
        }
        return done;
    }

    /** Packets of one port and kind in a row are one burst. */
    private void handle(int count, PacketProcessor processor, long nowMicros) {
        int from = 0;
        while (from < count) {
            int tag = (int) (Mem.getLong(batch + from * 8L) >>> TAG_SHIFT);
            int to = from;
            while (to < count && (int) (Mem.getLong(batch + to * 8L) >>> TAG_SHIFT) == tag) {
                Mem.putLong(batch + to * 8L, Mem.pointer(Mem.getLong(batch + to * 8L)));
                to++;
            }
            long burst = batch + from * 8L;
            int port = tag >> KIND_BITS;
            switch (tag & KIND) {
                case TO_SEND -> queues[port].transmit(burst, to - from);
                case HALFWAY -> processor.goOn(port, burst, to - from, nowMicros);
                default -> processor.process(port, burst, to - from, nowMicros);
            }
            from = to;
        }
    }

    @Override
    public boolean fallAsleep() {
        asleep = true;
        VarHandle.fullFence();
        for (HandoverRing ring : rings) {
            if (!ring.isEmpty()) {
                asleep = false;
                return false;
            }
        }
        return true;
    }

    @Override
    public void wakeUp() {
        asleep = false;
    }

    @Override
    public void whenNeeded(Runnable wakeWorker) {
        wake = wakeWorker;
    }
}
