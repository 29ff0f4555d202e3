package io.twoarm.director.exception;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.PacketProcessor;
import io.twoarm.director.worker.Mailbox;

/** What the kernel sends by the twins, for the worker that sends it on, beside what other workers have for it. */
public final class KernelMailbox implements Mailbox {
    private static final int BATCH = 32;

    /** What sends frames of the kernel by a port. */
    public interface Sender {
        /** @param burst native array of buffer addresses */
        void sendFromKernel(int port, long burst, int count);
    }

    private final Mailbox others;
    private final KernelQueue queue;
    private final Sender sender;
    private final long batch;

    public KernelMailbox(Mailbox others, KernelQueue queue, Sender sender, NativeMemory memory) {
        this.others = others;
        this.queue = queue;
        this.sender = sender;
        batch = Mem.pointer(memory.allocate(BATCH * 8L, 64));
    }

    @Override
    public int work(PacketProcessor processor, long nowMicros) {
        int done = others.work(processor, nowMicros);
        int count = queue.takeFromKernel(batch, BATCH);
        int from = 0;
        while (from < count) {
            int port = KernelQueue.port(Mem.getLong(batch + from * 8L));
            int to = from;
            while (to < count && KernelQueue.port(Mem.getLong(batch + to * 8L)) == port) {
                Mem.putLong(batch + to * 8L, KernelQueue.buffer(Mem.getLong(batch + to * 8L)));
                to++;
            }
            sender.sendFromKernel(port, batch + from * 8L, to - from);
            from = to;
        }
        return done + count;
    }

    @Override
    public boolean fallAsleep() {
        queue.worker().lieDown();
        if (queue.hasNothingFromKernel() && others.fallAsleep()) {
            return true;
        }
        queue.worker().getUp();
        return false;
    }

    @Override
    public void wakeUp() {
        queue.worker().getUp();
        others.wakeUp();
    }

    @Override
    public void whenNeeded(Runnable wake) {
        queue.worker().wakenBy(wake);
        others.whenNeeded(wake);
    }
}
