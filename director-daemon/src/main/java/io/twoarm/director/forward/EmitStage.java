package io.twoarm.director.forward;

import static io.twoarm.director.neighbour.NeighbourRecord.HEADER_END_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.HEADER_MIDDLE_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.PORT_OFFSET;
import static io.twoarm.director.neighbour.NeighbourRecord.STATE_OFFSET;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.RealserverRecord;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.service.TrafficBuckets;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * The end of a packet of a session: it is dropped if its service has sent too much, and otherwise gets the Ethernet header of
 * its next hop, is counted for its realserver, and staged.
 */
final class EmitStage {
    private static final int TO_CLIENT = Counter.FORWARDED_TO_CLIENT.ordinal();
    private static final int BYTES_BEHIND_PACKETS = 8;

    private final NeighbourTable neighbours;
    private final ServiceTable services;
    private final Tunnels tunnels;
    private final Emitter emitter;
    private final int toRealserver;
    /** Whether the packets are the director's own. */
    private final boolean isOwn;

    EmitStage(WorkerTables tables) {
        this(tables, Counter.FORWARDED_TO_REALSERVER);
    }

    /** @param toRealserver what packets to realservers count for */
    EmitStage(WorkerTables tables, Counter toRealserver) {
        this.toRealserver = toRealserver.ordinal();
        isOwn = toRealserver != Counter.FORWARDED_TO_REALSERVER;
        neighbours = tables.neighbours;
        services = tables.services;
        tunnels = tables.tunnels;
        emitter = tables.emitter;
    }

    /** Sends one packet of a session on, unless its service has sent too much. */
    void pass(Burst burst, int i, long reference) {
        int direction = SessionTable.direction(reference);
        long session = SessionTable.session(reference);
        int realserver = SessionRecord.realserver(session);
        long record = Mem.pointer(services.record(realserver));
        if (Mem.getLong(record + RealserverRecord.LIMITED_OFFSET) != 0 && !hasRoom(burst, i, realserver, direction)) {
            return;
        }
        account(record, direction, burst.lengths[i]);
        // What is rare stays out of this method: the compiler inlines only so many memory accesses.
        if (burst.cuts[i] == 0 && !SessionRecord.isOneSided(session)) {
            send(burst, i, direction);
        } else {
            wrapAndCut(burst, i, session, direction);
        }
    }

    private void send(Burst burst, int i, int direction) {
        int hop = burst.hops[i];
        long record = Mem.pointer(neighbours.record(hop));
        int disposition = direction == SessionTable.FROM_CLIENT ? toRealserver : TO_CLIENT;
        if (Mem.getInt(record + STATE_OFFSET) == NeighbourTable.REACHABLE) {
            long frame = Mem.pointer(burst.frames[i]);
            Mem.putLong(frame, Mem.getLong(record));
            Mem.putInt(frame + HEADER_MIDDLE_OFFSET, Mem.getInt(record + HEADER_MIDDLE_OFFSET));
            Mem.putShort(frame + HEADER_END_OFFSET, Mem.getShort(record + HEADER_END_OFFSET));
            emitter.stage(Mem.getShort(record + PORT_OFFSET) & 0xffff, burst.mbufs[i], disposition);
        } else {
            neighbours.send(hop, burst.mbufs[i], disposition, burst.nowMicros);
        }
    }

    /** Of packets whose realserver answers the client itself, and of those that leave in fragments. */
    private void wrapAndCut(Burst burst, int i, long session, int direction) {
        if (SessionRecord.isOneSided(session) && !wrap(burst, i, SessionRecord.realserver(session))) {
            return;
        }
        if (burst.cuts[i] == 0) {
            send(burst, i, direction);
            return;
        }
        neighbours.sendCut(
                burst.hops[i],
                burst.mbufs[i],
                burst.cuts[i],
                identification(burst, i),
                direction == SessionTable.FROM_CLIENT ? toRealserver : TO_CLIENT,
                burst.nowMicros);
        burst.cuts[i] = 0;
    }

    private boolean wrap(Burst burst, int i, int realserver) {
        long mbuf = burst.mbufs[i];
        if (!tunnels.wrap(mbuf, realserver)) {
            emitter.drop(mbuf, Counter.DROPPED_NO_ROUTE);
            burst.cuts[i] = 0;
            return false;
        }
        burst.frames[i] = Mbuf.data(mbuf);
        return true;
    }

    /**
     * Between the families, and from IPv6 to IPv6, fragments keep the number that they came with (RFC 7915, 4.1 and 5.1.1).
     * Those of IPv4 get one of the director's, whose address they have: clients choose theirs without knowing of each other.
     */
    private int identification(Burst burst, int i) {
        boolean toIpv4 = (Mem.getByte(burst.frames[i] + EthernetHeader.SIZE) >>> 4 & 15) == 4;
        return toIpv4 && burst.headers[i] == Ipv4Header.SIZE
                ? neighbours.nextIdentification()
                : burst.identifications[i];
    }

    private boolean hasRoom(Burst burst, int i, int realserver, int direction) {
        if (isOwn) {
            return true;
        }
        TrafficBuckets traffic = services.traffic(realserver);
        boolean taken = direction == SessionTable.FROM_CLIENT
                ? traffic.takeFromClient(burst.lengths[i], burst.nowMicros)
                : traffic.takeFromRealserver(burst.lengths[i], burst.nowMicros);
        if (!taken) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_TRAFFIC_LIMIT);
            burst.cuts[i] = 0;
        }
        return taken;
    }

    private static void account(long record, int direction, int bytes) {
        long at = record
                + (direction == SessionTable.FROM_CLIENT
                        ? RealserverRecord.PACKETS_IN_OFFSET
                        : RealserverRecord.PACKETS_OUT_OFFSET);
        Mem.putLong(at, Mem.getLong(at) + 1);
        Mem.putLong(at + BYTES_BEHIND_PACKETS, Mem.getLong(at + BYTES_BEHIND_PACKETS) + bytes);
    }
}
