package io.twoarm.desktop.design;

import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names, addresses and subnets that a design does not use yet. */
public final class Fresh {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]*)");
    private static final int LONGEST_NAME = 63;
    /** Addresses that are tried in a subnet before it counts as full. */
    private static final int MOST_TRIED = 4096;

    private Fresh() {}

    /**
     * A name like the wanted one that is not taken: the wanted one itself, or it with the next free number.
     *
     * @param wanted such as {@code rs1}, which becomes {@code rs2} when it is taken
     */
    public static String name(String wanted, Collection<String> taken) {
        if (!taken.contains(wanted)) {
            return wanted;
        }
        Matcher parts = NUMBERED.matcher(wanted);
        String stem = parts.matches() ? parts.group(1) : wanted;
        int number = parts.group(2).isEmpty() || parts.group(2).length() > 6 ? 2 : Integer.parseInt(parts.group(2)) + 1;
        while (true) {
            String digits = Integer.toString(number++);
            String name = stem.substring(0, Math.min(stem.length(), LONGEST_NAME - digits.length())) + digits;
            if (!taken.contains(name)) {
                return name;
            }
        }
    }

    /** The first host address of a subnet that nothing in the design has, after the given one if possible. */
    public static Optional<InetAddress> address(Topology topology, Prefix subnet, Optional<InetAddress> after) {
        Set<InetAddress> taken = addressesOf(topology);
        BigInteger first = number(subnet.network());
        BigInteger size = BigInteger.ONE.shiftLeft(bits(subnet.network()) - subnet.length());
        BigInteger start = after.filter(subnet::contains).map(Fresh::number).orElse(first);
        Optional<InetAddress> broadcast = subnet.broadcast();
        boolean pair = size.bitLength() <= 2;
        for (int i = 1; i <= MOST_TRIED; i++) {
            BigInteger offset = start.subtract(first).add(BigInteger.valueOf(i)).mod(size);
            if (offset.signum() == 0 && !pair) {
                continue;
            }
            InetAddress candidate = address(first.add(offset), subnet.network());
            if (!taken.contains(candidate) && !broadcast.equals(Optional.of(candidate))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** A private IPv4 subnet of 254 hosts that overlaps no other of the design. */
    public static Prefix subnet(Topology topology) {
        List<Prefix> taken = topology.segments().stream()
                .flatMap(it -> it.subnets().stream())
                .toList();
        for (int i = 1; i < 255 * 255; i++) {
            Prefix candidate = Prefix.parse("10." + i % 255 + "." + i / 255 + ".0/24");
            if (taken.stream().noneMatch(candidate::overlaps)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("the design uses all of 10.0.0.0/8");
    }

    /** Every address that the design gives to somebody. */
    static Set<InetAddress> addressesOf(Topology topology) {
        Set<InetAddress> taken = new HashSet<>();
        for (Host host : topology.hosts()) {
            for (Port port : host.ports()) {
                port.addresses().stream().map(InterfaceAddress::address).forEach(taken::add);
                port.kernelAddresses().stream().map(InterfaceAddress::address).forEach(taken::add);
            }
            host.routes().forEach(route -> route.via().ifPresent(taken::add));
        }
        topology.localAddressPools().stream().map(LocalAddressPool::addresses).forEach(taken::addAll);
        topology.natGateways().stream().map(NatGateway::addresses).forEach(taken::addAll);
        topology.virtualServices().stream().map(VirtualService::vip).forEach(taken::add);
        topology.realserverPools().stream()
                .flatMap(pool -> pool.members().stream())
                .map(RealserverPool.Member::address)
                .forEach(taken::add);
        topology.directorGroups().stream()
                .flatMap(group -> group.instances().stream())
                .forEach(instance -> taken.addAll(instance.sharedAddresses()));
        return taken;
    }

    /** An address for a new port on a segment. */
    static Optional<InterfaceAddress> onSegment(Topology topology, Segment segment, Optional<InetAddress> after) {
        return segment.subnets().stream()
                .flatMap(
                        subnet -> address(topology, subnet, after)
                                .map(address -> new InterfaceAddress(address, subnet.length()))
                                .stream())
                .findFirst();
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static InetAddress address(BigInteger number, InetAddress sameFamily) {
        byte[] digits = number.toByteArray();
        byte[] bytes = new byte[sameFamily.getAddress().length];
        int length = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
