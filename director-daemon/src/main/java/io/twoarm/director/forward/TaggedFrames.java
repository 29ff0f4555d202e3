package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.vlan.VlanPorts;
import io.twoarm.director.vlan.VlanTag;

/**
 * Frames with a VLAN tag. They lose it, and go through the stages once more behind the burst that they came in, as
 * received by their VLAN's interface. A tag that has a priority only leads to the port itself (IEEE 802.1Q, 6.9). One tag is
 * taken off; a second one is nobody's.
 */
final class TaggedFrames {
    private final WorkerTables tables;
    private final Emitter emitter;
    private final long[] mbufs = new long[Burst.CAPACITY];
    private final int[] ports = new int[Burst.CAPACITY];
    private final long batch;
    private int count;
    private int port;
    private boolean again;

    TaggedFrames(WorkerTables tables, NativeMemory memory) {
        this.tables = tables;
        emitter = tables.emitter;
        batch = Mem.pointer(memory.allocate(Burst.CAPACITY * 8L, 64));
    }

    /** Takes over a frame whose type is that of a tag. */
    void take(int received, long mbuf, long frame) {
        int length = Mbuf.length(mbuf);
        if (length < EthernetHeader.SIZE + VlanTag.SIZE) {
            emitter.drop(mbuf, Counter.DROPPED_RUNT);
            return;
        }
        int type = EthernetHeader.type(frame);
        int id = VlanTag.id(frame);
        VlanPorts vlans = tables.vlans;
        boolean plain = id == VlanTag.PRIORITY_ONLY && type == EthernetHeader.TYPE_VLAN;
        int to = plain ? received : vlans.find(received, type, id);
        if (to == VlanPorts.UNKNOWN || again) {
            emitter.drop(mbuf, Counter.DROPPED_VLAN);
            return;
        }
        if (!plain) {
            vlans.port(to).received(length);
        }
        VlanTag.strip(mbuf);
        mbufs[count] = mbuf;
        ports[count++] = to;
    }

    /**
     * The next frames that came by one interface, in their order; {@link #port} and {@link #batch} tell about them. From the
     * first call on tags are refused, until there is nothing more.
     *
     * @return how many; 0 when all were given
     */
    int next() {
        again = count > 0;
        if (!again) {
            return 0;
        }
        port = ports[0];
        int given = 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (ports[i] == port) {
                Mem.putLong(batch + 8L * given++, mbufs[i]);
            } else {
                mbufs[left] = mbufs[i];
                ports[left++] = ports[i];
            }
        }
        count = left;
        return given;
    }

    /** Index of the interface that the frames came by. */
    int port() {
        return port;
    }

    /** Native array of the frames' buffers. */
    long batch() {
        return batch;
    }
}
