package io.twoarm.director.forward;

import static io.twoarm.director.session.SessionRecord.CLIENT_PORTS_OFFSET;
import static io.twoarm.director.session.SessionRecord.SEQUENCE_SHIFT_OFFSET;
import static io.twoarm.director.session.SessionRecord.SERVER_FIRST_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.ProxyHeader;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.ServiceTable;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.WideSessionRecord;

/**
 * Puts a header of the PROXY protocol before the client's first data, and lets sequence numbers know of it.
 *
 * <p>The header stands in front of the segment that begins with the client's first byte, however often that comes: what the
 * realserver gets at a sequence number never changes. All numbers of the client behind it move by its size, acknowledgments
 * back. Once the realserver has acknowledged the header, its size becomes part of the session's shift and nothing is left to
 * be done; until then the session is {@linkplain SessionRecord#isPending pending}, and the field for the realserver's first number holds
 * the client's. A datagram stands for itself, so each gets the header.
 */
final class ProxyInsertion {
    private static final int SCRATCH = 128;

    private final ServiceTable services;
    private final Counters counters;
    private final long header;

    ProxyInsertion(ServiceTable services, Counters counters, NativeMemory memory) {
        this.services = services;
        this.counters = counters;
        header = Mem.pointer(memory.allocate(SCRATCH, 64));
    }

    /** Whether the header is still to come, or to be acknowledged. */
    static boolean isPending(long session) {
        return SessionRecord.isPending(session);
    }

    /** What the client's address may need in a session's next packets, whichever way it is told. */
    static int reserve(long session) {
        int header = isWideClient(session) ? ProxyHeader.V1_WIDE_LARGEST : ProxyHeader.V1_LARGEST;
        return isPending(session) ? header : ClientAddressOption.room(session);
    }

    private static boolean isWideClient(long session) {
        return WideSessionRecord.isWide(session) && !WideSessionRecord.hasIpv4Client(session);
    }

    /** Begins a connection whose first data byte has a sequence number. */
    void open(long session, int first) {
        int realserver = SessionRecord.realserver(session);
        boolean wanted =
                services.clientAddress(realserver).isProxy() && services.mode(realserver) == ForwardingMode.FULLNAT;
        SessionRecord.setPending(session, wanted);
        if (wanted) {
            Mem.putInt(session + SERVER_FIRST_OFFSET, first);
        }
    }

    /** Writes a pending session's header aside; returns its size in bytes. */
    int size(long session) {
        boolean wide = isWideClient(session);
        boolean udp = SessionRecord.protocol(session) == SessionRecord.PROTOCOL_UDP;
        long addresses = session + (wide ? WideSessionRecord.CLIENT_OFFSET : SessionRecord.CLIENT_ADDRESSES_OFFSET);
        int ports = Mem.getInt(session + CLIENT_PORTS_OFFSET);
        ClientAddressWay way = services.clientAddress(SessionRecord.realserver(session));
        return way == ClientAddressWay.PROXY_V1 && !udp
                ? ProxyHeader.writeV1(header, wide, addresses, ports)
                : ProxyHeader.writeV2(header, wide, udp, addresses, ports);
    }

    /** Whether a client's segment of a pending session begins with its first data, or its end without any. */
    static boolean isFirst(long session, long tcp, int flags, int payload) {
        return (flags & (TcpHeader.SYN | TcpHeader.RST)) == 0
                && (payload > 0 || (flags & TcpHeader.FIN) != 0)
                && Mem.getIntBE(tcp + TcpHeader.SEQUENCE_OFFSET) == Mem.getInt(session + SERVER_FIRST_OFFSET);
    }

    /** What is added, besides the session's shift, to a sequence number of the client of a pending session. */
    int shift(long session, int sequence) {
        return sequence - Mem.getInt(session + SERVER_FIRST_OFFSET) > 0 ? size(session) : 0;
    }

    /** What the client of a pending session is to get for an acknowledgment of the realserver. */
    int acknowledgment(long session, int acknowledgment) {
        int shift = Mem.getInt(session + SEQUENCE_SHIFT_OFFSET);
        int first = Mem.getInt(session + SERVER_FIRST_OFFSET);
        int behind = acknowledgment - shift - first;
        if (behind <= 0) {
            return acknowledgment - shift;
        }
        int size = size(session);
        if (behind < size) {
            return first;
        }
        Mem.putInt(session + SEQUENCE_SHIFT_OFFSET, shift + size);
        SessionRecord.setPending(session, false);
        return acknowledgment - shift - size;
    }

    /**
     * Puts the header into a TCP segment, which has the room for it.
     *
     * @return change of the sum under the TCP checksum
     */
    long insertIntoSegment(Burst burst, int i, long session) {
        int size = size(session);
        long tcp = burst.frames[i] + EthernetHeader.SIZE + burst.headers[i];
        int tcpHeader = TcpHeader.headerLength(tcp);
        long data = tcp + tcpHeader;
        int payload = burst.lengths[i] - burst.headers[i] - tcpHeader;
        long change = InternetChecksum.sum(header, size);
        if ((size & 1) != 0) {
            // The data moves from even to odd places, where each of its bytes counts as the other half of a word.
            int sum = InternetChecksum.fold(InternetChecksum.sum(data, payload));
            change += (~sum & 0xffff) + (Short.reverseBytes((short) sum) & 0xffff);
        }
        return change + insert(burst, i, data, size);
    }

    /**
     * Puts the header into a datagram, which has the room for it.
     *
     * @return change of the sum under the UDP checksum
     */
    long insertIntoDatagram(Burst burst, int i, long session) {
        int size = size(session);
        long udp = burst.frames[i] + EthernetHeader.SIZE + burst.headers[i];
        int before = Mem.getUnsignedShortBE(udp + UdpHeader.LENGTH_OFFSET);
        Mem.putShortBE(udp + UdpHeader.LENGTH_OFFSET, before + size);
        long change = InternetChecksum.sum(header, size)
                + (~InternetChecksum.word(before) & 0xffff)
                + InternetChecksum.word(before + size);
        return change + insert(burst, i, udp + UdpHeader.SIZE, size);
    }

    /** Moves all in front of the data, writes the header, and corrects the length; returns the change by the length. */
    private long insert(Burst burst, int i, long data, int size) {
        long frame = burst.frames[i];
        Mem.copy(frame, frame - size, data - frame);
        Mem.copy(header, data - size, size);
        Mbuf.prepend(burst.mbufs[i], size);
        burst.frames[i] = frame - size;
        long ip = frame - size + EthernetHeader.SIZE;
        counters.count(Counter.PROXY_HEADERS);
        int before;
        if (burst.headers[i] == Ipv6Header.SIZE) {
            before = Ipv6Header.payloadLength(ip);
            Mem.putShortBE(ip + Ipv6Header.PAYLOAD_LENGTH_OFFSET, before + size);
        } else {
            before = Ipv4Header.totalLength(ip);
            Mem.putShortBE(ip + Ipv4Header.LENGTH_OFFSET, before + size);
        }
        long change = (~InternetChecksum.word(before) & 0xffff) + InternetChecksum.word(before + size);
        if (burst.headers[i] == Ipv4Header.SIZE) {
            long checksum = ip + Ipv4Header.CHECKSUM_OFFSET;
            Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), change));
        }
        return change;
    }
}
