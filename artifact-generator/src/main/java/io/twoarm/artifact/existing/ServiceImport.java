package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Check;
import io.twoarm.artifact.existing.ExistingDirector.LocalAddress;
import io.twoarm.artifact.existing.ExistingDirector.Real;
import io.twoarm.artifact.existing.ExistingDirector.Service;
import io.twoarm.config.AddressLiteral;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.NatGateway.OutsideFilter;
import io.twoarm.model.Prefix;
import io.twoarm.model.TrafficLimits;
import io.twoarm.model.VirtualService.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a {@code virtual_server}. */
final class ServiceImport {
    private static final int DEFAULT_DELAY_LOOP = 60_000;
    private static final int DEFAULT_TIMEOUT = 5_000;
    private static final int DEFAULT_DELAY = 1_000;

    private final ExistingFile file;
    private final Gathering gathering;
    private final Map<String, List<Target>> groups;

    ServiceImport(ExistingFile file, Gathering gathering, Map<String, List<Target>> groups) {
        this.file = file;
        this.gathering = gathering;
        this.groups = groups;
    }

    record Target(InetAddress vip, int port) {}

    void read(Statement statement) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Statement> places = new HashMap<>();
        List<Statement> reals = new ArrayList<>();
        for (Statement inner : statement.statements()) {
            if (inner.keyword().equals("real_server")) {
                reals.add(inner);
            } else if (!inner.keyword().isEmpty()) {
                List<String> words = KeepalivedImport.words(inner);
                String name = canonical(inner.keyword());
                values.put(name, words.size() > 1 ? String.join(" ", words.subList(1, words.size())) : "yes");
                places.put(name, inner);
            }
        }
        String first = KeepalivedImport.argument(statement, 0).orElse("");
        if (first.equals("match")) {
            gateway(statement, values, reals);
            return;
        }
        Optional<Protocol> protocol = protocol(values.getOrDefault("protocol", "UDP"));
        List<Target> targets = targets(statement, first);
        if (protocol.isEmpty() || targets.isEmpty()) {
            missing(statement, "a topology knows TCP, UDP and SCTP services with a VIP and a port from 1 to 65535");
            return;
        }
        List<LocalAddress> local = localAddresses(values, places);
        List<Real> realservers =
                reals.stream().flatMap(it -> real(it, values).stream()).toList();
        Map<String, String> others = others(values, places);
        TrafficLimits traffic = TrafficImport.of(
                Optional.ofNullable(values.get("bps")),
                Optional.ofNullable(values.get("limit_proportion")),
                Optional.ofNullable(values.get("packet_rate")),
                reason -> missing(places.getOrDefault("limit_proportion", statement), reason));
        for (Target target : targets) {
            gathering.services.add(new Service(
                    target.vip(),
                    target.port(),
                    protocol.get(),
                    values.getOrDefault("lb_algo", "wlc"),
                    values.getOrDefault("lb_kind", "NAT").toUpperCase(Locale.ROOT),
                    local,
                    clientAddress(values),
                    isOn(values, "syn_proxy"),
                    traffic,
                    others,
                    realservers));
        }
    }

    private static String canonical(String keyword) {
        return switch (keyword) {
            case "lvs_sched" -> "lb_algo";
            case "lvs_method" -> "lb_kind";
            case "nb_sock_retry" -> "retry";
            default -> keyword;
        };
    }

    private List<Target> targets(Statement statement, String first) {
        if (first.equals("group")) {
            return groups.getOrDefault(KeepalivedImport.argument(statement, 1).orElse(""), List.of());
        }
        Optional<InetAddress> vip = AddressLiteral.parse(first);
        Optional<Integer> port = KeepalivedImport.argument(statement, 1)
                .flatMap(KeepalivedImport::number)
                .filter(it -> it > 0 && it < 65536);
        return vip.isPresent() && port.isPresent() ? List.of(new Target(vip.get(), port.get())) : List.of();
    }

    private static Optional<Protocol> protocol(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "TCP" -> Optional.of(Protocol.TCP);
            case "UDP" -> Optional.of(Protocol.UDP);
            case "SCTP" -> Optional.of(Protocol.SCTP);
            default -> Optional.empty();
        };
    }

    private List<LocalAddress> localAddresses(Map<String, String> values, Map<String, Statement> places) {
        String name = values.get("laddr_group_name");
        if (name == null) {
            return List.of();
        }
        gathering.dpvsDialect = true;
        List<LocalAddress> found = gathering.localAddresses.get(name);
        if (found == null) {
            missing(places.get("laddr_group_name"), "there is no local_address_group of that name");
            return List.of();
        }
        return List.copyOf(found);
    }

    /** A switch without a word is on. */
    private static boolean isOn(Map<String, String> values, String name) {
        return Set.of("yes", "true", "on").contains(values.getOrDefault(name, "no"));
    }

    private static Optional<String> clientAddress(Map<String, String> values) {
        String proxy = values.getOrDefault("proxy_protocol", "disable");
        if (proxy.equals("v2")) {
            return Optional.of("proxy_v2");
        }
        return Optional.ofNullable(values.get("client_address"));
    }

    private Map<String, String> others(Map<String, String> values, Map<String, Statement> places) {
        Map<String, String> others = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            boolean known = switch (name) {
                case "protocol",
                        "lb_algo",
                        "lb_kind",
                        "laddr_group_name",
                        "delay_loop",
                        "client_address",
                        "ip_family",
                        "connect_timeout",
                        "retry",
                        "delay_before_retry",
                        "weight",
                        "inhibit_on_failure",
                        "syn_proxy",
                        "bps",
                        "limit_proportion",
                        "packet_rate" -> true;
                case "proxy_protocol" -> value.equals("v2") || value.equals("disable");
                default -> false;
            };
            if (!known) {
                others.put(name, value);
                missing(places.get(name), KeepalivedImport.NO_COUNTERPART);
            }
        });
        return others;
    }

    private Optional<Real> real(Statement statement, Map<String, String> inherited) {
        Optional<InetAddress> address = KeepalivedImport.argument(statement, 0).flatMap(AddressLiteral::parse);
        Optional<Integer> port = KeepalivedImport.argument(statement, 1)
                .flatMap(KeepalivedImport::number)
                .filter(it -> it > 0 && it < 65536);
        if (address.isEmpty() || port.isEmpty()) {
            missing(statement, "a realserver of a topology has an address and a port from 1 to 65535");
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>(inherited);
        Map<String, String> others = new LinkedHashMap<>();
        Optional<Check> check = Optional.empty();
        boolean checked = false;
        for (Statement inner : statement.statements()) {
            switch (canonical(inner.keyword())) {
                case "" -> {}
                case "weight", "delay_loop", "connect_timeout", "retry", "delay_before_retry" ->
                    values.put(
                            canonical(inner.keyword()),
                            KeepalivedImport.argument(inner, 0).orElse(""));
                case "inhibit_on_failure" ->
                    values.put(
                            "inhibit_on_failure",
                            KeepalivedImport.argument(inner, 0).orElse("yes"));
                case "TCP_CHECK" -> {
                    check = Optional.of(check(inner, values, port.get(), others));
                    checked = true;
                }
                default -> {
                    others.put(
                            inner.keyword(), KeepalivedImport.argument(inner, 0).orElse("yes"));
                    boolean another = inner.keyword().endsWith("_CHECK")
                            || inner.keyword().endsWith("_GET");
                    missing(
                            inner,
                            another
                                    ? "a topology checks by TCP connections only; the realserver counts as healthy"
                                    : KeepalivedImport.NO_COUNTERPART);
                }
            }
        }
        String inhibit = values.getOrDefault("inhibit_on_failure", "false");
        boolean inhibited = !inhibit.equals("false") && !inhibit.equals("no");
        if (checked && !inhibited) {
            missing(statement, "without inhibit_on_failure; TwoArm keeps failed realservers with weight 0");
        }
        return Optional.of(new Real(
                address.get(),
                port.get(),
                KeepalivedImport.number(values.getOrDefault("weight", "1")).orElse(1),
                inhibited,
                check,
                others));
    }

    private Check check(Statement statement, Map<String, String> inherited, int port, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(inherited);
        for (Statement inner : statement.statements()) {
            String value = KeepalivedImport.argument(inner, 0).orElse("");
            switch (canonical(inner.keyword())) {
                case "" -> {}
                case "connect_port" -> {
                    if (!value.equals(Integer.toString(port))) {
                        others.put("connect_port", value);
                        missing(inner, "a topology checks the port that is served");
                    }
                }
                case "connect_timeout", "retry", "delay_before_retry", "delay_loop" ->
                    values.put(canonical(inner.keyword()), value);
                default -> {
                    others.put(inner.keyword(), value);
                    missing(inner, KeepalivedImport.NO_COUNTERPART);
                }
            }
        }
        return new Check(
                millis(values, "delay_loop", DEFAULT_DELAY_LOOP),
                millis(values, "connect_timeout", DEFAULT_TIMEOUT),
                KeepalivedImport.number(values.getOrDefault("retry", "1")).orElse(1),
                millis(values, "delay_before_retry", DEFAULT_DELAY));
    }

    private static int millis(Map<String, String> values, String name, int fallback) {
        return Optional.ofNullable(values.get(name))
                .flatMap(KeepalivedImport::millis)
                .orElse(fallback);
    }

    /** A way out: DPVS's source NAT, one match for each network and protocol. */
    private void gateway(Statement statement, Map<String, String> values, List<Statement> reals) {
        gathering.dpvsDialect = true;
        Optional<Prefix> source = Optional.ofNullable(values.get("src-range")).flatMap(ServiceImport::span);
        String out = values.getOrDefault("oif", "");
        List<InetAddress> addresses = reals.stream()
                .flatMap(it -> KeepalivedImport.argument(it, 0).flatMap(AddressLiteral::parse).stream())
                .toList();
        if (source.isEmpty() || out.isEmpty() || addresses.isEmpty()) {
            missing(statement, "a way out needs src-range of one network, oif and realservers with outside addresses");
            return;
        }
        Optional<OutsideFilter> filter =
                Optional.ofNullable(values.get("endpoint_independent")).flatMap(ServiceImport::filter);
        if (filter.isEmpty() && values.containsKey("endpoint_independent")) {
            missing(statement, "endpoint_independent is endpoint, address or address_port");
        }
        if (!gathering.wayOut(out, addresses, List.of(source.get()), filter)) {
            missing(
                    statement,
                    "a NAT gateway has the same endpoint_independent for TCP, UDP and pings, which is here that of the first block");
        }
    }

    private static Optional<OutsideFilter> filter(String word) {
        return Stream.of(OutsideFilter.values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    /** {@code A-B} as the network whose first and last address they are. */
    private static Optional<Prefix> span(String text) {
        String[] ends = text.split("-", -1);
        Optional<InetAddress> first = AddressLiteral.parse(ends[0]);
        Optional<InetAddress> last = ends.length == 2 ? AddressLiteral.parse(ends[1]) : Optional.empty();
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        for (int length = 0; length <= IpLiteral.bits(first.get()); length++) {
            try {
                Prefix network = new Prefix(first.get(), length);
                if (network.last().equals(last.get())) {
                    return Optional.of(network);
                }
            } catch (InvalidLiteralException tooShort) {
                continue; // the first address has bits behind this length
            }
        }
        return Optional.empty();
    }

    private void missing(Statement statement, String why) {
        gathering.unmapped(file, statement.origin().line(), String.join(" ", KeepalivedImport.words(statement)), why);
    }
}
