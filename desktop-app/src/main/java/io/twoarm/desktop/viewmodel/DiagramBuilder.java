package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.GroupRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.LocalPoolRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.viewmodel.Diagram.AddressChip;
import io.twoarm.desktop.viewmodel.Diagram.AddressKind;
import io.twoarm.desktop.viewmodel.Diagram.BondText;
import io.twoarm.desktop.viewmodel.Diagram.GroupFrame;
import io.twoarm.desktop.viewmodel.Diagram.HostNode;
import io.twoarm.desktop.viewmodel.Diagram.Link;
import io.twoarm.desktop.viewmodel.Diagram.PoolFrame;
import io.twoarm.desktop.viewmodel.Diagram.Relation;
import io.twoarm.desktop.viewmodel.Diagram.Role;
import io.twoarm.desktop.viewmodel.Diagram.SegmentNode;
import io.twoarm.desktop.viewmodel.Diagram.SegmentRole;
import io.twoarm.desktop.viewmodel.Diagram.ServiceRow;
import io.twoarm.model.Attachment;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the drawing's figures from a topology. */
public final class DiagramBuilder {
    private final Topology topology;

    private DiagramBuilder(Topology topology) {
        this.topology = topology;
    }

    public static Diagram diagramOf(Topology topology) {
        return new DiagramBuilder(topology).build();
    }

    private Diagram build() {
        return new Diagram(
                topology.hosts().stream().map(this::hostNode).toList(),
                topology.segments().stream().map(this::segmentNode).toList(),
                topology.hosts().stream().flatMap(host -> links(host).stream()).toList(),
                topology.directorGroups().stream().map(this::groupFrame).toList(),
                topology.realserverPools().stream().map(this::poolFrame).toList(),
                relations());
    }

    private HostNode hostNode(Host host) {
        return switch (host) {
            case Host.Client client -> node(client, Texts.text("role", Role.CLIENT), List.of(), List.of());
            case Host.Router router -> node(router, Texts.text("role", Role.ROUTER), List.of(), List.of());
            case Host.Director director -> node(director, caption(director), translations(director), rows(director));
            case Host.Realserver realserver ->
                node(realserver, Texts.text("role", Role.REALSERVER), memberships(realserver), List.of());
        };
    }

    private static HostNode node(Host host, String caption, List<String> facts, List<ServiceRow> services) {
        return new HostNode(new HostRef(host.name()), roleOf(host), host.name(), caption, facts, services);
    }

    private static String caption(Host.Director director) {
        String role = Texts.text("role", Role.DIRECTOR);
        return director.kind() == DirectorKind.BUNDLED
                ? role
                : Texts.text("diagram.directorOf", role, Texts.text("kind.short", director.kind()));
    }

    private static List<String> translations(Host.Director director) {
        return Stream.concat(
                        director.dataplane().translation().nat64().stream()
                                .map(nat64 -> Texts.text("diagram.nat64", nat64.prefix(), nat64.pool())),
                        director.dataplane().translation().siit().stream()
                                .map(siit -> Texts.text(
                                        "diagram.siit",
                                        siit.prefix().map(Prefix::toString).orElse(""),
                                        siit.mappings().size())))
                .toList();
    }

    private List<ServiceRow> rows(Host.Director director) {
        return Stream.concat(
                        topology.servicesOf(director).map(DiagramBuilder::serviceRow),
                        topology.natGatewaysOf(director).map(DiagramBuilder::natRow))
                .toList();
    }

    private static ServiceRow natRow(NatGateway gateway) {
        String sources = gateway.sources().stream().map(Prefix::toString).collect(Collectors.joining(", "));
        String row = Texts.text("diagram.natRow", gateway.name(), sources);
        return new ServiceRow(
                new NatGatewayRef(gateway.name()),
                gateway.addresses().stream().map(IpLiteral::format).collect(Collectors.joining(", ")),
                gateway.endpointIndependent()
                        .map(filter -> row + " · " + Texts.text("diagram.natPorts", Texts.text("outsidePorts", filter)))
                        .orElse(row));
    }

    private static ServiceRow serviceRow(VirtualService service) {
        String address = endpoint(service.vip(), service.servicePort());
        String protocol = Texts.text("protocol", service.protocol());
        List<String> mode = new ArrayList<>(
                List.of(Texts.text("mode", service.mode()), Texts.text("scheduler", service.scheduler())));
        if (service.clientAddress() != VirtualService.ClientAddress.NONE) {
            mode.add(Texts.text("clientAddress", service.clientAddress()));
        }
        if (service.synProxy()) {
            mode.add(Texts.text("property.synProxy"));
        }
        return new ServiceRow(
                new ServiceRef(service.name()),
                address + " " + protocol,
                service.name() + " · " + String.join(" · ", mode));
    }

    static Role roleOf(Host host) {
        return switch (host) {
            case Host.Client client -> Role.CLIENT;
            case Host.Router router -> Role.ROUTER;
            case Host.Director director -> Role.DIRECTOR;
            case Host.Realserver realserver -> Role.REALSERVER;
        };
    }

    static SegmentRole roleOf(Topology topology, Segment segment) {
        return new DiagramBuilder(topology).segmentRole(segment);
    }

    /** The name under which the engine's live state reports a service. */
    public static String liveEndpoint(VirtualService service) {
        return service.protocol().word() + " " + endpoint(service.vip(), service.servicePort());
    }

    private List<String> memberships(Host.Realserver realserver) {
        return topology.realserverPools().stream()
                .flatMap(pool -> pool.members().stream())
                .filter(member -> member.host().equals(realserver.name()))
                .map(member -> Texts.text("diagram.member", endpoint(member.address(), member.port()), member.weight()))
                .distinct()
                .toList();
    }

    private SegmentNode segmentNode(Segment segment) {
        return new SegmentNode(
                new SegmentRef(segment.name()),
                segmentRole(segment),
                segment.name(),
                segment.vlan(),
                segment.subnets().stream().map(Prefix::toString).toList());
    }

    private SegmentRole segmentRole(Segment segment) {
        if (topology.virtualServices().stream().anyMatch(service -> on(segment, service.director(), service.port()))) {
            return SegmentRole.WAN;
        }
        boolean local =
                topology.localAddressPools().stream().anyMatch(pool -> on(segment, pool.director(), pool.port()));
        boolean realservers = topology.hosts().stream()
                .filter(Host.Realserver.class::isInstance)
                .anyMatch(host -> attached(host, segment));
        if (local || realservers) {
            return SegmentRole.LAN;
        }
        boolean clients = topology.hosts().stream()
                .filter(Host.Client.class::isInstance)
                .anyMatch(host -> attached(host, segment));
        return clients ? SegmentRole.ACCESS : SegmentRole.TRANSIT;
    }

    private boolean on(Segment segment, String directorOrGroup, String portName) {
        return topology.directorsNamed(directorOrGroup).stream()
                .flatMap(host -> host.ports().stream())
                .anyMatch(port -> port.name().equals(portName) && port.segment().equals(segment.name()));
    }

    private static boolean attached(Host host, Segment segment) {
        return host.ports().stream().anyMatch(port -> port.segment().equals(segment.name()));
    }

    private List<Link> links(Host host) {
        return host.ports().stream()
                .filter(port -> topology.segment(port.segment()).isPresent())
                .map(port -> new Link(
                        new PortRef(host.name(), port.name()),
                        new SegmentRef(port.segment()),
                        port.addresses().stream()
                                .map(InterfaceAddress::toString)
                                .toList(),
                        host instanceof Host.Director director ? chips(director, port) : List.of(),
                        bond(port)))
                .toList();
    }

    private static Optional<BondText> bond(Port port) {
        return port.attachment() instanceof Attachment.Bond bond
                ? Optional.of(new BondText(bond.members().size(), AttachmentText.bond(bond)))
                : Optional.empty();
    }

    private List<AddressChip> chips(Host.Director director, Port port) {
        List<AddressChip> chips = new ArrayList<>();
        topology.servicesOf(director)
                .filter(service -> service.port().equals(port.name()))
                .forEach(service -> add(chips, AddressKind.VIP, service.vip(), new ServiceRef(service.name())));
        topology.localAddressPoolsOf(director)
                .filter(pool -> pool.port().equals(port.name()))
                .forEach(pool -> pool.addresses()
                        .forEach(address -> add(chips, AddressKind.LIP, address, new LocalPoolRef(pool.name()))));
        topology.groupOf(director)
                .ifPresent(group -> group.instances().stream()
                        .filter(instance -> instance.port().equals(port.name()))
                        .flatMap(instance -> instance.sharedAddresses().stream())
                        .forEach(address -> add(chips, AddressKind.SHARED, address, new GroupRef(group.name()))));
        topology.natGatewaysOf(director)
                .filter(gateway -> gateway.port().equals(port.name()))
                .forEach(gateway -> gateway.addresses()
                        .forEach(address -> add(chips, AddressKind.NAT, address, new NatGatewayRef(gateway.name()))));
        return chips;
    }

    /** One chip per address and kind, that of the first object that has it. */
    private static void add(List<AddressChip> chips, AddressKind kind, InetAddress address, ObjectRef owner) {
        String text = IpLiteral.format(address);
        if (chips.stream()
                .noneMatch(chip -> chip.kind() == kind && chip.address().equals(text))) {
            chips.add(new AddressChip(kind, text, owner));
        }
    }

    private GroupFrame groupFrame(DirectorGroup group) {
        List<HostRef> members = group.members().stream()
                .distinct()
                .filter(name -> topology.director(name).isPresent())
                .map(HostRef::new)
                .toList();
        return new GroupFrame(new GroupRef(group.name()), group.name(), GroupText.summary(group), members);
    }

    private PoolFrame poolFrame(RealserverPool pool) {
        List<HostRef> members = pool.members().stream()
                .map(RealserverPool.Member::host)
                .distinct()
                .filter(name -> topology.host(name).isPresent())
                .map(HostRef::new)
                .toList();
        return new PoolFrame(new PoolRef(pool.name()), pool.name(), HealthCheckText.summary(pool.check()), members);
    }

    private List<Relation> relations() {
        return topology.virtualServices().stream()
                .filter(service -> !topology.directorsNamed(service.director()).isEmpty())
                .filter(service -> pool(service.realservers())
                        .filter(pool -> !pool.members().isEmpty())
                        .isPresent())
                .map(service -> new Relation(
                        new ServiceRef(service.name()),
                        topology.directorsNamed(service.director()).stream()
                                .map(director -> new HostRef(director.name()))
                                .toList(),
                        new PoolRef(service.realservers())))
                .toList();
    }

    private Optional<RealserverPool> pool(String name) {
        return topology.realserverPools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst();
    }

    /** An address and port as text, with the brackets that IPv6 needs. */
    static String endpoint(InetAddress address, int port) {
        String host = IpLiteral.format(address);
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
