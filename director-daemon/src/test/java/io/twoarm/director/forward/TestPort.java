package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.port.PacketPort;
import io.twoarm.director.vlan.VlanInterface;
import java.util.ArrayDeque;
import java.util.Queue;

/** A port whose wire is a queue of byte arrays. */
final class TestPort implements PacketPort {
    private final String name;
    private final long mac;
    private final int mtu;
    private final TestBuffers buffers;
    private final Queue<byte[]> wire = new ArrayDeque<>();
    private final Queue<Long> arrived = new ArrayDeque<>();
    private boolean keepsFrames = true;
    private int room = Integer.MAX_VALUE;
    private long transmitted;
    private VlanInterface vlan;

    TestPort(String name, long mac, int mtu, TestBuffers buffers) {
        this.name = name;
        this.mac = mac;
        this.mtu = mtu;
        this.buffers = buffers;
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
        int count = 0;
        while (count < max && !arrived.isEmpty()) {
            Mem.putLong(burst + 8L * count++, arrived.poll());
        }
        return count;
    }

    /** Puts a packet into the receive queue. */
    void arrive(long mbuf) {
        arrived.add(mbuf);
    }

    @Override
    public int transmit(long burst, int count) {
        int taken = Math.min(count, room);
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.getLong(burst + i * 8L);
            if (i < taken && keepsFrames) {
                wire.add(bytes(mbuf));
            }
            buffers.free(mbuf);
        }
        transmitted += taken;
        return taken;
    }

    static byte[] bytes(long mbuf) {
        byte[] frame = new byte[Mbuf.length(mbuf)];
        long data = Mbuf.data(mbuf);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = Mem.getByte(data + i);
        }
        return frame;
    }

    /** Takes the oldest frame from the wire; null when there is none. */
    byte[] take() {
        byte[] frame = wire.poll();
        return frame == null || vlan == null ? frame : TaggedFrame.withoutTag(frame, vlan);
    }

    /** From now on frames come and go with the tag of a VLAN; what is taken from the wire has lost it. */
    void tag(VlanInterface wanted) {
        vlan = wanted;
    }

    /** A frame as it is on the wire. */
    byte[] onWire(byte[] frame) {
        return vlan == null ? frame : TaggedFrame.of(frame, vlan.protocol().type(), vlan.id());
    }

    /** Frames on the wire. */
    int waiting() {
        return wire.size();
    }

    /** Frames taken since start. */
    long transmitted() {
        return transmitted;
    }

    /** How many frames of a burst the port takes from now on. */
    void setRoom(int frames) {
        room = frames;
    }

    /** Forgets what is sent, so that nothing is allocated. */
    void discardFrames() {
        keepsFrames = false;
        wire.clear();
    }
}
