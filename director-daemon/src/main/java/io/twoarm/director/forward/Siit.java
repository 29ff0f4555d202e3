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
import io.twoarm.director.siit.AddressMappings;

/**
 * Stateless translation between IPv4 and IPv6 (RFC 7915) with the addresses of RFC 6052 and RFC 7757. The director is a
 * router for these packets: the TTL always goes down. Fragments come joined, and are cut again; so every packet here is
 * whole. ICMP is {@link SiitIcmp}'s.
 */
final class Siit {
    /** Bytes by which an IPv6 header is longer than an IPv4 one. */
    private static final int GROWTH = WideTranslation.GROWTH;

    private static final int LEAST_TTL = 2;
    private static final int TO_IPV4 = Counter.TRANSLATED_TO_IPV4.ordinal();
    private static final int TO_IPV6 = Counter.TRANSLATED_TO_IPV6.ordinal();

    private final WorkerTables tables;
    private final Router router;
    private final NeighbourTable neighbours;
    private final Emitter emitter;
    private final IcmpAnswers answers;
    private final Icmpv6Answers wideAnswers;
    private final WideTranslation headers;
    private final SiitIcmp icmp;
    private long sourceHigh;
    private long sourceLow;
    private long toHigh;
    private long toLow;

    Siit(WorkerTables tables, IcmpAnswers answers, Icmpv6Answers wideAnswers, WideTranslation headers) {
        this.tables = tables;
        this.answers = answers;
        this.wideAnswers = wideAnswers;
        this.headers = headers;
        router = tables.router;
        neighbours = tables.neighbours;
        emitter = tables.emitter;
        icmp = new SiitIcmp(tables, headers);
    }

    /** Whether packets to an IPv4 address are translated. */
    boolean takes(int destination) {
        return tables.mappings.isHost(destination);
    }

    /** Whether packets to an IPv6 address are translated. */
    boolean takes(long high, long low) {
        AddressMappings mappings = tables.mappings;
        return !mappings.isEmpty() && mappings.findIpv6(high, low) != AddressMappings.UNKNOWN;
    }

    /** Takes over a whole packet with 20 bytes of IPv4 header to an address that {@link #takes} knows. */
    void fromIpv4(Burst burst, int i, long ip) {
        AddressMappings mappings = tables.mappings;
        int source = Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET);
        int destination = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        int from = mappings.findIpv4(source);
        int to = mappings.findIpv4(destination);
        if ((Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) < LEAST_TTL) {
            endsHere(burst, i, ip);
        } else if (from == AddressMappings.UNKNOWN || to == AddressMappings.UNKNOWN) {
            drop(burst, i, Counter.DROPPED_UNTRANSLATABLE);
        } else {
            sourceHigh = mappings.high(from, source);
            sourceLow = mappings.low(from, source);
            toHigh = mappings.high(to, destination);
            toLow = mappings.low(to, destination);
            int length = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE;
            if (Ipv4Header.protocol(ip) == Protocol.ICMP.number() && SiitIcmp.isError(ip, length)) {
                int total = icmp.errorToIpv6(burst, i, ip, length, sourceHigh, sourceLow, toHigh, toLow);
                if (total > 0) {
                    sendWide(burst, i, 0);
                }
            } else if (fitsIpv6(burst, i, ip)) {
                toIpv6(burst, i, ip, length);
            }
        }
        burst.cuts[i] = 0;
    }

    private void endsHere(Burst burst, int i, long ip) {
        int length = Ipv4Header.totalLength(ip) - Ipv4Header.SIZE;
        if (Ipv4Header.protocol(ip) == Protocol.ICMP.number() && SiitIcmp.isError(ip, length)) {
            drop(burst, i, Counter.DROPPED_TTL);
        } else {
            answers.timeExceeded(burst.mbufs[i], burst.nowMicros);
        }
    }

    private void drop(Burst burst, int i, Counter reason) {
        emitter.drop(burst.mbufs[i], reason);
    }

    /** Finds out how a packet goes on: whole, or cut to what every link of IPv6 takes; false when it does not. */
    private boolean fitsIpv6(Burst burst, int i, long ip) {
        int mtu = router.mtu(toHigh, toLow);
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

    private void toIpv6(Burst burst, int i, long ip, int length) {
        int tos = Mem.getByte(ip + 1) & 0xff;
        int protocol = Ipv4Header.protocol(ip);
        int ttl = (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) & 0xff) - 1;
        long before = InternetChecksum.sum(ip + Ipv4Header.SOURCE_OFFSET, 8);
        Mbuf.prepend(burst.mbufs[i], GROWTH);
        long to = ip - GROWTH;
        int next = protocol == Protocol.ICMP.number() ? SiitIcmp.ICMPV6 : protocol;
        Ipv6Header.write(to, tos, length, next, ttl);
        Ipv6Header.putAddress(to + Ipv6Header.SOURCE_OFFSET, sourceHigh, sourceLow);
        Ipv6Header.putAddress(to + Ipv6Header.DESTINATION_OFFSET, toHigh, toLow);
        long transport = ip + Ipv4Header.SIZE;
        if (protocol == Protocol.ICMP.number()) {
            if (!SiitIcmp.echoToIpv6(to, transport, length)) {
                drop(burst, i, Counter.DROPPED_ICMP_TYPE);
                return;
            }
        } else if (protocol == Protocol.UDP.number()
                && length >= UdpHeader.SIZE
                && Mem.getShort(transport + UdpHeader.CHECKSUM_OFFSET) == 0) {
            Ipv6Header.putChecksum(to, transport, UdpHeader.CHECKSUM_OFFSET, protocol, length);
        } else {
            long after = InternetChecksum.sum(to + Ipv6Header.SOURCE_OFFSET, 32);
            change(transport, protocol, length, InternetChecksum.change(before, after));
        }
        sendWide(burst, i, burst.cuts[i]);
    }

    /** Changes the checksum of a transport header by what the addresses change it by. */
    static void change(long transport, int protocol, int length, long change) {
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

    private void sendWide(Burst burst, int i, int payload) {
        send(burst, i, router.nextHop(toHigh, toLow), payload, TO_IPV6);
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

    /** Takes over a whole packet with 40 bytes of IPv6 header to an address that {@link #takes} knows. */
    void fromIpv6(Burst burst, int i, long ip) {
        AddressMappings mappings = tables.mappings;
        long fromHigh = Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET);
        long fromLow = Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET);
        long high = Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET);
        long low = Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET);
        int from = mappings.findIpv6(fromHigh, fromLow);
        int to = mappings.findIpv6(high, low);
        int length = Ipv6Header.payloadLength(ip);
        boolean error = SiitIcmp.isWideError(ip, length);
        if (Ipv6Header.hopLimit(ip) < LEAST_TTL) {
            if (error) {
                drop(burst, i, Counter.DROPPED_TTL);
            } else {
                wideAnswers.hopLimitExceeded(burst, i);
            }
        } else if (to == AddressMappings.UNKNOWN || from == AddressMappings.UNKNOWN && !error) {
            drop(burst, i, Counter.DROPPED_UNTRANSLATABLE);
        } else {
            int destination = mappings.ipv4(to, high, low);
            int source =
                    from == AddressMappings.UNKNOWN ? ownTowards(destination) : mappings.ipv4(from, fromHigh, fromLow);
            if (error) {
                if (icmp.errorToIpv4(burst, i, ip, length, source, destination) > 0) {
                    sendNarrow(burst, i, destination, 0);
                }
            } else if (fitsIpv4(burst, i, length, destination)) {
                toIpv4(burst, i, ip, length, source, destination);
            }
        }
        burst.cuts[i] = 0;
    }

    /** An own address for errors of routers that have none of IPv4 (RFC 6791); 0 when there is none. */
    private int ownTowards(int destination) {
        int port = router.port(destination);
        return port < 0 ? 0 : tables.own.sourceFor(port, destination);
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

    private void toIpv4(Burst burst, int i, long ip, int length, int source, int destination) {
        int trafficClass = Ipv6Header.trafficClass(ip);
        int next = Ipv6Header.nextHeader(ip);
        int ttl = Ipv6Header.hopLimit(ip) - 1;
        long before = InternetChecksum.sum(ip + Ipv6Header.SOURCE_OFFSET, 32);
        long pseudo = Ipv6Header.pseudoHeaderSum(ip, next, length);
        long transport = ip + Ipv6Header.SIZE;
        Mbuf.prepend(burst.mbufs[i], -GROWTH);
        long to = ip + GROWTH;
        headers.writeIpv4(to, trafficClass, length + Ipv4Header.SIZE, ttl, next, SiitIcmp.raw(source, destination));
        if (next == SiitIcmp.ICMPV6) {
            if (!SiitIcmp.echoToIpv4(transport, length, pseudo)) {
                drop(burst, i, Counter.DROPPED_ICMP_TYPE);
                return;
            }
        } else {
            long after = InternetChecksum.sum(to + Ipv4Header.SOURCE_OFFSET, 8);
            change(transport, next, length, InternetChecksum.change(before, after));
        }
        sendNarrow(burst, i, destination, burst.cuts[i]);
    }

    private void sendNarrow(Burst burst, int i, int destination, int payload) {
        send(burst, i, router.nextHop(destination), payload, TO_IPV4);
    }
}
