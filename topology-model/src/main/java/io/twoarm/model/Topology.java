package io.twoarm.model;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A whole design. Lists keep the order of the project file; names are unique within their list. References by name may
 * point nowhere: that is for lint to say.
 *
 * @param title one line for people, without control characters
 * @param description text for people, lines ended by LF, may be empty
 */
public record Topology(
        String name,
        String title,
        String description,
        List<Segment> segments,
        List<Host> hosts,
        List<LocalAddressPool> localAddressPools,
        List<RealserverPool> realserverPools,
        List<VirtualService> virtualServices,
        List<DirectorGroup> directorGroups,
        List<NatGateway> natGateways) {

    /** @throws IllegalArgumentException when a name occurs twice in a list, or a text holds control characters */
    public Topology {
        Name.check(name);
        checkText(title, "title", "");
        checkText(description, "description", "\n\t");
        segments = unique(segments, Segment::name, "segments");
        hosts = unique(hosts, Host::name, "hosts");
        localAddressPools = unique(localAddressPools, LocalAddressPool::name, "localAddressPools");
        realserverPools = unique(realserverPools, RealserverPool::name, "realserverPools");
        virtualServices = unique(virtualServices, VirtualService::name, "virtualServices");
        directorGroups = unique(directorGroups, DirectorGroup::name, "directorGroups");
        natGateways = unique(natGateways, NatGateway::name, "natGateways");
    }

    /** A topology without groups of directors and NAT gateways. */
    public Topology(
            String name,
            String title,
            String description,
            List<Segment> segments,
            List<Host> hosts,
            List<LocalAddressPool> localAddressPools,
            List<RealserverPool> realserverPools,
            List<VirtualService> virtualServices) {
        this(
                name,
                title,
                description,
                segments,
                hosts,
                localAddressPools,
                realserverPools,
                virtualServices,
                List.of(),
                List.of());
    }

    /** A port together with the host that it belongs to. */
    public record HostPort(Host host, Port port) {}

    public Optional<Host> host(String name) {
        return find(hosts, Host::name, name);
    }

    public Optional<Segment> segment(String name) {
        return find(segments, Segment::name, name);
    }

    /** The director of that name; empty when there is no such host or it is no director. */
    public Optional<Host.Director> director(String name) {
        return directors().filter(director -> director.name().equals(name)).findFirst();
    }

    public Optional<LocalAddressPool> localAddressPool(String name) {
        return find(localAddressPools, LocalAddressPool::name, name);
    }

    public Optional<RealserverPool> realserverPool(String name) {
        return find(realserverPools, RealserverPool::name, name);
    }

    public Optional<VirtualService> virtualService(String name) {
        return find(virtualServices, VirtualService::name, name);
    }

    public Stream<Host.Client> clients() {
        return ofType(Host.Client.class);
    }

    public Stream<Host.Router> routers() {
        return ofType(Host.Router.class);
    }

    public Stream<Host.Director> directors() {
        return ofType(Host.Director.class);
    }

    public Stream<Host.Realserver> realservers() {
        return ofType(Host.Realserver.class);
    }

    public Optional<DirectorGroup> directorGroup(String name) {
        return find(directorGroups, DirectorGroup::name, name);
    }

    /** The group that a director belongs to; the first one that names it. */
    public Optional<DirectorGroup> groupOf(Host.Director director) {
        return directorGroups.stream()
                .filter(group -> group.members().contains(director.name()))
                .findFirst();
    }

    /** The directors that a service or a pool names: one, or the members of a group. */
    public List<Host.Director> directorsNamed(String directorOrGroup) {
        return director(directorOrGroup)
                .map(List::of)
                .orElseGet(() -> directorGroup(directorOrGroup).stream()
                        .flatMap(group -> group.members().stream())
                        .flatMap(member -> director(member).stream())
                        .distinct()
                        .toList());
    }

    /** The services that a director offers, alone or as a member of its group. */
    public Stream<VirtualService> servicesOf(Host.Director director) {
        return virtualServices.stream()
                .filter(service -> directorsNamed(service.director()).contains(director));
    }

    /** The ways out that a director offers, alone or as a member of its group. */
    public Stream<NatGateway> natGatewaysOf(Host.Director director) {
        return natGateways.stream()
                .filter(gateway -> directorsNamed(gateway.director()).contains(director));
    }

    /** The pools of a director, and its shares of the pools of its group. */
    public Stream<LocalAddressPool> localAddressPoolsOf(Host.Director director) {
        return localAddressPools.stream().flatMap(pool -> shareOf(pool, director).stream());
    }

    /**
     * A director's part of a pool: the whole of its own pool. Of a group's pool, each member has an equal run of
     * addresses, in the order of the members; what is left over after even division is the last ones'.
     */
    public Optional<LocalAddressPool> shareOf(LocalAddressPool pool, Host.Director director) {
        List<Host.Director> owners = directorsNamed(pool.director());
        int position = owners.indexOf(director);
        if (position < 0) {
            return Optional.empty();
        }
        int from = pool.addresses().size() * position / owners.size();
        int to = pool.addresses().size() * (position + 1) / owners.size();
        return Optional.of(new LocalAddressPool(
                pool.name(), director.name(), pool.port(), pool.addresses().subList(from, to)));
    }

    /** Every port of every host, in the order of the hosts. */
    public Stream<HostPort> ports() {
        return hosts.stream().flatMap(host -> host.ports().stream().map(port -> new HostPort(host, port)));
    }

    /** The ports that are plugged into a segment. */
    public Stream<HostPort> portsOn(Segment segment) {
        return ports().filter(hostPort -> hostPort.port().segment().equals(segment.name()));
    }

    /** The segment that a port is plugged into; empty when the port names one that does not exist. */
    public Optional<Segment> segmentOf(Port port) {
        return segment(port.segment());
    }

    /** The number of the segment that a port is plugged into, 1 to 4094 (IEEE 802.1Q); empty when it has none. */
    public OptionalInt vlanOf(Port port) {
        return segmentOf(port).map(Segment::vlan).orElse(OptionalInt.empty());
    }

    /** The port that carries an address as its own; VIPs and LIPs are not among them. */
    public Optional<HostPort> portWithAddress(InetAddress address) {
        return ports().filter(hostPort -> hostPort.port().addresses().stream()
                        .anyMatch(own -> own.address().equals(address)))
                .findFirst();
    }

    /**
     * The networks that are directly reachable through a port.
     *
     * <p>A director's dataplane port often has no address of its own, only VIPs and LIPs, which are single addresses;
     * what is on-link there are the subnets of its segment. Every other port reaches the subnets of its addresses.
     */
    public List<Prefix> onLink(Host host, Port port) {
        if (host.isKernels(port)) {
            return port.addresses().stream()
                    .map(InterfaceAddress::subnet)
                    .distinct()
                    .toList();
        }
        return segmentOf(port).map(Segment::subnets).orElse(List.of());
    }

    private <T extends Host> Stream<T> ofType(Class<T> role) {
        return hosts.stream().filter(role::isInstance).map(role::cast);
    }

    private static <T> Optional<T> find(List<T> list, Function<T, String> nameOf, String name) {
        return list.stream().filter(item -> nameOf.apply(item).equals(name)).findFirst();
    }

    private static <T> List<T> unique(List<T> list, Function<T, String> nameOf, String what) {
        Set<String> names = new HashSet<>();
        for (T item : list) {
            if (!names.add(nameOf.apply(item))) {
                throw new IllegalArgumentException(what + " has two entries called " + nameOf.apply(item));
            }
        }
        return List.copyOf(list);
    }

    private static void checkText(String text, String what, String allowedControls) {
        text.codePoints().forEach(c -> {
            boolean broken = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (broken || Character.isISOControl(c) && allowedControls.indexOf(c) < 0) {
                throw new InvalidLiteralException(
                        "the " + what + " holds the character U+%04X, which no text shows.".formatted(c), "Remove it.");
            }
        });
    }
}
