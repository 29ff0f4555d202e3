package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.packet.Protocol;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where ports of hosts behind the director are mapped independently of whom they talk to: hosts and outside addresses of the
 * match services that ask for it, by protocol. Packets of these are a worker's by the number of the mapped port. Of IPv4;
 * immutable; workers share it.
 */
public final class MappedEnds {
    /** Nothing is mapped so. */
    public static final MappedEnds NONE = new MappedEnds(List.of());

    private static final int PER_RANGE = 3;
    private static final int FTP = 21;

    /** Protocol, first and last address of each range of hosts. */
    private final int[] inside;
    /** Protocol and address, one after the other. */
    private final int[] outside;

    public MappedEnds(List<ServiceDefinition> services) {
        List<ServiceDefinition> mapping =
                services.stream().filter(MappedEnds::maps).toList();
        inside = mapping.stream()
                .mapMultiToInt((service, out) -> {
                    EndRange range = service.match().orElseThrow().source().orElseThrow();
                    out.accept(service.protocol().number());
                    out.accept((int) range.first().low());
                    out.accept((int) range.last().low());
                })
                .toArray();
        outside = mapping.stream()
                .mapMultiToInt((service, out) -> service.realservers().forEach(own -> {
                    out.accept(service.protocol().number());
                    out.accept((int) own.address().low());
                }))
                .toArray();
    }

    private static boolean maps(ServiceDefinition service) {
        return service.policy().endpointIndependent().isPresent();
    }

    public boolean isEmpty() {
        return inside.length == 0;
    }

    /** Whether an address is of such a host. */
    public boolean isInside(int protocol, int address) {
        for (int i = 0; i < inside.length; i += PER_RANGE) {
            if (inside[i] == protocol
                    && Integer.compareUnsigned(inside[i + 1], address) <= 0
                    && Integer.compareUnsigned(address, inside[i + 2]) <= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether ports of an address stand for ports of such hosts. */
    public boolean isOutside(int protocol, int address) {
        for (int i = 0; i < outside.length; i += 2) {
            if (outside[i] == protocol && outside[i + 1] == address) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address is such an outside one, for any protocol. */
    public boolean isOutside(int address) {
        for (int i = 1; i < outside.length; i += 2) {
            if (outside[i] == address) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks that every packet tells by its addresses and ports alone whether it is of a mapped port, so that all workers agree
     * about whose it is.
     *
     * @throws IllegalArgumentException for the first service that leaves it open, with what to change
     */
    public static void check(List<ServiceDefinition> services) {
        services.stream().filter(MappedEnds::maps).forEach(service -> check(service, services));
    }

    private static void check(ServiceDefinition service, List<ServiceDefinition> services) {
        FlowMatch match = service.match()
                .orElseThrow(() -> new IllegalArgumentException("Virtual service " + service.key()
                        + " is endpoint_independent, which is for match services; remove it there"));
        String name = "The match service " + match + " is endpoint_independent";
        if (!match.ipv4() || match.source().isEmpty()) {
            throw new IllegalArgumentException(name + " and has "
                    + (match.ipv4() ? "no src-range" : "flows of IPv6")
                    + "; it needs a src-range of IPv4 that tells which hosts it is for");
        }
        EndRange hosts = match.source().get();
        services.stream()
                .filter(MappedEnds::maps)
                .flatMap(mapping -> mapping.realservers().stream())
                .filter(own -> covers(hosts, own.address()))
                .findFirst()
                .ifPresent(own -> {
                    throw new IllegalArgumentException(name + " and has " + own.address()
                            + " in its src-range, by which hosts are led out; leave it out there");
                });
        for (ServiceDefinition other : services) {
            if (!maps(other)) {
                checkBeside(name, service, hosts, other);
            }
        }
    }

    private static void checkBeside(String name, ServiceDefinition service, EndRange hosts, ServiceDefinition other) {
        boolean same = other.protocol() == service.protocol();
        Predicate<IpAddress> isOutside = address ->
                service.realservers().stream().anyMatch(own -> own.address().equals(address));
        if (other.match().isPresent()) {
            FlowMatch match = other.match().get();
            boolean overlaps =
                    match.source().isEmpty() || overlap(match.source().get(), hosts);
            if (same && match.ipv4() && overlaps) {
                throw new IllegalArgumentException(name + ", the match service " + match
                        + " is not, and both have hosts in common; let both be so, or give each hosts of its own");
            }
            other.realservers().stream()
                    .filter(own -> same && isOutside.test(own.address()))
                    .findFirst()
                    .ifPresent(own -> {
                        throw new IllegalArgumentException(
                                name + ", the match service " + match + " is not, and both lead out by " + own.address()
                                        + "; give each an address of its own");
                    });
            return;
        }
        if (same && other.protocol() == Protocol.TCP && other.port() == FTP && isOutside.test(other.address())) {
            throw new IllegalArgumentException(name + " and leads hosts out by " + other.address()
                    + ", which serves FTP; ports of data connections would be mapped. Take another address");
        }
        other.realservers().stream()
                .filter(server -> same && server.mode() == ForwardingMode.NAT && covers(hosts, server.address()))
                .findFirst()
                .ifPresent(server -> {
                    throw new IllegalArgumentException(name + " for " + server.address()
                            + ", too, which answers clients of virtual service " + other.key()
                            + " in mode Masq; leave it out of src-range, or use FullNAT");
                });
    }

    private static boolean covers(EndRange range, IpAddress address) {
        return address.isIpv4() && range.contains(address.high(), address.low(), range.firstPort());
    }

    private static boolean overlap(EndRange one, EndRange other) {
        return covers(one, other.first()) || covers(other, one.first());
    }
}
