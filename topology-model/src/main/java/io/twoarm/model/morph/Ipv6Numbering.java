package io.twoarm.model.morph;

import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.Route;
import io.twoarm.model.Segment;
import io.twoarm.model.change.ObjectList;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * IPv6 beside IPv4: every IPv4 subnet has an IPv6 one, and every IPv4 address the same place in it, so that people
 * recognize 192.168.229.1 in 2001:db8:1::1.
 */
final class Ipv6Numbering {
    /** Addresses for documentation (RFC 3849); a real network has its own. */
    private static final Prefix FIRST = Prefix.parse("2001:db8:1::/64");

    /** Wires of the documentation prefix are told apart by the third group. */
    private static final int STEP_LENGTH = 48;

    private final Drafting draft;
    private final Set<String> segments;
    private final boolean allTheWay;
    private final Map<Prefix, Prefix> subnets = new LinkedHashMap<>();
    private final Map<InetAddress, InetAddress> addresses = new HashMap<>();

    Ipv6Numbering(Drafting draft, Set<String> segments, boolean allTheWay) {
        this.draft = draft;
        this.segments = segments;
        this.allTheWay = allTheWay;
    }

    /** Gives wires, ports and routes their IPv6 halves. */
    void apply() {
        draft.put(topology -> ObjectList.SEGMENTS.each(
                topology, segment -> segments.contains(segment.name()) ? numbered(segment) : segment));
        draft.topology().hosts().forEach(this::rememberExisting);
        for (Host host : draft.topology().hosts()) {
            if (allTheWay || !(host instanceof Host.Realserver)) {
                draft.host(host.name(), this::withAddresses);
            }
        }
        for (Host host : draft.topology().hosts()) {
            if (allTheWay || !(host instanceof Host.Realserver)) {
                draft.host(host.name(), this::withRoutes);
            }
        }
    }

    /** The IPv6 counterpart of an IPv4 address; empty outside of the numbered subnets. */
    Optional<InetAddress> of(InetAddress address) {
        InetAddress known = addresses.get(address);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<InetAddress> fresh = subnets.entrySet().stream()
                .filter(entry -> entry.getKey().contains(address))
                .findFirst()
                .map(entry -> {
                    InetAddress wanted = sum(entry.getValue(), entry.getKey(), address);
                    return draft.free().take(wanted) ? wanted : draft.free().first(entry.getValue());
                });
        fresh.ifPresent(it -> addresses.put(address, it));
        return fresh;
    }

    private Segment numbered(Segment segment) {
        List<Prefix> all = new ArrayList<>(segment.subnets());
        Optional<Prefix> known = all.stream().filter(it -> !it.isIpv4()).findFirst();
        for (Prefix subnet : segment.subnets()) {
            if (subnet.isIpv4() && known.isPresent()) {
                subnets.put(subnet, known.get());
            } else if (subnet.isIpv4()) {
                Prefix wide = draft.free().subnet(Prefix.around(FIRST.network(), STEP_LENGTH));
                Prefix fresh = Prefix.around(wide.network(), FIRST.length());
                subnets.put(subnet, fresh);
                all.add(fresh);
                draft.step("Segment " + segment.name() + " gets " + fresh + " beside " + subnet
                        + "; put your own prefix in its place.");
            }
        }
        return segment.withSubnets(all);
    }

    /** A port that has both families already says which addresses belong together. */
    private void rememberExisting(Host host) {
        for (Port port : host.ports()) {
            List<InetAddress> ipv4 = port.addresses().stream()
                    .map(InterfaceAddress::address)
                    .filter(IpLiteral::isIpv4)
                    .toList();
            List<InetAddress> ipv6 = port.addresses().stream()
                    .map(InterfaceAddress::address)
                    .filter(it -> !IpLiteral.isIpv4(it) && !it.isLinkLocalAddress())
                    .toList();
            for (int i = 0; i < Math.min(ipv4.size(), ipv6.size()); i++) {
                addresses.put(ipv4.get(i), ipv6.get(i));
            }
        }
    }

    private Host withAddresses(Host host) {
        List<Port> ports = host.ports().stream()
                .map(port -> Drafting.port(port, both(port.addresses()), port.kernelAddresses()))
                .toList();
        return Drafting.with(host, ports, host.routes());
    }

    private List<InterfaceAddress> both(List<InterfaceAddress> own) {
        List<InterfaceAddress> all = new ArrayList<>(own);
        boolean already = own.stream().anyMatch(it -> !IpLiteral.isIpv4(it.address()));
        if (!already) {
            own.forEach(it -> of(it.address())
                    .ifPresent(address ->
                            all.add(new InterfaceAddress(address, it.prefixLength() == 32 ? 128 : FIRST.length()))));
        }
        return all;
    }

    private Host withRoutes(Host host) {
        List<Route> routes = new ArrayList<>(host.routes());
        for (Route route : host.routes()) {
            Optional<Prefix> destination = counterpart(route.destination());
            Optional<InetAddress> via = route.via().filter(IpLiteral::isIpv4).flatMap(this::of);
            boolean complete =
                    destination.isPresent() && via.isPresent() == route.via().isPresent();
            boolean known =
                    routes.stream().anyMatch(it -> Optional.of(it.destination()).equals(destination));
            if (complete && !known) {
                routes.add(new Route(destination.get(), via, route.port()));
            }
        }
        return Drafting.with(host, host.ports(), routes);
    }

    private Optional<Prefix> counterpart(Prefix destination) {
        if (!destination.isIpv4()) {
            return Optional.empty();
        }
        if (destination.isDefault()) {
            return Optional.of(Prefix.parse("::/0"));
        }
        return destination.length() == 32
                ? of(destination.network()).map(address -> Prefix.around(address, 128))
                : Optional.ofNullable(subnets.get(destination));
    }

    private static InetAddress sum(Prefix ipv6, Prefix ipv4, InetAddress address) {
        BigInteger host = new BigInteger(1, address.getAddress())
                .subtract(new BigInteger(1, ipv4.network().getAddress()));
        byte[] digits = new BigInteger(1, ipv6.network().getAddress()).add(host).toByteArray();
        byte[] bytes = new byte[16];
        int length = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
