package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.report.Counter;

/**
 * Packets to own addresses that no service and no session takes. A host answers them; under a flood of them a director may
 * be told to drop them in silence ({@code defence_tcp_drop} and {@code defence_udp_drop} of {@code dpvs.conf}).
 */
final class Strays {
    private final WorkerTables tables;
    private final Emitter emitter;

    Strays(WorkerTables tables) {
        this.tables = tables;
        emitter = tables.emitter;
    }

    /** Drops a segment if such ones are to be dropped. */
    boolean dropsTcp(long mbuf) {
        return drops(mbuf, tables.access.dropsStrayTcp());
    }

    /** Drops a datagram if such ones are to be dropped. */
    boolean dropsUdp(long mbuf) {
        return drops(mbuf, tables.access.dropsStrayUdp());
    }

    private boolean drops(long mbuf, boolean wanted) {
        if (wanted) {
            emitter.drop(mbuf, Counter.DROPPED_NO_SESSION);
        }
        return wanted;
    }
}
