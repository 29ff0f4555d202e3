package io.twoarm.desktop.design;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.LocalPoolRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.DataplaneSettings;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.HealthCheck;
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
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds objects with fresh names and addresses, as complete as the design around them allows. */
public final class Adding {
    private static final int HTTP = 80;

    private Adding() {}

    /** A design and the object that was added to it. */
    public record Added(Design design, ObjectRef ref) {}

    /** Places a host or segment. */
    public static Added place(Design design, Kind kind, Point at) {
        Topology topology = design.topology();
        List<String> hosts = ObjectList.HOSTS.namesIn(topology);
        return switch (kind) {
            case CLIENT ->
                host(design, new Host.Client(Fresh.name("client", hosts), List.of(), List.of(), Optional.empty()), at);
            case ROUTER ->
                host(design, new Host.Router(Fresh.name("gateway", hosts), List.of(), List.of(), Optional.empty()), at);
            case DIRECTOR ->
                host(
                        design,
                        new Host.Director(
                                Fresh.name("director", hosts),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                DirectorKind.BUNDLED,
                                DataplaneSettings.MODEST),
                        at);
            case REALSERVER ->
                host(
                        design,
                        new Host.Realserver(
                                Fresh.name("rs1", hosts), List.of(), List.of(), Optional.empty(), List.of(HTTP)),
                        at);
            case SEGMENT -> {
                Segment segment = new Segment(
                        Fresh.name("net1", ObjectList.SEGMENTS.namesIn(topology)), List.of(Fresh.subnet(topology)));
                SegmentRef ref = new SegmentRef(segment.name());
                yield new Added(
                        design.with(ObjectList.SEGMENTS.add(topology, segment)).withPlace(ref, at), ref);
            }
            case POOL -> pool(design, List.of());
            case SERVICE, LOCAL_POOL, NAT_GATEWAY ->
                throw new EditRefusedException(Wording.of("refused.needsDirector"));
        };
    }

    private static Added host(Design design, Host host, Point at) {
        HostRef ref = new HostRef(host.name());
        return new Added(
                design.with(ObjectList.HOSTS.add(design.topology(), host)).withPlace(ref, at), ref);
    }

    /** A pool with these realservers in it, each under its first address. */
    public static Added pool(Design design, List<Host> realservers) {
        Topology topology = design.topology();
        List<RealserverPool.Member> members = new ArrayList<>();
        realservers.forEach(host -> member(host).ifPresent(members::add));
        RealserverPool pool = new RealserverPool(
                Fresh.name("pool", ObjectList.POOLS.namesIn(topology)), members, HealthCheck.TcpConnect.STANDARD);
        return new Added(design.with(ObjectList.POOLS.add(topology, pool)), new PoolRef(pool.name()));
    }

    /** A realserver as a member: its first address, its first echo port or 80, weight 1; empty without an address. */
    public static Optional<RealserverPool.Member> member(Host host) {
        int port = host instanceof Host.Realserver realserver
                        && !realserver.echoPorts().isEmpty()
                ? realserver.echoPorts().getFirst()
                : HTTP;
        return host.ports().stream()
                .flatMap(each -> each.addresses().stream())
                .findFirst()
                .map(address -> new RealserverPool.Member(host.name(), address.address(), port, 1));
    }

    /** Puts a realserver into a pool; the design itself when it has no address or is a member already. */
    public static Topology join(Topology topology, String pool, String host) {
        return ObjectList.POOLS.change(topology, pool, it -> {
            boolean known = it.members().stream().anyMatch(each -> each.host().equals(host));
            Optional<RealserverPool.Member> member = topology.host(host).flatMap(Adding::member);
            if (known || member.isEmpty()) {
                return it;
            }
            List<RealserverPool.Member> members = new ArrayList<>(it.members());
            members.add(member.get());
            return new RealserverPool(it.name(), members, it.check());
        });
    }

    /**
     * A virtual service of a director: on the port without local addresses, under a fresh VIP, served by the first
     * pool, which is made if there is none.
     *
     * @throws EditRefusedException when the director has no port with a subnet on its wire
     */
    public static Added service(Design design, String director) {
        Topology topology = design.topology();
        Host host = topology.host(director).orElseThrow();
        Optional<LocalAddressPool> lips = topology.localAddressPools().stream()
                .filter(pool -> pool.director().equals(director))
                .findFirst();
        Port port = host.ports().stream()
                .filter(each ->
                        lips.filter(pool -> pool.port().equals(each.name())).isEmpty())
                .filter(each -> numbered(topology, each))
                .findFirst()
                .or(() -> host.ports().stream()
                        .filter(each -> numbered(topology, each))
                        .findFirst())
                .orElseThrow(() -> new EditRefusedException(Wording.of("refused.noPort", director)));
        Design prepared = design;
        if (topology.realserverPools().isEmpty()) {
            prepared =
                    pool(design, List.copyOf(topology.realservers().toList())).design();
        }
        VirtualService service = new VirtualService(
                Fresh.name("service", ObjectList.SERVICES.namesIn(topology)),
                director,
                port.name(),
                address(topology, port),
                VirtualService.Protocol.TCP,
                HTTP,
                VirtualService.ForwardingMode.FULLNAT,
                VirtualService.Scheduler.RR,
                lips.map(LocalAddressPool::name),
                prepared.topology().realserverPools().getFirst().name(),
                VirtualService.ClientAddress.NONE);
        return new Added(
                prepared.with(ObjectList.SERVICES.add(prepared.topology(), service)), new ServiceRef(service.name()));
    }

    /** Local addresses of a director, on the port without VIPs, for its FullNAT services that have none. */
    public static Added localPool(Design design, String director) {
        Topology topology = design.topology();
        Host host = topology.host(director).orElseThrow();
        Port port = host.ports().stream()
                .filter(each -> topology.virtualServices().stream()
                        .noneMatch(service -> service.director().equals(director)
                                && service.port().equals(each.name())))
                .filter(each -> numbered(topology, each))
                .findFirst()
                .or(() -> host.ports().stream()
                        .filter(each -> numbered(topology, each))
                        .findFirst())
                .orElseThrow(() -> new EditRefusedException(Wording.of("refused.noPort", director)));
        LocalAddressPool pool = new LocalAddressPool(
                Fresh.name("lips", ObjectList.LOCAL_POOLS.namesIn(topology)),
                director,
                port.name(),
                List.of(address(topology, port)));
        Topology changed = ObjectList.LOCAL_POOLS.add(topology, pool);
        for (VirtualService service : topology.virtualServices()) {
            if (service.director().equals(director)
                    && service.mode() == VirtualService.ForwardingMode.FULLNAT
                    && service.localAddresses().isEmpty()) {
                changed = ObjectList.SERVICES.change(
                        changed,
                        service.name(),
                        it -> Replacing.service(it)
                                .localAddresses(Optional.of(pool.name()))
                                .build());
            }
        }
        return new Added(design.with(changed), new LocalPoolRef(pool.name()));
    }

    /**
     * A way out for the networks of a director's other ports, on the port of its default route or else its first one.
     *
     * @throws EditRefusedException when the director has no port with a subnet on its wire
     */
    public static Added natGateway(Design design, String director) {
        Topology topology = design.topology();
        Host host = topology.host(director).orElseThrow();
        List<Port> usable =
                host.ports().stream().filter(each -> numbered(topology, each)).toList();
        Port outside = host.routes().stream()
                .filter(route -> route.destination().isDefault())
                .flatMap(route -> route.port().stream())
                .flatMap(name -> usable.stream().filter(port -> port.name().equals(name)))
                .findFirst()
                .or(() -> usable.stream().findFirst())
                .orElseThrow(() -> new EditRefusedException(Wording.of("refused.noPort", director)));
        List<Prefix> inside = usable.stream()
                .filter(port -> !port.equals(outside))
                .flatMap(port -> topology.segmentOf(port).stream())
                .flatMap(segment -> segment.subnets().stream())
                .filter(Prefix::isIpv4)
                .distinct()
                .toList();
        NatGateway gateway = new NatGateway(
                Fresh.name("way-out", ObjectList.NAT_GATEWAYS.namesIn(topology)),
                director,
                outside.name(),
                List.of(address(topology, outside)),
                inside);
        return new Added(
                design.with(ObjectList.NAT_GATEWAYS.add(topology, gateway)),
                new ObjectRef.NatGatewayRef(gateway.name()));
    }

    private static boolean numbered(Topology topology, Port port) {
        return topology.segmentOf(port).filter(it -> !it.subnets().isEmpty()).isPresent();
    }

    private static InetAddress address(Topology topology, Port port) {
        Segment segment = topology.segmentOf(port).orElseThrow();
        return Fresh.onSegment(topology, segment, Optional.empty())
                .map(InterfaceAddress::address)
                .orElseThrow(() -> new EditRefusedException(Wording.of("refused.subnetFull", segment.name())));
    }
}
