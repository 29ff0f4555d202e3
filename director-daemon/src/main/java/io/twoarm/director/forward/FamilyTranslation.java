package io.twoarm.director.forward;

import io.twoarm.director.emit.Cutter;
import io.twoarm.director.emit.Emitter;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.packet.TcpHeader;
import io.twoarm.director.packet.UdpHeader;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.report.Counter;
import io.twoarm.director.route.Router;

/**
 * Translation of packets between IPv4 and IPv6 (RFC 7915) for addresses and ports that others have found: those of
 * {@link Siit} without sessions, those of {@link Nat64} with them. The director is a router for these packets. Fragments come
 * joined, and are cut again; so every packet here is whole.
 */
final class FamilyTranslation {
    /** Bytes by which an IPv6 header is longer than an IPv4 one. */
    private static final int GROWTH = WideTranslation.GROWTH;

    private static final int TO_IPV4 = Counter.TRANSLATED_TO_IPV4.ordinal();
    private static final int TO_IPV6 = Counter.TRANSLATED_TO_IPV6.ordinal();

    private final Router router;
    private final NeighbourTable neighbours;
    private final Emitter emitter;
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final WideTranslation headers;
    private final QuotingErrors errors;

    FamilyTranslation(WorkerTables tables, IcmpAnswers answers, Icmpv6Answers wideAnswers, WideTranslation headers) {
        this.answers = answers;
        this.wideAnswers = wideAnswers;
        this.headers = headers;
        router = tables.router;
        neighbours = tables.neighbours;
        emitter = tables.emitter;
        errors = new QuotingErrors(tables, headers);
    }

    private void drop(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
    }

    /** Sends an error of ICMP, whose quoted packet can be read, on as one of ICMPv6. */
    void errorToIpv6(Burst burst, int i, long ip, PacketEnds ends, PacketEnds quoted) {
        if (errors.toIpv6(burst, i, ip, ends, quoted)) {
            sendWide(burst, i, ends, 0);
        }
    }

    /** Sends an error of ICMPv6, whose quoted packet can be read, on as one of ICMP. */
    void errorToIpv4(Burst burst, int i, long ip, PacketEnds ends, PacketEnds quoted) {
        if (errors.toIpv4(burst, i, ip, ends, quoted)) {
            sendNarrow(burst, i, ends.to, 0);
        }
    }

    /** Finds out how a packet goes on: whole, or cut to what every link of IPv6 takes; false when it does not. */
    private boolean fitsIpv6(Burst burst, int i, long ip, PacketEnds ends) {
        int mtu = router.mtu(ends.toHigh, ends.toLow);
        int total = Ipv4Header.totalLength(ip) + GROWTH;
        if (mtu == 0) {
            answers.netUnreachable(burst.mbufs[i], burst.nowMicros);
            return false;
        }
        boolean mayCut = burst.cuts[i] != 0
                || (Mem.getUnsignedShortBE(ip + Ipv4Header.FRAGMENT_OFFSET) & Ipv4Header.DONT_FRAGMENT) == 0;
        if (mayCut && total > Math.min(mtu, Ipv6Header.LEAST_MTU)) {
            if (burst.cuts[i] == 0) {
                burst.identifications[i] = Mem.getUnsignedShortBE(ip + Ipv4Header.ID_OFFSET);
            }
            int payload = Cutter.payload(Math.min(mtu, Ipv6Header.LEAST_MTU), true);
            burst.cuts[i] = burst.cuts[i] == 0 ? payload : Math.min(payload, burst.cuts[i]);
        } else if (total > mtu) {
            answers.tooBig(burst.mbufs[i], mtu - GROWTH, burst.nowMicros);
            return false;
        }
        return true;
    }

    /** Sends a whole packet with 20 bytes of IPv4 header on as IPv6. */
    void toIpv6(Burst burst, int i, long ip, PacketEnds ends) {
        if (!fitsIpv6(burst, i, ip, ends)) {
            return;
        }
        int length = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE;
        int tos = Mem.getByte(ip + 1) & 0xff;
        int protocol = Ipv4Header.protocol(ip);
        int ttl = (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) - 1;
        long before = InternetChecksum.sum(ip + Ipv4Header.SOURCE_OFFSET, 8);
        Mbuf.prepend(burst.mbufs[i], GROWTH);
        long to = ip - GROWTH;
        int next = protocol == Protocol.ICMP.number() ? QuotingErrors.ICMPV6 : protocol;
        Ipv6Header.write(to, tos, length, next, ttl);
        Ipv6Header.putAddress(to + Ipv6Header.SOURCE_OFFSET, ends.sourceHigh, ends.sourceLow);
        Ipv6Header.putAddress(to + Ipv6Header.DESTINATION_OFFSET, ends.toHigh, ends.toLow);
        long transport = ip + Ipv4Header.SIZE;
        if (protocol == Protocol.ICMP.number()) {
            if (!QuotingErrors.echoToIpv6(to, transport, length, ends)) {
                drop(burst, i, Counter.DROPPED_ICMP_TYPE);
                return;
            }
        } else if (protocol == Protocol.UDP.number()
                && length >= UdpHeader.SIZE
                && Mem.getShort(transport + UdpHeader.CHECKSUM_OFFSET) == 0) {
            putPorts(transport, ends);
            Ipv6Header.putChecksum(to, transport, UdpHeader.CHECKSUM_OFFSET, protocol, length);
        } else {
            long after = InternetChecksum.sum(to + Ipv6Header.SOURCE_OFFSET, 32);
            change(transport, protocol, length, InternetChecksum.change(before, after), ends);
        }
        sendWide(burst, i, ends, burst.cuts[i]);
    }

    private static void putPorts(long transport, PacketEnds ends) {
        if (ends.portsChange) {
            Mem.putInt(transport, ends.rawPorts);
        }
    }

    /**
     * Puts ports into a transport header, and changes its checksum by what they and the addresses change it by.
     *
     * @param length bytes of the header that there are, at least 8
     */
    static void change(long transport, int protocol, int length, long addresses, PacketEnds ends) {
        boolean hasPorts = protocol == Protocol.TCP.number() || protocol == Protocol.UDP.number();
        long change = addresses;
        if (hasPorts && ends.portsChange) {
            change += InternetChecksum.change(Mem.getInt(transport), ends.rawPorts);
            Mem.putInt(transport, ends.rawPorts);
        }
        if (protocol == Protocol.TCP.number() && length >= TcpHeader.CHECKSUM_OFFSET + 2) {
            long at = transport + TcpHeader.CHECKSUM_OFFSET;
            Mem.putShort(at, InternetChecksum.update(Mem.getShort(at), change));
        } else if (protocol == Protocol.UDP.number() && length >= UdpHeader.SIZE) {
            long at = transport + UdpHeader.CHECKSUM_OFFSET;
            short after = InternetChecksum.update(Mem.getShort(at), change);
            if (Mem.getShort(at) != 0) {
                Mem.putShort(at, after == 0 ? -1 : after);
            }
        }
    }

    private void sendWide(Burst burst, int i, PacketEnds ends, int payload) {
        send(burst, i, router.nextHop(ends.toHigh, ends.toLow), payload, TO_IPV6);
    }

    private void send(Burst burst, int i, int hop, int payload, int disposition) {
        if (hop < 0) {
            drop(burst, i, hop == Router.NO_ROOM ? Counter.DROPPED_NEIGHBOUR_TABLE : Counter.DROPPED_NO_ROUTE);
        } else if (payload == 0) {
            neighbours.send(hop, burst.mbufs[i], disposition, burst.nowMicros);
        } else {
            int identification = burst.identifications[i];
            neighbours.sendCut(hop, burst.mbufs[i], payload, identification, disposition, burst.nowMicros);
        }
    }

    private boolean fitsIpv4(Burst burst, int i, int length, int destination) {
        int mtu = router.mtu(destination);
        int total = length + Ipv4Header.SIZE;
        if (mtu == 0) {
            wideAnswers.noRoute(burst, i);
            return false;
        }
        boolean mayCut = burst.cuts[i] != 0 || total <= Ipv6Header.LEAST_MTU - GROWTH;
        if (mayCut && (burst.cuts[i] != 0 || total > mtu)) {
            if (burst.cuts[i] == 0) {
                burst.identifications[i] = neighbours.nextIdentification();
            }
            int payload = Cutter.payload(mtu, false);
            burst.cuts[i] = burst.cuts[i] == 0 ? payload : Math.min(payload, burst.cuts[i]);
        } else if (total > mtu) {
            wideAnswers.tooBig(burst, i, Math.max(Ipv6Header.LEAST_MTU, mtu + GROWTH));
            return false;
        }
        return true;
    }

    /** Sends a whole packet with 40 bytes of IPv6 header on as IPv4. */
    void toIpv4(Burst burst, int i, long ip, PacketEnds ends) {
        int length = Ipv6Header.payloadLength(ip);
        if (!fitsIpv4(burst, i, length, ends.to)) {
            return;
        }
        int trafficClass = Ipv6Header.trafficClass(ip);
        int next = Ipv6Header.nextHeader(ip);
        int ttl = Ipv6Header.hopLimit(ip) - 1;
        long before = InternetChecksum.sum(ip + Ipv6Header.SOURCE_OFFSET, 32);
        long pseudo = Ipv6Header.pseudoHeaderSum(ip, next, length);
        long transport = ip + Ipv6Header.SIZE;
        Mbuf.prepend(burst.mbufs[i], -GROWTH);
        long to = ip + GROWTH;
        headers.writeIpv4(
                to, trafficClass, length + Ipv4Header.SIZE, ttl, next, QuotingErrors.raw(ends.source, ends.to));
        if (next == QuotingErrors.ICMPV6) {
            if (!QuotingErrors.echoToIpv4(transport, length, pseudo, ends)) {
                drop(burst, i, Counter.DROPPED_ICMP_TYPE);
                return;
            }
        } else {
            long after = InternetChecksum.sum(to + Ipv4Header.SOURCE_OFFSET, 8);
            change(transport, next, length, InternetChecksum.change(before, after), ends);
        }
        sendNarrow(burst, i, ends.to, burst.cuts[i]);
    }

    private void sendNarrow(Burst burst, int i, int destination, int payload) {
        send(burst, i, router.nextHop(destination), payload, TO_IPV4);
    }
}
