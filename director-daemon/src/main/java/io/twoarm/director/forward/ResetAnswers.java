package io.twoarm.director.forward;

import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.rate.RateLimit;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * Answers a TCP segment by a reset (RFC 9293, 3.10.7.1): with the sequence number that the segment acknowledges, or, if it
 * acknowledges nothing, with 0 and an acknowledgment of all that it holds. A reset is never answered. The checksum is looked
 * at first, for the answer gets a right one.
 */
final class ResetAnswers {
    private static final int RESET_LENGTH = Ipv4Header.SIZE + TcpHeader.SIZE;

    private final Router router;
    private final Emitter emitter;
    private final RateLimit limit;

    ResetAnswers(WorkerTables tables) {
        router = tables.router;
        emitter = tables.emitter;
        limit = new RateLimit(tables.answersPerSecond);
    }

    /** Takes over a packet with a whole TCP header behind 20 bytes of IPv4 header. */
    void answer(long mbuf, long nowMicros) {
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        long tcp = ip + Ipv4Header.SIZE;
        int length = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE;
        int flags = TcpHeader.flags(tcp);
        if ((flags & TcpHeader.RST) != 0) {
            emitter.drop(mbuf, Counter.DROPPED_STRAY_RESET);
        } else if (!TcpHeader.checksumIsRight(ip, tcp, length)) {
            emitter.drop(mbuf, Counter.DROPPED_L4_CHECKSUM);
        } else if (!limit.take(nowMicros)) {
            emitter.drop(mbuf, Counter.DROPPED_NO_SESSION);
        } else {
            write(mbuf, ip, tcp, length, nowMicros);
        }
    }

    private void write(long mbuf, long ip, long tcp, int length, long nowMicros) {
        int sender = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
        int own = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        turn(tcp, length);
        Mbuf.setLength(mbuf, EthernetHeader.SIZE + RESET_LENGTH);
        Ipv4Header.write(ip, RESET_LENGTH, Protocol.TCP.number(), own, sender);
        TcpHeader.putChecksum(ip, tcp, TcpHeader.SIZE);
        router.send(mbuf, sender, Counter.ANSWERED_RESET.ordinal(), nowMicros);
    }

    /**
     * Makes a segment the reset that answers it; the checksum is left to the caller.
     *
     * @param length bytes of the segment
     */
    static void turn(long tcp, int length) {
        int flags = TcpHeader.flags(tcp);
        int senderPort = Mem.getUnsignedShortBE(tcp + TcpHeader.SOURCE_PORT_OFFSET);
        int ownPort = Mem.getUnsignedShortBE(tcp + TcpHeader.DESTINATION_PORT_OFFSET);
        int sequence = 0;
        int acknowledgment = 0;
        int answerFlags = TcpHeader.RST;
        if ((flags & TcpHeader.ACK) != 0) {
            sequence = Mem.getIntBE(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET);
        } else {
            acknowledgment = Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET)
                    + length
                    - TcpHeader.headerLength(tcp)
                    + ((flags & TcpHeader.SYN) != 0 ? 1 : 0)
                    + (flags & TcpHeader.FIN);
            answerFlags |= TcpHeader.ACK;
        }
        TcpHeader.write(tcp, ownPort, senderPort, sequence, acknowledgment, answerFlags, 0);
    }
}
