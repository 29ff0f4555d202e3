package io.twoarm.director.forward;

import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.packet.Ipv6Header;
import io.twoarm.director.route.Router;
import io.twoarm.director.service.ServiceTable;

/** Finds the match service of a packet to an address of others, which may begin a flow of a host behind the director. */
final class OutboundMatch {
    private final ServiceTable services;
    private final Router router;

    OutboundMatch(WorkerTables tables) {
        services = tables.services;
        router = tables.router;
    }

    /**
     * Of an IPv4 packet.
     *
     * @return number of the service, or -1
     */
    int find(Burst burst, long ip, int protocol, int sourcePort, int destinationPort) {
        if (!services.hasMatches()) {
            return -1;
        }
        int destination = Mem.getIntBE(ip + Ipv4Header.DESTINATION_OFFSET);
        return services.findMatch(
                protocol,
                0,
                Ipv6Address.mapped(Mem.getIntBE(ip + Ipv4Header.SOURCE_OFFSET)),
                sourcePort,
                0,
                Ipv6Address.mapped(destination),
                destinationPort,
                burst.port,
                router.port(destination));
    }

    /**
     * Of an IPv6 packet. Addresses of the link do not leave it (RFC 4291, 2.5.6).
     *
     * @return number of the service, or -1
     */
    int findWide(Burst burst, long ip, int protocol, int sourcePort, int destinationPort) {
        if (!services.hasMatches()) {
            return -1;
        }
        long sourceHigh = Ipv6Header.high(ip + Ipv6Header.SOURCE_OFFSET);
        long sourceLow = Ipv6Header.low(ip + Ipv6Header.SOURCE_OFFSET);
        long high = Ipv6Header.high(ip + Ipv6Header.DESTINATION_OFFSET);
        long low = Ipv6Header.low(ip + Ipv6Header.DESTINATION_OFFSET);
        if (Ipv6Address.isLinkLocal(sourceHigh) || Ipv6Address.isLinkLocal(high) || (sourceHigh | sourceLow) == 0) {
            return -1;
        }
        return services.findMatch(
                protocol,
                sourceHigh,
                sourceLow,
                sourcePort,
                high,
                low,
                destinationPort,
                burst.port,
                router.port(high, low));
    }
}
