package io.twoarm.director.configuration;

import io.twoarm.config.Network;
import io.twoarm.config.dpvs.Device;
import io.twoarm.config.dpvs.DpvsConf;
import io.twoarm.config.dpvs.IpvsKeywords;
import io.twoarm.config.dpvs.Settings;
import io.twoarm.config.dpvs.SiitKeywords;
import io.twoarm.config.dpvs.TcpKeywords;
import io.twoarm.config.keepalived.AccessGroup;
import io.twoarm.config.keepalived.AddressRange;
import io.twoarm.config.keepalived.ClientAddress;
import io.twoarm.config.keepalived.FlowEnds;
import io.twoarm.config.keepalived.KeepalivedConf;
import io.twoarm.config.keepalived.LocalAddressGroup;
import io.twoarm.config.keepalived.RealServer;
import io.twoarm.config.keepalived.ServiceOptions;
import io.twoarm.config.keepalived.StaticAddress;
import io.twoarm.config.keepalived.StaticRoute;
import io.twoarm.config.keepalived.VirtualServer;
import io.twoarm.config.keepalived.VrrpInstance;
import io.twoarm.director.access.AccessControl;
import io.twoarm.director.access.AccessRules;
import io.twoarm.director.access.AccessSubject;
import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.forward.ForwardingLimits;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.route.Route;
import io.twoarm.director.scheduling.HashTarget;
import io.twoarm.director.scheduling.SchedulerKind;
import io.twoarm.director.service.ClientAddressWay;
import io.twoarm.director.service.ConnectionLimits;
import io.twoarm.director.service.EndRange;
import io.twoarm.director.service.FlowMatch;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.Persistence;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.service.SynProxySettings;
import io.twoarm.director.service.TcpCheck;
import io.twoarm.director.service.TrafficLimits;
import io.twoarm.director.siit.AddressMappings;
import io.twoarm.director.siit.ExplicitMapping;
import io.twoarm.director.siit.TranslationPrefix;
import io.twoarm.director.vlan.VlanInterface;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the dataplane's tables from a configuration without errors. A device's place in {@code dpvs.conf} is its port. */
public final class DataplaneTables {
    private static final int NEIGHBOURS = 4096;
    private static final int ANSWERS_PER_SECOND = 1000;
    private static final int FEWEST_SESSIONS = 1024;
    static final int MOST_SESSIONS = 1 << 24;

    private final DpvsConf dpvs;
    private final KeepalivedConf keepalived;
    private final List<String> devices;
    private final List<VlanInterface> vlans;

    private DataplaneTables(LoadedConfiguration configuration, List<VlanInterface> present) {
        dpvs = configuration.dpvs();
        keepalived = configuration.keepalived();
        devices = dpvs.ports().stream().map(Device::name).toList();
        vlans = VlanReader.read(dpvs, present);
    }

    public static ForwardingTables of(LoadedConfiguration configuration) {
        return of(configuration, List.of());
    }

    /** @param present VLAN interfaces that there are; those that stay keep their indexes */
    public static ForwardingTables of(LoadedConfiguration configuration, List<VlanInterface> present) {
        if (configuration.hasErrors()) {
            throw new IllegalArgumentException("the configuration has errors");
        }
        DataplaneTables tables = new DataplaneTables(configuration, present);
        return new ForwardingTables(
                tables.addresses(),
                tables.routes(),
                List.of(),
                tables.services(),
                SessionTimeouts.of(tables.dpvs),
                tables.limits(),
                tables.dpvs.decrementsTtl(),
                new AccessControl(List.of(), tables.dpvs.dropsStrayTcp(), tables.dpvs.dropsStrayUdp()),
                tables.mappings(),
                Nat64Reader.read(tables.dpvs),
                tables.vlans);
    }

    private AddressMappings mappings() {
        List<ExplicitMapping> explicit = dpvs.mappings().stream()
                .map(mapping -> {
                    Network ipv4 = mapping.from().orElseThrow();
                    Network ipv6 = mapping.to().orElseThrow();
                    IpAddress wide = IpAddress.of(ipv6.address());
                    int from = (int) IpAddress.of(ipv4.address()).low();
                    return new ExplicitMapping(from, ipv4.length(), wide.high(), wide.low(), ipv6.length());
                })
                .toList();
        Optional<TranslationPrefix> prefix = dpvs.settings()
                .find(SiitKeywords.PREFIX)
                .flatMap(Network::parse)
                .map(network -> {
                    IpAddress address = IpAddress.of(network.address());
                    return new TranslationPrefix(address.high(), address.low(), network.length());
                });
        return new AddressMappings(prefix, explicit);
    }

    private List<OwnAddress> addresses() {
        Set<InetAddress> vips =
                keepalived.services().stream().map(KeepalivedConf.Service::vip).collect(Collectors.toSet());
        List<OwnAddress> addresses = new ArrayList<>();
        for (StaticAddress address : keepalived.staticAddresses()) {
            addresses.add(new OwnAddress(
                    IpAddress.of(address.address()),
                    port(address.device()),
                    vips.contains(address.address()) ? OwnAddress.Role.VIRTUAL : OwnAddress.Role.PORT));
        }
        for (VrrpInstance instance : keepalived.vrrpInstances()) {
            instance.addresses()
                    .forEach(address -> addresses.add(
                            new OwnAddress(IpAddress.of(address), port(instance.device()), OwnAddress.Role.STANDBY)));
        }
        keepalived.staticRoutes().stream()
                .filter(StaticRoute::kernel)
                .map(route -> new OwnAddress(
                        IpAddress.of(route.destination().address()),
                        port(route.device().orElseThrow()),
                        OwnAddress.Role.KERNEL))
                .forEach(addresses::add);
        for (LocalAddressGroup group : keepalived.localAddressGroups()) {
            for (LocalAddressGroup.Entry entry : group.entries()) {
                for (InetAddress address : entry.range().addresses()) {
                    OwnAddress local =
                            new OwnAddress(IpAddress.of(address), port(entry.device()), OwnAddress.Role.LOCAL);
                    if (!addresses.contains(local)) {
                        addresses.add(local);
                    }
                }
            }
        }
        return addresses;
    }

    /** Of routes to the same destination the one with the lowest metric; networks of own addresses come after those. */
    private List<Route> routes() {
        Map<String, Route> byDestination = new LinkedHashMap<>();
        keepalived.staticRoutes().stream()
                .filter(route -> !route.kernel())
                .sorted(Comparator.comparingInt(StaticRoute::metric))
                .forEach(route -> byDestination.putIfAbsent(route.destination().toString(), route(route)));
        for (StaticAddress address : keepalived.staticAddresses()) {
            if (address.prefixLength() < IpAddress.of(address.address()).width()) {
                byDestination.putIfAbsent(
                        address.network().toString(),
                        new Route(
                                IpAddress.of(address.network().address()),
                                address.prefixLength(),
                                Ipv4Address.ANY,
                                port(address.device()),
                                IpAddress.of(address.address()),
                                0));
            }
        }
        return List.copyOf(byDestination.values());
    }

    private Route route(StaticRoute route) {
        String device =
                route.device().orElseGet(() -> deviceOnLink(route.gateway().orElseThrow()));
        return new Route(
                IpAddress.of(route.destination().address()),
                route.destination().length(),
                route.gateway().map(IpAddress::of).orElse(Ipv4Address.ANY),
                port(device),
                route.source().map(IpAddress::of).orElse(Ipv4Address.ANY),
                route.mtu().orElse(0));
    }

    private String deviceOnLink(InetAddress gateway) {
        return keepalived.staticRoutes().stream()
                .filter(route -> route.isOnLink() && route.destination().contains(gateway))
                .map(route -> route.device().orElseThrow())
                .findFirst()
                .or(() -> keepalived.staticAddresses().stream()
                        .filter(address -> address.network().contains(gateway))
                        .map(StaticAddress::device)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("no network contains the gateway " + gateway));
    }

    private List<ServiceDefinition> services() {
        return Stream.concat(
                        keepalived.services().stream().map(this::service),
                        keepalived.matches().stream().map(this::match))
                .toList();
    }

    /** A service for flows of hosts behind the director; its "realservers" are own addresses. */
    private ServiceDefinition match(VirtualServer server) {
        VirtualServer.Target.Match target = (VirtualServer.Target.Match) server.target();
        boolean ipv4 = Stream.concat(
                        Stream.of(target.source(), target.destination())
                                .flatMap(Optional::stream)
                                .map(FlowEnds::first),
                        server.realServers().stream().map(RealServer::address))
                .allMatch(address -> IpAddress.of(address).isIpv4());
        FlowMatch match = new FlowMatch(
                protocol(server),
                ipv4,
                target.source().map(DataplaneTables::ends),
                target.destination().map(DataplaneTables::ends),
                target.inDevice().map(this::port).orElse(FlowMatch.ANY_PORT),
                target.outDevice().map(this::port).orElse(FlowMatch.ANY_PORT));
        List<RealserverDefinition> own = server.realServers().stream()
                .map(address -> realserver(address, 0, ForwardingMode.SNAT))
                .toList();
        return ServiceDefinition.matching(
                        match, server.establishTimeout().map(Duration::ofSeconds), policy(server, 0), own)
                .withAccess(access(server.options()));
    }

    private static EndRange ends(FlowEnds ends) {
        return new EndRange(IpAddress.of(ends.first()), IpAddress.of(ends.last()), ends.firstPort(), ends.lastPort());
    }

    private AccessRules access(ServiceOptions options) {
        return new AccessRules(subjects(options, AccessGroup.Kind.DENY), subjects(options, AccessGroup.Kind.ALLOW));
    }

    private List<AccessSubject> subjects(ServiceOptions options, AccessGroup.Kind kind) {
        return options.accessGroup(kind).flatMap(name -> keepalived.accessGroup(kind, name)).stream()
                .flatMap(group -> group.members().stream())
                .map(DataplaneTables::subject)
                .toList();
    }

    private static AccessSubject subject(AccessGroup.Member member) {
        return switch (member) {
            case AccessGroup.Member.Addresses(AddressRange range) ->
                AccessSubject.of(
                        IpAddress.of(range.first()),
                        IpAddress.of(range.addresses().getLast()));
            case AccessGroup.Member.Net(Network network) -> AccessSubject.parse(network.toString());
            case AccessGroup.Member.Set(String name) -> AccessSubject.ofSet(name);
        };
    }

    private static Protocol protocol(VirtualServer server) {
        return switch (server.protocol()) {
            case TCP -> Protocol.TCP;
            case UDP -> Protocol.UDP;
            case ICMP -> Protocol.ICMP;
            case ICMPV6 -> Protocol.ICMPV6;
            case SCTP -> Protocol.SCTP;
        };
    }

    private ServiceDefinition service(KeepalivedConf.Service service) {
        Protocol protocol = protocol(service.server());
        List<IpAddress> localAddresses =
                service.server().localAddressGroup().flatMap(keepalived::localAddressGroup).stream()
                        .flatMap(group -> group.entries().stream())
                        .flatMap(entry -> entry.range().addresses().stream())
                        .map(IpAddress::of)
                        .toList();
        return new ServiceDefinition(
                IpAddress.of(service.vip()),
                service.port(),
                protocol,
                clientAddress(service.server().clientAddress(), protocol),
                service.server().establishTimeout().map(Duration::ofSeconds),
                policy(service.server(), service.port()),
                localAddresses,
                service.server().realServers().stream()
                        .map(realserver -> realserver(realserver, service.port(), mode(service.server())))
                        .toList(),
                Optional.empty(),
                access(service.server().options()));
    }

    private static ClientAddressWay clientAddress(ClientAddress wanted, Protocol protocol) {
        boolean tcp = protocol == Protocol.TCP;
        if (protocol == Protocol.SCTP) {
            return ClientAddressWay.NONE;
        }
        return switch (wanted) {
            case NONE -> ClientAddressWay.NONE;
            case TOA -> tcp ? ClientAddressWay.TOA : ClientAddressWay.NONE;
            case TOA_253 -> tcp ? ClientAddressWay.TOA_253 : ClientAddressWay.NONE;
            case PROXY_V1 -> ClientAddressWay.PROXY_V1;
            case PROXY_V2 -> ClientAddressWay.PROXY_V2;
        };
    }

    private ServicePolicy policy(VirtualServer server, int servicePort) {
        ServiceOptions options = server.options();
        boolean leavesQuiescent = dpvs.settings().get(IpvsKeywords.EXPIRE_QUIESCENT_TEMPLATE);
        return new ServicePolicy(
                SchedulerKind.of(server.scheduler().keyword()).orElseThrow(),
                hashTarget(options.hashTarget()),
                options.persistence()
                        .map(wanted -> new Persistence(
                                Duration.ofSeconds(wanted.seconds()), wanted.prefixLength(), leavesQuiescent)),
                options.onePacket(),
                options.expireQuiescent(),
                options.sorryServer().map(found -> realserver(found, servicePort, mode(server))),
                options.connectionRate().orElse(0),
                options.synProxy(),
                traffic(options.traffic()),
                options.endpointIndependent()
                        .map(filter -> OutsideFilter.of(filter.keyword()).orElseThrow()));
    }

    private static TrafficLimits traffic(io.twoarm.config.keepalived.TrafficLimits wanted) {
        return new TrafficLimits(wanted.megabits(), wanted.proportion(), wanted.packets());
    }

    private static HashTarget hashTarget(io.twoarm.config.keepalived.HashTarget wanted) {
        return switch (wanted) {
            case SIP -> HashTarget.SOURCE;
            case QID -> HashTarget.CONNECTION;
            case SIP_AND_PORT -> HashTarget.SOURCE_AND_PORT;
        };
    }

    /** A realserver written with port 0 gets the service's port. */
    private static RealserverDefinition realserver(RealServer realserver, int servicePort, ForwardingMode mode) {
        int port = realserver.port() == 0 ? servicePort : realserver.port();
        return new RealserverDefinition(
                IpAddress.of(realserver.address()),
                port,
                realserver.weight(),
                realserver.inhibitOnFailure(),
                new ConnectionLimits(
                        realserver.limits().upper(), realserver.limits().lower()),
                realserver
                        .check()
                        .map(check -> new TcpCheck(
                                IpAddress.of(check.connectIp().orElse(realserver.address())),
                                check.connectPort().orElse(port),
                                Ipv4Address.ANY,
                                check.connectTimeout(),
                                check.interval(),
                                check.retry(),
                                check.delayBeforeRetry(),
                                false)),
                mode);
    }

    private static ForwardingMode mode(VirtualServer server) {
        return switch (server.method()) {
            case FNAT -> ForwardingMode.FULLNAT;
            case NAT -> ForwardingMode.NAT;
            case DR -> ForwardingMode.DIRECT;
            case TUN -> ForwardingMode.TUNNEL;
            case SNAT -> ForwardingMode.SNAT;
            case TUN_GRE -> ForwardingMode.GRE;
        };
    }

    private ForwardingLimits limits() {
        return new ForwardingLimits(
                Math.clamp(dpvs.connPoolSize(), FEWEST_SESSIONS, MOST_SESSIONS),
                NEIGHBOURS,
                dpvs.unresolvedQueueLength(),
                Duration.ofSeconds(dpvs.neighbourTimeout()),
                ANSWERS_PER_SECOND,
                synProxy(dpvs.settings()));
    }

    private static SynProxySettings synProxy(Settings settings) {
        return new SynProxySettings(
                settings.get(TcpKeywords.SYNACK_MSS),
                settings.get(TcpKeywords.SYNACK_TTL),
                settings.get(TcpKeywords.SYNACK_SACK),
                settings.get(TcpKeywords.SYNACK_WSCALE),
                settings.get(TcpKeywords.RS_SYN_MAX_RETRY));
    }

    private int port(String device) {
        int port = vlans.stream()
                .filter(vlan -> vlan.name().equals(device))
                .mapToInt(VlanInterface::port)
                .findFirst()
                .orElse(devices.indexOf(device));
        if (port < 0) {
            throw new IllegalStateException("device " + device + " passed the check");
        }
        return port;
    }
}
