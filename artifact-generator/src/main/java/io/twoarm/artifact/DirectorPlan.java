package io.twoarm.artifact;

import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Route;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.ForwardingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A director with every reference followed.
 *
 * @param ports the ports that the dataplane takes over, without VLANs, in DPDK's order: NICs by PCI address, virtual
 *     devices, bonds
 * @param pools the local addresses that its services use
 */
record DirectorPlan(
        Topology topology,
        Host.Director director,
        List<Port> ports,
        List<LocalAddressPool> pools,
        List<PlannedService> services,
        List<PlannedRoute> routes) {

    /** A virtual service with its pools; only FullNAT has local addresses. */
    record PlannedService(VirtualService service, Optional<LocalAddressPool> pool, RealserverPool realservers) {}

    /** A route with the port that it leaves by. */
    record PlannedRoute(Route route, Port port) {}

    static DirectorPlan of(Topology topology, Host.Director director) {
        List<Port> ports = director.ports().stream()
                .filter(port -> !port.isVlan() && !director.isKernels(port))
                .sorted(Comparator.comparing(DirectorPlan::probeOrder))
                .toList();
        if (ports.isEmpty()) {
            throw new GenerationException(
                    "hosts." + director.name() + ".ports",
                    "a director needs a port that its dataplane takes over, attached by af_packet or pci");
        }
        List<PlannedService> services = topology.servicesOf(director)
                .map(service -> plan(topology, director, service))
                .toList();
        List<LocalAddressPool> pools = services.stream()
                .flatMap(service -> service.pool().stream())
                .distinct()
                .toList();
        List<PlannedRoute> routes = new ArrayList<>();
        for (int index = 0; index < director.routes().size(); index++) {
            Route route = director.routes().get(index);
            routes.add(new PlannedRoute(route, outgoing(topology, director, route, index)));
        }
        return new DirectorPlan(topology, director, ports, pools, services, List.copyOf(routes));
    }

    /** The VRRP group that the director is in. */
    Optional<DirectorGroup> vrrp() {
        return topology.groupOf(director).filter(group -> !group.instances().isEmpty());
    }

    /** VLANs on the ports. */
    List<DpvsPorts.Vlan> vlans() {
        return DpvsPorts.of(topology, director).vlans();
    }

    /** What services, addresses and routes name: ports and VLANs. */
    List<Port> interfaces() {
        return Stream.concat(ports.stream(), vlans().stream().map(DpvsPorts.Vlan::port))
                .toList();
    }

    /** The NICs and interfaces of the ports, in DPDK's order; several where a port is a bond. */
    List<DpvsPorts.Nic> nics() {
        return DpvsPorts.of(topology, director).devices();
    }

    /** Whether a port is a NIC by its PCI address, or has one. */
    boolean hasHardware() {
        return nics().stream().anyMatch(nic -> nic.attachment() instanceof Attachment.Pci);
    }

    /** Whether a port is a bond. */
    boolean hasBonds() {
        return nics().stream().anyMatch(DpvsPorts.Nic::inBond);
    }

    /** Interfaces of the kernel that the dataplane shares, in the order of the ports. */
    List<String> sharedInterfaces() {
        List<String> names = new ArrayList<>();
        for (DpvsPorts.Nic nic : nics()) {
            if (nic.attachment() instanceof Attachment.AfPacket(String name)) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    /** The networks that are on-link at a port. */
    List<Prefix> onLink(Port port) {
        return topology.onLink(director, port);
    }

    /** DPDK probes NICs by rising PCI address, whatever the order of its arguments, and virtual devices after them. */
    private static String probeOrder(Port port) {
        return switch (port.attachment()) {
            case Attachment.Pci(String address) -> "0 " + address;
            case Attachment.AfPacket(String _) -> "1";
            case Attachment.Bond _ -> "3";
            case Attachment.Kernel(), Attachment.Vlan _ -> "2";
        };
    }

    private static PlannedService plan(Topology topology, Host.Director director, VirtualService service) {
        String object = "virtualServices." + service.name();
        requireDataplanePort(director, service.port(), object + ".port");
        Optional<LocalAddressPool> pool = service.mode() == ForwardingMode.FULLNAT
                ? Optional.of(pool(topology, director, service))
                : Optional.empty();
        RealserverPool realservers = topology.realserverPool(service.realservers())
                .orElseThrow(() -> new GenerationException(
                        object + ".realservers", "there is no realserver pool called " + service.realservers()));
        return new PlannedService(service, pool, realservers);
    }

    private static LocalAddressPool pool(Topology topology, Host.Director director, VirtualService service) {
        String object = "virtualServices." + service.name();
        String poolName = service.localAddresses()
                .orElseThrow(() -> new GenerationException(
                        object + ".localAddresses", "a service in mode fullnat needs a local address pool"));
        LocalAddressPool pool = topology.localAddressPool(poolName)
                .orElseThrow(() -> new GenerationException(
                        object + ".localAddresses", "there is no local address pool called " + poolName));
        // Of a group's pool each director has a share of its own.
        pool = topology.localAddressPoolsOf(director)
                .filter(share -> share.name().equals(poolName))
                .findFirst()
                .orElse(pool);
        if (!pool.director().equals(director.name())
                && topology.directorsNamed(pool.director()).stream().noneMatch(director::equals)) {
            throw new GenerationException(
                    object + ".localAddresses",
                    "the pool " + poolName + " belongs to " + pool.director() + ", the service to " + director.name());
        }
        requireDataplanePort(director, pool.port(), "localAddressPools." + poolName + ".port");
        return pool;
    }

    private static void requireDataplanePort(Host.Director director, String name, String object) {
        Port port = portNamed(director, name)
                .orElseThrow(() -> new GenerationException(object, director.name() + " has no port called " + name));
        if (director.isKernels(port)) {
            throw new GenerationException(object, "the port " + name + " belongs to the kernel, not to the dataplane");
        }
    }

    private static Port outgoing(Topology topology, Host.Director director, Route route, int index) {
        String object = "hosts." + director.name() + ".routes[" + index + "]";
        if (route.port().isPresent()) {
            String name = route.port().get();
            return portNamed(director, name)
                    .orElseThrow(() ->
                            new GenerationException(object + ".port", director.name() + " has no port called " + name));
        }
        return director.ports().stream()
                .filter(port -> route.via().stream()
                        .anyMatch(via ->
                                topology.onLink(director, port).stream().anyMatch(network -> network.contains(via))))
                .findFirst()
                .orElseThrow(() -> new GenerationException(
                        object + ".via",
                        "the gateway " + route.via().map(IpLiteral::format).orElse("") + " is on-link at no port of "
                                + director.name()));
    }

    private static Optional<Port> portNamed(Host host, String name) {
        return host.ports().stream().filter(port -> port.name().equals(name)).findFirst();
    }
}
