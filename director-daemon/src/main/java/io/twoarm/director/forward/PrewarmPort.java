package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.port.PacketPort;

/** A port that leads nowhere. It keeps the headers of what was sent last, so that an answer can be made. */
final class PrewarmPort implements PacketPort {
    /** Bytes that are kept. */
    static final int KEPT = 128;

    private final String name;
    private final long mac;
    private final int mtu;
    private final BufferPool buffers;
    private final long last;
    private boolean full;

    PrewarmPort(String name, long mac, int mtu, BufferPool buffers, NativeMemory memory) {
        this.name = name;
        this.mac = mac;
        this.mtu = mtu;
        this.buffers = buffers;
        last = Mem.pointer(memory.allocate(KEPT, 64));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long macAddress() {
        return mac;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int receive(long burst, int max) {
        return 0;
    }

    @Override
    public int transmit(long burst, int count) {
        long frame = Mbuf.data(Mem.getLong(burst + (count - 1) * 8L));
        for (int i = 0; i < KEPT; i += 8) {
            Mem.putLong(last + i, Mem.getLong(frame + i));
        }
        buffers.free(burst, count);
        return full ? 0 : count;
    }

    /** Makes the port refuse all that is sent. */
    void setFull(boolean isFull) {
        full = isFull;
    }

    /** Address of the headers of the frame that was sent last. */
    long last() {
        return last;
    }
}
