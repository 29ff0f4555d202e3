package io.twoarm.director.forward;

import io.twoarm.director.emit.Cutter;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.steer.Colleagues;

/**
 * Gives packets of NAT64 to the worker that has the binding which they need next: those that were joined of fragments, and
 * those that turn around to a host whose port is with another worker. A joined packet is cut again for that. The Ethernet
 * addresses, which nobody needs any more, make room for what the other worker must know:
 *
 * <pre>
 *   0  way           u8: {@value #UNBEGUN}, or {@value #TURNED}: it has been through the sender's binding
 *   2  outside port  u16, of the pool
 *   4  outside       i32, address of the pool
 *  12  Ethernet type as it was
 * </pre>
 */
final class Nat64Handover {
    private static final byte UNBEGUN = 0;
    private static final byte TURNED = 1;
    private static final int PORT_OFFSET = 2;
    private static final int ADDRESS_OFFSET = 4;
    private static final int LEAST_PIECE = 8;

    private final WorkerShare share;
    private final Colleagues colleagues;
    private final Emitter emitter;
    private final Counters counters;
    /** Whether the packet that is looked at was given by another worker, for being this one's. */
    private boolean given;

    Nat64Handover(WorkerTables tables, Colleagues colleagues) {
        this.colleagues = colleagues;
        share = tables.share;
        emitter = tables.emitter;
        counters = tables.counters;
    }

    /** To be told before each packet whether another worker has given it. */
    void begin(boolean fromColleague) {
        given = fromColleague;
    }

    /**
     * Whether a packet that has not been through a binding is this worker's; else it is settled.
     *
     * @param owner whose it is
     */
    boolean isOwn(Burst burst, int i, int owner) {
        if (owner == share.worker()) {
            return true;
        }
        if (given) {
            // The one that gave it has other tables, for the moment of a change.
            emitter.drop(burst.mbufs[i], Counter.DROPPED_HANDOVER);
        } else {
            give(burst, i, owner, UNBEGUN, 0, 0);
        }
        return false;
    }

    /**
     * Whether the binding that a packet turns around by is this worker's; else it is settled.
     *
     * @param outside where the packet, or the error, comes from
     */
    boolean isHere(Burst burst, int i, int owner, int outside, int outsidePort) {
        if (owner == share.worker()) {
            return true;
        }
        give(burst, i, owner, TURNED, outside, outsidePort);
        return false;
    }

    private void give(Burst burst, int i, int owner, byte way, int outside, int outsidePort) {
        long mbuf = burst.mbufs[i];
        if (mbuf != emitter.large()) {
            boolean taken =
                    give(owner, burst.port, mbuf, EthernetHeader.type(burst.frames[i]), way, outside, outsidePort);
            count(taken);
            if (!taken) {
                emitter.release(mbuf);
            }
            return;
        }
        int type = EthernetHeader.type(Mbuf.data(mbuf));
        Cutter cutter = emitter.cutter();
        int pieces = cutter.cut(mbuf, Math.max(LEAST_PIECE, burst.cuts[i]), burst.identifications[i]);
        if (pieces == 0) {
            counters.count(Counter.BUFFERS_EXHAUSTED);
            emitter.drop(mbuf, Counter.DROPPED_NO_BUFFER);
            return;
        }
        int taken = 0;
        while (taken < pieces && give(owner, burst.port, cutter.piece(taken), type, way, outside, outsidePort)) {
            taken++;
        }
        for (int piece = taken; piece < pieces; piece++) {
            emitter.release(cutter.piece(piece));
        }
        // What is missing is found missing where the others are joined.
        count(taken > 0);
    }

    private void count(boolean taken) {
        counters.count(taken ? Counter.PASSED_TO_WORKER : Counter.DROPPED_HANDOVER);
    }

    private boolean give(int owner, int port, long mbuf, int type, byte way, int outside, int outsidePort) {
        long frame = Mbuf.data(mbuf);
        Mem.putByte(frame, way);
        Mem.putShortBE(frame + PORT_OFFSET, outsidePort);
        Mem.putIntBE(frame + ADDRESS_OFFSET, outside);
        Mem.putShortBE(frame + EthernetHeader.TYPE_OFFSET, type);
        return colleagues.give(owner, port, mbuf);
    }

    /** Whether a packet that was given has been through the binding of its sender. */
    static boolean hasTurned(long frame) {
        return Mem.getByte(frame) == TURNED;
    }

    /** Address of the pool that a packet has turned by. */
    static int outside(long frame) {
        return Mem.getIntBE(frame + ADDRESS_OFFSET);
    }

    /** Port of the pool that a packet has turned by. */
    static int outsidePort(long frame) {
        return Mem.getUnsignedShortBE(frame + PORT_OFFSET);
    }
}
