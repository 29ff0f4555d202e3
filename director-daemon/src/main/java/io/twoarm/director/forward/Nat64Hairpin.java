package io.twoarm.director.forward;

import io.twoarm.director.emit.Cutter;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.Icmpv6Header;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * Packets of TCP and UDP between two IPv6 hosts by way of the pool (RFC 6146, 3.8): both translations at once, so that the
 * header stays one of IPv6 and only addresses, ports and hop limit change.
 */
final class Nat64Hairpin {
    private static final int TO_IPV6 = Counter.TRANSLATED_TO_IPV6.ordinal();

    private final Router router;
    private final NeighbourTable neighbours;
    private final Emitter emitter;
    private final Icmpv6Answers answers;

    Nat64Hairpin(WorkerTables tables, Icmpv6Answers answers) {
        this.answers = answers;
        router = tables.router;
        neighbours = tables.neighbours;
        emitter = tables.emitter;
    }

    /** Sends a packet on to the addresses and ports of IPv6 that are given. */
    void pass(Burst burst, int i, long ip, int protocol, PacketEnds ends) {
        int total = Ipv6Header.SIZE + Ipv6Header.payloadLength(ip);
        int mtu = router.mtu(ends.toHigh, ends.toLow);
        if (mtu == 0) {
            answers.noRoute(burst, i);
            return;
        }
        int payload = burst.cuts[i] == 0 ? 0 : Math.min(burst.cuts[i], Cutter.payload(mtu, true));
        if (payload == 0 && total > mtu) {
            answers.tooBig(burst, i, mtu);
            return;
        }
        long transport = ip + Ipv6Header.SIZE;
        long before = InternetChecksum.sum(ip + Ipv6Header.SOURCE_OFFSET, 32) + InternetChecksum.sum(transport, 4);
        readdress(ip, ends);
        Mem.putInt(transport, ends.rawPorts);
        Mem.putByte(ip + Ipv6Header.HOP_LIMIT_OFFSET, (byte) (Ipv6Header.hopLimit(ip) - 1));
        long after = InternetChecksum.sum(ip + Ipv6Header.SOURCE_OFFSET, 32) + InternetChecksum.sum(transport, 4);
        boolean tcp = protocol == Nat64Protocol.TCP;
        long at = transport + (tcp ? TcpHeader.CHECKSUM_OFFSET : UdpHeader.CHECKSUM_OFFSET);
        short sum = InternetChecksum.update(Mem.getShort(at), InternetChecksum.change(before, after));
        Mem.putShort(at, sum == 0 && !tcp ? -1 : sum);
        send(burst, i, ends, payload);
    }

    private static void readdress(long ip, PacketEnds ends) {
        Ipv6Header.putAddress(ip + Ipv6Header.SOURCE_OFFSET, ends.sourceHigh, ends.sourceLow);
        Ipv6Header.putAddress(ip + Ipv6Header.DESTINATION_OFFSET, ends.toHigh, ends.toLow);
    }

    private void send(Burst burst, int i, PacketEnds ends, int payload) {
        int hop = router.nextHop(ends.toHigh, ends.toLow);
        if (hop < 0) {
            emitter.drop(
                    burst.mbufs[i], hop == Router.NO_ROOM ? Counter.DROPPED_NEIGHBOUR_TABLE : Counter.DROPPED_NO_ROUTE);
        } else if (payload == 0) {
            neighbours.send(hop, burst.mbufs[i], TO_IPV6, burst.nowMicros);
        } else {
            neighbours.sendCut(hop, burst.mbufs[i], payload, burst.identifications[i], TO_IPV6, burst.nowMicros);
        }
    }

    /**
     * Sends an error about a packet that turned around back to its sender.
     *
     * @param ends the error's new addresses, whose reverse are those of the quoted packet; its ports
     */
    void passError(Burst burst, int i, long ip, PacketEnds ends) {
        long icmp = ip + Ipv6Header.SIZE;
        long inner = icmp + Icmpv6Header.SIZE;
        long before = InternetChecksum.sum(inner + Ipv6Header.SOURCE_OFFSET, 32);
        Ipv6Header.putAddress(inner + Ipv6Header.SOURCE_OFFSET, ends.toHigh, ends.toLow);
        Ipv6Header.putAddress(inner + Ipv6Header.DESTINATION_OFFSET, ends.sourceHigh, ends.sourceLow);
        long after = InternetChecksum.sum(inner + Ipv6Header.SOURCE_OFFSET, 32);
        FamilyTranslation.change(
                inner + Ipv6Header.SIZE,
                Ipv6Header.nextHeader(inner),
                Ipv6Header.payloadLength(ip) - Icmpv6Header.SIZE - Ipv6Header.SIZE,
                InternetChecksum.change(before, after),
                ends);
        readdress(ip, ends);
        Mem.putByte(ip + Ipv6Header.HOP_LIMIT_OFFSET, (byte) (Ipv6Header.hopLimit(ip) - 1));
        int length = Ipv6Header.payloadLength(ip);
        Ipv6Header.putChecksum(ip, icmp, Icmpv6Header.CHECKSUM_OFFSET, Icmpv6Header.PROTOCOL, length);
        send(burst, i, ends, 0);
    }
}
