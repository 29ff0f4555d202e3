package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_ADDRESSES_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_ADDRESSES_OFFSET;

import io.twoarm.director.emit.Cutter;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;

/**
 * Packets larger than the next link takes: those of IPv4 whose sender allows it are cut, of all others the sender is told
 * what fits (RFC 1191, RFC 8201). From IPv4 to IPv6, what may be cut is cut to 1280 bytes, since nothing larger is known to
 * fit the client's way and its routers do not cut (RFC 7915, 4.1).
 */
final class Oversize {
    /** Packets of IPv4 up to this size become ones that fit every link of IPv6. */
    private static final int LARGEST_UNCUT = Ipv6Header.LEAST_MTU - WideTranslation.GROWTH;

    private final Router router;
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final ServiceTable services;
    private final Tunnels tunnels;
    private final Emitter emitter;

    Oversize(WorkerTables tables, IcmpAnswers answers, Icmpv6Answers wideAnswers) {
        this.wideAnswers = wideAnswers;
        router = tables.router;
        services = tables.services;
        tunnels = tables.tunnels;
        emitter = tables.emitter;
        this.answers = answers;
    }

    /** Largest packet that may come in for the other side of a session. */
    int limit(long reference) {
        long session = SessionTable.session(reference);
        boolean fromClient = SessionTable.direction(reference) == SessionTable.FROM_CLIENT;
        if (WideSessionRecord.isWide(session)) {
            return wideLimit(session, fromClient);
        }
        if (fromClient && SessionRecord.isOneSided(session)) {
            return serverLimit(SessionRecord.realserver(session));
        }
        long addresses = Mem.getLong(session + (fromClient ? SERVER_ADDRESSES_OFFSET : CLIENT_ADDRESSES_OFFSET));
        return router.mtu(Integer.reverseBytes(SessionRecord.source(addresses)));
    }

    /** Of packets that keep their destination: what the way to the realserver takes. */
    private int serverLimit(int realserver) {
        int mtu = router.mtu(services.high(realserver), services.low(realserver));
        return mtu == 0 ? 0 : mtu - tunnels.overhead(realserver);
    }

    private int wideLimit(long session, boolean fromClient) {
        if (fromClient && SessionRecord.isOneSided(session)) {
            return serverLimit(SessionRecord.realserver(session));
        }
        boolean fromIpv4 = WideSessionRecord.isIpv4(session, fromClient);
        boolean toIpv4 = WideSessionRecord.isIpv4(session, !fromClient);
        int mtu = wideMtu(router, session, !fromClient);
        if (mtu == 0 || fromIpv4 == toIpv4) {
            return mtu;
        }
        return toIpv4 ? mtu + WideTranslation.GROWTH : mtu - WideTranslation.GROWTH;
    }

    /** MTU of the link towards a side of a wide session; 0 without a route. */
    static int wideMtu(Router router, long session, boolean client) {
        if (WideSessionRecord.isIpv4(session, client)) {
            long addresses = WideSessionRecord.ipv4Addresses(session, client);
            return router.mtu(Integer.reverseBytes(SessionRecord.source(addresses)));
        }
        long at = session + (client ? WideSessionRecord.CLIENT_OFFSET : WideSessionRecord.REALSERVER_ADDRESS_OFFSET);
        return router.mtu(Ipv6Header.high(at), Ipv6Header.low(at));
    }

    /**
     * Answers or drops a packet that is too large, before anything in it was changed.
     *
     * @param reserve bytes that the sender should leave free
     * @return whether it was, so that nothing is left to be done
     */
    boolean settle(Burst burst, int i, int reserve) {
        return settle(burst, i, reserve, 0);
    }

    /**
     * The same for a packet that will grow on its way.
     *
     * @param growth by so many bytes
     */
    boolean settle(Burst burst, int i, int reserve, int growth) {
        int length = burst.lengths[i] + growth;
        long reference = burst.references[i];
        if (length <= router.smallestMtu() && !WideSessionRecord.isWide(SessionTable.session(reference))) {
            return false;
        }
        int limit = limit(reference);
        if (limit != 0 && isToCut(burst, i, limit, growth)) {
            fit(burst, i, limit);
            return false;
        }
        if (length <= limit) {
            return false;
        }
        burst.references[i] = Burst.SETTLED;
        if (burst.headers[i] == Ipv6Header.SIZE) {
            settleWide(burst, i, limit, Math.max(reserve, growth));
            return true;
        }
        if (limit == 0) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NO_ROUTE);
        } else {
            answers.tooBig(burst.mbufs[i], limit - Math.max(reserve, growth), burst.nowMicros);
        }
        return true;
    }

    /** Whether a packet came in fragments, or is to become some. */
    private static boolean isToCut(Burst burst, int i, int limit, int growth) {
        if (burst.cuts[i] != 0) {
            return true;
        }
        if (burst.headers[i] != Ipv4Header.SIZE) {
            return false;
        }
        long ip = burst.frames[i] + EthernetHeader.SIZE;
        boolean mayCut = (Mem.getUnsignedShortBE(ip + Ipv4Header.FRAGMENT_OFFSET) & Ipv4Header.DONT_FRAGMENT) == 0;
        boolean becomesWide = WideSessionRecord.isWide(SessionTable.session(burst.references[i]));
        int fits = becomesWide ? Math.min(limit, LARGEST_UNCUT) : limit;
        if (mayCut && burst.lengths[i] + growth > fits) {
            burst.identifications[i] = Mem.getUnsignedShortBE(ip + Ipv4Header.ID_OFFSET);
            return true;
        }
        return false;
    }

    /** Says how much data goes into each fragment of a packet: what the next link takes, not more than came in one. */
    private static void fit(Burst burst, int i, int limit) {
        boolean fromIpv4 = burst.headers[i] == Ipv4Header.SIZE;
        long reference = burst.references[i];
        long session = SessionTable.session(reference);
        boolean toServer = SessionTable.direction(reference) == SessionTable.FROM_CLIENT;
        int payload;
        if (!WideSessionRecord.isWide(session)) {
            payload = Cutter.payload(limit, false);
        } else if (fromIpv4) {
            payload = Cutter.payload(Math.min(limit + WideTranslation.GROWTH, Ipv6Header.LEAST_MTU), true);
        } else if (WideSessionRecord.isIpv4(session, !toServer)) {
            payload = Cutter.payload(limit - WideTranslation.GROWTH, false);
        } else {
            payload = Cutter.payload(limit, true);
        }
        burst.cuts[i] = burst.cuts[i] == 0 ? payload : Math.min(burst.cuts[i], payload);
    }

    /** No link of IPv6 takes less than 1280 bytes, so no host need be told of less (RFC 8200, 5). */
    private void settleWide(Burst burst, int i, int limit, int reserve) {
        if (limit == 0) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_NO_ROUTE);
        } else if (burst.lengths[i] <= Ipv6Header.LEAST_MTU) {
            emitter.drop(burst.mbufs[i], Counter.DROPPED_TOO_BIG);
        } else {
            wideAnswers.tooBig(burst, i, Math.max(Ipv6Header.LEAST_MTU, limit - reserve));
        }
    }
}
