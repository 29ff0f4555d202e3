package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionState;
import io.twoarm.director.session.SessionTable;

/** UDP in the third stage: a session is one-way until the realserver answers, then it goes both ways (RFC 4787, 4.3). */
final class Datagrams {
    private static final int NORMAL = SessionState.UDP_NORMAL.ordinal();
    private static final int ONE_PACKET = SessionState.ONE_PACKET.ordinal();

    private final SessionLifecycle lifecycle;
    private final Oversize oversize;
    private final ProxyInsertion proxies;
    private final Emitter emitter;

    Datagrams(SessionLifecycle lifecycle, Oversize oversize, ProxyInsertion proxies, Emitter emitter) {
        this.proxies = proxies;
        this.lifecycle = lifecycle;
        this.oversize = oversize;
        this.emitter = emitter;
    }

    void pass(Burst burst, int i) {
        long reference = burst.references[i];
        long session = SessionTable.session(reference);
        long udp = burst.frames[i] + EthernetHeader.SIZE + burst.headers[i];
        int length = Mem.getUnsignedShortBE(udp + UdpHeader.LENGTH_OFFSET);
        if (length < UdpHeader.SIZE || length > burst.lengths[i] - burst.headers[i]) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_L4_MALFORMED);
            burst.references[i] = Burst.SETTLED;
            return;
        }
        boolean fromServer = SessionTable.direction(reference) == SessionTable.FROM_SERVER;
        boolean header = !fromServer && ProxyInsertion.isPending(session);
        if (oversize.settle(burst, i, 0, header ? proxies.size(session) : 0)) {
            return;
        }
        Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, burst.clock);
        if (fromServer && SessionRecord.state(session) != ONE_PACKET) {
            lifecycle.changeState(session, NORMAL);
        }
        burst.transportChanges[i] = header ? proxies.insertIntoDatagram(burst, i, session) : 0;
        burst.hops[i] = fromServer ? SessionRecord.clientHop(session) : SessionRecord.serverHop(session);
    }
}
