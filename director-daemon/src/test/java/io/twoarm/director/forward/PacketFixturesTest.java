package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.OutsideFilter;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.TcpCheck;
import io.twoarm.director.service.TrafficLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the packet fixtures beside this class: description, packets in, packets out, counters, states. */
class PacketFixturesTest {
    private static final List<String> FILES = List.of(
            "tcp.packets",
            "client-address.packets",
            "udp.packets",
            "icmp.packets",
            "arp.packets",
            "drops.packets",
            "fragments.packets",
            "proxy.packets",
            "ftp.packets",
            "ipv6.packets",
            "neighbour-discovery.packets",
            "fullnat66.packets",
            "nat64.packets",
            "fullnat46.packets",
            "tcp-states.packets",
            "timeouts.packets",
            "fields.packets",
            "icmp-kinds.packets",
            "ipv4-headers.packets",
            "ipv6-headers.packets",
            "link.packets",
            "limits.packets",
            "direct.packets",
            "nat.packets",
            "snat.packets",
            "mapped.packets",
            "access.packets",
            "traffic.packets",
            "tunnel.packets",
            "gre.packets",
            "kernel.packets",
            "sctp.packets",
            "siit.packets",
            "stateful-nat64.packets");

    private record Case(String title, String director, List<String> lines) {}

    @TestFactory
    Stream<DynamicContainer> everyFixtureHolds() {
        return FILES.stream().map(file -> DynamicContainer.dynamicContainer(file, tests(file)));
    }

    /** The same packets with tags, through VLANs that all addresses were moved to while the director ran. */
    @TestFactory
    Stream<DynamicContainer> everyFixtureHoldsOverVlansToo() {
        return FILES.stream()
                .map(file -> DynamicContainer.dynamicContainer(
                        file,
                        cases(file).stream()
                                .filter(found -> !found.director().startsWith("fresh")
                                        && !found.director().endsWith("with-kernel"))
                                .map(found -> DynamicTest.dynamicTest(
                                        found.title(),
                                        () -> new PacketScript(director(found.director())
                                                        .overVlans())
                                                .run(found.lines())))));
    }

    /** The same packets of NAT64, with its bindings spread over some workers. */
    @TestFactory
    Stream<DynamicContainer> everyFixtureOfNat64HoldsWithSeveralWorkersToo() {
        Map<String, UnaryOperator<ForwardingTables>> kinds =
                Map.of("nat64", StatefulTranslation::tables, "nat64-filtering", StatefulTranslation::filtering);
        return Stream.of(2, 3, 5, 16)
                .map(workers -> DynamicContainer.dynamicContainer(
                        workers + " workers",
                        cases("stateful-nat64.packets").stream()
                                .filter(found -> kinds.containsKey(found.director()))
                                .map(found -> DynamicTest.dynamicTest(
                                        found.title(),
                                        () -> new PacketScript(
                                                        Director.ofWorkers(workers, kinds.get(found.director())),
                                                        Set.of(Counter.HANDED_OVER, Counter.PASSED_TO_WORKER))
                                                .run(found.lines())))));
    }

    /** The same packets of ports that are mapped independently of destinations, spread over some workers. */
    @TestFactory
    Stream<DynamicContainer> everyFixtureOfMappedPortsHoldsWithSeveralWorkersToo() {
        return Stream.of(2, 3, 5, 16)
                .map(workers -> DynamicContainer.dynamicContainer(
                        workers + " workers",
                        cases("mapped.packets").stream()
                                .map(found -> DynamicTest.dynamicTest(
                                        found.title(),
                                        () -> new PacketScript(
                                                        Director.ofWorkers(workers, mapped(filter(found.director()))),
                                                        Set.of(Counter.HANDED_OVER))
                                                .run(found.lines())))));
    }

    private static OutsideFilter filter(String director) {
        return OutsideFilter.of(director.replace("mapped-", "")).orElseThrow();
    }

    private static UnaryOperator<ForwardingTables> mapped(OutsideFilter filter) {
        return tables -> Outbound.mapped(tables, filter);
    }

    /** In a fixture or, where that takes more than packets, in a test beside this one. */
    @Test
    void everyCounterOfPacketsIsAskedForBySomeTest() throws IOException {
        Set<String> asked = FILES.stream()
                .flatMap(file -> cases(file).stream())
                .flatMap(found -> found.lines().stream())
                .filter(line -> line.startsWith("count "))
                .flatMap(line -> Stream.of(line.split("\\s+")).skip(1))
                .map(word -> word.replaceFirst("=.*", ""))
                .collect(Collectors.toCollection(HashSet::new));
        Path tests = Path.of("src/test/java", getClass().getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(tests)) {
            for (Path file : files.filter(found -> found.toString().endsWith("Test.java"))
                    .toList()) {
                Pattern.compile("Counter\\.([A-Z_0-9]+)")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> asked.add(found.group(1).toLowerCase(Locale.ROOT)));
            }
        }
        assertThat(Stream.of(Counter.values()).filter(counter -> counter.kind().isDisposition()))
                .extracting(Counter::label)
                .isSubsetOf(asked);
    }

    private static Stream<DynamicTest> tests(String file) {
        return cases(file).stream()
                .map(found -> DynamicTest.dynamicTest(
                        found.title(), () -> new PacketScript(director(found.director())).run(found.lines())));
    }

    /**
     * Reads cases: {@code == title}, perhaps {@code director NAME}, then lines for {@link PacketScript}. {@code define NAME}
     * begins lines that {@code use NAME} repeats. A case with {@code rows a | b} is one case per line {@code row 1 | 2}: the
     * row's values stand for <code>{a}</code> and <code>{b}</code> in title and lines.
     */
    private static List<Case> cases(String file) {
        Map<String, List<String>> definitions = new HashMap<>();
        List<Case> cases = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : text(file).lines().toList()) {
            if (line.startsWith("== ")) {
                lines = new ArrayList<>();
                cases.add(new Case(line.substring(3), "standard", lines));
            } else if (line.startsWith("define ")) {
                lines = new ArrayList<>();
                definitions.put(line.substring("define ".length()), lines);
            } else if (line.startsWith("director ")) {
                Case last = cases.removeLast();
                cases.add(new Case(last.title(), line.substring("director ".length()), lines));
            } else if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return cases.stream().flatMap(found -> rows(found, definitions)).toList();
    }

    /** One case per row, with all that it uses. */
    private static Stream<Case> rows(Case found, Map<String, List<String>> definitions) {
        Optional<String> columns =
                found.lines().stream().filter(line -> line.startsWith("rows ")).findFirst();
        List<String> script = found.lines().stream()
                .filter(line -> !line.startsWith("rows ") && !line.startsWith("row "))
                .toList();
        if (columns.isEmpty()) {
            return Stream.of(new Case(found.title(), found.director(), complete(script, definitions)));
        }
        String[] names = columns.get().substring("rows ".length()).split("\\|");
        return found.lines().stream().filter(line -> line.startsWith("row ")).map(row -> {
            String[] values = row.substring("row ".length()).split("\\|", -1);
            if (values.length != names.length) {
                throw new AssertionError("Not " + names.length + " columns: " + row);
            }
            UnaryOperator<String> filled = text -> {
                String result = text;
                for (int i = 0; i < names.length; i++) {
                    result = result.replace("{" + names[i].trim() + "}", values[i].trim());
                }
                return result;
            };
            return new Case(
                    filled.apply(found.title()),
                    filled.apply(found.director()),
                    complete(script.stream().map(filled).toList(), definitions));
        });
    }

    private static List<String> complete(List<String> lines, Map<String, List<String>> definitions) {
        return lines.stream()
                .flatMap(line -> line.startsWith("use ")
                        ? complete(
                                definitions.get(line.substring("use ".length()).trim()), definitions)
                                .stream()
                        : Stream.of(line))
                .toList();
    }

    private static String text(String file) {
        try (InputStream stream = PacketFixturesTest.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private static Director director(String name) {
        Map<String, Supplier<Director>> directors = new LinkedHashMap<>();
        directors.put("standard", Director::standard);
        directors.put("without-neighbours", () -> Director.with(DirectorTables::withoutNeighbours));
        directors.put("with-kernel", () -> Director.with(DirectorTables::withKernel));
        directors.put("two-workers-with-kernel", () -> Director.ofTwoWorkers(DirectorTables::withKernel));
        directors.put("fresh", () -> Director.fresh(tables -> tables));
        directors.put("fresh6", () -> Director.fresh(DirectorTables::withIpv6));
        directors.put("ipv6", () -> Director.with(DirectorTables::withIpv6));
        directors.put(
                "ipv6-without-neighbours",
                () -> Director.with(tables -> DirectorTables.withoutNeighbours(DirectorTables.withIpv6(tables))));
        directors.put("ipv6-jumbo-wan", () -> Director.withMtus(DirectorTables::withIpv6, 9000, 1500));
        directors.put("ipv6-jumbo-lan", () -> Director.withMtus(DirectorTables::withIpv6, 1500, 9000));
        directors.put("ipv6-small-lan", () -> Director.withMtus(DirectorTables::withIpv6, 1500, 1280));
        directors.put(
                "ipv6-no-realserver",
                () -> Director.with(tables -> DirectorTables.withoutRealservers(DirectorTables.withIpv6(tables))));
        directors.put("46", () -> Director.with(FourToSix::tables));
        directors.put(
                "46-no-default-route",
                () -> Director.with(tables -> DirectorTables.withoutDefaultRoute(FourToSix.tables(tables))));
        directors.put("46-small-wan", () -> Director.withMtus(FourToSix::tables, 1400, 1500));
        directors.put("ftp", () -> Director.with(DirectorTables::withFtp));
        directors.put("ftp-short-realserver", () -> Director.with(DirectorTables::withFtpBehindARouter));
        directors.put("proxy", () -> Director.with(DirectorTables::withProxies));
        directors.put("proxy-small-lan", () -> Director.withMtus(DirectorTables::withProxies, 1500, 1400));
        directors.put("ipv6-tiny-lan", () -> Director.withMtus(DirectorTables::withIpv6, 1500, 600));
        directors.put("jumbo-lan", () -> Director.withMtus(1500, 9000));
        directors.put("jumbo-wan", () -> Director.withMtus(9000, 1500));
        directors.put("no-realserver", () -> Director.with(DirectorTables::withoutRealservers));
        directors.put(
                "short-queue",
                () -> Director.with(tables -> DirectorTables.limits(
                        DirectorTables.withoutNeighbours(tables),
                        new ForwardingLimits(1024, 16, 2, Duration.ofSeconds(60), 1000))));
        directors.put(
                "few-answers",
                () -> Director.with(tables ->
                        DirectorTables.limits(tables, new ForwardingLimits(1024, 16, 2, Duration.ofSeconds(60), 1))));
        directors.put(
                "ipv6-few-answers",
                () -> Director.with(tables -> DirectorTables.limits(
                        DirectorTables.withIpv6(tables),
                        new ForwardingLimits(1024, 16, 2, Duration.ofSeconds(60), 1))));
        directors.put(
                "many-sessions",
                () -> Director.with(tables -> DirectorTables.limits(tables, ForwardingLimits.defaults())));
        directors.put(
                "few-answers-small-lan",
                () -> Director.withMtus(
                        tables -> DirectorTables.limits(
                                tables, new ForwardingLimits(1024, 16, 2, Duration.ofSeconds(60), 1)),
                        1500,
                        1280));
        directors.put("fresh-checked", () -> Director.fresh(PacketFixturesTest::withHealthCheck));
        directors.put("keeps-ttl", () -> Director.with(DirectorTables::keepingTtl));
        directors.put("no-default-route", () -> Director.with(DirectorTables::withoutDefaultRoute));
        directors.put("wan-route-only", () -> Director.with(DirectorTables::withWanRouteOnly));
        directors.put("sctp", () -> Director.with(SctpServices::tables));
        directors.put("nat64", () -> Director.with(StatefulTranslation::tables));
        directors.put("nat64-filtering", () -> Director.with(StatefulTranslation::filtering));
        directors.put("nat64-two-workers", () -> Director.ofTwoWorkers(StatefulTranslation::tables));
        directors.put("nat64-small", () -> Director.with(StatefulTranslation::small));
        directors.put("siit", () -> Director.with(Translated::tables));
        directors.put("siit-small-wan", () -> Director.withMtus(Translated::tables, 1400, 1500));
        directors.put("snat", () -> Director.with(Outbound::tables));
        directors.put("snat-small-wan", () -> Director.withMtus(Outbound::tables, 1280, 1500));
        directors.put(
                "snat-no-default-route",
                () -> Director.with(tables -> DirectorTables.withoutDefaultRoute(Outbound.tables(tables))));
        for (OutsideFilter filter : OutsideFilter.values()) {
            directors.put("mapped-" + filter.keyword(), () -> Director.with(mapped(filter)));
        }
        directors.put("denying-sctp", () -> Director.with(Outbound::denyingSctp));
        directors.put("packets-limited", () -> Director.with(tables -> limited(tables, new TrafficLimits(0, 100, 30))));
        directors.put("bits-limited", () -> Director.with(tables -> limited(tables, new TrafficLimits(1, 100, 0))));
        directors.put("denying", () -> Director.with(Outbound::denying));
        directors.put("allowing", () -> Director.with(Outbound::allowing));
        directors.put("silent", () -> Director.with(Outbound::silent));
        directors.put("modes", () -> Director.with(Modes::tables));
        directors.put(
                "modes-keeping-ttl", () -> Director.with(tables -> DirectorTables.keepingTtl(Modes.tables(tables))));
        directors.put("modes-small-lan", () -> Director.withMtus(Modes::tables, 1500, 1280));
        directors.put("modes-small-wan", () -> Director.withMtus(Modes::tables, 1280, 1500));
        return directors.get(name).get();
    }

    /** With IPv6, and a limit for every service. */
    private static ForwardingTables limited(ForwardingTables tables, TrafficLimits limits) {
        ForwardingTables wide = DirectorTables.withIpv6(tables);
        return wide.withServices(wide.services().stream()
                .map(service -> service.withPolicy(service.policy().withTraffic(limits), service.establishTimeout()))
                .toList());
    }

    private static ForwardingTables withHealthCheck(ForwardingTables tables) {
        Ipv4Address address = DirectorTables.ip("192.168.229.1");
        Duration second = Duration.ofSeconds(1);
        TcpCheck check = new TcpCheck(address, 80, Ipv4Address.ANY, second, Duration.ofSeconds(5), 1, second, false);
        RealserverDefinition checked = new RealserverDefinition(address, 80, 1, true, Optional.of(check));
        return DirectorTables.services(
                tables, DirectorTables.service(DirectorTables.ip("10.0.96.204"), 80, Protocol.TCP, true, checked));
    }
}
