package io.twoarm.desktop.viewmodel;

import static io.twoarm.desktop.viewmodel.Texts.text;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.DesignRef;
import io.twoarm.desktop.design.ObjectRef.GroupRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.LocalPoolRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.Host;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every field of an object of a topology, in sections for people. */
public final class PropertiesBuilder {
    private final Topology topology;

    private PropertiesBuilder(Topology topology) {
        this.topology = topology;
    }

    /** @return nothing when the topology has no such object */
    public static List<PropertySection> propertiesOf(Topology topology, ObjectRef ref) {
        PropertiesBuilder builder = new PropertiesBuilder(topology);
        return switch (ref) {
            case DesignRef design -> builder.design();
            case HostRef host -> builder.hosts(host).flatMap(builder::host).toList();
            case PortRef port ->
                builder.hosts(new HostRef(port.host()))
                        .flatMap(host -> host.ports().stream()
                                .filter(each -> each.name().equals(port.name()))
                                .flatMap(each -> builder.port(host, each)))
                        .toList();
            case SegmentRef segment ->
                topology.segment(segment.name()).stream()
                        .flatMap(builder::segment)
                        .toList();
            case LocalPoolRef pool ->
                topology.localAddressPools().stream()
                        .filter(each -> each.name().equals(pool.name()))
                        .map(builder::localPool)
                        .toList();
            case PoolRef pool ->
                topology.realserverPools().stream()
                        .filter(each -> each.name().equals(pool.name()))
                        .flatMap(builder::pool)
                        .toList();
            case ServiceRef service ->
                topology.virtualServices().stream()
                        .filter(each -> each.name().equals(service.name()))
                        .flatMap(builder::service)
                        .toList();
            case GroupRef group ->
                topology.directorGroup(group.name()).stream()
                        .flatMap(each -> GroupProperties.of(topology, each).stream())
                        .toList();
            case NatGatewayRef gateway ->
                topology.natGateways().stream()
                        .filter(each -> each.name().equals(gateway.name()))
                        .flatMap(each -> GroupProperties.of(topology, each).stream())
                        .toList();
        };
    }

    private Stream<Host> hosts(HostRef ref) {
        return topology.host(ref.name()).stream();
    }

    private List<PropertySection> design() {
        PropertyRows rows = new PropertyRows()
                .plain("property.name", topology.name())
                .by(new Editor.Named(new DesignRef(topology.name())))
                .plain("property.title", topology.title())
                .by(PropertyEditors.title(topology))
                .plain("property.description", topology.description().strip())
                .by(PropertyEditors.description(topology))
                .plain("property.hosts", number(topology.hosts().size()))
                .plain("property.segments", number(topology.segments().size()))
                .plain("property.services", number(topology.virtualServices().size()));
        return List.of(rows.under("section.design"));
    }

    private Stream<PropertySection> host(Host host) {
        PropertyRows general = new PropertyRows()
                .plain("property.name", host.name())
                .by(new Editor.Named(new HostRef(host.name())))
                .plain("property.role", text("role", DiagramBuilder.roleOf(host)));
        host.ssh()
                .ifPresentOrElse(
                        ssh -> general.code("property.ssh", ssh.user() + "@" + ssh.address() + ":" + ssh.port()),
                        () -> general.plain("property.ssh", text("property.ssh.none")));
        general.by(PropertyEditors.ssh(host));
        topology.director(host.name())
                .flatMap(topology::groupOf)
                .ifPresent(group -> general.link(text("property.group"), group.name(), new GroupRef(group.name())));
        List<PropertySection> sections = new ArrayList<>();
        sections.add(general.under("section.host"));
        sections.addAll(roleSections(host));
        host.ports()
                .forEach(port -> sections.add(
                        portRows(new PropertyRows(), host, port).titled(text("section.port", port.name()))));
        PropertyRows routes = new PropertyRows();
        host.routes()
                .forEach(route -> routes.row(
                                route.destination().isDefault()
                                        ? text("property.defaultRoute")
                                        : route.destination().toString(),
                                route.via()
                                                .map(via -> text("property.via", IpLiteral.format(via)))
                                                .orElse(text("property.onLink"))
                                        + route.port()
                                                .map(port -> " " + text("property.through", port))
                                                .orElse(""),
                                true)
                        .removedBy(PropertyEditors.removeRoute(host, route)));
        PropertyEditors.addDefaultRoute(topology, host).ifPresent(routes::adding);
        sections.add(routes.under("section.routes"));
        // Last: the sections before are at the same place for directors that cannot translate.
        topology.director(host.name())
                .ifPresent(director -> sections.addAll(TranslationProperties.of(topology, director)));
        return sections.stream()
                .filter(section ->
                        !section.rows().isEmpty() || !section.additions().isEmpty());
    }

    private List<PropertySection> roleSections(Host host) {
        return switch (host) {
            case Host.Client client -> List.of();
            case Host.Router router -> List.of();
            case Host.Director director ->
                List.of(
                        new PropertyRows()
                                .plain("property.kind", text("kind", director.kind()))
                                .by(PropertyEditors.kind(director))
                                .plain(
                                        "property.workers",
                                        number(director.dataplane().workers()))
                                .by(PropertyEditors.workers(director))
                                .plain(
                                        "property.memory",
                                        text(
                                                "unit.mebibytes",
                                                director.dataplane().memoryMegabytes()))
                                .by(PropertyEditors.memory(director))
                                .plain(
                                        "property.hugepages",
                                        yesOrNo(director.dataplane().hugepages()))
                                .by(PropertyEditors.hugepages(director))
                                .under("section.dataplane"),
                        servicesOf(director),
                        localPoolsOf(director));
            case Host.Realserver realserver ->
                List.of(
                        membershipsOf(realserver),
                        new PropertyRows()
                                .plain("property.echo", ports(realserver.echoPorts()))
                                .by(PropertyEditors.echoPorts(realserver))
                                .under("section.application"));
        };
    }

    private PropertySection servicesOf(Host.Director director) {
        PropertyRows rows = new PropertyRows();
        topology.servicesOf(director)
                .forEach(service -> rows.link(
                        service.name(),
                        DiagramBuilder.endpoint(service.vip(), service.servicePort()) + " "
                                + text("protocol", service.protocol()),
                        new ServiceRef(service.name())));
        topology.natGatewaysOf(director)
                .forEach(gateway -> rows.link(
                        gateway.name(), GroupProperties.addresses(gateway), new NatGatewayRef(gateway.name())));
        return rows.under("section.services");
    }

    private PropertySection localPoolsOf(Host.Director director) {
        PropertyRows rows = new PropertyRows();
        topology.localAddressPoolsOf(director)
                .forEach(pool -> rows.link(pool.name(), addresses(pool), new LocalPoolRef(pool.name())));
        return rows.under("section.localAddresses");
    }

    private PropertySection membershipsOf(Host.Realserver realserver) {
        PropertyRows rows = new PropertyRows();
        for (RealserverPool pool : topology.realserverPools()) {
            pool.members().stream()
                    .filter(member -> member.host().equals(realserver.name()))
                    .forEach(member -> rows.link(pool.name(), memberText(member), new PoolRef(pool.name())));
        }
        return rows.under("section.memberOf");
    }

    private Stream<PropertySection> port(Host host, Port port) {
        PropertyRows rows = new PropertyRows()
                .plain("property.name", port.name())
                .by(new Editor.Named(new PortRef(host.name(), port.name())))
                .link(text("property.host"), host.name(), new HostRef(host.name()));
        return Stream.of(portRows(rows, host, port).under("section.portAlone"));
    }

    private PropertyRows portRows(PropertyRows rows, Host host, Port port) {
        rows.link(text("property.segment"), port.segment(), new SegmentRef(port.segment()))
                .by(PropertyEditors.segment(topology, host, port));
        for (InterfaceAddress address : port.addresses()) {
            rows.code("property.address", address.toString())
                    .by(PropertyEditors.portAddress(host, port, address))
                    .removedBy(PropertyEditors.removePortAddress(host, port, address));
        }
        PropertyEditors.addPortAddress(topology, host, port).ifPresent(rows::adding);
        Optional<Host.Director> director = topology.director(host.name());
        director.stream()
                .flatMap(topology::servicesOf)
                .filter(service -> service.port().equals(port.name()))
                .forEach(service -> rows.link(
                        text("addressKind", Diagram.AddressKind.VIP),
                        IpLiteral.format(service.vip()),
                        new ServiceRef(service.name())));
        director.stream()
                .flatMap(topology::localAddressPoolsOf)
                .filter(pool -> pool.port().equals(port.name()))
                .forEach(pool -> rows.link(
                        text("addressKind", Diagram.AddressKind.LIP), addresses(pool), new LocalPoolRef(pool.name())));
        rows.plain("property.attachment", AttachmentText.of(port.attachment()));
        VlanEditors.attachment(host, port).ifPresent(rows::by);
        return rows;
    }

    private Stream<PropertySection> segment(Segment segment) {
        PropertyRows general = new PropertyRows()
                .plain("property.name", segment.name())
                .by(new Editor.Named(new SegmentRef(segment.name())))
                .plain("property.segmentRole", text("segmentRole", DiagramBuilder.roleOf(topology, segment)));
        for (Prefix subnet : segment.subnets()) {
            general.code("property.subnet", subnet.toString())
                    .by(PropertyEditors.subnet(segment, subnet))
                    .removedBy(PropertyEditors.removeSubnet(segment, subnet));
        }
        general.adding(PropertyEditors.addSubnet(topology, segment));
        general.plain("property.mtu", text("unit.bytes", segment.mtu())).by(PropertyEditors.mtu(segment));
        general.plain("property.vlan", VlanEditors.text(segment)).by(VlanEditors.number(segment));
        PropertyRows ports = new PropertyRows();
        for (Host host : topology.hosts()) {
            host.ports().stream()
                    .filter(port -> port.segment().equals(segment.name()))
                    .forEach(port -> ports.link(
                            host.name() + " " + port.name(),
                            port.addresses().isEmpty()
                                    ? text("property.noAddress")
                                    : port.addresses().stream()
                                            .map(InterfaceAddress::toString)
                                            .collect(Collectors.joining(", ")),
                            new PortRef(host.name(), port.name())));
        }
        return Stream.of(general.under("section.segment"), ports.under("section.attached"));
    }

    private PropertySection localPool(LocalAddressPool pool) {
        PropertyRows rows = new PropertyRows()
                .plain("property.name", pool.name())
                .by(new Editor.Named(new LocalPoolRef(pool.name())))
                .link(text("property.director"), pool.director(), owner(topology, pool.director()))
                .by(OwnerEditors.director(topology, pool))
                .link(text("property.port"), pool.port(), portOf(topology, pool.director(), pool.port()))
                .by(OwnerEditors.port(topology, pool));
        pool.addresses()
                .forEach(address -> rows.code("property.address", IpLiteral.format(address))
                        .by(PropertyEditors.localAddress(pool, address))
                        .removedBy(PropertyEditors.removeLocalAddress(pool, address)));
        PropertyEditors.addLocalAddress(topology, pool).ifPresent(rows::adding);
        return rows.under("section.localPool");
    }

    private Stream<PropertySection> pool(RealserverPool pool) {
        PropertyRows members = new PropertyRows();
        pool.members().forEach(member -> memberRows(members, pool, member));
        PoolEditors.addMembers(topology, pool).forEach(members::adding);
        PropertyRows services = new PropertyRows();
        topology.virtualServices().stream()
                .filter(service -> service.realservers().equals(pool.name()))
                .forEach(service -> services.link(
                        service.name(),
                        DiagramBuilder.endpoint(service.vip(), service.servicePort()),
                        new ServiceRef(service.name())));
        return Stream.of(
                new PropertyRows()
                        .plain("property.name", pool.name())
                        .by(new Editor.Named(new PoolRef(pool.name())))
                        .under("section.pool"),
                members.under("section.members"),
                check(pool),
                services.under("section.serves"));
    }

    private static void memberRows(PropertyRows rows, RealserverPool pool, RealserverPool.Member member) {
        rows.row(member.host(), DiagramBuilder.endpoint(member.address(), member.port()), true)
                .by(PoolEditors.endpoint(pool, member))
                .removedBy(PoolEditors.removeMember(pool, member));
        rows.plain("property.weight", number(member.weight())).by(PoolEditors.weight(pool, member));
    }

    private static PropertySection check(RealserverPool pool) {
        HealthCheck check = pool.check();
        PropertyRows rows = new PropertyRows()
                .plain(
                        "property.check",
                        text(
                                switch (check) {
                                    case HealthCheck.None none -> "check.none";
                                    case HealthCheck.TcpConnect tcp -> "check.tcp.name";
                                }))
                .by(PoolEditors.checkType(pool));
        switch (check) {
            case HealthCheck.None none -> {}
            case HealthCheck.TcpConnect tcp ->
                rows.plain("property.interval", HealthCheckText.seconds(tcp.interval()))
                        .by(PoolEditors.interval(pool, tcp))
                        .plain("property.connectTimeout", HealthCheckText.seconds(tcp.connectTimeout()))
                        .by(PoolEditors.connectTimeout(pool, tcp))
                        .plain("property.retries", number(tcp.retries()))
                        .by(PoolEditors.retries(pool, tcp))
                        .plain("property.retryDelay", HealthCheckText.seconds(tcp.retryDelay()))
                        .by(PoolEditors.retryDelay(pool, tcp));
        }
        return rows.under("section.check");
    }

    private Stream<PropertySection> service(VirtualService service) {
        PropertyRows frontend = new PropertyRows()
                .plain("property.name", service.name())
                .by(new Editor.Named(new ServiceRef(service.name())))
                .code("property.vip", IpLiteral.format(service.vip()))
                .by(ServiceEditors.vip(service))
                .code("property.servicePort", Integer.toString(service.servicePort()))
                .by(ServiceEditors.servicePort(service))
                .plain("property.protocol", text("protocol", service.protocol()))
                .by(ServiceEditors.protocol(service))
                .link(text("property.director"), service.director(), owner(topology, service.director()))
                .by(OwnerEditors.director(topology, service))
                .link(text("property.port"), service.port(), portOf(topology, service.director(), service.port()))
                .by(ServiceEditors.port(topology, service));
        PropertyRows backend = new PropertyRows()
                .plain("property.mode", text("mode", service.mode()))
                .by(ServiceEditors.mode(service))
                .plain("property.scheduler", text("scheduler", service.scheduler()))
                .by(ServiceEditors.scheduler(service))
                .link(text("property.realservers"), service.realservers(), new PoolRef(service.realservers()))
                .by(ServiceEditors.pool(topology, service));
        service.localAddresses()
                .ifPresentOrElse(
                        pool -> backend.link(text("property.localAddresses"), pool, new LocalPoolRef(pool)),
                        () -> backend.plain("property.localAddresses", text("property.none")));
        backend.by(ServiceEditors.localAddresses(topology, service));
        backend.plain("property.clientAddress", text("clientAddress", service.clientAddress()))
                .by(ServiceEditors.clientAddress(service));
        backend.plain("property.synProxy", text(service.synProxy() ? "property.yes" : "property.no"))
                .by(ServiceEditors.synProxy(service));
        backend.code("property.bandwidth", limit(service.traffic().bandwidth()))
                .by(ServiceEditors.bandwidth(service))
                .code("property.packetRate", limit(service.traffic().packetRate()))
                .by(ServiceEditors.packetRate(service));
        return Stream.of(frontend.under("section.service"), backend.under("section.forwarding"));
    }

    private static String limit(int number) {
        return number == 0 ? text("property.none") : Integer.toString(number);
    }

    /** A director, or a group of them. */
    static ObjectRef owner(Topology topology, String directorOrGroup) {
        return topology.directorGroup(directorOrGroup).isPresent()
                ? new GroupRef(directorOrGroup)
                : new HostRef(directorOrGroup);
    }

    /** The port of a director; of a group, that of its first member. */
    static ObjectRef portOf(Topology topology, String directorOrGroup, String port) {
        return new PortRef(
                topology.directorsNamed(directorOrGroup).stream()
                        .map(Host::name)
                        .findFirst()
                        .orElse(directorOrGroup),
                port);
    }

    private static String memberText(RealserverPool.Member member) {
        return text("diagram.member", DiagramBuilder.endpoint(member.address(), member.port()), member.weight());
    }

    private static String addresses(LocalAddressPool pool) {
        return pool.addresses().stream().map(IpLiteral::format).collect(Collectors.joining(", "));
    }

    private static String ports(List<Integer> ports) {
        return ports.isEmpty()
                ? text("property.none")
                : ports.stream().map(port -> Integer.toString(port)).collect(Collectors.joining(", "));
    }

    private static String number(int value) {
        return Integer.toString(value);
    }

    private static String yesOrNo(boolean value) {
        return text(value ? "property.yes" : "property.no");
    }
}
