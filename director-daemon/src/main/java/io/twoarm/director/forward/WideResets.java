package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.rate.RateLimit;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/** Answers a TCP segment over IPv6 by a reset, as {@link ResetAnswers} does over IPv4. */
final class WideResets {
    private static final int TCP = Protocol.TCP.number();

    private final Router router;
    private final Emitter emitter;
    private final RateLimit limit;

    WideResets(WorkerTables tables) {
        router = tables.router;
        emitter = tables.emitter;
        limit = new RateLimit(tables.answersPerSecond);
    }

    /** Takes over a packet with a whole TCP header behind 40 bytes of IPv6 header. */
    void answer(Burst burst, int i) {
        long mbuf = burst.mbufs[i];
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        long tcp = ip + Ipv6Header.SIZE;
        int length = Ipv6Header.payloadLength(ip);
        if ((TcpHeader.flags(tcp) & TcpHeader.RST) != 0) {
            emitter.drop(mbuf, Counter.DROPPED_STRAY_RESET);
        } else if (!Ipv6Header.checksumIsRight(ip, tcp, TCP, length)) {
            emitter.drop(mbuf, Counter.DROPPED_L4_CHECKSUM);
        } else if (!limit.take(burst.nowMicros)) {
            emitter.drop(mbuf, Counter.DROPPED_NO_SESSION);
        } else {
            ResetAnswers.turn(tcp, length);
            Mbuf.setLength(mbuf, EthernetHeader.SIZE + Ipv6Header.SIZE + TcpHeader.SIZE);
            Ipv6Header.write(ip, 0, TcpHeader.SIZE, TCP, Ipv6Header.OWN_HOP_LIMIT);
            Ipv6Header.swapAddresses(ip);
            Ipv6Header.putChecksum(ip, tcp, TcpHeader.CHECKSUM_OFFSET, TCP, TcpHeader.SIZE);
            long to = ip + Ipv6Header.DESTINATION_OFFSET;
            int disposition = Counter.ANSWERED_RESET.ordinal();
            router.answer(burst.port, mbuf, Ipv6Header.high(to), Ipv6Header.low(to), disposition, burst.nowMicros);
        }
    }
}
