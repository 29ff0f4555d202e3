package io.twoarm.model;

import io.twoarm.model.DirectorGroup.Redundancy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes topologies that are valid as values but mean nothing: every field takes values from all over its range, names
 * and texts included that YAML is prone to misread. The same seed makes the same topology.
 */
public final class RandomTopologies {
    private static final List<String> AWKWARD_NAMES = List.of(
            "no",
            "true",
            "null",
            "1",
            "1.5",
            "0x10",
            "1e3",
            "007",
            "1_000",
            "2026-11-21",
            "12-30",
            "on",
            "y",
            "a.b",
            "x".repeat(63),
            "eth0.100",
            "ports",
            "hosts",
            "10.0.96.201-80");
    private static final List<String> AWKWARD_TEXTS = List.of(
            "",
            " ",
            " leading",
            "trailing ",
            "a: b",
            "a #b",
            "# a",
            "- a",
            "key:",
            "\"quoted\"",
            "'single'",
            "back\\slash",
            "{a}",
            "[1, 2]",
            "a, b",
            "Zürich – Ost",
            "日本",
            "\uD83D\uDE00",
            "&anchor",
            "*alias",
            "!tag",
            "%YAML",
            "@",
            "`",
            "|",
            ">",
            "?",
            "null",
            "~",
            "yes",
            "1",
            "-1",
            ".5",
            "0x1F",
            "2026-11-21",
            "---",
            "...",
            "\u00A0",
            "\u2028x",
            "\uFEFFx",
            "\uFFFEx",
            "=",
            "<<",
            "a  b",
            ":",
            "x".repeat(200));

    private final Random random;

    public RandomTopologies(long seed) {
        this.random = new Random(seed);
    }

    public Topology next() {
        return new Topology(
                name(),
                text(),
                description(),
                named(
                        4,
                        name -> new Segment(
                                name,
                                some(3, this::prefix),
                                random.nextBoolean() ? 1500 : number(68, 65535),
                                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(number(1, 4094)))),
                named(7, this::host),
                named(3, name -> new LocalAddressPool(name, name(), name(), some(40, this::address))),
                named(3, name -> new RealserverPool(name, some(4, this::member), check())),
                named(3, this::service),
                named(2, this::directorGroup),
                named(
                        2,
                        name -> new NatGateway(
                                name,
                                name(),
                                name(),
                                some(3, this::address),
                                some(3, this::prefix),
                                random.nextBoolean(),
                                maybe(() -> pick(List.of(NatGateway.OutsideFilter.values()))))));
    }

    private Host host(String name) {
        List<Port> ports = named(3, this::port);
        List<Route> routes = some(3, this::route);
        Optional<SshAccess> ssh = maybe(() -> new SshAccess(
                random.nextBoolean() ? IpLiteral.format(address()).replaceAll("^:", "0:") : "lb-1.example.net",
                number(1, 65535),
                pick(List.of("root", "deploy", "no", "_svc"))));
        return switch (random.nextInt(4)) {
            case 0 -> new Host.Client(name, ports, routes, ssh);
            case 1 -> new Host.Router(name, ports, routes, ssh);
            case 2 ->
                new Host.Director(
                        name,
                        ports,
                        routes,
                        ssh,
                        pick(List.of(DirectorKind.values())),
                        new DataplaneSettings(
                                number(1, 63),
                                random.nextBoolean() ? 1024 : number(64, 1 << 20),
                                random.nextBoolean(),
                                translation()),
                        pick(List.of(DpvsRelease.values())));
            default -> new Host.Realserver(name, ports, routes, ssh, some(3, () -> number(1, 65535)));
        };
    }

    private Port port(String name) {
        Attachment attachment = switch (random.nextInt(6)) {
            case 0 -> new Attachment.AfPacket(name);
            case 1 -> new Attachment.AfPacket(name());
            case 2 -> pci();
            case 3 ->
                new Attachment.Bond(
                        number(0, 6), some(3, () -> random.nextBoolean() ? pci() : new Attachment.AfPacket(name())));
            case 4 -> new Attachment.Vlan(name());
            default -> new Attachment.Kernel();
        };
        return new Port(name, name(), some(12, this::interfaceAddress), attachment, some(2, this::interfaceAddress));
    }

    private Attachment pci() {
        return new Attachment.Pci("0000:%02x:%02x.%d".formatted(number(0, 255), number(0, 31), number(0, 7)));
    }

    private DirectorGroup directorGroup(String name) {
        return new DirectorGroup(
                name,
                some(3, this::name),
                random.nextBoolean()
                        ? new Redundancy.Vrrp(
                                named(3, this::vrrpInstance),
                                time(1),
                                random.nextBoolean(),
                                maybe(() -> pick(List.of("dpvstest", "1", "null", "?x", "~", "a:b", "longer-than-8"))),
                                maybe(this::name))
                        : new Redundancy.Ecmp(
                                number(1, 65_535),
                                some(3, () -> new DirectorGroup.BgpPeer(name(), number(1, 2_000_000_000))),
                                pick(List.of(DirectorGroup.RoutingDaemon.values())),
                                random.nextBoolean()));
    }

    private DirectorGroup.VrrpInstance vrrpInstance(String name) {
        return new DirectorGroup.VrrpInstance(
                name, name(), pick(List.of(DirectorGroup.Family.values())), number(1, 255), some(3, this::address));
    }

    private Route route() {
        Optional<InetAddress> via = maybe(this::address);
        Optional<String> port = via.isEmpty() ? Optional.of(name()) : maybe(this::name);
        Prefix destination = random.nextBoolean() ? prefix() : Prefix.everything(address());
        return new Route(destination, via, port);
    }

    private RealserverPool.Member member() {
        return new RealserverPool.Member(name(), address(), number(1, 65535), number(0, 65535));
    }

    private HealthCheck check() {
        return random.nextBoolean()
                ? new HealthCheck.None()
                : new HealthCheck.TcpConnect(time(1), time(1), number(0, 100), time(0));
    }

    private Duration time(int shortestMillis) {
        return random.nextBoolean()
                ? Duration.ofSeconds(number(1, 86_400))
                : Duration.ofMillis(number(shortestMillis, 9999));
    }

    private VirtualService service(String name) {
        return new VirtualService(
                        name,
                        name(),
                        name(),
                        address(),
                        pick(List.of(VirtualService.Protocol.values())),
                        number(1, 65535),
                        pick(List.of(VirtualService.ForwardingMode.values())),
                        pick(List.of(VirtualService.Scheduler.values())),
                        maybe(this::name),
                        name(),
                        pick(List.of(VirtualService.ClientAddress.values())))
                .withTraffic(new TrafficLimits(
                        random.nextBoolean() ? 0 : number(1, 100_000),
                        random.nextBoolean() ? 0 : number(1, 10_000_000)));
    }

    private InterfaceAddress interfaceAddress() {
        InetAddress address = address();
        return new InterfaceAddress(address, number(0, IpLiteral.bits(address)));
    }

    private FamilyTranslation translation() {
        return new FamilyTranslation(
                random.nextInt(4) > 0 ? Optional.empty() : Optional.of(nat64()),
                random.nextInt(4) > 0
                        ? Optional.empty()
                        : Optional.of(new Siit(
                                random.nextBoolean() ? Optional.empty() : Optional.of(prefix()),
                                some(2, () -> new Siit.Mapping(prefix(), prefix())))));
    }

    private Nat64 nat64() {
        Nat64.Timeouts timeouts = new Nat64.Timeouts(
                Duration.ofSeconds(number(120, 86_400)),
                Duration.ofSeconds(number(60, 86_400)),
                Duration.ofSeconds(number(7_440, 604_800)),
                Duration.ofSeconds(number(240, 86_400)));
        return new Nat64(
                prefix(),
                prefix(),
                pick(List.of(Nat64.Filtering.values())),
                number(1, 1 << 22),
                random.nextBoolean() ? Nat64.STANDARD_SESSIONS : number(1, 1 << 22),
                random.nextBoolean() ? Nat64.Timeouts.STANDARD : timeouts,
                some(
                        2,
                        () -> new Nat64.Binding(
                                pick(List.of(Nat64.Protocol.values())),
                                address(),
                                number(1, 65535),
                                address(),
                                number(1, 65535))));
    }

    private Prefix prefix() {
        InetAddress address = address();
        return Prefix.around(address, number(0, IpLiteral.bits(address)));
    }

    /** IPv4, IPv6 and IPv6 with many zeros, but no IPv4-mapped one, which has no literal of its own. */
    InetAddress address() {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? 4 : 16];
        random.nextBytes(bytes);
        if (bytes.length == 16) {
            bytes[0] |= 0x20;
            for (int i = 1; random.nextBoolean() && i < 16; i += 1 + random.nextInt(3)) {
                bytes[i] = 0;
            }
            int from = 1 + random.nextInt(15);
            for (int i = from; i < Math.min(16, from + random.nextInt(15)); i++) {
                bytes[i] = 0;
            }
        }
        return IpLiteral.ofBytes(bytes);
    }

    private String name() {
        return random.nextInt(3) == 0 ? pick(AWKWARD_NAMES) : "n" + random.nextInt(1000);
    }

    private String text() {
        return random.nextInt(4) == 0 ? "plain words, " + random.nextInt() : pick(AWKWARD_TEXTS);
    }

    private String description() {
        List<String> lines = some(5, this::text);
        String text = String.join(random.nextBoolean() ? "\n" : "\n\n", lines);
        return switch (random.nextInt(4)) {
            case 0 -> text;
            case 1 -> text + "\n\n";
            case 2 -> "\t" + text + "\n";
            default -> text + "\n";
        };
    }

    private <T> List<T> named(int most, Function<String, T> maker) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            names.add(name());
        }
        return names.stream().map(maker).toList();
    }

    private <T> List<T> some(int most, Supplier<T> maker) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            items.add(maker.get());
        }
        return items;
    }

    private <T> Optional<T> maybe(Supplier<T> maker) {
        return random.nextBoolean() ? Optional.of(maker.get()) : Optional.empty();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private int number(int lowest, int highest) {
        return lowest + random.nextInt(highest - lowest + 1);
    }
}
