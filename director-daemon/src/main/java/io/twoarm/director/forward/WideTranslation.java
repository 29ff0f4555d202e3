package io.twoarm.director.forward;

import static io.twoarm.director.session.WideSessionRecord.CLIENT_OFFSET;
import static io.twoarm.director.session.WideSessionRecord.LOCAL_OFFSET;
import static io.twoarm.director.session.WideSessionRecord.REALSERVER_ADDRESS_OFFSET;
import static io.twoarm.director.session.WideSessionRecord.VIRTUAL_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;
import io.twoarm.director.session.WideSessionRecord;

/**
 * The network header of a packet in a session one of whose sides has IPv6: FullNAT's exchange of addresses where the other
 * has IPv6 too, and translation between the families by RFC 7915 where it has IPv4. The transport header stays where it is;
 * an IPv4 header is shorter, so the frame's start moves.
 */
final class WideTranslation {
    /** Bytes by which an IPv6 header is longer than an IPv4 one. */
    static final int GROWTH = Ipv6Header.SIZE - Ipv4Header.SIZE;

    /** IPv4 packets up to this size may be cut on their way, for their sender cannot be told of less (RFC 7915, 5.1). */
    private static final int LARGEST_TO_CUT = Ipv6Header.LEAST_MTU - GROWTH;

    private static final int TTL_OFFSET_IN_WORD = 24;

    private final int step;
    private int identification;

    WideTranslation(boolean decrementTtl) {
        step = decrementTtl ? 1 : 0;
    }

    /**
     * Gives a packet, and its ports, to the session's other side. TCP and UDP checksums change as the headers do (RFC 1624);
     * those of ICMP, and ports and checksum of SCTP, are left to the
     * caller.
     */
    void pass(Burst burst, int i, long reference) {
        long session = SessionTable.session(reference);
        boolean fromClient = SessionTable.direction(reference) == SessionTable.FROM_CLIENT;
        long transport = network(burst, i, session, fromClient);
        int protocol = SessionRecord.protocol(session);
        if (protocol == SessionRecord.PROTOCOL_ECHO || protocol == SessionRecord.PROTOCOL_SCTP) {
            return;
        }
        int ports = Mem.getInt(
                session + (fromClient ? SessionRecord.SERVER_PORTS_OFFSET : SessionRecord.CLIENT_PORTS_OFFSET));
        Mem.putInt(transport, Integer.rotateLeft(ports, 16));
        long change = transportChange(session, fromClient) + burst.transportChanges[i];
        if (protocol == SessionRecord.PROTOCOL_TCP) {
            update(transport + TcpHeader.CHECKSUM_OFFSET, change);
        } else if (Mem.getShort(transport + UdpHeader.CHECKSUM_OFFSET) != 0) {
            updateDatagram(transport + UdpHeader.CHECKSUM_OFFSET, change);
        } else {
            // Without a checksum in IPv4; IPv6 must have one (RFC 7915, 4.5).
            long ip = transport - Ipv6Header.SIZE;
            int length = Ipv6Header.payloadLength(ip);
            Ipv6Header.putChecksum(ip, transport, UdpHeader.CHECKSUM_OFFSET, Protocol.UDP.number(), length);
        }
    }

    /** How the sum under a transport checksum changes by addresses and ports. */
    static int transportChange(long session, boolean fromClient) {
        int change = Mem.getShort(session + SessionRecord.TRANSPORT_CHANGE_OFFSET) & 0xffff;
        return fromClient ? change : ~change & 0xffff;
    }

    private static void update(long checksum, long change) {
        Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), change));
    }

    private static void updateDatagram(long checksum, long change) {
        short after = InternetChecksum.update(Mem.getShort(checksum), change);
        Mem.putShort(checksum, after == 0 ? -1 : after);
    }

    /** Gives a packet the header of the other side; returns where its transport header is. */
    private long network(Burst burst, int i, long session, boolean fromClient) {
        long ip = burst.frames[i] + EthernetHeader.SIZE;
        boolean fromIpv4 = WideSessionRecord.isIpv4(session, fromClient);
        boolean toIpv4 = WideSessionRecord.isIpv4(session, !fromClient);
        if (fromIpv4 == toIpv4) {
            Mem.putByte(
                    ip + Ipv6Header.HOP_LIMIT_OFFSET, (byte) (Mem.getByte(ip + Ipv6Header.HOP_LIMIT_OFFSET) - step));
            putAddresses(ip, session, fromClient);
            return ip + Ipv6Header.SIZE;
        }
        int shift = toIpv4 ? GROWTH : -GROWTH;
        // Into the headroom, of which a fresh buffer has 128 bytes, when the header grows.
        Mbuf.prepend(burst.mbufs[i], -shift);
        burst.frames[i] += shift;
        if (toIpv4) {
            toIpv4(ip, ip + GROWTH, session, fromClient);
            return ip + Ipv6Header.SIZE;
        }
        toIpv6(ip, ip - GROWTH, session, fromClient);
        return ip + Ipv4Header.SIZE;
    }

    /** Writes the addresses of a packet to the session's other side into an IPv6 header. */
    static void putAddresses(long ip, long session, boolean toServer) {
        Ipv6Header.copyAddress(session + (toServer ? LOCAL_OFFSET : VIRTUAL_OFFSET), ip + Ipv6Header.SOURCE_OFFSET);
        Ipv6Header.copyAddress(
                session + (toServer ? REALSERVER_ADDRESS_OFFSET : CLIENT_OFFSET), ip + Ipv6Header.DESTINATION_OFFSET);
    }

    /**
     * Makes the IPv4 header for the session's other side of a packet with an IPv6 header of 40 bytes (RFC 7915, 5.1). Reads
     * all before it writes, for the two overlap.
     */
    private void toIpv4(long from, long to, long session, boolean toServer) {
        int trafficClass = Ipv6Header.trafficClass(from);
        int total = Ipv4Header.SIZE + Ipv6Header.payloadLength(from);
        int next = Ipv6Header.nextHeader(from);
        int ttl = Ipv6Header.hopLimit(from) - step;
        long addresses = Long.rotateLeft(WideSessionRecord.ipv4Addresses(session, !toServer), 32);
        writeIpv4(to, trafficClass, total, ttl, next, addresses);
    }

    /** Writes an IPv4 header with the don't-fragment flag, or with an identification where the packet may be cut. */
    void writeIpv4(long ip, int tos, int total, int ttl, int next, long addresses) {
        int protocol = next == Icmpv6Header.PROTOCOL ? Protocol.ICMP.number() : next;
        boolean mayCut = total <= LARGEST_TO_CUT;
        Mem.putIntBE(ip, 0x4500_0000 | tos << 16 | total);
        Mem.putIntBE(ip + Ipv4Header.ID_OFFSET, mayCut ? identification++ << 16 : Ipv4Header.DONT_FRAGMENT);
        Mem.putIntBE(ip + Ipv4Header.TTL_OFFSET, ttl << TTL_OFFSET_IN_WORD | protocol << 16);
        Mem.putLong(ip + Ipv4Header.SOURCE_OFFSET, addresses);
        Mem.putShort(ip + Ipv4Header.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(ip, Ipv4Header.SIZE)));
    }

    /**
     * Makes the IPv6 header for the session's other side of a packet with an IPv4 header of 20 bytes (RFC 7915, 4.1). Reads
     * all before it writes, for the two overlap.
     */
    private void toIpv6(long from, long to, long session, boolean toServer) {
        int tos = Mem.getByte(from + 1) & 0xff;
        int length = Ipv4Header.totalLength(from) - Ipv4Header.SIZE;
        int protocol = Ipv4Header.protocol(from);
        int ttl = (Mem.getByte(from + Ipv4Header.TTL_OFFSET) & 0xff) - step;
        int next = protocol == Protocol.ICMP.number() ? Icmpv6Header.PROTOCOL : protocol;
        Ipv6Header.write(to, tos, length, next, ttl);
        putAddresses(to, session, toServer);
    }
}
