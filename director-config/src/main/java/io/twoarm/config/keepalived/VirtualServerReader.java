package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads virtual servers, and hands inherited values down to their realservers. */
final class VirtualServerReader {
    private static final String NO_PROXY = "disable";

    private final Report report;
    private final KeywordGuard guard;
    private final TargetReader targetReader;
    private final RealServerReader realServerReader;

    VirtualServerReader(Report report, KeywordGuard guard) {
        this.report = report;
        this.guard = guard;
        targetReader = new TargetReader(report);
        realServerReader = new RealServerReader(report, guard);
    }

    /** The virtual server being read. */
    private static final class Draft {
        private Protocol protocol = Protocol.UDP;
        private Scheduler scheduler = Scheduler.WLC;
        private ForwardingMethod method = ForwardingMethod.NAT;
        private Optional<String> localAddressGroup = Optional.empty();
        private Optional<Integer> establishTimeout = Optional.empty();
        private ClientAddress clientAddress = ClientAddress.TOA;
        private ServiceOptions options = ServiceOptions.DEFAULTS;
        private Optional<Integer> persistenceSeconds = Optional.empty();
        private Optional<Integer> persistencePrefix = Optional.empty();
        private final List<Statement> realServers = new ArrayList<>();

        private void limit(TrafficLimits traffic) {
            options = options.withTraffic(traffic);
        }

        private ServiceOptions options(VirtualServer.Target target) {
            boolean wide = target instanceof VirtualServer.Target.Single single
                    && single.vip().getAddress().length > 4;
            int longest = wide ? 128 : 32;
            return persistenceSeconds.isEmpty() && persistencePrefix.isEmpty()
                    ? options
                    : options.withPersistence(Optional.of(new Persistence(
                            persistenceSeconds.orElse(Persistence.DEFAULT_SECONDS),
                            persistencePrefix.orElse(longest))));
        }
    }

    Optional<VirtualServer> read(Statement block) {
        Optional<VirtualServer.Target> target = targetReader.read(block);
        Draft draft = new Draft();
        List<Statement> statements = guard.honoured(block.statements(), "virtual_server");
        Inherited inherited = Inherited.NOTHING.with(statements, report);
        statements.forEach(statement -> readStatement(draft, statement));
        warnAboutDefaults(block, statements);
        List<RealServer> realServers = draft.realServers.stream()
                .flatMap(statement -> realServerReader.read(statement, inherited).stream())
                .toList();
        return target.map(found -> new VirtualServer(
                found,
                draft.protocol,
                draft.scheduler,
                draft.method,
                draft.localAddressGroup,
                draft.establishTimeout,
                inherited.interval().orElse(TcpCheck.DEFAULT_INTERVAL),
                draft.clientAddress,
                draft.options(found),
                realServers,
                block.origin()));
    }

    private void readStatement(Draft draft, Statement statement) {
        switch (statement.keyword()) {
            case "protocol" ->
                report.choice(statement, Protocol::of, Protocol.values()).ifPresent(v -> draft.protocol = v);
            case "lb_algo", "lvs_sched" ->
                report.choice(statement, Scheduler::of, Scheduler.values()).ifPresent(v -> draft.scheduler = v);
            case "lb_kind", "lvs_method" -> readMethod(statement).ifPresent(v -> draft.method = v);
            case "client_address", "proxy_protocol" ->
                readClientAddress(statement).ifPresent(v -> draft.clientAddress = v);
            case "hash_target" ->
                report.choice(statement, HashTarget::of, HashTarget.named())
                        .ifPresent(v -> draft.options = draft.options.withHashTarget(v));
            case "sh-port", "mh-port" -> {
                draft.options = draft.options.withHashTarget(HashTarget.SIP_AND_PORT);
            }
            case "persistence_timeout" ->
                draft.persistenceSeconds = statement.arguments().isEmpty()
                        ? Optional.of(Persistence.DEFAULT_SECONDS)
                        : report.number(statement, 1, Persistence.LONGEST);
            case "persistence_granularity" -> draft.persistencePrefix = readGranularity(statement);
            case "ops" -> {
                if (report.isOn(statement)) {
                    draft.options = draft.options.withOnePacket();
                }
            }
            case "syn_proxy" -> {
                if (report.isOn(statement)) {
                    draft.options = draft.options.withSynProxy();
                }
            }
            case "expire_quiescent_conn" -> {
                if (report.isOn(statement)) {
                    draft.options = draft.options.withExpireQuiescent();
                }
            }
            case "connection_rate" ->
                report.number(statement, 1, ServiceOptions.HIGHEST_CONNECTION_RATE)
                        .ifPresent(v -> draft.options = draft.options.withConnectionRate(v));
            case "bps" ->
                report.number(statement, 0, TrafficLimits.HIGHEST_BPS)
                        .ifPresent(v -> draft.limit(draft.options.traffic().withMegabits(v)));
            case "limit_proportion" ->
                report.number(statement, 1, TrafficLimits.WHOLE)
                        .ifPresent(v -> draft.limit(draft.options.traffic().withProportion(v)));
            case "packet_rate" ->
                report.number(statement, 1, TrafficLimits.HIGHEST_PACKET_RATE)
                        .ifPresent(v -> draft.limit(draft.options.traffic().withPackets(v)));
            case "endpoint_independent" ->
                report.choice(statement, OutsideFilter::of, OutsideFilter.values())
                        .ifPresent(v -> draft.options = draft.options.withEndpointIndependent(v));
            case "sorry_server" ->
                Endpoint.read(statement, report)
                        .ifPresent(server -> draft.options = draft.options.withSorryServer(new RealServer(
                                server.address(),
                                server.port(),
                                RealServer.DEFAULT_WEIGHT,
                                false,
                                Optional.empty(),
                                ConnectionLimits.NONE,
                                statement.origin())));
            case "daddr_group_name" ->
                report.word(statement, "the name of a deny_address_group")
                        .ifPresent(word ->
                                draft.options = draft.options.withAccessGroup(AccessGroup.Kind.DENY, word.value()));
            case "waddr_group_name" ->
                report.word(statement, "the name of an allow_address_group")
                        .ifPresent(word ->
                                draft.options = draft.options.withAccessGroup(AccessGroup.Kind.ALLOW, word.value()));
            case "laddr_group_name" ->
                draft.localAddressGroup = report.word(statement, "the name of a local_address_group")
                        .map(Token::value);
            case "establish_timeout" ->
                draft.establishTimeout = report.number(statement, 1, VirtualServer.LONGEST_ESTABLISH_TIMEOUT);
            case "ip_family" -> checkFamilyWord(statement);
            case "real_server" -> draft.realServers.add(statement);
            default -> {
                // Inherited ones are read before.
            }
        }
    }

    /** A netmask without holes, or a prefix length. */
    private Optional<Integer> readGranularity(Statement statement) {
        String allowed = "a netmask such as 255.255.255.0, or a prefix length of 1 to 128";
        return report.word(statement, allowed).flatMap(word -> {
            Optional<Integer> length = prefixLength(word.value());
            if (length.isEmpty()) {
                report.badValue(word, statement.keyword(), allowed);
            }
            return length;
        });
    }

    private static Optional<Integer> prefixLength(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int length = Integer.parseInt(text);
            return length >= 1 && length <= 128 ? Optional.of(length) : Optional.empty();
        }
        return AddressLiteral.parse(text)
                .map(InetAddress::getAddress)
                .filter(bytes -> bytes.length == Integer.BYTES)
                .map(bytes -> ByteBuffer.wrap(bytes).getInt())
                .filter(mask -> mask != 0 && Integer.numberOfLeadingZeros(~mask) == Integer.bitCount(mask))
                .map(Integer::bitCount);
    }

    /** One word, or as keepalived has it {@code TUN type ipip} and {@code TUN type gre}, perhaps with {@code nocsum}. */
    private Optional<ForwardingMethod> readMethod(Statement statement) {
        List<Token> words = statement.arguments();
        if (words.size() < 2 || !words.getFirst().value().equals(ForwardingMethod.TUN.name())) {
            return report.choice(statement, ForwardingMethod::of, ForwardingMethod.values());
        }
        String type = words.size() < 3 ? "" : words.get(2).value();
        boolean known = words.get(1).value().equals("type") && (type.equals("ipip") || type.equals("gre"));
        boolean plain =
                words.size() == 3 || words.size() == 4 && words.get(3).value().equals("nocsum");
        if (!known || !plain) {
            report.badValue(words.getLast(), statement.keyword(), "TUN type ipip or TUN type gre, perhaps with nocsum");
            return Optional.empty();
        }
        return Optional.of(type.equals("gre") ? ForwardingMethod.TUN_GRE : ForwardingMethod.TUN);
    }

    private void checkFamilyWord(Statement statement) {
        report.word(statement, "inet or inet6")
                .filter(word -> !word.value().equals("inet") && !word.value().equals("inet6"))
                .ifPresent(word -> report.badValue(word, "ip_family", "inet or inet6"));
    }

    private Optional<ClientAddress> readClientAddress(Statement statement) {
        String keyword = statement.keyword();
        List<String> allowed = ClientAddress.behind(keyword).stream()
                .map(ClientAddress::keyword)
                .collect(Collectors.toCollection(ArrayList::new));
        if (keyword.equals(ClientAddress.PROXY_V2.statement())) {
            allowed.add(NO_PROXY);
        }
        String list = "one of " + String.join(", ", allowed);
        return report.word(statement, list).flatMap(word -> {
            String text = word.value();
            if (text.endsWith("-insecure")) {
                // Headers that clients send would be believed.
                report.unsupported(word.origin(), keyword, keyword + " " + text, "Write v1 or v2.");
            } else if (!allowed.contains(text)) {
                report.error(
                        "bad-value",
                        word.origin(),
                        keyword,
                        keyword + " is followed by " + list + ", not by " + text + ".",
                        "Write one of these.");
            }
            return ClientAddress.of(keyword, text);
        });
    }

    private void warnAboutDefaults(Statement block, List<Statement> statements) {
        if (statements.stream().noneMatch(statement -> statement.keyword().equals("protocol"))) {
            report.warning(
                    "missing-protocol",
                    block.origin(),
                    "protocol",
                    "The virtual server names no protocol, which means UDP.",
                    "Write protocol TCP or protocol UDP.");
        }
    }
}
