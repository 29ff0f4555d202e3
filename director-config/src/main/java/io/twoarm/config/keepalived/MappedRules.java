package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Rules of {@code endpoint_independent} between virtual servers: a packet's addresses and ports alone must tell whether it is of
 * a mapped port, so that all workers agree about whose it is.
 */
final class MappedRules {
    private static final int FTP = 21;

    private final KeepalivedConf conf;
    private final List<VirtualServer> mapping;
    private final Report report;

    private MappedRules(KeepalivedConf conf, Report report) {
        this.conf = conf;
        this.report = report;
        mapping = conf.matches().stream().filter(MappedRules::maps).toList();
    }

    /** Those that are wrong by themselves are told by {@link MatchRules}. */
    static void check(KeepalivedConf conf, Report report) {
        MappedRules rules = new MappedRules(conf, report);
        for (VirtualServer server : rules.mapping) {
            source(server).ifPresent(hosts -> {
                rules.checkOwn(server, hosts);
                rules.checkMatches(server, hosts);
                rules.checkRealservers(server, hosts);
            });
            rules.checkFtp(server);
        }
    }

    private static boolean maps(VirtualServer server) {
        return server.options().endpointIndependent().isPresent();
    }

    private static VirtualServer.Target.Match match(VirtualServer server) {
        return (VirtualServer.Target.Match) server.target();
    }

    private static Optional<FlowEnds> source(VirtualServer server) {
        return match(server).source();
    }

    private void checkOwn(VirtualServer server, FlowEnds hosts) {
        mapping.stream()
                .flatMap(other -> other.realServers().stream())
                .filter(own -> hosts.contains(own.address()))
                .findFirst()
                .ifPresent(own -> error(
                        server.origin(),
                        "src-range",
                        "src-range " + hosts.print() + " of match "
                                + match(server).name() + " contains " + AddressLiteral.print(own.address())
                                + ", by which hosts are led out.",
                        "Leave it out of src-range."));
    }

    private void checkMatches(VirtualServer server, FlowEnds hosts) {
        String name = match(server).name();
        for (VirtualServer other : conf.matches()) {
            if (maps(other) || other.protocol() != server.protocol() || isOfOtherFamily(other, hosts)) {
                continue;
            }
            String otherName = match(other).name();
            if (source(other).map(hosts::overlaps).orElse(true)) {
                error(
                        other.origin(),
                        "src-range",
                        "match " + otherName + " has hosts of match " + name
                                + ", which is endpoint_independent, and is not so itself.",
                        "Let both be so, or write a src-range outside " + hosts.print() + ".");
            }
            other.realServers().stream()
                    .filter(own -> leadsOutBy(server, own.address()))
                    .findFirst()
                    .ifPresent(own -> error(
                            own.origin(),
                            "real_server",
                            "match " + otherName + " and match " + name
                                    + ", which alone is endpoint_independent, both lead out by "
                                    + AddressLiteral.print(own.address()) + ".",
                            "Give each an address of its own."));
        }
    }

    private static boolean isOfOtherFamily(VirtualServer other, FlowEnds hosts) {
        return !other.realServers().isEmpty()
                && !AddressLiteral.sameFamily(other.realServers().getFirst().address(), hosts.first());
    }

    private void checkRealservers(VirtualServer server, FlowEnds hosts) {
        conf.services().stream()
                .map(KeepalivedConf.Service::server)
                .distinct()
                .filter(other -> other.protocol() == server.protocol() && other.method() == ForwardingMethod.NAT)
                .flatMap(other -> other.realServers().stream())
                .filter(own -> hosts.contains(own.address()))
                .forEach(own -> error(
                        own.origin(),
                        "real_server",
                        AddressLiteral.print(own.address()) + " answers clients by lb_kind NAT and is in src-range "
                                + hosts.print() + " of match " + match(server).name()
                                + ", which is endpoint_independent.",
                        "Leave it out of src-range, or write lb_kind FNAT."));
    }

    private void checkFtp(VirtualServer server) {
        conf.services().stream()
                .filter(service -> service.port() == FTP
                        && service.server().protocol() == Protocol.TCP
                        && server.protocol() == Protocol.TCP
                        && leadsOutBy(server, service.vip()))
                .forEach(service -> error(
                        service.server().origin(),
                        "virtual_server",
                        AddressLiteral.print(service.vip()) + " serves FTP, and match "
                                + match(server).name()
                                + ", which is endpoint_independent, leads hosts out by it: ports of data connections would be mapped.",
                        "Take another address for one of them."));
    }

    private static boolean leadsOutBy(VirtualServer server, InetAddress address) {
        return server.realServers().stream().anyMatch(own -> own.address().equals(address));
    }

    private void error(Origin origin, String field, String message, String fix) {
        report.error("mapped-overlap", origin, field, message, fix);
    }
}
