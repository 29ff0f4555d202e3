package io.twoarm.model.project;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.HealthCheck.TcpConnect;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Name;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Prefix;
import io.twoarm.model.Range;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.TrafficLimits;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** YAML nodes to a topology, object by object. Hosts have a reader of their own. */
final class TopologyReader {
    private TopologyReader() {}

    static Value<Topology> read(Field root) {
        if (!FormatVersion.isSupported(root, "twoarm")) {
            return Value.missing();
        }
        Fields fields = root.object(Shape.TOPOLOGY);
        Value<String> name = fields.field("name", field -> field.literal(Name::check));
        Value<String> title = fields.field("title", Field::text);
        Value<String> description = fields.field("description", Field::text);
        Value<List<Segment>> segments = fields.field("segments", field -> field.named(TopologyReader::segment));
        Value<List<Host>> hosts = fields.field("hosts", field -> field.named(HostReader::read));
        Value<List<LocalAddressPool>> localAddressPools =
                fields.field("localAddressPools", field -> field.named(TopologyReader::localAddressPool));
        Value<List<RealserverPool>> realserverPools =
                fields.field("realserverPools", field -> field.named(TopologyReader::realserverPool));
        Value<List<VirtualService>> virtualServices =
                fields.field("virtualServices", field -> field.named(TopologyReader::virtualService));
        Value<List<DirectorGroup>> directorGroups =
                fields.field("directorGroups", field -> field.named(GroupReader::directorGroup));
        Value<List<NatGateway>> natGateways =
                fields.field("natGateways", field -> field.named(GroupReader::natGateway));
        return fields.build(() -> new Topology(
                name.get(),
                title.orElse(name.get()),
                description.orElse(""),
                segments.orElse(List.of()),
                hosts.orElse(List.of()),
                localAddressPools.orElse(List.of()),
                realserverPools.orElse(List.of()),
                virtualServices.orElse(List.of()),
                directorGroups.orElse(List.of()),
                natGateways.orElse(List.of())));
    }

    private static Value<Segment> segment(String name, Field field) {
        Fields fields = field.object(Shape.SEGMENT);
        Value<List<Prefix>> subnets = fields.field("subnets", list -> list.list(item -> item.literal(Prefix::parse)));
        Value<Integer> mtu = fields.field("mtu", number -> number.integer(Segment.MTU));
        Value<Integer> vlan = fields.field("vlan", number -> number.integer(Segment.VLAN));
        return fields.build(() -> new Segment(
                name,
                subnets.get(),
                mtu.orElse(Segment.ETHERNET_MTU),
                vlan.optional().map(OptionalInt::of).orElse(OptionalInt.empty())));
    }

    private static Value<LocalAddressPool> localAddressPool(String name, Field field) {
        Fields fields = field.object(Shape.LOCAL_ADDRESS_POOL);
        Value<String> director = reference(fields, "director");
        Value<String> port = reference(fields, "port");
        Value<List<InetAddress>> addresses =
                fields.field("addresses", list -> list.list(item -> item.literal(IpLiteral::parse)));
        return fields.build(() -> new LocalAddressPool(name, director.get(), port.get(), addresses.get()));
    }

    private static Value<RealserverPool> realserverPool(String name, Field field) {
        Fields fields = field.object(Shape.REALSERVER_POOL);
        Value<HealthCheck> check = fields.field("check", TopologyReader::check);
        Value<List<Member>> members = fields.field("members", list -> list.list(TopologyReader::member));
        return fields.build(() -> new RealserverPool(name, members.get(), check.orElse(new HealthCheck.None())));
    }

    private static Value<Member> member(Field field) {
        Fields fields = field.object(Shape.MEMBER);
        Value<String> host = reference(fields, "host");
        Value<InetAddress> address = fields.field("address", text -> text.literal(IpLiteral::parse));
        Value<Integer> port = fields.field("port", number -> number.integer(Range.TRANSPORT_PORT));
        Value<Integer> weight = fields.field("weight", number -> number.integer(Member.WEIGHT));
        return fields.build(() -> new Member(host.get(), address.get(), port.get(), weight.orElse(1)));
    }

    private static Value<HealthCheck> check(Field field) {
        return switch (field.kind("type", CheckType.class).orElse(null)) {
            case NONE -> field.object(Shape.NO_CHECK).build(HealthCheck.None::new);
            case TCP -> tcpCheck(field.object(Shape.TCP_CHECK));
            case null -> {
                tcpCheck(field.objectOfUnknownKind(Shape.NO_CHECK, Shape.TCP_CHECK));
                yield Value.missing();
            }
        };
    }

    private static Value<HealthCheck> tcpCheck(Fields fields) {
        Value<Duration> interval = time(fields, "interval", 1);
        Value<Duration> connectTimeout = time(fields, "connectTimeout", 1);
        Value<Integer> retries = fields.field("retries", number -> number.integer(TcpConnect.RETRIES));
        Value<Duration> retryDelay = time(fields, "retryDelay", 0);
        return fields.build(() -> new TcpConnect(
                interval.orElse(TcpConnect.STANDARD.interval()),
                connectTimeout.orElse(TcpConnect.STANDARD.connectTimeout()),
                retries.orElse(TcpConnect.STANDARD.retries()),
                retryDelay.orElse(TcpConnect.STANDARD.retryDelay())));
    }

    static Value<Duration> time(Fields fields, String key, int shortestMillis) {
        return fields.field(
                key, field -> field.literal(text -> DurationText.parse(text, Duration.ofMillis(shortestMillis))));
    }

    private static Value<VirtualService> virtualService(String name, Field field) {
        Fields fields = field.object(Shape.VIRTUAL_SERVICE);
        Value<String> director = reference(fields, "director");
        Value<String> port = reference(fields, "port");
        Value<InetAddress> vip = fields.field("vip", text -> text.literal(IpLiteral::parse));
        var protocol = fields.field("protocol", word -> word.word(VirtualService.Protocol.class));
        Value<Integer> servicePort = fields.field("servicePort", number -> number.integer(Range.TRANSPORT_PORT));
        var mode = fields.field("mode", word -> word.word(VirtualService.ForwardingMode.class));
        var scheduler = fields.field("scheduler", word -> word.word(VirtualService.Scheduler.class));
        Value<String> localAddresses = reference(fields, "localAddresses");
        Value<String> realservers = reference(fields, "realservers");
        var clientAddress = fields.field("clientAddress", word -> word.word(VirtualService.ClientAddress.class));
        Value<Boolean> synProxy = fields.field("synProxy", Field::truth);
        Value<Integer> bandwidth = fields.field("bandwidth", number -> number.integer(TrafficLimits.BANDWIDTH));
        Value<Integer> packetRate = fields.field("packetRate", number -> number.integer(TrafficLimits.PACKET_RATE));
        return fields.build(() -> new VirtualService(
                name,
                director.get(),
                port.get(),
                vip.get(),
                protocol.get(),
                servicePort.get(),
                mode.get(),
                scheduler.get(),
                localAddresses.optional(),
                realservers.get(),
                clientAddress.orElse(VirtualService.ClientAddress.NONE),
                synProxy.orElse(false),
                new TrafficLimits(bandwidth.orElse(0), packetRate.orElse(0))));
    }

    /** The name of another object; whether there is one is not judged here. */
    static Value<String> reference(Fields fields, String key) {
        return fields.field(key, field -> field.literal(Name::check));
    }

    private enum CheckType {
        NONE,
        TCP
    }
}
