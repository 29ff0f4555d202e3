package io.twoarm.model.plan;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Claim;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which addresses of which subnet are whose, and what is free. */
public record AddressPlan(List<Subnet> subnets) {
    public AddressPlan {
        subnets = List.copyOf(subnets);
    }

    /**
     * A subnet of a wire.
     *
     * @param free usable addresses that nobody has
     * @param next the lowest of them; empty when there is none
     */
    public record Subnet(String segment, Prefix subnet, List<Use> uses, BigInteger free, Optional<InetAddress> next) {
        public Subnet {
            uses = List.copyOf(uses);
        }
    }

    /** @param owners such as {@code VIP of director's port dpdk2} */
    public record Use(InetAddress address, List<String> owners) {
        public Use {
            owners = List.copyOf(owners);
        }
    }

    public static AddressPlan of(Topology topology) {
        List<Claim> claims = Claim.all(topology);
        List<Subnet> subnets = new ArrayList<>();
        for (Segment segment : topology.segments()) {
            for (Prefix subnet : segment.subnets()) {
                subnets.add(subnet(topology, segment, subnet, claims));
            }
        }
        return new AddressPlan(subnets);
    }

    private static Subnet subnet(Topology topology, Segment segment, Prefix subnet, List<Claim> claims) {
        List<Use> uses = claims.stream()
                .filter(claim -> claim.port().segment().equals(segment.name()) && subnet.contains(claim.address()))
                .collect(Collectors.groupingBy(
                        Claim::address, Collectors.mapping(Claim::owner, Collectors.toCollection(LinkedHashSet::new))))
                .entrySet()
                .stream()
                .map(entry -> new Use(entry.getKey(), List.copyOf((Set<String>) entry.getValue())))
                .sorted(Comparator.comparing(
                        use -> new BigInteger(1, use.address().getAddress())))
                .toList();
        int hostBits = IpLiteral.bits(subnet.network()) - subnet.length();
        BigInteger all = BigInteger.TWO.pow(hostBits);
        BigInteger usable = hostBits < 2 ? all : all.subtract(BigInteger.valueOf(subnet.isIpv4() ? 2 : 1));
        BigInteger free = usable.subtract(BigInteger.valueOf(uses.size())).max(BigInteger.ZERO);
        Optional<InetAddress> next = free.signum() > 0 && hostBits >= 2
                ? Optional.of(FreeAddresses.of(topology).first(subnet))
                : Optional.empty();
        return new Subnet(segment.name(), subnet, uses, free, next);
    }
}
