package io.twoarm.director.vlan;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.port.BufferPool;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.port.PacketPort;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A VLAN interface as one worker sees it: what it sends leaves by the port below with a tag. Nothing is received here;
 * the worker finds tagged frames among those of the port below.
 */
public final class VlanPort implements PacketPort {
    private final VlanInterface definition;
    private final PacketPort link;
    private final BufferPool buffers;
    private final AtomicLong receivedPackets = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong sentPackets = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private boolean closed;

    VlanPort(VlanInterface definition, PacketPort link, BufferPool buffers) {
        this.definition = definition;
        this.link = link;
        this.buffers = buffers;
    }

    public VlanInterface definition() {
        return definition;
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public long macAddress() {
        return link.macAddress();
    }

    /** As of the port below, whose frames may be longer by a tag. */
    @Override
    public int mtu() {
        return link.mtu();
    }

    @Override
    public int receive(long burst, int max) {
        return 0;
    }

    @Override
    public int transmit(long burst, int count) {
        if (closed) {
            buffers.free(burst, count);
            return 0;
        }
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.pointer(Mem.getLong(burst + i * 8L));
            VlanTag.insert(mbuf, definition.protocol().type(), definition.id());
            bytes += Mbuf.length(mbuf);
        }
        int taken = link.transmit(burst, count);
        add(sentPackets, taken);
        add(sentBytes, bytes);
        return taken;
    }

    /** The worker has found a frame of this VLAN, with the tag of so many bytes. */
    public void received(int bytes) {
        add(receivedPackets, 1);
        add(receivedBytes, bytes);
    }

    private static void add(AtomicLong counter, long more) {
        counter.setOpaque(counter.getPlain() + more);
    }

    /** For the worker: what is sent from now on is lost. */
    public void close() {
        closed = true;
    }

    /** Any thread may ask. */
    public long receivedPackets() {
        return receivedPackets.getOpaque();
    }

    /** With tags. Any thread may ask. */
    public long receivedBytes() {
        return receivedBytes.getOpaque();
    }

    /** Any thread may ask. */
    public long sentPackets() {
        return sentPackets.getOpaque();
    }

    /** What was handed to the port below, with tags. Any thread may ask. */
    public long sentBytes() {
        return sentBytes.getOpaque();
    }
}
