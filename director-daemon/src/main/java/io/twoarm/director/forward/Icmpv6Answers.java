package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.ExtensionHeaders;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.rate.RateLimit;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * Tells senders by ICMPv6 why their packet goes no further (RFC 4443, 3). The packet stays where it is and becomes the
 * quotation, as much of it as fits into 1280 bytes; the new headers go into the headroom. The source is the own address
 * that the packet was sent to, or the one towards the sender where it was sent to a client. Whoever calls has made sure that the packet is from and to a single host; ICMPv6 errors are
 * not answered (RFC 4443, 2.4).
 */
final class Icmpv6Answers {
    private static final int NEW_HEADERS = Ipv6Header.SIZE + Icmpv6Header.SIZE;

    private final OwnAddresses owned;
    private final Router router;
    private final Emitter emitter;
    private final RateLimit limit;

    Icmpv6Answers(WorkerTables tables) {
        owned = tables.own;
        router = tables.router;
        emitter = tables.emitter;
        limit = new RateLimit(tables.answersPerSecond);
    }

    /** The next link takes packets of {@code mtu} bytes at most. */
    void tooBig(Burst burst, int i, int mtu) {
        answer(burst, i, Icmpv6Header.TOO_BIG, 0, mtu, Counter.ANSWERED_TOO_BIG, Counter.DROPPED_TOO_BIG);
    }

    void hopLimitExceeded(Burst burst, int i) {
        answer(burst, i, Icmpv6Header.TIME_EXCEEDED, 0, 0, Counter.ANSWERED_TIME_EXCEEDED, Counter.DROPPED_TTL);
    }

    /** The other fragments of the packet did not come in time. */
    void reassemblyTimeExceeded(Burst burst, int i) {
        int code = Icmpv6Header.REASSEMBLY;
        Counter answered = Counter.ANSWERED_TIME_EXCEEDED;
        answer(burst, i, Icmpv6Header.TIME_EXCEEDED, code, 0, answered, Counter.DROPPED_FRAGMENT_TIMEOUT);
    }

    void noRoute(Burst burst, int i) {
        int code = Icmpv6Header.NO_ROUTE;
        Counter answered = Counter.ANSWERED_NET_UNREACHABLE;
        answer(burst, i, Icmpv6Header.UNREACHABLE, code, 0, answered, Counter.DROPPED_NO_ROUTE);
    }

    void portUnreachable(Burst burst, int i) {
        int code = Icmpv6Header.PORT_UNREACHABLE;
        Counter answered = Counter.ANSWERED_PORT_UNREACHABLE;
        answer(burst, i, Icmpv6Header.UNREACHABLE, code, 0, answered, Counter.DROPPED_NO_SESSION);
    }

    /** The byte at an offset cannot be followed, for the reason that the code says. */
    void parameterProblem(Burst burst, int i, int code, int pointer) {
        Counter answered = Counter.ANSWERED_PARAMETER_PROBLEM;
        answer(burst, i, Icmpv6Header.PARAMETER_PROBLEM, code, pointer, answered, Counter.DROPPED_PROTOCOL);
    }

    private void answer(Burst burst, int i, int type, int code, int word, Counter disposition, Counter otherwise) {
        long mbuf = burst.mbufs[i];
        long original = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        boolean room = (Mem.getShort(mbuf + Mbuf.DATA_OFF_OFFSET) & 0xffff) >= NEW_HEADERS;
        int own = ownAddress(original);
        if (!room || own < 0 || isError(original) || !limit.take(burst.nowMicros)) {
            emitter.drop(mbuf, otherwise);
            return;
        }
        int quoted = Math.min(Ipv6Header.SIZE + Ipv6Header.payloadLength(original), Ipv6Header.LEAST_MTU - NEW_HEADERS);
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + quoted);
        Mbuf.prepend(mbuf, NEW_HEADERS);
        long ip = original - NEW_HEADERS;
        long icmp = ip + Ipv6Header.SIZE;
        Ipv6Header.write(ip, 0, Icmpv6Header.SIZE + quoted, Icmpv6Header.PROTOCOL, Ipv6Header.OWN_HOP_LIMIT);
        Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, owned.high(own), owned.low(own));
        Ipv6Header.copyAddress(original + Ipv6Header.SOURCE_OFFSET, ip + Ipv6Header.DESTINATION_OFFSET);
        Mem.putIntBE(icmp, type << 24 | code << 16);
        Mem.putIntBE(icmp + Icmpv6Header.WORD_OFFSET, word);
        Ipv6Header.putChecksum(
                ip, icmp, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, Icmpv6Header.SIZE + quoted);
        long high = Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET);
        long low = Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET);
        router.answer(burst.port, mbuf, high, low, disposition.ordinal(), burst.nowMicros);
    }

    /** Number of the own address to answer from; -1 when there is none on the way to the sender. */
    private int ownAddress(long original) {
        long destination = original + Ipv6Header.DESTINATION_OFFSET;
        int own = owned.find(Ipv6Header.high(destination), Ipv6Header.low(destination));
        if (own >= 0) {
            return own;
        }
        long source = original + Ipv6Header.SOURCE_OFFSET;
        int port = router.port(Ipv6Header.high(source), Ipv6Header.low(source));
        return port < 0 ? -1 : owned.sourceFor(port, Ipv6Header.high(source), Ipv6Header.low(source));
    }

    private static boolean isError(long ip) {
        int next = Ipv6Header.nextHeader(ip);
        long at = ip + Ipv6Header.SIZE;
        if (next == ExtensionHeaders.FRAGMENT_HEADER) {
            next = Mem.getByte(at) & 0xff;
            at += ExtensionHeaders.FRAGMENT_SIZE;
        }
        return next == Icmpv6Header.PROTOCOL && (Mem.getByte(at) & 0xff) <= Icmpv6Header.LAST_ERROR;
    }
}
