package io.twoarm.artifact;

import io.twoarm.artifact.DirectorPlan.PlannedRoute;
import io.twoarm.artifact.DirectorPlan.PlannedService;
import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import io.twoarm.config.PrintStyle;
import io.twoarm.config.keepalived.AddressRange;
import io.twoarm.config.keepalived.ClientAddress;
import io.twoarm.config.keepalived.FlowEnds;
import io.twoarm.config.keepalived.ForwardingMethod;
import io.twoarm.config.keepalived.KeepalivedConf;
import io.twoarm.config.keepalived.LocalAddressGroup;
import io.twoarm.config.keepalived.OutsideFilter;
import io.twoarm.config.keepalived.Protocol;
import io.twoarm.config.keepalived.RealServer;
import io.twoarm.config.keepalived.Scheduler;
import io.twoarm.config.keepalived.ServiceOptions;
import io.twoarm.config.keepalived.StaticAddress;
import io.twoarm.config.keepalived.StaticRoute;
import io.twoarm.config.keepalived.TcpCheck;
import io.twoarm.config.keepalived.TrafficLimits;
import io.twoarm.config.keepalived.VirtualServer;
import io.twoarm.config.keepalived.VrrpInstance;
import io.twoarm.model.DirectorGroup;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.InterfaceAddress;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.NatGateway;
import io.twoarm.model.Port;
import io.twoarm.model.Prefix;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code keepalived.conf} of a bundled director: addresses, routes and services. */
final class KeepalivedConfText {
    private final DirectorPlan plan;

    KeepalivedConfText(DirectorPlan plan) {
        this.plan = plan;
    }

    String print() {
        KeepalivedConf conf = new KeepalivedConf(
                Optional.of(plan.director().name()),
                plan.vrrp().map(_ -> DirectorArtifacts.NOTIFY_FIFO),
                addresses(),
                routes(),
                instances(),
                plan.pools().stream().map(KeepalivedConfText::group).toList(),
                List.of(),
                List.of(),
                Stream.concat(
                                plan.services().stream().map(KeepalivedConfText::server),
                                plan.topology().natGatewaysOf(plan.director()).flatMap(KeepalivedConfText::matches))
                        .toList());
        return conf.print(PrintStyle.explained(FileHeader.lines(
                plan.topology(),
                plan.director(),
                "Addresses, routes and services (keepalived.conf in the dialect of DPVS).",
                "Ports and workers are in dpvs.conf beside it.")));
    }

    /** VIPs and the ports' own addresses as single addresses; their networks are among the routes. */
    private List<StaticAddress> addresses() {
        Map<InetAddress, String> devices = new LinkedHashMap<>();
        for (Port port : plan.interfaces()) {
            for (InterfaceAddress own : port.addresses()) {
                devices.put(own.address(), port.name());
            }
        }
        for (PlannedService planned : plan.services()) {
            VirtualService service = planned.service();
            if (isMoved(service.vip())) {
                continue;
            }
            String other = devices.putIfAbsent(service.vip(), service.port());
            if (other != null && !other.equals(service.port())) {
                throw new GenerationException(
                        "virtualServices." + service.name() + ".vip",
                        IpLiteral.format(service.vip()) + " is on port " + other + " already, not on "
                                + service.port());
            }
        }
        plan.topology()
                .natGatewaysOf(plan.director())
                .forEach(gateway -> gateway.addresses().forEach(own -> devices.putIfAbsent(own, gateway.port())));
        return devices.entrySet().stream()
                .map(entry -> new StaticAddress(entry.getKey(), IpLiteral.bits(entry.getKey()), entry.getValue()))
                .toList();
    }

    private boolean isMoved(InetAddress address) {
        return instances().stream().anyMatch(instance -> instance.addresses().contains(address));
    }

    /** What VRRP moves between the directors of a group. */
    private List<VrrpInstance> instances() {
        return plan.vrrp().stream()
                .flatMap(group -> group.instances().stream()
                        .map((DirectorGroup.VrrpInstance instance) -> new VrrpInstance(
                                instance.name(),
                                instance.port(),
                                List.copyOf(VrrpAddresses.of(plan.topology(), group, instance)))))
                .toList();
    }

    private List<StaticRoute> routes() {
        Set<StaticRoute> routes = new LinkedHashSet<>();
        for (Port port : plan.ports()) {
            port.kernelAddresses()
                    .forEach(own -> routes.add(StaticRoute.toKernel(
                            new Network(own.address(), IpLiteral.bits(own.address())), port.name())));
        }
        for (Port port : plan.interfaces()) {
            plan.onLink(port).forEach(network -> routes.add(StaticRoute.onLink(network(network), port.name())));
        }
        for (PlannedRoute planned : plan.routes()) {
            if (plan.director().isKernels(planned.port())) {
                continue;
            }
            Network destination = network(planned.route().destination());
            String device = planned.port().name();
            routes.add(planned.route()
                    .via()
                    .map(gateway -> StaticRoute.via(destination, gateway, device))
                    .orElseGet(() -> StaticRoute.onLink(destination, device)));
        }
        return List.copyOf(routes);
    }

    private static Network network(Prefix prefix) {
        return new Network(prefix.network(), prefix.length());
    }

    private static LocalAddressGroup group(LocalAddressPool pool) {
        return new LocalAddressGroup(
                pool.name(),
                pool.addresses().stream()
                        .map(address -> new LocalAddressGroup.Entry(AddressRange.single(address), pool.port()))
                        .toList());
    }

    private static VirtualServer server(PlannedService planned) {
        VirtualService service = planned.service();
        HealthCheck check = planned.realservers().check();
        return new VirtualServer(
                new VirtualServer.Target.Single(service.vip(), service.servicePort()),
                switch (service.protocol()) {
                    case TCP -> Protocol.TCP;
                    case UDP -> Protocol.UDP;
                    case SCTP -> Protocol.SCTP;
                },
                switch (service.scheduler()) {
                    case RR -> Scheduler.RR;
                    case WRR -> Scheduler.WRR;
                    case LC -> Scheduler.LC;
                    case WLC -> Scheduler.WLC;
                    case CONHASH -> Scheduler.CONHASH;
                    case MH -> Scheduler.MH;
                    case SH -> Scheduler.SH;
                    case DH -> Scheduler.DH;
                    case FO -> Scheduler.FO;
                    case SED -> Scheduler.SED;
                    case NQ -> Scheduler.NQ;
                },
                switch (service.mode()) {
                    case FULLNAT -> ForwardingMethod.FNAT;
                    case NAT -> ForwardingMethod.NAT;
                    case DR -> ForwardingMethod.DR;
                    case TUNNEL -> ForwardingMethod.TUN;
                },
                planned.pool().map(LocalAddressPool::name),
                Optional.empty(),
                switch (check) {
                    case HealthCheck.None() -> TcpCheck.DEFAULT_INTERVAL;
                    case HealthCheck.TcpConnect tcp -> tcp.interval();
                },
                switch (service.clientAddress()) {
                    case NONE -> ClientAddress.NONE;
                    case TOA -> ClientAddress.TOA;
                    case PROXY_V2 -> ClientAddress.PROXY_V2;
                    case UOA ->
                        throw new GenerationException(
                                "virtualServices." + service.name() + ".clientAddress",
                                "the bundled director has no " + service.clientAddress()
                                        + "; allowed is none, toa or proxy_v2");
                },
                options(service),
                planned.realservers().members().stream()
                        .map(member -> realServer(member, check))
                        .toList(),
                Origin.NONE);
    }

    private static ServiceOptions options(VirtualService service) {
        ServiceOptions limited = ServiceOptions.DEFAULTS.withTraffic(new TrafficLimits(
                service.traffic().bandwidth(),
                TrafficLimits.WHOLE,
                service.traffic().packetRate()));
        return service.synProxy() ? limited.withSynProxy() : limited;
    }

    /** For each network behind the director and each protocol, a way out by the addresses of the network's family. */
    private static Stream<VirtualServer> matches(NatGateway gateway) {
        List<VirtualServer> servers = new ArrayList<>();
        for (int i = 0; i < gateway.sources().size(); i++) {
            Prefix source = gateway.sources().get(i);
            Optional<OutsideFilter> filter =
                    gateway.endpointIndependent().filter(_ -> source.isIpv4()).map(KeepalivedConfText::filter);
            Protocol echo = source.isIpv4() ? Protocol.ICMP : Protocol.ICMPV6;
            for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, echo)) {
                servers.add(new VirtualServer(
                        new VirtualServer.Target.Match(
                                gateway.name() + "-" + i + "-" + protocol.name().toLowerCase(Locale.ROOT),
                                Optional.of(new FlowEnds(source.network(), source.last(), 0, 0)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(gateway.port())),
                        protocol,
                        // All ports of a host have the same address (RFC 4787, REQ-2).
                        filter.isPresent() ? Scheduler.SH : Scheduler.RR,
                        ForwardingMethod.SNAT,
                        Optional.empty(),
                        Optional.empty(),
                        TcpCheck.DEFAULT_INTERVAL,
                        ClientAddress.TOA,
                        filter.map(ServiceOptions.DEFAULTS::withEndpointIndependent)
                                .orElse(ServiceOptions.DEFAULTS),
                        gateway.addresses().stream()
                                .filter(own -> IpLiteral.isIpv4(own) == source.isIpv4())
                                .map(own -> new RealServer(own, 0, 1, false, Optional.empty()))
                                .toList(),
                        Origin.NONE));
            }
        }
        return servers.stream();
    }

    private static OutsideFilter filter(NatGateway.OutsideFilter filter) {
        return switch (filter) {
            case ENDPOINT -> OutsideFilter.ENDPOINT;
            case ADDRESS -> OutsideFilter.ADDRESS;
            case ADDRESS_PORT -> OutsideFilter.ADDRESS_PORT;
        };
    }

    private static RealServer realServer(RealserverPool.Member member, HealthCheck check) {
        Optional<TcpCheck> tcpCheck = switch (check) {
            case HealthCheck.None() -> Optional.empty();
            case HealthCheck.TcpConnect tcp ->
                Optional.of(new TcpCheck(
                        Optional.empty(),
                        Optional.of(member.port()),
                        tcp.interval(),
                        tcp.connectTimeout(),
                        tcp.retries(),
                        tcp.retryDelay()));
        };
        return new RealServer(member.address(), member.port(), member.weight(), true, tcpCheck);
    }
}
