package io.twoarm.model.plan;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Claim;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses and subnets that a design does not use yet. What is handed out counts as used from then on, so that one
 * instance never gives the same address twice; the order is the same for the same design.
 */
public final class FreeAddresses {
    /** How far a search goes; wires with more hosts in a row are not drawn. */
    private static final int MOST_TRIES = 70_000;

    private final Set<InetAddress> used = new HashSet<>();
    private final List<Prefix> subnets = new ArrayList<>();

    private FreeAddresses() {}

    public static FreeAddresses of(Topology topology) {
        FreeAddresses free = new FreeAddresses();
        Claim.all(topology).forEach(claim -> free.used.add(claim.address()));
        topology.localAddressPools().forEach(pool -> free.used.addAll(pool.addresses()));
        topology.virtualServices().forEach(service -> free.used.add(service.vip()));
        topology.realserverPools().forEach(pool -> pool.members().forEach(member -> free.used.add(member.address())));
        topology.hosts()
                .forEach(host -> host.routes().forEach(route -> {
                    route.via().ifPresent(free.used::add);
                    if (!route.destination().isDefault()) {
                        free.subnets.add(route.destination());
                    }
                }));
        topology.segments().stream().map(Segment::subnets).forEach(free.subnets::addAll);
        return free;
    }

    /**
     * The first free address of a subnet above another one, else from its beginning.
     *
     * @throws IllegalArgumentException when the subnet has none
     */
    public InetAddress after(InetAddress address, Prefix subnet) {
        BigInteger last = number(subnet.last());
        BigInteger first = number(subnet.network());
        boolean inside = subnet.contains(address);
        BigInteger candidate = inside ? number(address).add(BigInteger.ONE) : first.add(BigInteger.ONE);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (candidate.compareTo(last) >= 0) {
                candidate = first.add(BigInteger.ONE);
            }
            InetAddress found = address(candidate, subnet.isIpv4());
            if (subnet.contains(found)
                    && !found.equals(subnet.network())
                    && !subnet.broadcast().equals(Optional.of(found))
                    && used.add(found)) {
                return found;
            }
            candidate = candidate.add(BigInteger.ONE);
        }
        throw new IllegalArgumentException("no address of " + subnet + " is free");
    }

    /** The first free address of a subnet. */
    public InetAddress first(Prefix subnet) {
        return after(subnet.network(), subnet);
    }

    /** Takes an address if it is free. */
    public boolean take(InetAddress address) {
        return used.add(address);
    }

    /**
     * The first of a row of subnets that overlaps no other one: the given one, then the next ones of its length.
     *
     * @throws IllegalArgumentException when none is found
     */
    public Prefix subnet(Prefix first) {
        BigInteger step = BigInteger.TWO.pow(IpLiteral.bits(first.network()) - first.length());
        BigInteger candidate = number(first.network());
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Prefix subnet = Prefix.around(address(candidate, first.isIpv4()), first.length());
            if (subnets.stream().noneMatch(subnet::overlaps)) {
                subnets.add(subnet);
                return subnet;
            }
            candidate = candidate.add(step);
        }
        throw new IllegalArgumentException("no subnet like " + first + " is free");
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static InetAddress address(BigInteger number, boolean ipv4) {
        byte[] bytes = new byte[ipv4 ? 4 : 16];
        byte[] digits = number.toByteArray();
        int length = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
