package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.IcmpHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * Routers on the way of a tunnel that find its packets too large (RFC 2003, 4 and 5.1): the client is told, from the VIP, what
 * fits without the outer header. The client's packet is quoted as far as the router quoted it, and is what finds the
 * session. For IPv4 within IPv4.
 */
final class TunnelErrors {
    private static final int PROTOCOL_IPV4 = 4;
    private static final int QUOTED_TRANSPORT = 8;
    private static final int NEW_HEADERS = Ipv4Header.SIZE + IcmpHeader.SIZE;
    private static final int LARGEST = 576;
    private static final int LEAST_MTU = 68;

    private final SessionTable sessions;
    private final NeighbourTable neighbours;

    TunnelErrors(WorkerTables tables) {
        sessions = tables.sessions;
        neighbours = tables.neighbours;
    }

    /**
     * Takes over an error about a packet of a tunnel; false for all others.
     *
     * @param ip an IPv4 header of 20 bytes
     * @param length bytes of the ICMP message, whose checksum is right
     */
    boolean pass(Burst burst, int i, long ip, int length) {
        long icmp = ip + Ipv4Header.SIZE;
        long outer = icmp + IcmpHeader.SIZE;
        int overhead = length < IcmpHeader.SIZE + Ipv4Header.SIZE + Tunnels.GRE_SIZE ? 0 : overhead(outer);
        long packet = outer + overhead;
        int quoted = length - IcmpHeader.SIZE - overhead;
        int mtu = Mem.getUnsignedShortBE(icmp + IcmpHeader.MTU_OFFSET) - overhead;
        boolean tooBig = (Mem.getByte(icmp) & 0xff) == IcmpHeader.UNREACHABLE
                && (Mem.getByte(icmp + IcmpHeader.CODE_OFFSET) & 0xff) == IcmpHeader.FRAGMENTATION_NEEDED;
        boolean about = tooBig
                && overhead != 0
                && mtu >= LEAST_MTU
                && quoted >= Ipv4Header.SIZE + QUOTED_TRANSPORT
                && Ipv4Header.headerLength(outer) == Ipv4Header.SIZE
                && Mem.getInt(outer + Ipv4Header.SOURCE_OFFSET) == Mem.getInt(ip + Ipv4Header.DESTINATION_OFFSET);
        long reference = about ? find(packet, quoted) : 0;
        if (reference == 0) {
            return false;
        }
        int kept = Math.min(quoted, LARGEST - NEW_HEADERS);
        write(packet, kept, mtu);
        Mbuf.prepend(burst.mbufs[i], (int) (ip - (packet - NEW_HEADERS)));
        Mbuf.setLength(burst.mbufs[i], EthernetHeader.SIZE + NEW_HEADERS + kept);
        int hop = SessionRecord.clientHop(SessionTable.session(reference));
        neighbours.send(hop, burst.mbufs[i], Counter.FORWARDED_ICMP_ERROR.ordinal(), burst.nowMicros);
        return true;
    }

    /** Bytes of the headers around the packet of a tunnel; 0 when it is none of IPv4. */
    private static int overhead(long outer) {
        if (Ipv4Header.protocol(outer) == PROTOCOL_IPV4) {
            return Ipv4Header.SIZE;
        }
        boolean gre = Ipv4Header.protocol(outer) == Tunnels.PROTOCOL_GRE
                && Mem.getIntBE(outer + Ipv4Header.SIZE) == EthernetHeader.TYPE_IPV4;
        return gre ? Ipv4Header.SIZE + Tunnels.GRE_SIZE : 0;
    }

    /** The session of a client's packet that went through a tunnel. */
    private long find(long packet, int quoted) {
        int header = Ipv4Header.headerLength(packet);
        boolean readable = (Mem.getByte(packet) >>> 4 & 15) == 4
                && header >= Ipv4Header.SIZE
                && quoted >= header + QUOTED_TRANSPORT
                && (Mem.getUnsignedShortBE(packet + Ipv4Header.FRAGMENT_OFFSET) & Ipv4Header.FRAGMENT_MASK) == 0;
        int protocol = readable ? Ipv4Header.protocol(packet) : 0;
        long addresses = Mem.getLong(packet + Ipv4Header.SOURCE_OFFSET);
        long reference = 0;
        if (SessionRecord.withPorts(protocol) >= 0) {
            reference = sessions.find(addresses, Mem.getInt(packet + header), SessionRecord.withPorts(protocol));
        } else if (protocol == Protocol.ICMP.number()) {
            int identifier = Mem.getUnsignedShortBE(packet + header + IcmpHeader.ID_OFFSET);
            int ports = SessionRecord.joinPorts(identifier, 0);
            reference = sessions.find(addresses, ports, SessionRecord.PROTOCOL_ECHO);
        }
        return reference != 0 && SessionRecord.isOneSided(SessionTable.session(reference)) ? reference : 0;
    }

    /** Writes the message to the client in front of its packet. */
    private static void write(long packet, int kept, int mtu) {
        long ip = packet - NEW_HEADERS;
        int client = Mem.getIntBE(packet + Ipv4Header.SOURCE_OFFSET);
        int virtual = Mem.getIntBE(packet + Ipv4Header.DESTINATION_OFFSET);
        Ipv4Header.write(ip, NEW_HEADERS + kept, Protocol.ICMP.number(), virtual, client);
        long icmp = ip + Ipv4Header.SIZE;
        Mem.putIntBE(icmp, IcmpHeader.UNREACHABLE << 24 | IcmpHeader.FRAGMENTATION_NEEDED << 16);
        Mem.putIntBE(icmp + IcmpHeader.ID_OFFSET, mtu);
        Mem.putShort(
                icmp + IcmpHeader.CHECKSUM_OFFSET,
                InternetChecksum.of(InternetChecksum.sum(icmp, IcmpHeader.SIZE + kept)));
    }
}
