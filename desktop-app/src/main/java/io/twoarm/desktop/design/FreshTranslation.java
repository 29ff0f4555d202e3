package io.twoarm.desktop.design;

import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.Prefix;
import io.twoarm.model.Range;
import io.twoarm.model.Siit;
import io.twoarm.model.Topology;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Translation between IPv4 and IPv6 that a design does not have yet, as it is when it is switched on or added to. */
public final class FreshTranslation {
    /** The well-known prefix (RFC 6052), one for local use (RFC 8215), one for documentation. */
    private static final List<Prefix> PREFIXES = Stream.of("64:ff9b::/96", "64:ff9b:1::/96", "2001:db8:64::/96")
            .map(Prefix::parse)
            .toList();

    /** Blocks for documentation (RFC 5737): a design gets the addresses that its owner has got. */
    private static final List<String> BLOCKS = List.of("198.51.100.", "203.0.113.", "192.0.2.");

    private static final int POOL_LENGTH = 28;
    private static final int BLOCK_SIZE = 256;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int HTTP = 80;
    private static final InetAddress DOCUMENTATION_HOST = IpLiteral.parse("2001:db8::1");

    private FreshTranslation() {}

    /** What the director's group does, else the standard's lifetimes with addresses that nothing else has. */
    public static Nat64 nat64(Topology topology, String director) {
        return ofGroup(topology, director, FamilyTranslation::nat64)
                .orElseGet(() -> new Nat64(
                        prefix(topology, director, PREFIXES),
                        network(topology, POOL_LENGTH, List.of()).orElse(Prefix.parse("198.51.100.0/28"))));
    }

    /** What the director's group does, else a prefix that nothing else has, without mappings. */
    public static Siit siit(Topology topology, String director) {
        return ofGroup(topology, director, FamilyTranslation::siit)
                .orElseGet(() -> new Siit(Optional.of(prefix(topology, director, PREFIXES.reversed())), List.of()));
    }

    /** Members of a group translate alike. */
    private static <T> Optional<T> ofGroup(
            Topology topology, String director, Function<FamilyTranslation, Optional<T>> part) {
        return topology.director(director).flatMap(topology::groupOf).stream()
                .flatMap(group -> group.members().stream())
                .flatMap(member -> topology.director(member).stream())
                .flatMap(member -> part.apply(member.dataplane().translation()).stream())
                .findFirst();
    }

    private static Prefix prefix(Topology topology, String director, List<Prefix> candidates) {
        Set<Prefix> taken = new HashSet<>();
        topology.segments().forEach(segment -> taken.addAll(segment.subnets()));
        topology.director(director).map(it -> it.dataplane().translation()).ifPresent(translation -> {
            translation.nat64().map(Nat64::prefix).ifPresent(taken::add);
            translation.siit().flatMap(Siit::prefix).ifPresent(taken::add);
        });
        return free(candidates.stream(), taken).orElse(candidates.getFirst());
    }

    private static Optional<Prefix> free(Stream<Prefix> candidates, Set<Prefix> taken) {
        return candidates
                .filter(candidate -> taken.stream().noneMatch(candidate::overlaps))
                .findFirst();
    }

    /** An IPv4 network that is on no wire, in no pool and in no mapping, of the design or of the given ones. */
    private static Optional<Prefix> network(Topology topology, int length, List<Siit.Mapping> more) {
        Set<Prefix> taken = new HashSet<>();
        topology.segments().forEach(segment -> taken.addAll(segment.subnets()));
        Fresh.addressesOf(topology).forEach(address -> taken.add(Prefix.around(address, IpLiteral.bits(address))));
        topology.directors().map(it -> it.dataplane().translation()).forEach(translation -> {
            translation.nat64().map(Nat64::pool).ifPresent(taken::add);
            translation.siit().ifPresent(siit -> siit.mappings().forEach(it -> taken.add(it.ipv4())));
        });
        more.forEach(it -> taken.add(it.ipv4()));
        int step = 1 << IPV4_BITS - length;
        return free(
                BLOCKS.stream()
                        .flatMap(block -> IntStream.iterate(0, at -> at < BLOCK_SIZE, at -> at + step)
                                .mapToObj(at -> Prefix.parse(block + at + "/" + length))),
                taken);
    }

    /** The pool's first address and a host of the design, at the first port from 80 that is free on both sides. */
    public static Nat64.Binding binding(Topology topology, Nat64 nat64) {
        InetAddress outside = nat64.pool().network();
        InetAddress host = hosts(topology).findFirst().orElse(DOCUMENTATION_HOST);
        int port = IntStream.rangeClosed(HTTP, Range.TRANSPORT_PORT.highest())
                .filter(candidate -> nat64.bindings().stream()
                        .filter(it -> it.protocol() == Nat64.Protocol.TCP)
                        .noneMatch(it -> it.address().equals(outside) && it.port() == candidate
                                || it.host().equals(host) && it.hostPort() == candidate))
                .findFirst()
                .orElse(HTTP);
        return new Nat64.Binding(Nat64.Protocol.TCP, outside, port, host, port);
    }

    /** A host of the design that is not mapped yet, with an IPv4 address that nothing else has. */
    public static Siit.Mapping mapping(Topology topology, Siit siit) {
        InetAddress host = hosts(topology)
                .filter(address -> siit.mappings().stream()
                        .noneMatch(mapping -> mapping.ipv6().contains(address)))
                .findFirst()
                .orElse(DOCUMENTATION_HOST);
        return new Siit.Mapping(
                network(topology, IPV4_BITS, siit.mappings()).orElse(Prefix.parse("198.51.100.1/32")),
                Prefix.around(host, IPV6_BITS));
    }

    /** IPv6 addresses of the design's hosts, realservers first. */
    private static Stream<InetAddress> hosts(Topology topology) {
        return Stream.concat(
                        topology.realservers(), topology.hosts().stream().filter(host -> host instanceof Host.Client))
                .flatMap(host -> host.ports().stream())
                .flatMap(port -> port.addresses().stream())
                .map(InterfaceAddress::address)
                .filter(address -> !IpLiteral.isIpv4(address));
    }
}
