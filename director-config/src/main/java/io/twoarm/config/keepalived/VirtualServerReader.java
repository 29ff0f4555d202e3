package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.NearestKeyword;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads virtual servers, their realservers and checks, and hands inherited values down. */
final class VirtualServerReader {
    private final Report report;
    private static final String NO_PROXY = "disable";

    private final KeywordGuard guard;

    VirtualServerReader(Report report, KeywordGuard guard) {
        this.report = report;
        this.guard = guard;
    }

    /** Values that a check takes from its realserver, and a realserver from its virtual server. */
    private record Inherited(
            Optional<Duration> interval,
            Optional<Duration> connectTimeout,
            Optional<Integer> retry,
            Optional<Duration> delayBeforeRetry,
            Optional<Integer> weight,
            boolean inhibitOnFailure) {
        static final Inherited NOTHING = new Inherited(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
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
        Optional<VirtualServer.Target> target = readTarget(block);
        Draft draft = new Draft();
        List<Statement> statements = guard.honoured(block.statements(), "virtual_server");
        Inherited inherited = inherit(statements, Inherited.NOTHING);
        statements.forEach(statement -> readStatement(draft, statement));
        warnAboutDefaults(block, statements);
        List<RealServer> realServers = draft.realServers.stream()
                .flatMap(statement -> readRealServer(statement, inherited).stream())
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

    private Optional<VirtualServer.Target> readTarget(Statement block) {
        List<Token> words = block.arguments();
        if (words.size() != 2) {
            report.error(
                    "bad-value",
                    block.origin(),
                    "virtual_server",
                    "virtual_server is followed by a VIP and a port, two words; here are " + words.size() + ".",
                    "Write virtual_server 10.0.96.204 80 {, virtual_server group NAME {, or virtual_server match NAME {.");
            return Optional.empty();
        }
        String first = words.getFirst().value();
        if (first.equals("group")) {
            return Optional.of(new VirtualServer.Target.Group(words.get(1).value()));
        }
        if (first.equals("match")) {
            return Optional.of(readMatch(block, words.get(1).value()));
        }
        if (first.equals("fwmark")) {
            report.unsupported(block.origin(), first, "virtual_server " + first, "Remove it.");
            return Optional.empty();
        }
        Optional<InetAddress> vip = report.address(words.getFirst(), "virtual_server");
        Optional<Integer> port = report.number(words.get(1), "virtual_server", 0, 65535);
        return vip.isPresent() && port.isPresent()
                ? Optional.of(new VirtualServer.Target.Single(vip.get(), port.get()))
                : Optional.empty();
    }

    private VirtualServer.Target.Match readMatch(Statement block, String name) {
        Optional<FlowEnds> source = Optional.empty();
        Optional<FlowEnds> destination = Optional.empty();
        Optional<String> in = Optional.empty();
        Optional<String> out = Optional.empty();
        for (Statement statement : block.statements()) {
            switch (statement.keyword()) {
                case "src-range" -> source = readEnds(statement);
                case "dst-range" -> destination = readEnds(statement);
                case "iif" ->
                    in = report.word(statement, "the name of a device").map(Token::value);
                case "oif" ->
                    out = report.word(statement, "the name of a device").map(Token::value);
                default -> {
                    // Read with the others.
                }
            }
        }
        return new VirtualServer.Target.Match(name, source, destination, in, out);
    }

    private Optional<FlowEnds> readEnds(Statement statement) {
        return report.word(statement, FlowEnds.ALLOWED).flatMap(word -> {
            Optional<FlowEnds> ends = FlowEnds.parse(word.value());
            if (ends.isEmpty()) {
                report.badValue(word, statement.keyword(), FlowEnds.ALLOWED);
            }
            return ends;
        });
    }

    private void readStatement(Draft draft, Statement statement) {
        switch (statement.keyword()) {
            case "protocol" -> word(statement, Protocol::of, Protocol.values()).ifPresent(v -> draft.protocol = v);
            case "lb_algo", "lvs_sched" ->
                word(statement, Scheduler::of, Scheduler.values()).ifPresent(v -> draft.scheduler = v);
            case "lb_kind", "lvs_method" -> readMethod(statement).ifPresent(v -> draft.method = v);
            case "client_address", "proxy_protocol" ->
                readClientAddress(statement).ifPresent(v -> draft.clientAddress = v);
            case "hash_target" ->
                word(statement, HashTarget::of, HashTarget.named())
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
                if (readSwitch(statement)) {
                    draft.options = draft.options.withOnePacket();
                }
            }
            case "syn_proxy" -> {
                if (readSwitch(statement)) {
                    draft.options = draft.options.withSynProxy();
                }
            }
            case "expire_quiescent_conn" -> {
                if (readSwitch(statement)) {
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
            case "sorry_server" ->
                readEndpoint(statement)
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
                // Read by inherit().
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

    private record Endpoint(InetAddress address, int port) {}

    /** An address and a port, two words behind a keyword. */
    private Optional<Endpoint> readEndpoint(Statement block) {
        List<Token> words = block.arguments();
        if (words.size() != 2) {
            report.error(
                    "bad-value",
                    block.origin(),
                    block.keyword(),
                    block.keyword() + " is followed by an address and a port, two words; here are " + words.size()
                            + ".",
                    "Write " + block.keyword() + " 192.168.229.1 80.");
            return Optional.empty();
        }
        Optional<InetAddress> address = report.address(words.getFirst(), block.keyword());
        Optional<Integer> port = report.number(words.get(1), block.keyword(), 0, 65535);
        return address.flatMap(found -> port.map(number -> new Endpoint(found, number)));
    }

    /** One word, or as keepalived has it {@code TUN type ipip} and {@code TUN type gre}, perhaps with {@code nocsum}. */
    private Optional<ForwardingMethod> readMethod(Statement statement) {
        List<Token> words = statement.arguments();
        if (words.size() < 2 || !words.getFirst().value().equals(ForwardingMethod.TUN.name())) {
            return word(statement, ForwardingMethod::of, ForwardingMethod.values());
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

    private <T extends Enum<T>> Optional<T> word(
            Statement statement, Function<String, Optional<T>> reader, T[] values) {
        List<String> allowed = Stream.of(values)
                .flatMap(value -> Stream.of(value.name(), value.name().toLowerCase(Locale.ROOT)))
                .filter(text -> reader.apply(text).isPresent())
                .toList();
        String list = "one of " + String.join(", ", allowed);
        return report.word(statement, list).flatMap(word -> {
            Optional<T> value = reader.apply(word.value());
            if (value.isEmpty()) {
                String near = NearestKeyword.to(word.value(), allowed)
                        .map(name -> " Did you mean " + name + "?")
                        .orElse("");
                report.error(
                        "bad-value",
                        word.origin(),
                        statement.keyword(),
                        statement.keyword() + ": " + word.value() + " is not " + list + ".",
                        "Write " + list + "." + near);
            }
            return value;
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

    private Inherited inherit(List<Statement> statements, Inherited from) {
        Inherited now = from;
        for (Statement statement : statements) {
            now = inheritOne(statement, now);
        }
        return now;
    }

    private Inherited inheritOne(Statement statement, Inherited from) {
        return switch (statement.keyword()) {
            case "delay_loop" ->
                new Inherited(
                        report.seconds(statement, false).or(from::interval),
                        from.connectTimeout,
                        from.retry,
                        from.delayBeforeRetry,
                        from.weight,
                        from.inhibitOnFailure);
            case "connect_timeout" ->
                new Inherited(
                        from.interval,
                        report.seconds(statement, false).or(from::connectTimeout),
                        from.retry,
                        from.delayBeforeRetry,
                        from.weight,
                        from.inhibitOnFailure);
            case "retry", "nb_sock_retry" ->
                new Inherited(
                        from.interval,
                        from.connectTimeout,
                        report.number(renamed(statement), 0, 1000).or(from::retry),
                        from.delayBeforeRetry,
                        from.weight,
                        from.inhibitOnFailure);
            case "delay_before_retry" ->
                new Inherited(
                        from.interval,
                        from.connectTimeout,
                        from.retry,
                        report.seconds(statement, true).or(from::delayBeforeRetry),
                        from.weight,
                        from.inhibitOnFailure);
            case "weight" ->
                new Inherited(
                        from.interval,
                        from.connectTimeout,
                        from.retry,
                        from.delayBeforeRetry,
                        report.number(statement, 0, RealServer.HIGHEST_WEIGHT).or(from::weight),
                        from.inhibitOnFailure);
            case "inhibit_on_failure" ->
                new Inherited(
                        from.interval,
                        from.connectTimeout,
                        from.retry,
                        from.delayBeforeRetry,
                        from.weight,
                        readSwitch(statement));
            default -> from;
        };
    }

    private Statement renamed(Statement statement) {
        if (statement.keyword().equals("nb_sock_retry")) {
            report.warning(
                    "old-keyword",
                    statement.origin(),
                    "nb_sock_retry",
                    "nb_sock_retry is in old examples only; neither DPVS's nor stock keepalived knows it."
                            + " This director reads it as retry.",
                    "Write retry.");
        }
        return statement;
    }

    /** A keyword whose mere presence means yes. */
    private boolean readSwitch(Statement statement) {
        List<Token> words = statement.arguments();
        if (words.isEmpty()) {
            return true;
        }
        return switch (words.getFirst().value().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> {
                report.badValue(words.getFirst(), statement.keyword(), "true or false");
                yield true;
            }
        };
    }

    private Optional<RealServer> readRealServer(Statement block, Inherited fromVirtualServer) {
        List<Statement> statements = guard.honoured(block.statements(), "real_server");
        Inherited inherited = inherit(statements, fromVirtualServer);
        List<Statement> checks = statements.stream()
                .filter(statement -> statement.keyword().equals("TCP_CHECK"))
                .toList();
        if (checks.size() > 1) {
            report.unsupported(checks.get(1).origin(), "TCP_CHECK", "More than one check of a realserver", "Keep one.");
        }
        Optional<TcpCheck> check = checks.stream().findFirst().map(found -> readCheck(found, inherited));
        ConnectionLimits limits = readLimits(statements);
        return readEndpoint(block)
                .map(server -> new RealServer(
                        server.address(),
                        server.port(),
                        inherited.weight().orElse(RealServer.DEFAULT_WEIGHT),
                        inherited.inhibitOnFailure(),
                        check,
                        limits,
                        block.origin()));
    }

    private ConnectionLimits readLimits(List<Statement> statements) {
        int upper = 0;
        int lower = 0;
        for (Statement statement : statements) {
            switch (statement.keyword()) {
                case "uthreshold" ->
                    upper = report.number(statement, 0, ConnectionLimits.HIGHEST)
                            .orElse(0);
                case "lthreshold" ->
                    lower = report.number(statement, 0, ConnectionLimits.HIGHEST)
                            .orElse(0);
                default -> {
                    // Read elsewhere.
                }
            }
        }
        return new ConnectionLimits(upper, lower);
    }

    private TcpCheck readCheck(Statement block, Inherited fromRealServer) {
        List<Statement> statements = guard.honoured(block.statements(), "TCP_CHECK");
        Inherited values = inherit(statements, fromRealServer);
        Optional<InetAddress> connectIp = Optional.empty();
        Optional<Integer> connectPort = Optional.empty();
        for (Statement statement : statements) {
            switch (statement.keyword()) {
                case "connect_ip" ->
                    connectIp = report.word(statement, "an IPv4 or IPv6 address")
                            .flatMap(word -> report.address(word, "connect_ip"));
                case "connect_port" -> connectPort = report.number(statement, 1, 65535);
                default -> {
                    // Read by inherit().
                }
            }
        }
        return new TcpCheck(
                connectIp,
                connectPort,
                values.interval().orElse(TcpCheck.DEFAULT_INTERVAL),
                values.connectTimeout().orElse(TcpCheck.DEFAULT_CONNECT_TIMEOUT),
                values.retry().orElse(TcpCheck.DEFAULT_RETRY),
                values.delayBeforeRetry().orElse(TcpCheck.DEFAULT_DELAY_BEFORE_RETRY));
    }
}
