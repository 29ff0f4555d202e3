package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules between the parts of one file. */
final class ServiceRules {
    private final KeepalivedConf conf;
    private final Report report;

    private ServiceRules(KeepalivedConf conf, Report report) {
        this.conf = conf;
        this.report = report;
    }

    static void check(KeepalivedConf conf, Report report) {
        ServiceRules rules = new ServiceRules(conf, report);
        rules.checkNames("local_address_group", conf.localAddressGroups(), LocalAddressGroup::name, g -> g.origin());
        rules.checkNames("virtual_server_group", conf.virtualServerGroups(), VirtualServerGroup::name, g -> g.origin());
        for (AccessGroup.Kind kind : AccessGroup.Kind.values()) {
            List<AccessGroup> groups = conf.accessGroups().stream()
                    .filter(group -> group.kind() == kind)
                    .toList();
            rules.checkNames(kind.block(), groups, AccessGroup::name, g -> g.origin());
        }
        rules.checkLocalAddresses();
        conf.virtualServerGroups().forEach(rules::checkGroupFamily);
        conf.virtualServers().forEach(rules::checkServer);
        rules.checkDuplicateServices();
        MappedRules.check(conf, report);
    }

    private <T> void checkNames(String keyword, List<T> blocks, Function<T, String> name, Function<T, Origin> origin) {
        Set<String> names = new HashSet<>();
        for (T block : blocks) {
            if (!names.add(name.apply(block))) {
                report.error(
                        "duplicate-name",
                        origin.apply(block),
                        keyword,
                        "There is a " + keyword + " named " + name.apply(block) + " already.",
                        "Rename one, or put them together.");
            }
        }
    }

    private void checkLocalAddresses() {
        Map<InetAddress, String> owners = new LinkedHashMap<>();
        for (LocalAddressGroup group : conf.localAddressGroups()) {
            if (group.entries().isEmpty()) {
                report.error(
                        "empty-group",
                        group.origin(),
                        "local_address_group",
                        "The group " + group.name() + " has no address.",
                        "Add a line such as 192.168.229.204 dpdk0.");
            }
            for (LocalAddressGroup.Entry entry : group.entries()) {
                for (InetAddress address : entry.range().addresses()) {
                    String owner = owners.putIfAbsent(address, group.name());
                    if (owner != null) {
                        report.error(
                                "duplicate-local-address",
                                entry.origin(),
                                "local_address_group",
                                AddressLiteral.print(address) + " is in the group " + owner + " already.",
                                "Remove it here; several virtual servers may use one group.");
                    }
                }
            }
        }
    }

    private void checkGroupFamily(VirtualServerGroup group) {
        if (group.entries().isEmpty()) {
            report.error(
                    "empty-group",
                    group.origin(),
                    "virtual_server_group",
                    "The group " + group.name() + " has no entry.",
                    "Add a line such as 10.0.96.204 80.");
            return;
        }
        InetAddress first = group.entries().getFirst().range().first();
        for (VirtualServerGroup.Entry entry : group.entries()) {
            if (!AddressLiteral.sameFamily(first, entry.range().first())) {
                report.error(
                        "mixed-families",
                        entry.origin(),
                        "virtual_server_group",
                        "The group " + group.name() + " mixes IPv4 and IPv6.",
                        "Make two groups.");
            }
        }
    }

    private void checkServer(VirtualServer server) {
        checkSupport(server);
        switch (server.target()) {
            case VirtualServer.Target.Single single -> {
                MatchRules.checkWithVip(server, report);
                checkProtocolFamily(server, single.vip(), server.origin());
                checkVirtualPort(server, single.port(), server.origin());
            }
            case VirtualServer.Target.Group group -> {
                MatchRules.checkWithVip(server, report);
                checkGroup(server, group);
            }
            case VirtualServer.Target.Match match -> MatchRules.check(server, match, report);
        }
        checkLocalAddressGroup(server);
        checkAccessGroups(server);
        checkRealServers(server);
    }

    private void checkGroup(VirtualServer server, VirtualServer.Target.Group target) {
        conf.virtualServerGroup(target.name())
                .ifPresentOrElse(
                        group -> group.entries().forEach(entry -> {
                            checkProtocolFamily(server, entry.range().first(), entry.origin());
                            checkVirtualPort(server, entry.port(), entry.origin());
                        }),
                        () -> report.error(
                                "missing-group",
                                server.origin(),
                                "virtual_server",
                                "There is no virtual_server_group named " + target.name() + ".",
                                "Add it, or correct the name."));
    }

    private void checkVirtualPort(VirtualServer server, int port, Origin origin) {
        if (server.protocol().hasPorts() && port == 0) {
            report.unsupported(
                    origin, "virtual_server", "Port 0 (every port, with persistence)", "Write the service's port.");
        }
        if (!server.protocol().hasPorts() && port != 0) {
            report.error(
                    "bad-value",
                    origin,
                    "virtual_server",
                    server.protocol() + " has no ports, but the virtual server names port " + port + ".",
                    "Write 0.");
        }
    }

    private void checkSupport(VirtualServer server) {
        boolean hashesConnections = server.options().hashTarget() == HashTarget.QID;
        if (hashesConnections && server.scheduler() != Scheduler.CONHASH) {
            report.error(
                    "needless-hash-target",
                    server.origin(),
                    "hash_target",
                    "hash_target is for lb_algo conhash only, not for "
                            + server.scheduler().keyword() + ".",
                    "Write lb_algo conhash, or remove hash_target.");
        }
        boolean hashesPorts = server.options().hashTarget() == HashTarget.SIP_AND_PORT;
        if (hashesPorts && server.scheduler() != Scheduler.SH && server.scheduler() != Scheduler.MH) {
            report.error(
                    "needless-hash-target",
                    server.origin(),
                    "lb_algo",
                    "sh-port and mh-port are for lb_algo sh and mh only, not for "
                            + server.scheduler().keyword() + ".",
                    "Write lb_algo sh or mh, or remove the flag.");
        }
        if (hashesConnections && server.protocol() != Protocol.UDP) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "hash_target",
                    "hash_target qid is for QUIC, which runs over UDP, not over " + server.protocol() + ".",
                    "Write hash_target sip.");
        }
        if (server.options().onePacket() && server.protocol() != Protocol.UDP) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "ops",
                    "ops is for UDP only, not for " + server.protocol() + ".",
                    "Remove ops.");
        }
        if (server.options().onePacket() && server.options().persistence().isPresent()) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "ops",
                    "ops schedules every datagram anew, persistence keeps a client where it was.",
                    "Remove one of the two.");
        }
        TrafficLimits traffic = server.options().traffic();
        if (traffic.proportion() < TrafficLimits.WHOLE && traffic.megabits() == 0) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "limit_proportion",
                    "limit_proportion " + traffic.proportion()
                            + " is a part of bps, and the virtual server has no bps.",
                    "Write bps and million bits per second, 1 to " + TrafficLimits.HIGHEST_BPS
                            + ", or remove limit_proportion.");
        }
        boolean fullNat = server.method() == ForwardingMethod.FNAT;
        if (server.options().synProxy() && (server.protocol() != Protocol.TCP || !fullNat)) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "syn_proxy",
                    "syn_proxy is for protocol TCP with lb_kind FNAT only: in every other way realservers get the client's own"
                            + " sequence numbers.",
                    "Remove syn_proxy, or write protocol TCP and lb_kind FNAT.");
        }
        boolean tcp = server.protocol() == Protocol.TCP;
        boolean udp = server.protocol() == Protocol.UDP;
        if (server.clientAddress() == ClientAddress.PROXY_V1 && !tcp
                || server.clientAddress() == ClientAddress.PROXY_V2 && !tcp && !udp) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "proxy_protocol",
                    "proxy_protocol " + server.clientAddress().keyword() + " is not for " + server.protocol() + ".",
                    udp ? "Write proxy_protocol v2." : "Remove proxy_protocol.");
        }
    }

    private void checkAccessGroups(VirtualServer server) {
        for (AccessGroup.Kind kind : AccessGroup.Kind.values()) {
            server.options()
                    .accessGroup(kind)
                    .filter(name -> conf.accessGroup(kind, name).isEmpty())
                    .ifPresent(name -> report.error(
                            "missing-group",
                            server.origin(),
                            kind.reference(),
                            "There is no " + kind.block() + " named " + name + ".",
                            "Add it, or correct the name."));
        }
    }

    private void checkProtocolFamily(VirtualServer server, InetAddress vip, Origin origin) {
        Protocol other = isWide(vip) ? Protocol.ICMP : Protocol.ICMPV6;
        if (server.protocol() == other) {
            report.error(
                    "bad-value",
                    origin,
                    "protocol",
                    "The VIP " + AddressLiteral.print(vip) + " is of the other family than protocol " + other + ".",
                    "Write protocol " + (isWide(vip) ? Protocol.ICMPV6 : Protocol.ICMP) + ".");
        }
    }

    private void checkRealServerFamily(VirtualServer server, RealServer realServer) {
        boolean wide = isWide(realServer.address());
        boolean crosses = conf.services(server).anyMatch(service -> isWide(service.vip()) != wide);
        boolean keepsFamily = server.method() == ForwardingMethod.NAT || server.method() == ForwardingMethod.DR;
        if (keepsFamily && crosses) {
            report.error(
                    "bad-value",
                    realServer.origin(),
                    "real_server",
                    "The realserver " + AddressLiteral.print(realServer.address())
                            + " is of the other family than its VIP; lb_kind " + server.method()
                            + " does not translate between the families.",
                    "Use an " + (wide ? "IPv4" : "IPv6") + " realserver, or write lb_kind FNAT.");
        }
        if (server.method() == ForwardingMethod.DR || server.method().isTunnel()) {
            checkKeptPort(server, realServer);
        }
    }

    /** Packets keep their destination port on the way to the realserver. */
    private void checkKeptPort(VirtualServer server, RealServer realServer) {
        conf.services(server)
                .filter(service -> service.port() != realServer.port())
                .findFirst()
                .ifPresent(service -> report.error(
                        "bad-value",
                        realServer.origin(),
                        "real_server",
                        "The realserver's port is " + realServer.port() + ", the virtual server's " + service.port()
                                + "; lb_kind " + server.method().words() + " leaves ports as they are.",
                        "Write port " + service.port() + ", or lb_kind NAT or FNAT."));
    }

    private void checkLocalAddressGroup(VirtualServer server) {
        if (server.localAddressGroup().isEmpty()) {
            if (server.method() == ForwardingMethod.FNAT) {
                report.error(
                        "missing-group",
                        server.origin(),
                        "laddr_group_name",
                        "The virtual server uses FNAT but names no local addresses.",
                        "Write laddr_group_name and the name of a local_address_group.");
            }
            return;
        }
        String name = server.localAddressGroup().get();
        if (server.method() != ForwardingMethod.FNAT) {
            report.error(
                    "needless-group",
                    server.origin(),
                    "laddr_group_name",
                    "Local addresses are for lb_kind FNAT only, not for "
                            + server.method().words() + ".",
                    "Remove laddr_group_name.");
        }
        conf.localAddressGroup(name)
                .ifPresentOrElse(
                        group -> checkFamilies(server, group),
                        () -> report.error(
                                "missing-group",
                                server.origin(),
                                "laddr_group_name",
                                "There is no local_address_group named " + name
                                        + "; DPVS would make the service without local addresses and drop"
                                        + " every session.",
                                "Add it, or correct the name."));
    }

    private void checkFamilies(VirtualServer server, LocalAddressGroup group) {
        for (RealServer realServer : server.realServers()) {
            boolean reachable = group.entries().isEmpty()
                    || group.entries().stream()
                            .anyMatch(entry ->
                                    AddressLiteral.sameFamily(entry.range().first(), realServer.address()));
            if (!reachable) {
                report.error(
                        "local-address-family",
                        realServer.origin(),
                        "real_server",
                        "The group " + group.name() + " has no local address of the family of "
                                + AddressLiteral.print(realServer.address()) + ".",
                        "Add one, or use another group.");
            }
        }
    }

    private void checkRealServers(VirtualServer server) {
        if (server.realServers().isEmpty()) {
            report.error(
                    "no-real-server",
                    server.origin(),
                    "virtual_server",
                    "The virtual server has no realserver.",
                    "Add a real_server block.");
        }
        Set<String> seen = new HashSet<>();
        List<RealServer> all = Stream.concat(server.realServers().stream(), server.options().sorryServer().stream())
                .toList();
        boolean matches = server.target() instanceof VirtualServer.Target.Match;
        for (RealServer realServer : all) {
            if (!matches) {
                checkRealServerFamily(server, realServer);
            }
            if (realServer.limits().lower() != 0
                    && realServer.limits().lower() > realServer.limits().upper()) {
                report.error(
                        "bad-value",
                        realServer.origin(),
                        "lthreshold",
                        "lthreshold " + realServer.limits().lower() + " is above uthreshold "
                                + realServer.limits().upper() + ".",
                        "Lower lthreshold, or raise uthreshold.");
            }
            String place = AddressLiteral.print(realServer.address()) + " port " + realServer.port();
            if (!seen.add(place)) {
                report.error(
                        "duplicate-real-server",
                        realServer.origin(),
                        "real_server",
                        "The virtual server has the realserver " + place + " already.",
                        "Remove one.");
            }
            if (server.protocol().hasPorts() && realServer.port() == 0 && !matches) {
                report.error(
                        "bad-value",
                        realServer.origin(),
                        "real_server",
                        "A realserver of a " + server.protocol() + " service needs a port from 1 to 65535.",
                        "Write its port.");
            }
        }
    }

    private void checkDuplicateServices() {
        Set<String> seen = new HashSet<>();
        for (VirtualServer server : conf.virtualServers()) {
            conf.services(server).forEach(service -> {
                String name = server.protocol() + " " + AddressLiteral.print(service.vip()) + " port " + service.port();
                if (!seen.add(name)) {
                    report.error(
                            "duplicate-service",
                            server.origin(),
                            "virtual_server",
                            "The service " + name + " exists already.",
                            "Remove one.");
                }
            });
        }
    }

    private static boolean isWide(InetAddress address) {
        return address.getAddress().length > 4;
    }
}
