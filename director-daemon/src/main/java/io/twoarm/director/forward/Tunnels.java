package io.twoarm.director.forward;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.neighbour.NeighbourTable;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.port.Mbuf;
import io.twoarm.director.route.Router;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.ServiceTable;

/**
 * Packets to realservers in tunnel mode: IPv4 and IPv6 within IPv4 and IPv6 (RFC 2003, RFC 2473, RFC 4213), perhaps with a
 * header of GRE between the two (RFC 2784, RFC 7676). The outer header
 * goes from an own address that is no VIP, for a realserver has the VIPs too and would not take packets from its own address.
 *
 * <p>Traffic class and TTL are those of the packet within, as in IPVS. An outer IPv4 header forbids cutting where the
 * packet within does; around IPv6 it does so from 1280 bytes on, for the sender of a smaller one could not be told of less.
 */
final class Tunnels {
    private static final int PROTOCOL_IPV4 = 4;
    private static final int PROTOCOL_IPV6 = 41;

    /** IANA's number of GRE. */
    static final int PROTOCOL_GRE = 47;

    /** Bytes of a header of GRE with neither checksum nor key: flags and version, all 0, and the type as of Ethernet. */
    static final int GRE_SIZE = 4;

    private static final int CAPACITY = 65_536;

    private final ServiceTable services;
    private final OwnAddresses own;
    private final Router router;
    private final NeighbourTable neighbours;
    /** Source by realserver; both 0 where there is none. Of no length until the first realserver needs one. */
    private long[] sourceHighs = {};

    private long[] sourceLows = {};

    Tunnels(WorkerTables tables) {
        services = tables.services;
        own = tables.own;
        router = tables.router;
        neighbours = tables.neighbours;
        refresh();
    }

    /** Finds sources again, after addresses, routes or services have changed. Those of realservers taken out stay. */
    void refresh() {
        int most = 0;
        for (int realserver : services.realservers()) {
            if (services.mode(realserver).isTunnel()) {
                if (sourceHighs.length == 0) {
                    sourceHighs = new long[CAPACITY];
                    sourceLows = new long[CAPACITY];
                }
                IpAddress source = source(services.realserver(realserver).address());
                sourceHighs[realserver] = source.high();
                sourceLows[realserver] = source.low();
                most = Math.max(most, overhead(realserver));
            }
        }
        router.reserve(most);
    }

    private IpAddress source(IpAddress realserver) {
        int port = realserver.isIpv4()
                ? router.port((int) realserver.low())
                : router.port(realserver.high(), realserver.low());
        IpAddress best = realserver.isIpv4() ? Ipv4Address.ANY : Ipv6Address.ANY;
        int bestRank = -1;
        for (int i = 0; i < own.size(); i++) {
            OwnAddress candidate = own.get(i);
            boolean fits = candidate.address().isIpv4() == realserver.isIpv4()
                    && (candidate.role() == OwnAddress.Role.PORT || candidate.role() == OwnAddress.Role.LOCAL);
            int rank = commonBits(candidate.address(), realserver) + (candidate.port() == port ? 2 * Long.SIZE + 1 : 0);
            if (fits && rank > bestRank) {
                best = candidate.address();
                bestRank = rank;
            }
        }
        return best;
    }

    private static int commonBits(IpAddress one, IpAddress other) {
        long highs = one.high() ^ other.high();
        return highs != 0
                ? Long.numberOfLeadingZeros(highs)
                : Long.SIZE + Long.numberOfLeadingZeros(one.low() ^ other.low());
    }

    /** Bytes that the way to a realserver in any mode adds to a packet. */
    int overhead(int realserver) {
        ForwardingMode mode = services.mode(realserver);
        if (!mode.isTunnel()) {
            return 0;
        }
        return (isIpv4(realserver) ? Ipv4Header.SIZE : Ipv6Header.SIZE) + (mode == ForwardingMode.GRE ? GRE_SIZE : 0);
    }

    private boolean isIpv4(int realserver) {
        return Ipv6Address.isMapped(services.high(realserver), services.low(realserver));
    }

    /**
     * Puts the outer header before a packet to a realserver, if it is reached through a tunnel.
     *
     * @param mbuf a frame whose Ethernet header is still to be written
     * @return false when there is no source for an outer header, or no room
     */
    boolean wrap(long mbuf, int realserver) {
        int overhead = overhead(realserver);
        if (overhead == 0) {
            return true;
        }
        boolean room = (Mem.getShort(mbuf + Mbuf.DATA_OFF_OFFSET) & 0xffff) >= overhead;
        if (!room || sourceLows[realserver] == 0 && sourceHighs[realserver] == 0 || isAny(realserver)) {
            return false;
        }
        long inner = Mbuf.data(mbuf) + EthernetHeader.SIZE;
        long outer = inner - overhead;
        Mbuf.prepend(mbuf, overhead);
        boolean wide = (Mem.getByte(inner) >>> 4 & 15) == 6;
        int length = wide ? Ipv6Header.SIZE + Ipv6Header.payloadLength(inner) : Ipv4Header.totalLength(inner);
        int trafficClass = wide ? Ipv6Header.trafficClass(inner) : Mem.getByte(inner + 1) & 0xff;
        int ttl = wide ? Ipv6Header.hopLimit(inner) : Mem.getByte(inner + Ipv4Header.TTL_OFFSET) & 0xff;
        int protocol = wide ? PROTOCOL_IPV6 : PROTOCOL_IPV4;
        boolean gre = services.mode(realserver) == ForwardingMode.GRE;
        if (gre) {
            Mem.putIntBE(inner - GRE_SIZE, wide ? EthernetHeader.TYPE_IPV6 : EthernetHeader.TYPE_IPV4);
            protocol = PROTOCOL_GRE;
        }
        if (isIpv4(realserver)) {
            boolean mayCut = wide
                    ? length <= Ipv6Header.LEAST_MTU
                    : (Mem.getUnsignedShortBE(inner + Ipv4Header.FRAGMENT_OFFSET) & Ipv4Header.DONT_FRAGMENT) == 0;
            int fragment = mayCut ? (neighbours.nextIdentification() & 0xffff) << 16 : Ipv4Header.DONT_FRAGMENT;
            writeIpv4(outer, trafficClass, length + overhead, fragment, ttl, protocol, realserver);
        } else {
            Ipv6Header.write(outer, trafficClass, length + overhead - Ipv6Header.SIZE, protocol, ttl);
            Ipv6Header.putAddress(outer + Ipv6Header.SOURCE_OFFSET, sourceHighs[realserver], sourceLows[realserver]);
            Ipv6Header.putAddress(
                    outer + Ipv6Header.DESTINATION_OFFSET, services.high(realserver), services.low(realserver));
        }
        return true;
    }

    private boolean isAny(int realserver) {
        return Ipv6Address.isMapped(sourceHighs[realserver], sourceLows[realserver])
                && (int) sourceLows[realserver] == 0;
    }

    private void writeIpv4(long ip, int tos, int total, int fragment, int ttl, int protocol, int realserver) {
        Mem.putIntBE(ip, 0x4500_0000 | tos << 16 | total);
        Mem.putIntBE(ip + Ipv4Header.ID_OFFSET, fragment);
        Mem.putIntBE(ip + Ipv4Header.TTL_OFFSET, ttl << 24 | protocol << 16);
        Mem.putIntBE(ip + Ipv4Header.SOURCE_OFFSET, (int) sourceLows[realserver]);
        Mem.putIntBE(ip + Ipv4Header.DESTINATION_OFFSET, services.address(realserver));
        Mem.putShort(ip + Ipv4Header.CHECKSUM_OFFSET, InternetChecksum.of(InternetChecksum.sum(ip, Ipv4Header.SIZE)));
    }
}
