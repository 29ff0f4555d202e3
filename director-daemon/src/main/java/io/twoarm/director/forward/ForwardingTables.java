package io.twoarm.director.forward;

import io.twoarm.director.access.AccessControl;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Scope;
import io.twoarm.director.neighbour.StaticNeighbour;
import io.twoarm.director.route.Route;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.MappedEnds;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.session.Timeouts;
import io.twoarm.director.siit.AddressMappings;
import io.twoarm.director.vlan.VlanInterface;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that decides what happens to packets, as one value. Ports are named by their index.
 *
 * @param addresses own addresses: VIPs, LIPs, port addresses
 * @param routes routes besides those to own addresses
 * @param neighbours neighbours with given Ethernet addresses
 * @param services virtual services; their VIPs and LIPs are among the addresses
 * @param timeouts idle times of sessions
 * @param limits bounds of what a worker keeps
 * @param decrementTtl whether forwarding lowers the TTL (RFC 1812, 5.3.1) and answers with time exceeded
 * @param access sets of addresses, and what becomes of packets that nobody takes
 * @param mappings addresses of stateless translation
 * @param nat64 stateful translation; its sizes stay as they were when there was one first
 * @param vlans VLAN interfaces, which have indexes behind those of the ports
 */
public record ForwardingTables(
        List<OwnAddress> addresses,
        List<Route> routes,
        List<StaticNeighbour> neighbours,
        List<ServiceDefinition> services,
        Timeouts timeouts,
        ForwardingLimits limits,
        boolean decrementTtl,
        AccessControl access,
        AddressMappings mappings,
        Nat64Definition nat64,
        List<VlanInterface> vlans) {
    private static final int MOST_REALSERVERS = 65_535;

    public ForwardingTables {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        neighbours = List.copyOf(neighbours);
        services = List.copyOf(services);
        vlans = List.copyOf(vlans);
    }

    /** Tables without sets and stateless translation, which answer what nobody takes. */
    public ForwardingTables(
            List<OwnAddress> addresses,
            List<Route> routes,
            List<StaticNeighbour> neighbours,
            List<ServiceDefinition> services,
            Timeouts timeouts,
            ForwardingLimits limits,
            boolean decrementTtl) {
        this(
                addresses,
                routes,
                neighbours,
                services,
                timeouts,
                limits,
                decrementTtl,
                AccessControl.OPEN,
                AddressMappings.NONE,
                Nat64Definition.NONE,
                List.of());
    }

    /** The same with other addresses of stateless translation. */
    public ForwardingTables withMappings(AddressMappings wanted) {
        return new ForwardingTables(
                addresses, routes, neighbours, services, timeouts, limits, decrementTtl, access, wanted, nat64, vlans);
    }

    /** The same with stateful translation. */
    public ForwardingTables withNat64(Nat64Definition wanted) {
        return new ForwardingTables(
                addresses,
                routes,
                neighbours,
                services,
                timeouts,
                limits,
                decrementTtl,
                access,
                mappings,
                wanted,
                vlans);
    }

    /** The same with other VLAN interfaces. */
    public ForwardingTables withVlans(List<VlanInterface> wanted) {
        return new ForwardingTables(
                addresses,
                routes,
                neighbours,
                services,
                timeouts,
                limits,
                decrementTtl,
                access,
                mappings,
                nat64,
                wanted);
    }

    /** The same with other addresses. */
    public ForwardingTables withAddresses(List<OwnAddress> wanted) {
        return new ForwardingTables(
                wanted, routes, neighbours, services, timeouts, limits, decrementTtl, access, mappings, nat64, vlans);
    }

    /** The same with other routes. */
    public ForwardingTables withRoutes(List<Route> wanted) {
        return new ForwardingTables(
                addresses,
                wanted,
                neighbours,
                services,
                timeouts,
                limits,
                decrementTtl,
                access,
                mappings,
                nat64,
                vlans);
    }

    /** The same with other neighbours. */
    public ForwardingTables withNeighbours(List<StaticNeighbour> wanted) {
        return new ForwardingTables(
                addresses, routes, wanted, services, timeouts, limits, decrementTtl, access, mappings, nat64, vlans);
    }

    /** The same with other services. */
    public ForwardingTables withServices(List<ServiceDefinition> wanted) {
        return new ForwardingTables(
                addresses, routes, neighbours, wanted, timeouts, limits, decrementTtl, access, mappings, nat64, vlans);
    }

    /** The same with other timeouts. */
    public ForwardingTables withTimeouts(Timeouts wanted) {
        return new ForwardingTables(
                addresses, routes, neighbours, services, wanted, limits, decrementTtl, access, mappings, nat64, vlans);
    }

    /** The same with other sets, or another way with what nobody takes. */
    public ForwardingTables withAccess(AccessControl wanted) {
        return new ForwardingTables(
                addresses,
                routes,
                neighbours,
                services,
                timeouts,
                limits,
                decrementTtl,
                wanted,
                mappings,
                nat64,
                vlans);
    }

    /**
     * Checks that the tables fit each other.
     *
     * @param ports how many ports there are
     * @throws IllegalArgumentException for the first contradiction
     */
    void check(int ports) {
        checkChange(ports);
        for (ServiceDefinition service : services) {
            for (RealserverDefinition realserver : service.realservers()) {
                if (realserver.mode() == ForwardingMode.FULLNAT
                        && service.localAddressesTowards(realserver).isEmpty()) {
                    throw new IllegalArgumentException("Virtual service " + service.key()
                            + " has no local address of the family of " + realserver.address()
                            + "; FullNAT needs one");
                }
            }
        }
    }

    /**
     * The same for a change while packets flow: a service that is being put together may have realservers before it has
     * local addresses. Its flows find no local port until then.
     */
    void checkChange(int ports) {
        checkVlans(ports);
        addresses.forEach(own -> checkPort(own.port(), ports, "Own address " + own.address()));
        routes.forEach(route -> checkPort(route.port(), ports, "Route " + route));
        neighbours.forEach(known -> checkPort(known.port(), ports, "Neighbour " + known.address()));
        Nat64Scope scope = new Nat64Scope(nat64);
        for (OwnAddress address : addresses) {
            if (address.address().isIpv4()
                    && scope.contains((int) address.address().low())) {
                throw new IllegalArgumentException("Own address " + address.address()
                        + " is in the pool of NAT64, too; packets to it would not be translated");
            }
        }
        Set<IpAddress> own = addresses.stream()
                .filter(address -> address.role() != OwnAddress.Role.KERNEL)
                .map(OwnAddress::address)
                .collect(Collectors.toSet());
        Set<IpAddress> locals = services.stream()
                .flatMap(service -> service.localAddresses().stream())
                .collect(Collectors.toSet());
        int realservers = 0;
        for (ServiceDefinition service : services) {
            String name = service.protocol() + " " + service.address().withPort(service.port());
            if (service.match().isPresent()) {
                checkMatch(service, own, locals, ports);
                realservers += service.realservers().size();
                continue;
            }
            if (!own.contains(service.address())) {
                throw new IllegalArgumentException("VIP of virtual service " + name + " is no own address of any port");
            }
            for (RealserverDefinition realserver : service.realservers()) {
                checkFamilies(service, name, realserver);
            }
            for (IpAddress local : service.localAddresses()) {
                if (!own.contains(local)) {
                    throw new IllegalArgumentException("Local address " + local + " of virtual service " + name
                            + " is no own address of any port");
                }
            }
            realservers += service.realservers().size();
        }
        MappedEnds.check(services);
        if (realservers > MOST_REALSERVERS) {
            throw new IllegalArgumentException(
                    "Virtual services have " + realservers + " realservers together; " + MOST_REALSERVERS + " allowed");
        }
    }

    /** Flows leave with own addresses of their family that are no local addresses of FullNAT, whose ports are counted. */
    private void checkMatch(ServiceDefinition service, Set<IpAddress> own, Set<IpAddress> locals, int ports) {
        FlowMatch match = service.match().orElseThrow();
        String name = "match service " + match;
        for (int port : new int[] {match.inPort(), match.outPort()}) {
            if (port != FlowMatch.ANY_PORT) {
                checkPort(port, ports, "The " + name);
            }
        }
        for (RealserverDefinition outside : service.realservers()) {
            String what = "Address " + outside.address() + " of the " + name;
            if (outside.mode() != ForwardingMode.SNAT) {
                throw new IllegalArgumentException(
                        what + " is of mode " + outside.mode().label() + "; it needs SNAT (-J)");
            }
            if (outside.port() != 0) {
                throw new IllegalArgumentException(
                        what + " has port " + outside.port() + "; it needs 0, for the director chooses ports");
            }
            if (!own.contains(outside.address())) {
                throw new IllegalArgumentException(what + " is no own address of any port");
            }
            if (locals.contains(outside.address())) {
                throw new IllegalArgumentException(what + " is a local address of FullNAT; it needs one for itself");
            }
            if (outside.address().isIpv4() != match.ipv4()) {
                throw new IllegalArgumentException(what + " is of the other family than its flows");
            }
        }
    }

    private static void checkFamilies(ServiceDefinition service, String name, RealserverDefinition realserver) {
        boolean ipv4 = realserver.address().isIpv4();
        if (realserver.mode() == ForwardingMode.SNAT) {
            throw new IllegalArgumentException("Realserver " + realserver.address() + " of virtual service " + name
                    + " is of mode SNAT, which is for match services (-H)");
        }
        if (service.address().isIpv4() != ipv4 && !realserver.mode().crossesFamilies()) {
            throw new IllegalArgumentException("Realserver " + realserver.address() + " of virtual service " + name
                    + " is of the other family; in mode " + realserver.mode().label()
                    + " it needs an address of the VIP's");
        }
        if (realserver.mode().isOneSided() && realserver.port() != service.port()) {
            throw new IllegalArgumentException("Realserver " + realserver.address() + " of virtual service " + name
                    + " has port " + realserver.port() + "; in mode "
                    + realserver.mode().label() + " packets keep their ports, so it needs " + service.port());
        }
    }

    private void checkVlans(int ports) {
        for (VlanInterface vlan : vlans) {
            if (vlan.link() < 0 || vlan.link() >= ports) {
                throw new IllegalArgumentException(
                        "VLAN " + vlan.name() + " is on port " + vlan.link() + "; there are ports 0 to " + (ports - 1));
            }
            if (vlan.port() < ports || vlan.port() >= ports + VlanInterface.MOST) {
                throw new IllegalArgumentException("VLAN " + vlan.name() + " has index " + vlan.port() + "; " + ports
                        + " to " + (ports + VlanInterface.MOST - 1) + " allowed");
            }
            for (VlanInterface other : vlans) {
                boolean same =
                        other.port() == vlan.port() || other.name().equals(vlan.name()) || other.hasSameTag(vlan);
                if (same && !other.equals(vlan)) {
                    throw new IllegalArgumentException(
                            "VLAN " + vlan.name() + " has the name, index or tag of VLAN " + other.name());
                }
            }
        }
    }

    private void checkPort(int port, int ports, String what) {
        if ((port < 0 || port >= ports) && vlans.stream().noneMatch(vlan -> vlan.port() == port)) {
            throw new IllegalArgumentException(what + " names port " + port + "; there are ports 0 to " + (ports - 1));
        }
    }
}
