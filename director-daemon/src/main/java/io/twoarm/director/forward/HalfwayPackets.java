package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.ExtensionHeaders;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.session.SessionTimers;

/**
 * Goes on with packets that other workers have given by {@link Nat64Handover}: whole ones without options and extension
 * headers, and fragments of those that had been joined, which are joined once more.
 */
final class HalfwayPackets {
    private final Counters counters;
    private final Emitter emitter;
    private final Nat64 nat64;
    private final Nat64Handover handover;
    private final Fragments fragments;
    private final Burst burst = new Burst();

    HalfwayPackets(WorkerTables tables, Nat64 nat64, Nat64Handover handover, Fragments fragments) {
        this.nat64 = nat64;
        this.handover = handover;
        this.fragments = fragments;
        counters = tables.counters;
        emitter = tables.emitter;
    }

    /** Takes over packets and sees that they are counted. */
    void goOn(int port, long packets, int count, long nowMicros) {
        counters.add(Counter.RECEIVED, count);
        burst.port = port;
        burst.nowMicros = nowMicros;
        burst.clock = SessionTimers.clock(nowMicros);
        handover.begin(true);
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.pointer(Mem.getLong(packets + i * 8L));
            burst.mbufs[0] = mbuf;
            burst.frames[0] = Mbuf.data(mbuf);
            burst.lengths[0] = Mbuf.length(mbuf) - EthernetHeader.SIZE;
            burst.cuts[0] = 0;
            if (EthernetHeader.type(burst.frames[0]) == EthernetHeader.TYPE_IPV4) {
                narrow();
            } else {
                wide();
            }
        }
        handover.begin(false);
    }

    private long ip() {
        return burst.frames[0] + EthernetHeader.SIZE;
    }

    /** The one that gave it has other tables, for the moment of a change. */
    private void drop() {
        emitter.drop(burst.mbufs[0], Counter.DROPPED_HANDOVER);
    }

    private void narrow() {
        int field = Mem.getUnsignedShortBE(ip() + Ipv4Header.FRAGMENT_OFFSET);
        boolean whole = (field & Ipv4Header.FRAGMENT_MASK) == 0;
        if (!nat64.takes(Mem.getIntBE(ip() + Ipv4Header.DESTINATION_OFFSET))) {
            drop();
        } else if (whole || fragments.join(burst, 0, ip())) {
            nat64.fromIpv4(burst, 0, ip());
        }
    }

    private void wide() {
        long to = ip() + Ipv6Header.DESTINATION_OFFSET;
        if (!nat64.takes(Ipv6Header.high(to), Ipv6Header.low(to))) {
            drop();
            return;
        }
        boolean fragment = Ipv6Header.nextHeader(ip()) == ExtensionHeaders.FRAGMENT_HEADER;
        if (fragment && !fragments.joinWide(burst, 0, ip(), Ipv6Header.SIZE)) {
            return;
        }
        long frame = burst.frames[0];
        if (Nat64Handover.hasTurned(frame)) {
            nat64.turned(burst, 0, ip(), Nat64Handover.outside(frame), Nat64Handover.outsidePort(frame));
        } else {
            nat64.fromIpv6(burst, 0, ip());
        }
    }
}
