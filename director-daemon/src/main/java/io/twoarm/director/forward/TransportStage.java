package io.twoarm.director.forward;

import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * The transport header of a packet that {@link EstablishedStage} left: the session's state, sequence numbers, options. TCP
 * goes to {@link UnusualSegments}, UDP to {@link Datagrams}.
 */
final class TransportStage {
    private final UnusualSegments unusual;
    private final Datagrams datagrams;

    TransportStage(UnusualSegments unusual, Datagrams datagrams) {
        this.unusual = unusual;
        this.datagrams = datagrams;
    }

    /** Settles a packet's fate, or leaves it to the next stage. */
    void pass(Burst burst, int i, long reference) {
        if (SessionRecord.protocol(SessionTable.session(reference)) == SessionRecord.PROTOCOL_TCP) {
            unusual.pass(burst, i);
        } else {
            datagrams.pass(burst, i);
        }
    }
}
