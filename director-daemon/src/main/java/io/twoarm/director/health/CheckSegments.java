package io.twoarm.director.health;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.TcpOptions;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * Makes and sends the segments of health checks. Addresses are given as IPv6 ones, those of IPv4 mapped; a segment is made
 * for a family first and gets its addresses when it is sent.
 */
final class CheckSegments {
    private static final int MSS_OPTION = TcpOptions.MSS << 24 | 4 << 16;
    private static final int MSS_SIZE = 4;
    private static final int WINDOW = 8192;
    private static final int SYN_SIZE = TcpHeader.SIZE + MSS_SIZE;

    private final Router router;
    private final Emitter emitter;

    CheckSegments(Router router, Emitter emitter) {
        this.router = router;
        this.emitter = emitter;
    }

    private static int headerSize(boolean ipv4) {
        return ipv4 ? Ipv4Header.SIZE : Ipv6Header.SIZE;
    }

    /** Makes a SYN with room for an MSS option; 0 without a buffer. */
    long syn(boolean ipv4, int sourcePort, int destinationPort, int sequence) {
        long mbuf = emitter.allocate(EthernetHeader.SIZE + headerSize(ipv4) + SYN_SIZE);
        if (mbuf != 0) {
            long tcp = Mbuf.data(mbuf) + EthernetHeader.SIZE + headerSize(ipv4);
            TcpHeader.write(tcp, sourcePort, destinationPort, sequence, 0, TcpHeader.SYN, WINDOW);
            Mem.putByte(tcp + TcpHeader.DATA_OFFSET_OFFSET, (byte) (SYN_SIZE / 4 << 4));
            Mem.putIntBE(tcp + TcpHeader.SIZE, MSS_OPTION);
        }
        return mbuf;
    }

    /** Makes a segment without options and data; 0 without a buffer. */
    long plain(boolean ipv4, int sourcePort, int destinationPort, int sequence, int acknowledgment, int flags) {
        long mbuf = emitter.allocate(EthernetHeader.SIZE + headerSize(ipv4) + TcpHeader.SIZE);
        if (mbuf != 0) {
            long tcp = Mbuf.data(mbuf) + EthernetHeader.SIZE + headerSize(ipv4);
            TcpHeader.write(tcp, sourcePort, destinationPort, sequence, acknowledgment, flags, WINDOW);
        }
        return mbuf;
    }

    /** Sends a segment; a SYN states the MSS of the way (RFC 9293, 3.7.1). */
    void send(long mbuf, long sourceHigh, long sourceLow, long high, long low, long nowMicros) {
        if (mbuf == 0) {
            return;
        }
        boolean ipv4 = Ipv6Address.isMapped(high, low);
        long ip = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        int size = headerSize(ipv4);
        long tcp = ip + size;
        int length = Mbuf.length(mbuf) - EthernetHeader.SIZE - size;
        if (length == SYN_SIZE) {
            int mtu = ipv4 ? router.mtu((int) low) : router.mtu(high, low);
            Mem.putShortBE(tcp + TcpHeader.SIZE + 2, Math.max(0, mtu - size - TcpHeader.SIZE));
        }
        int disposition = Counter.SENT_HEALTH.ordinal();
        if (ipv4) {
            Ipv4Header.write(ip, size + length, Protocol.TCP.number(), (int) sourceLow, (int) low);
            TcpHeader.putChecksum(ip, tcp, length);
            router.send(mbuf, (int) low, disposition, nowMicros);
        } else {
            Ipv6Header.write(ip, 0, length, Protocol.TCP.number(), Ipv6Header.OWN_HOP_LIMIT);
            Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, sourceHigh, sourceLow);
            Ipv6Header.putAddress(ip + Ipv6Header.DESTINATION_OFFSET, high, low);
            Ipv6Header.putChecksum(ip, tcp, TcpHeader.CHECKSUM_OFFSET, Protocol.TCP.number(), length);
            router.send(mbuf, high, low, disposition, nowMicros);
        }
    }
}
