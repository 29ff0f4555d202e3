package io.twoarm.model.lint;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Port;
import io.twoarm.model.Topology;
import io.twoarm.model.Topology.HostPort;
import io.twoarm.model.TopologyPaths;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address that a host answers for on a wire.
 *
 * @param path the field that says so
 * @param holder the host, or the director group whose members have the address in turn or together
 */
public record Claim(InetAddress address, Kind kind, Host host, Port port, ObjectPath path, String holder) {

    /** On what grounds a host answers for an address. */
    public enum Kind {
        HOST("address"),
        /** Of the kernel's twin of a port that DPVS drives. */
        KERNEL("kernel address"),
        VIP("VIP"),
        LIP("LIP"),
        /** Moves between the members of a group. */
        SHARED("shared address"),
        /** The source of connections that leave through a NAT gateway. */
        NAT("NAT address");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** Such as {@code VIP of director's port dpdk2}. */
    public String owner() {
        return kind.word + " of " + host.name() + "'s port " + port.name();
    }

    /** Whether all members of a group may answer for it. */
    boolean isOfWholeGroup() {
        return switch (kind) {
            case VIP, SHARED, NAT -> true;
            case HOST, KERNEL, LIP -> false;
        };
    }

    boolean samePort(Claim other) {
        return host.name().equals(other.host.name()) && port.name().equals(other.port.name());
    }

    /** All of them; pools and services whose director or port does not exist claim nothing. */
    public static List<Claim> all(Topology topology) {
        List<Claim> claims = new ArrayList<>();
        topology.ports().forEach(on -> {
            ObjectPath path = TopologyPaths.port(on.host(), on.port());
            addOwn(claims, on, Kind.HOST, on.port().addresses(), path.key("addresses"));
            addOwn(claims, on, Kind.KERNEL, on.port().kernelAddresses(), path.key("kernelAddresses"));
        });
        for (VirtualService service : topology.virtualServices()) {
            ObjectPath path = TopologyPaths.virtualService(service).key("vip");
            for (HostPort on : portsOf(topology, service.director(), service.port())) {
                claims.add(new Claim(service.vip(), Kind.VIP, on.host(), on.port(), path, service.director()));
            }
        }
        for (LocalAddressPool pool : topology.localAddressPools()) {
            addPool(topology, claims, pool);
        }
        for (DirectorGroup group : topology.directorGroups()) {
            for (DirectorGroup.VrrpInstance instance : group.instances()) {
                ObjectPath path = TopologyPaths.vrrpInstance(group, instance).key("addresses");
                List<HostPort> ports = portsOf(topology, group.name(), instance.port());
                addAll(claims, ports, Kind.SHARED, instance.sharedAddresses(), path, group.name());
            }
        }
        for (NatGateway gateway : topology.natGateways()) {
            ObjectPath path = TopologyPaths.natGateway(gateway).key("addresses");
            List<HostPort> ports = portsOf(topology, gateway.director(), gateway.port());
            addAll(claims, ports, Kind.NAT, gateway.addresses(), path, gateway.director());
        }
        return claims;
    }

    private static void addOwn(
            List<Claim> claims, HostPort on, Kind kind, List<InterfaceAddress> addresses, ObjectPath path) {
        List<InetAddress> plain =
                addresses.stream().map(InterfaceAddress::address).toList();
        addAll(claims, List.of(on), kind, plain, path, on.host().name());
    }

    private static void addAll(
            List<Claim> claims,
            List<HostPort> ports,
            Kind kind,
            List<InetAddress> addresses,
            ObjectPath path,
            String holder) {
        for (int i = 0; i < addresses.size(); i++) {
            for (HostPort on : ports) {
                claims.add(new Claim(addresses.get(i), kind, on.host(), on.port(), path.index(i), holder));
            }
        }
    }

    /** Each member of a group has its own share of the addresses. */
    private static void addPool(Topology topology, List<Claim> claims, LocalAddressPool pool) {
        ObjectPath path = TopologyPaths.localAddressPool(pool).key("addresses");
        int position = 0;
        for (Host.Director director : topology.directorsNamed(pool.director())) {
            List<InetAddress> share = topology.shareOf(pool, director)
                    .map(LocalAddressPool::addresses)
                    .orElse(List.of());
            for (InetAddress address : share) {
                ObjectPath at = path.index(position++);
                director.port(pool.port())
                        .ifPresent(
                                port -> claims.add(new Claim(address, Kind.LIP, director, port, at, director.name())));
            }
        }
    }

    /** A director's port; of a group, the first member's. */
    static Optional<HostPort> portOf(Topology topology, String directorOrGroup, String port) {
        return portsOf(topology, directorOrGroup, port).stream().findFirst();
    }

    /** The port of that name on a director, or on every member of a group that has one. */
    static List<HostPort> portsOf(Topology topology, String directorOrGroup, String port) {
        return topology.directorsNamed(directorOrGroup).stream()
                .flatMap(host -> host.port(port).map(found -> new HostPort(host, found)).stream())
                .toList();
    }
}
