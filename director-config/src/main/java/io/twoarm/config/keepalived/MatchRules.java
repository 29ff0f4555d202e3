package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.Origin;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules of virtual servers that match flows of hosts behind the director. */
final class MatchRules {
    private MatchRules() {}

    static void check(VirtualServer server, VirtualServer.Target.Match match, Report report) {
        if (server.method() != ForwardingMethod.SNAT) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "lb_kind",
                    "The virtual server matches flows to the outside, but has lb_kind " + server.method() + ".",
                    "Write lb_kind SNAT.");
        }
        if (match.source().isEmpty()
                && match.destination().isEmpty()
                && match.inDevice().isEmpty()
                && match.outDevice().isEmpty()) {
            report.error(
                    "missing-value",
                    server.origin(),
                    "virtual_server",
                    "match " + match.name() + " says not which flows it is for.",
                    "Write src-range, dst-range, iif or oif.");
        }
        checkNeedless(server, report);
        checkFamilies(server, match, report);
        if (server.options().endpointIndependent().isPresent()) {
            checkMapped(match, server, report);
        }
        for (RealServer own : server.realServers()) {
            if (own.port() != 0) {
                error(
                        report,
                        own.origin(),
                        "The address " + AddressLiteral.print(own.address()) + " has port " + own.port()
                                + "; the director chooses ports itself.",
                        "Write port 0.");
            }
            if (own.check().isPresent()) {
                error(
                        report,
                        own.origin(),
                        "The address " + AddressLiteral.print(own.address())
                                + " is the director's own; there is nothing to check.",
                        "Remove TCP_CHECK.");
            }
        }
    }

    /** Which hosts have ports that are mapped independently of destinations must be known before a packet is looked at. */
    private static void checkMapped(VirtualServer.Target.Match match, VirtualServer server, Report report) {
        boolean wide =
                server.realServers().stream().anyMatch(own -> own.address().getAddress().length > Integer.BYTES);
        String found;
        String fix;
        if (wide || match.source().filter(MatchRules::isWide).isPresent()) {
            found = "has flows of IPv6";
            fix = "Remove endpoint_independent, which is for IPv4.";
        } else if (match.source().isEmpty()) {
            found = "has no src-range, so it would be for all hosts inside and outside";
            fix = "Write src-range and the hosts inside, as in src-range 192.168.0.1-192.168.0.254.";
        } else {
            return;
        }
        report.error(
                "bad-value",
                server.origin(),
                "endpoint_independent",
                "match " + match.name() + " is endpoint_independent and " + found + ".",
                fix);
    }

    private static boolean isWide(FlowEnds ends) {
        return ends.first().getAddress().length > Integer.BYTES;
    }

    /** SNAT is for flows that are matched. */
    static void checkWithVip(VirtualServer server, Report report) {
        if (server.options().endpointIndependent().isPresent()) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "endpoint_independent",
                    "endpoint_independent is for hosts behind the director, and the virtual server has a VIP.",
                    "Remove it, or write virtual_server match NAME.");
        }
        if (server.method() == ForwardingMethod.SNAT) {
            report.error(
                    "bad-value",
                    server.origin(),
                    "lb_kind",
                    "lb_kind SNAT is for hosts behind the director, which have no VIP.",
                    "Write virtual_server match NAME, or lb_kind FNAT, NAT, DR or TUN.");
        }
    }

    private static void checkNeedless(VirtualServer server, Report report) {
        ServiceOptions options = server.options();
        Stream.of(
                        options.persistence().isPresent() ? "persistence_timeout" : "",
                        options.onePacket() ? "ops" : "",
                        options.sorryServer().isPresent() ? "sorry_server" : "",
                        server.clientAddress() == ClientAddress.PROXY_V1
                                        || server.clientAddress() == ClientAddress.PROXY_V2
                                ? "proxy_protocol"
                                : "")
                .filter(keyword -> !keyword.isEmpty())
                .forEach(keyword -> report.error(
                        "bad-value", server.origin(), keyword, keyword + " is not for lb_kind SNAT.", "Remove it."));
    }

    private static void checkFamilies(VirtualServer server, VirtualServer.Target.Match match, Report report) {
        List<InetAddress> addresses = Stream.concat(
                        Stream.of(match.source(), match.destination())
                                .flatMap(Optional::stream)
                                .map(FlowEnds::first),
                        server.realServers().stream().map(RealServer::address))
                .toList();
        boolean mixed =
                addresses.stream().anyMatch(address -> !AddressLiteral.sameFamily(address, addresses.getFirst()));
        if (mixed) {
            report.error(
                    "mixed-families",
                    server.origin(),
                    "virtual_server",
                    "match " + match.name() + " mixes IPv4 and IPv6.",
                    "Make two of it.");
        } else if (!addresses.isEmpty()) {
            boolean wide = addresses.getFirst().getAddress().length > 4;
            Protocol other = wide ? Protocol.ICMP : Protocol.ICMPV6;
            if (server.protocol() == other) {
                error(
                        report,
                        server.origin(),
                        "match " + match.name() + " is of the other family than protocol " + other + ".",
                        "Write protocol " + (wide ? Protocol.ICMPV6 : Protocol.ICMP) + ".");
            }
        }
    }

    private static void error(Report report, Origin origin, String message, String fix) {
        report.error("bad-value", origin, "real_server", message, fix);
    }
}
