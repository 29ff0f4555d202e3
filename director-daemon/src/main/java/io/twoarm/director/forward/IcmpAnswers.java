package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.rate.RateLimit;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * Tells senders by ICMP why their packet goes no further (RFC 792, RFC 1191). The packet stays where it is and becomes the
 * quotation; the new headers go into the headroom. As much is quoted as fits into 576 bytes (RFC 1812, 4.3.2.3). The source
 * is the own address that the packet was sent to, or the one towards the sender where it was sent to a client. Whoever calls has made sure that the packet may be answered (RFC 1122,
 * 3.2.2): no ICMP error, no fragment, from and to a single host.
 */
final class IcmpAnswers {
    private static final int LARGEST = 576;
    private static final int NEW_HEADERS = Ipv4Header.SIZE + IcmpHeader.SIZE;

    private final OwnAddresses owned;
    private final Router router;
    private final Emitter emitter;
    private final RateLimit limit;

    IcmpAnswers(WorkerTables tables) {
        owned = tables.own;
        router = tables.router;
        emitter = tables.emitter;
        limit = new RateLimit(tables.answersPerSecond);
    }

    /** The next link takes packets of {@code mtu} bytes at most. */
    void tooBig(long mbuf, int mtu, long nowMicros) {
        answer(
                mbuf,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.FRAGMENTATION_NEEDED,
                mtu,
                Counter.ANSWERED_TOO_BIG,
                Counter.DROPPED_TOO_BIG,
                nowMicros);
    }

    void timeExceeded(long mbuf, long nowMicros) {
        answer(mbuf, IcmpHeader.TIME_EXCEEDED, 0, 0, Counter.ANSWERED_TIME_EXCEEDED, Counter.DROPPED_TTL, nowMicros);
    }

    /** The other fragments of the packet did not come in time. */
    void reassemblyTimeExceeded(long mbuf, long nowMicros) {
        answer(
                mbuf,
                IcmpHeader.TIME_EXCEEDED,
                IcmpHeader.REASSEMBLY,
                0,
                Counter.ANSWERED_TIME_EXCEEDED,
                Counter.DROPPED_FRAGMENT_TIMEOUT,
                nowMicros);
    }

    void netUnreachable(long mbuf, long nowMicros) {
        answer(
                mbuf,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.NET_UNREACHABLE,
                0,
                Counter.ANSWERED_NET_UNREACHABLE,
                Counter.DROPPED_NO_ROUTE,
                nowMicros);
    }

    void portUnreachable(long mbuf, long nowMicros) {
        answer(
                mbuf,
                IcmpHeader.UNREACHABLE,
                IcmpHeader.PORT_UNREACHABLE,
                0,
                Counter.ANSWERED_PORT_UNREACHABLE,
                Counter.DROPPED_NO_SESSION,
                nowMicros);
    }

    private void answer(
            long mbuf, int type, int code, int mtu, Counter disposition, Counter otherwise, long nowMicros) {
        boolean room = (Mem.getShort(mbuf + Mbuf.DATA_OFF_OFFSET) & 0xffff) >= NEW_HEADERS;
        long original = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        int sender = Mem.getIntBE(original + Ipv4Header.SOURCE_OFFSET);
        int own = ownAddress(Mem.getIntBE(original + Ipv4Header.DESTINATION_OFFSET), sender);
        if (!room || own == 0 || !limit.take(nowMicros)) {
            emitter.drop(mbuf, otherwise);
            return;
        }
        int quoted = Math.min(Ipv4Header.totalLength(original), LARGEST - NEW_HEADERS);
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + quoted);
        Mbuf.prepend(mbuf, NEW_HEADERS);
        long ip = original - NEW_HEADERS;
        Ipv4Header.write(ip, NEW_HEADERS + quoted, Protocol.ICMP.number(), own, sender);
        long icmp = ip + Ipv4Header.SIZE;
        Mem.putIntBE(icmp, type << 24 | code << 16);
        Mem.putIntBE(icmp + IcmpHeader.ID_OFFSET, mtu);
        Mem.putShort(
                icmp + IcmpHeader.CHECKSUM_OFFSET,
                InternetChecksum.of(InternetChecksum.sum(icmp, IcmpHeader.SIZE + quoted)));
        router.send(mbuf, sender, disposition.ordinal(), nowMicros);
    }

    /** The address to answer from; 0 when there is none on the way to the sender. */
    private int ownAddress(int destination, int sender) {
        if (owned.contains(destination)) {
            return destination;
        }
        int port = router.port(sender);
        return port < 0 ? 0 : owned.sourceFor(port, sender);
    }
}
