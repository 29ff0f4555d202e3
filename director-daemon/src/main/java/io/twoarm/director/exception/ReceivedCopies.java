package io.twoarm.director.exception;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.FrameTap;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;

/**
 * Copies what one worker receives on a port to the kernel's twin of it, so that {@code tcpdump} sees it there ({@code
 * forward2kni} of DPVS). The copies are to be looked at only: their destination has the bit of local Ethernet addresses
 * turned over, so the kernel takes them for somebody else's. Frames to groups are not copied; the kernel gets those that
 * concern it anyway.
 */
public final class ReceivedCopies implements FrameTap {
    private static final int GROUP = 0x01;
    private static final int LOCAL = 0x02;

    private final int port;
    private final KernelQueue queue;
    private final BufferPool buffers;
    private final Counters counters;
    private final long fresh;

    public ReceivedCopies(int port, KernelQueue queue, BufferPool buffers, Counters counters, NativeMemory memory) {
        this.port = port;
        this.queue = queue;
        this.buffers = buffers;
        this.counters = counters;
        fresh = Mem.pointer(memory.allocate(Long.BYTES, Long.BYTES));
    }

    @Override
    public void see(long burst, int count, boolean sent) {
        for (int i = 0; !sent && i < count; i++) {
            copy(Mem.pointer(Mem.getLong(burst + i * 8L)));
        }
    }

    private void copy(long mbuf) {
        long frame = Mbuf.data(mbuf);
        int length = Mbuf.length(mbuf);
        if (length < EthernetHeader.SIZE || (Mem.getByte(frame) & GROUP) != 0 || !buffers.allocate(fresh, 1)) {
            return;
        }
        long made = Mem.pointer(Mem.getLong(fresh));
        Mbuf.setLength(made, length);
        Mem.copy(frame, Mbuf.data(made), length);
        Mem.putByte(Mbuf.data(made), (byte) (Mem.getByte(frame) ^ LOCAL));
        if (queue.offer(port, made)) {
            counters.count(Counter.COPIED_TO_KERNEL);
        } else {
            buffers.free(fresh, 1);
        }
    }
}
