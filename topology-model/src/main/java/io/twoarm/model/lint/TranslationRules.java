package io.twoarm.model.lint;

import static io.twoarm.model.TopologyPaths.host;

import io.twoarm.model.DirectorKind;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Nat64;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Prefix;
import io.twoarm.model.Range;
import io.twoarm.model.Segment;
import io.twoarm.model.Siit;
import io.twoarm.model.Topology;
import io.twoarm.model.TranslationPrefix;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about translation between IPv4 and IPv6 besides services: the values of one director. */
final class TranslationRules {
    static final List<LintRule> RULES = List.of(
            LintRule.error(
                    "translation-kind",
                    "NAT64 and SIIT are on directors of kind bundled.",
                    "Other directors translate for services only.",
                    TranslationRules::kind),
            LintRule.error(
                    "translation-prefix",
                    "Prefixes of NAT64 and SIIT are IPv6, of length 32, 40, 48, 56, 64 or 96, and their bits 64 to 71"
                            + " are 0.",
                    "IPv4 addresses have their place in no other ones (RFC 6052, 2.2).",
                    TranslationRules::prefix),
            LintRule.error(
                    "translation-prefix-taken",
                    "A prefix of NAT64 or SIIT overlaps no subnet and no other prefix of its director.",
                    "A packet to it would be of both.",
                    TranslationRules::prefixTaken),
            LintRule.error(
                    "translation-family-missing",
                    "A director with NAT64 or SIIT has an IPv4 and an IPv6 wire at its dataplane.",
                    "One of the two sides would be out of its reach.",
                    TranslationRules::familyMissing),
            LintRule.error(
                    "nat64-pool-size",
                    "The pool of NAT64 is an IPv4 network of length 24 to 32.",
                    "The director takes no other one.",
                    TranslationRules::poolSize),
            LintRule.error(
                    "nat64-pool-taken",
                    "Addresses of a NAT64 pool are nothing else: no host's address, VIP or LIP, and in no other pool or"
                            + " mapping.",
                    "Packets to them would be of both.",
                    TranslationRules::poolTaken),
            LintRule.error(
                    "nat64-pool-on-wire",
                    "The pool of NAT64 is in no subnet of a wire.",
                    "The director is a router for the pool and does not answer for its addresses on the wire.",
                    TranslationRules::poolOnWire),
            LintRule.error(
                    "nat64-binding",
                    "A configured binding is an address of the pool and an IPv6 host, each port once.",
                    "The director takes no other one.",
                    TranslationRules::binding),
            LintRule.error(
                    "nat64-timeout",
                    "Sessions of NAT64 live for whole seconds: of UDP 2 minutes to a day, of pings 1 minute to a day, open"
                            + " TCP connections 124 minutes to a week, others 4 minutes to a day.",
                    "Shorter ones are none that hosts count on (RFC 4787, RFC 5382, RFC 6146).",
                    TranslationRules::timeouts),
            LintRule.error(
                    "siit-mapping",
                    "A mapping of SIIT is an IPv4 and an IPv6 network with room for the rest of the address; each is"
                            + " there once, and there are at most 256.",
                    "The director takes no other one.",
                    TranslationRules::mapping),
            LintRule.warning(
                    "siit-empty",
                    "SIIT has a prefix or mappings.",
                    "Without them it translates nothing.",
                    TranslationRules::siitEmpty),
            LintRule.error(
                    "translation-group-differs",
                    "The members of a group translate alike.",
                    "After a takeover other hosts would be reached, or none.",
                    TranslationRules::groupDiffers));

    private TranslationRules() {}

    /** A prefix in which IPv4 addresses stand, and where it is said. */
    private record Written(Prefix prefix, ObjectPath at, String what) {}

    static ObjectPath nat64At(Host.Director director) {
        return host(director).key("dataplane").key("nat64");
    }

    static ObjectPath siitAt(Host.Director director) {
        return host(director).key("dataplane").key("siit");
    }

    /** Directors that translate, on whatever kind. */
    static Stream<Host.Director> translating(Topology topology) {
        return topology.directors()
                .filter(director -> !director.dataplane().translation().isEmpty());
    }

    private static Optional<Nat64> nat64(Host.Director director) {
        return director.dataplane().translation().nat64();
    }

    private static Optional<Siit> siit(Host.Director director) {
        return director.dataplane().translation().siit();
    }

    private static List<Written> prefixes(Host.Director director) {
        return Stream.concat(
                        nat64(director)
                                .map(it -> new Written(
                                        it.prefix(), nat64At(director).key("prefix"), "NAT64"))
                                .stream(),
                        siit(director).flatMap(Siit::prefix).stream()
                                .map(it -> new Written(it, siitAt(director).key("prefix"), "SIIT")))
                .toList();
    }

    private static void kind(Topology topology, LintRule.Report report) {
        translating(topology)
                .filter(director -> director.kind() != DirectorKind.BUNDLED)
                .forEach(director -> report.add(
                        nat64(director).isPresent() ? nat64At(director) : siitAt(director),
                        director.name() + " of kind "
                                + director.kind().name().toLowerCase(Locale.ROOT) + " has "
                                + (nat64(director).isPresent() ? "nat64" : "siit"),
                        "Write kind: bundled, or remove it."));
    }

    private static void prefix(Topology topology, LintRule.Report report) {
        translating(topology).forEach(director -> {
            for (Written written : prefixes(director)) {
                if (!TranslationPrefix.isOne(written.prefix())) {
                    report.add(
                            written.at(),
                            written.what() + " of " + director.name() + " has the prefix " + written.prefix(),
                            "Write an IPv6 prefix such as 64:ff9b::/96.");
                }
            }
        });
    }

    private static void prefixTaken(Topology topology, LintRule.Report report) {
        translating(topology).forEach(director -> {
            List<Written> prefixes = prefixes(director);
            if (prefixes.size() == 2
                    && prefixes.getFirst().prefix().overlaps(prefixes.getLast().prefix())) {
                report.add(
                        prefixes.getLast().at(),
                        "the prefix " + prefixes.getLast().prefix() + " of SIIT overlaps that of NAT64, "
                                + prefixes.getFirst().prefix(),
                        "Use another prefix for one of them.");
            }
            for (Written written : prefixes) {
                subnetOverlapping(topology, written.prefix())
                        .ifPresent(subnet -> report.add(
                                written.at(),
                                "the prefix " + written.prefix() + " of " + written.what() + " overlaps the subnet "
                                        + subnet,
                                "Use a prefix in which no host is, such as 64:ff9b::/96."));
            }
        });
    }

    private static Optional<Prefix> subnetOverlapping(Topology topology, Prefix network) {
        return topology.segments().stream()
                .map(Segment::subnets)
                .flatMap(List::stream)
                .filter(network::overlaps)
                .findFirst();
    }

    private static void familyMissing(Topology topology, LintRule.Report report) {
        translating(topology).forEach(director -> {
            for (boolean ipv4 : new boolean[] {true, false}) {
                boolean there = director.ports().stream()
                        .flatMap(port -> topology.segmentOf(port).stream())
                        .flatMap(segment -> segment.subnets().stream())
                        .anyMatch(subnet -> subnet.isIpv4() == ipv4);
                boolean addressed = Claim.all(topology).stream()
                        .filter(claim -> claim.host().equals(director))
                        .filter(claim -> claim.kind() == Claim.Kind.HOST || claim.kind() == Claim.Kind.SHARED)
                        .anyMatch(claim -> IpLiteral.isIpv4(claim.address()) == ipv4);
                String family = ipv4 ? "IPv4" : "IPv6";
                if (!there || !addressed) {
                    report.add(
                            host(director).key("ports"),
                            director.name() + " translates and has no " + family + (there ? " address" : " wire"),
                            there
                                    ? "Give a port of it an " + family + " address; routes lead to it, and errors come"
                                            + " from it."
                                    : "Plug a port of it into a segment with an " + family + " subnet.");
                }
            }
        });
    }

    private static void poolSize(Topology topology, LintRule.Report report) {
        translating(topology)
                .forEach(director -> nat64(director)
                        .map(Nat64::pool)
                        .filter(pool -> !pool.isIpv4() || !Nat64.POOL_LENGTH.contains(pool.length()))
                        .ifPresent(pool -> report.add(
                                nat64At(director).key("pool"),
                                "NAT64 of " + director.name() + " has the pool " + pool,
                                "Write an IPv4 network of 1 to 256 addresses, such as 203.0.113.64/28.")));
    }

    private static void poolTaken(Topology topology, LintRule.Report report) {
        translating(topology)
                .forEach(director -> nat64(director).map(Nat64::pool).ifPresent(pool -> {
                    Stream<String> owners = Claim.all(topology).stream()
                            .filter(claim -> pool.contains(claim.address()))
                            .map(claim -> IpLiteral.format(claim.address()) + ", " + claim.owner());
                    Stream<String> pools = topology.directors()
                            .filter(other -> !sameHolder(topology, director, other))
                            .filter(other -> nat64(other)
                                    .map(Nat64::pool)
                                    .filter(pool::overlaps)
                                    .isPresent())
                            .map(other -> "the pool of " + other.name());
                    Stream<String> mappings = topology.directors()
                            .flatMap(other -> siit(other).stream())
                            .flatMap(it -> it.mappings().stream())
                            .map(Siit.Mapping::ipv4)
                            .filter(pool::overlaps)
                            .map(mapped -> mapped + " of a mapping of SIIT");
                    Stream.of(owners, pools, mappings)
                            .flatMap(it -> it)
                            .findFirst()
                            .ifPresent(other -> report.add(
                                    nat64At(director).key("pool"),
                                    "the NAT64 pool " + pool + " of " + director.name() + " overlaps " + other,
                                    "Use addresses that nothing else has."));
                }));
    }

    /** Members of a group have the pool in turn. */
    private static boolean sameHolder(Topology topology, Host.Director one, Host.Director other) {
        return one.equals(other)
                || topology.groupOf(one).isPresent() && topology.groupOf(one).equals(topology.groupOf(other));
    }

    private static void poolOnWire(Topology topology, LintRule.Report report) {
        translating(topology)
                .forEach(director -> nat64(director)
                        .map(Nat64::pool)
                        .filter(pool -> Claim.all(topology).stream().noneMatch(claim -> pool.contains(claim.address())))
                        .ifPresent(pool -> subnetOverlapping(topology, pool)
                                .ifPresent(subnet -> report.add(
                                        nat64At(director).key("pool"),
                                        "the NAT64 pool " + pool + " of " + director.name() + " lies in the subnet "
                                                + subnet,
                                        "Use a network of its own, and give the routers beside " + director.name()
                                                + " a route to it."))));
    }

    private static void binding(Topology topology, LintRule.Report report) {
        translating(topology)
                .forEach(director -> nat64(director).ifPresent(it -> {
                    Set<List<Object>> taken = new HashSet<>();
                    for (int i = 0; i < it.bindings().size(); i++) {
                        Nat64.Binding binding = it.bindings().get(i);
                        ObjectPath at = nat64At(director).key("bindings").index(i);
                        String name = IpLiteral.format(binding.address()) + ":" + binding.port();
                        boolean first = taken.add(List.of(binding.protocol(), binding.address(), binding.port()))
                                & taken.add(List.of(binding.protocol(), binding.host(), binding.hostPort(), "host"));
                        if (!it.pool().contains(binding.address())) {
                            report.add(
                                    at.key("address"),
                                    "binding " + name + " is not in the pool " + it.pool(),
                                    "Use an address of the pool.");
                        } else if (IpLiteral.isIpv4(binding.host())) {
                            report.add(
                                    at.key("host"),
                                    "binding " + name + " leads to " + IpLiteral.format(binding.host())
                                            + ", which is no IPv6 address",
                                    "Write the IPv6 address of the host.");
                        } else if (!first) {
                            report.add(
                                    at,
                                    "binding " + name + " or its host and port are there already",
                                    "Keep one of them.");
                        }
                    }
                    if (it.bindings().size() > it.mostBindings()) {
                        report.add(
                                nat64At(director).key("mostBindings"),
                                it.bindings().size() + " bindings are configured, " + it.mostBindings()
                                        + " are allowed",
                                "Raise mostBindings, or remove bindings.");
                    }
                }));
    }

    private static void timeouts(Topology topology, LintRule.Report report) {
        translating(topology)
                .forEach(director -> nat64(director).ifPresent(it -> {
                    Nat64.Timeouts timeouts = it.timeouts();
                    ObjectPath at = nat64At(director);
                    timeout(at.key("udpTimeout"), timeouts.udp(), Nat64.Timeouts.UDP_SECONDS, report);
                    timeout(at.key("icmpTimeout"), timeouts.icmp(), Nat64.Timeouts.ICMP_SECONDS, report);
                    timeout(at.key("tcpTimeout"), timeouts.tcp(), Nat64.Timeouts.TCP_SECONDS, report);
                    timeout(
                            at.key("tcpTransitoryTimeout"),
                            timeouts.tcpTransitory(),
                            Nat64.Timeouts.TCP_TRANSITORY_SECONDS,
                            report);
                }));
    }

    private static void timeout(ObjectPath at, Duration found, Range seconds, LintRule.Report report) {
        if (found.toMillisPart() != 0
                || found.toSeconds() > seconds.highest()
                || found.toSeconds() < seconds.lowest()) {
            report.add(
                    at,
                    "the lifetime is " + found.toMillis() + " ms; allowed is " + seconds + " whole seconds",
                    "Write a time such as " + seconds.lowest() + "s.");
        }
    }

    private static void mapping(Topology topology, LintRule.Report report) {
        translating(topology)
                .forEach(director -> siit(director).ifPresent(it -> {
                    Set<Prefix> taken = new HashSet<>();
                    for (int i = 0; i < it.mappings().size(); i++) {
                        Siit.Mapping mapping = it.mappings().get(i);
                        ObjectPath at = siitAt(director).key("mappings").index(i);
                        String both = mapping.ipv4() + " to " + mapping.ipv6();
                        boolean first = taken.add(mapping.ipv4()) & taken.add(mapping.ipv6());
                        if (!mapping.isUsable()) {
                            report.add(
                                    at,
                                    "the mapping of " + both
                                            + " has not an IPv4 network, and an IPv6 network with room for it",
                                    "Write an IPv6 network as long as the IPv4 one and 96 bits, or shorter.");
                        } else if (!first) {
                            report.add(
                                    at,
                                    "one side of the mapping of " + both + " is mapped already",
                                    "Keep one of them.");
                        }
                    }
                    if (it.mappings().size() > Siit.MOST_MAPPINGS) {
                        report.add(
                                siitAt(director).key("mappings"),
                                it.mappings().size() + " mappings are more than " + Siit.MOST_MAPPINGS,
                                "Map larger networks.");
                    }
                }));
    }

    private static void siitEmpty(Topology topology, LintRule.Report report) {
        translating(topology)
                .filter(director -> siit(director)
                        .filter(it -> it.prefix().isEmpty() && it.mappings().isEmpty())
                        .isPresent())
                .forEach(director -> report.add(
                        siitAt(director),
                        "SIIT of " + director.name() + " has no prefix and no mappings",
                        "Add mappings, or remove it."));
    }

    private static void groupDiffers(Topology topology, LintRule.Report report) {
        topology.directorGroups().forEach(group -> {
            List<Host.Director> members = group.members().stream()
                    .flatMap(name -> topology.director(name).stream())
                    .toList();
            for (Host.Director member : members) {
                if (!Objects.equals(
                        member.dataplane().translation(),
                        members.getFirst().dataplane().translation())) {
                    report.add(
                            host(member).key("dataplane"),
                            member.name() + " translates otherwise than "
                                    + members.getFirst().name() + " of group " + group.name(),
                            "Give both the same nat64 and siit.");
                }
            }
        });
    }
}
