package io.twoarm.director.steer;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.PacketPort;

/**
 * A port without a wire: what is sent there comes in again, at the worker that it belongs to. So packets that leave for an own
 * address turn around (hairpinning, RFC 4787, 6), and all stages serve them as they serve others, on the way out and on the
 * way in.
 */
public final class TurnPort implements PacketPort {
    /** Locally administered; no frame with it is ever on a wire. */
    private static final long MAC = 0x0200_0000_0001L;

    private static final int CAPACITY = 512;

    private final int index;
    private final int mtu;
    private final int worker;
    private final Colleagues colleagues;
    private final BufferPool buffers;
    private final long queue;
    private Steering steering;
    private int first;
    private int count;

    /**
     * @param index number of the port, for all workers the same
     * @param mtu largest packet in bytes
     * @param worker its number
     */
    public TurnPort(int index, int mtu, int worker, Colleagues colleagues, BufferPool buffers, NativeMemory memory) {
        this.index = index;
        this.mtu = mtu;
        this.worker = worker;
        this.colleagues = colleagues;
        this.buffers = buffers;
        queue = Mem.pointer(memory.allocate(CAPACITY * 8L, 64));
    }

    /** What decides about packets. Before the first one. */
    public void steerBy(Steering wanted) {
        steering = wanted;
    }

    public int index() {
        return index;
    }

    @Override
    public String name() {
        return "turn";
    }

    @Override
    public long macAddress() {
        return MAC;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int receive(long burst, int max) {
        int given = Math.min(max, count);
        for (int i = 0; i < given; i++) {
            Mem.putLong(burst + i * 8L, Mem.getLong(place(i)));
        }
        first = (first + given) % CAPACITY;
        count -= given;
        return given;
    }

    private long place(int i) {
        return queue + (first + i) % CAPACITY * 8L;
    }

    @Override
    public int transmit(long burst, int wanted) {
        int taken = 0;
        while (taken < wanted && take(Mem.pointer(Mem.getLong(burst + taken * 8L)))) {
            taken++;
        }
        if (taken < wanted) {
            buffers.free(burst + taken * 8L, wanted - taken);
        }
        return taken;
    }

    private boolean take(long mbuf) {
        int owner = steering.owner(mbuf);
        if (owner != worker && owner != Steering.ALL) {
            return colleagues.pass(owner, index, mbuf);
        }
        if (count == CAPACITY) {
            return false;
        }
        Mem.putLong(place(count++), mbuf);
        return true;
    }
}
