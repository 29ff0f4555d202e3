package io.twoarm.config.keepalived;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.Network;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.SyntaxTree;
import io.twoarm.config.syntax.Token;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the typed model of a tree: global settings, addresses, routes and groups. */
final class KeepalivedReader {
    private final Report report;
    private final KeywordGuard guard;
    private final VirtualServerReader virtualServerReader;
    private Optional<String> routerId = Optional.empty();
    private Optional<String> notifyFifo = Optional.empty();
    private final VrrpReader vrrpReader;
    private final List<VrrpInstance> vrrpInstances = new ArrayList<>();
    private final List<StaticAddress> addresses = new ArrayList<>();
    private final List<StaticRoute> routes = new ArrayList<>();
    private final List<LocalAddressGroup> localAddressGroups = new ArrayList<>();
    private final List<AccessGroup> accessGroups = new ArrayList<>();
    private final List<VirtualServerGroup> virtualServerGroups = new ArrayList<>();
    private final List<VirtualServer> virtualServers = new ArrayList<>();

    KeepalivedReader(Report report) {
        this.report = report;
        this.guard = new KeywordGuard(report);
        this.vrrpReader = new VrrpReader(report, guard);
        this.virtualServerReader = new VirtualServerReader(report, guard);
    }

    KeepalivedConf read(SyntaxTree tree) {
        for (Statement statement : guard.honoured(tree.statements(), "")) {
            switch (statement.keyword()) {
                case "global_defs" -> readGlobal(statement);
                case "static_ipaddress" -> guard.lines(statement).forEach(this::readAddress);
                case "static_routes" -> guard.lines(statement).forEach(this::readRoute);
                case "vrrp_instance" -> vrrpReader.read(statement).ifPresent(vrrpInstances::add);
                case "local_address_group" -> readLocalAddressGroup(statement);
                case "deny_address_group" -> readAccessGroup(AccessGroup.Kind.DENY, statement);
                case "allow_address_group" -> readAccessGroup(AccessGroup.Kind.ALLOW, statement);
                case "virtual_server_group" -> readVirtualServerGroup(statement);
                case "virtual_server" -> virtualServerReader.read(statement).ifPresent(virtualServers::add);
                default -> throw new IllegalStateException("no reader for " + statement.keyword());
            }
        }
        return new KeepalivedConf(
                routerId,
                notifyFifo,
                addresses,
                routes,
                vrrpInstances,
                localAddressGroups,
                accessGroups,
                virtualServerGroups,
                virtualServers);
    }

    private void readGlobal(Statement block) {
        for (Statement statement : guard.honoured(block.statements(), "global_defs")) {
            if (statement.keyword().equals("router_id")) {
                report.word(statement, "a name of one word").ifPresent(word -> routerId = Optional.of(word.value()));
            } else {
                readFifo(statement);
            }
        }
    }

    /** The pipe's path; keepalived takes a program's user and group behind it, which only it needs. */
    private void readFifo(Statement statement) {
        Token path = statement.words().size() > 1
                ? statement.words().get(1)
                : statement.words().getFirst();
        if (path.value().startsWith("/")) {
            notifyFifo = Optional.of(path.value());
        } else {
            report.badValue(path, "vrrp_notify_fifo", "an absolute path such as /run/twoarm-vrrp/notify");
        }
    }

    private void readAddress(Statement line) {
        List<Token> words = line.words();
        String text = words.getFirst().value();
        int slash = text.indexOf('/');
        Optional<InetAddress> address = AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        Optional<Network> network = Network.parse(text);
        if (address.isEmpty() || network.isEmpty()) {
            report.badValue(words.getFirst(), "static_ipaddress", "an address such as 10.0.96.204/32");
            return;
        }
        Optional<String> device = Optional.empty();
        for (int index = 1; index < words.size(); index += 2) {
            Token option = words.get(index);
            Optional<Token> value = valueOf(words, index);
            if (value.isEmpty()) {
                return;
            }
            switch (option.value()) {
                case "dev" -> device = value.map(Token::value);
                case "scope", "brd", "broadcast", "label" ->
                    report.warning(
                            "without-effect",
                            option.origin(),
                            option.value(),
                            option.value() + " has no effect in this director.",
                            "Remove it.");
                default -> unknownOption(option, "dev");
            }
        }
        if (device.isEmpty()) {
            report.error(
                    "missing-value",
                    line.origin(),
                    "static_ipaddress",
                    text + " names no device.",
                    "Add dev and the name of a device of dpvs.conf.");
            return;
        }
        addresses.add(new StaticAddress(address.get(), network.get().length(), device.get(), line.origin()));
    }

    private void readRoute(Statement line) {
        List<Token> words = line.words();
        RouteOptions options = new RouteOptions();
        int index = 0;
        while (index < words.size()) {
            Token word = words.get(index);
            if (word.value().equals("default") || Network.parse(word.value()).isPresent()) {
                if (options.destination.isPresent()) {
                    report.error(
                            "bad-value",
                            word.origin(),
                            "static_routes",
                            "The line names a second destination, " + word.value() + ".",
                            "Write one route to a line.");
                    return;
                }
                options.destination = Optional.of(word);
                index++;
                continue;
            }
            Optional<Token> value = valueOf(words, index);
            if (value.isEmpty() || !readOption(options, word, value.get())) {
                return;
            }
            index += 2;
        }
        addRoute(line, options);
    }

    /** What stands on the line of a route. */
    private static final class RouteOptions {
        private Optional<Token> destination = Optional.empty();
        private Optional<InetAddress> gateway = Optional.empty();
        private Optional<InetAddress> source = Optional.empty();
        private Optional<String> device = Optional.empty();
        private Optional<Integer> mtu = Optional.empty();
        private int metric;
        private boolean kernel;
    }

    private boolean readOption(RouteOptions options, Token option, Token value) {
        switch (option.value()) {
            case "to" -> options.destination = Optional.of(value);
            case "via", "gw" -> options.gateway = report.address(value, option.value());
            case "src" -> options.source = report.address(value, option.value());
            case "dev", "oif" -> options.device = Optional.of(value.value());
            case "mtu" -> options.mtu = report.number(value, "mtu", 68, 9000);
            case "metric", "priority" ->
                options.metric = report.number(value, option.value(), 0, Integer.MAX_VALUE)
                        .orElse(0);
            case "scope" -> readScope(options, option, value);
            case "table", "tos", "proto", "or", "nexthop" -> {
                report.unsupported(option.origin(), option.value(), option.value() + " in a route", "Remove it.");
                return false;
            }
            default -> {
                unknownOption(option, "via, dev, src, mtu or metric");
                return false;
            }
        }
        return true;
    }

    /** Of scopes only the kernel's counts; what else the director does, the gateway decides. */
    private void readScope(RouteOptions options, Token option, Token value) {
        if (value.value().equals("kni_host")) {
            options.kernel = true;
        } else {
            report.warning(
                    "without-effect",
                    option.origin(),
                    "scope",
                    "scope " + value.value() + " has no effect in this director: the gateway decides.",
                    "Remove it, or write scope kni_host for an address of the kernel.");
        }
    }

    private void addRoute(Statement line, RouteOptions options) {
        Token word = options.destination.orElse(line.words().getFirst());
        boolean wide = options.gateway
                .filter(gateway -> gateway.getAddress().length > 4)
                .isPresent();
        Optional<Network> destination = word.value().equals("default")
                ? Network.parse(wide ? "::/0" : "0.0.0.0/0")
                : Network.parse(word.value());
        if (destination.isEmpty()) {
            report.badValue(word, "static_routes", "default or a network such as 10.0.96.0/24");
            return;
        }
        if (!word.value().equals("default") && !hasNoHostBits(word.value(), destination.get())) {
            report.error(
                    "bad-value",
                    word.origin(),
                    "static_routes",
                    word.value() + " has host bits set.",
                    "Write " + destination.get() + ".");
        }
        if (options.gateway.isEmpty() && options.device.isEmpty()) {
            report.error(
                    "missing-value",
                    line.origin(),
                    "static_routes",
                    "The route to " + word.value() + " has neither a gateway nor a device.",
                    "Add via and the gateway's address, or dev and the name of a device of dpvs.conf.");
            return;
        }
        if (options.gateway
                .filter(gateway ->
                        !AddressLiteral.sameFamily(gateway, destination.get().address()))
                .isPresent()) {
            report.error(
                    "bad-value",
                    line.origin(),
                    "via",
                    "The gateway is not of the address family of " + word.value() + ".",
                    "Name a gateway of the same family.");
            return;
        }
        boolean host = destination.get().length() == destination.get().address().getAddress().length * 8;
        if (options.kernel && (!host || options.gateway.isPresent() || options.device.isEmpty())) {
            report.error(
                    "bad-value",
                    line.origin(),
                    "scope",
                    "scope kni_host is for one address of the kernel at a device; this is " + word.value() + ".",
                    "Write a line such as 10.0.96.200/32 dev dpdk2 scope kni_host.");
            return;
        }
        routes.add(new StaticRoute(
                destination.get(),
                options.gateway,
                options.device,
                options.mtu,
                options.source,
                options.metric,
                options.kernel,
                line.origin()));
    }

    private static boolean hasNoHostBits(String text, Network network) {
        int slash = text.indexOf('/');
        return AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash))
                .filter(network.address()::equals)
                .isPresent();
    }

    private void readLocalAddressGroup(Statement block) {
        Optional<Token> name = report.word(block, "a name");
        List<LocalAddressGroup.Entry> entries = new ArrayList<>();
        for (Statement line : guard.lines(block)) {
            List<Token> words = line.words();
            if (words.size() != 2) {
                report.error(
                        "bad-value",
                        line.origin(),
                        "local_address_group",
                        "A local address is written with its device, two words; this line has " + words.size() + ".",
                        "Write a line such as 192.168.229.204 dpdk0.");
                continue;
            }
            report.range(words.getFirst(), "local_address_group")
                    .ifPresent(range -> entries.add(
                            new LocalAddressGroup.Entry(range, words.get(1).value(), line.origin())));
        }
        name.ifPresent(word -> localAddressGroups.add(new LocalAddressGroup(word.value(), entries, block.origin())));
    }

    private void readAccessGroup(AccessGroup.Kind kind, Statement block) {
        Optional<Token> name = report.word(block, "a name");
        List<AccessGroup.Member> members = new ArrayList<>();
        for (Statement line : guard.lines(block)) {
            List<Token> words = line.words();
            Optional<AccessGroup.Member> member = words.size() == 1
                    ? AccessGroup.Member.parse(words.getFirst().value())
                    : Optional.empty();
            if (member.isEmpty()) {
                report.badValue(words.getLast(), kind.block(), AccessGroup.ALLOWED);
            }
            member.ifPresent(members::add);
        }
        name.ifPresent(word -> accessGroups.add(new AccessGroup(kind, word.value(), members, block.origin())));
    }

    private void readVirtualServerGroup(Statement block) {
        Optional<Token> name = report.word(block, "a name");
        List<VirtualServerGroup.Entry> entries = new ArrayList<>();
        for (Statement line : guard.lines(block)) {
            List<Token> words = line.words();
            if (words.getFirst().value().equals("fwmark")) {
                report.unsupported(line.origin(), "fwmark", "fwmark", "Write the VIP and the port.");
                continue;
            }
            if (words.size() != 2) {
                report.error(
                        "bad-value",
                        line.origin(),
                        "virtual_server_group",
                        "An entry is a VIP and a port, two words; this line has " + words.size() + ".",
                        "Write a line such as 10.0.96.204 80.");
                continue;
            }
            Optional<AddressRange> range = report.range(words.getFirst(), "virtual_server_group");
            Optional<Integer> port = report.number(words.get(1), "virtual_server_group", 0, 65535);
            if (range.isPresent() && port.isPresent()) {
                entries.add(new VirtualServerGroup.Entry(range.get(), port.get(), line.origin()));
            }
        }
        name.ifPresent(word -> virtualServerGroups.add(new VirtualServerGroup(word.value(), entries, block.origin())));
    }

    private Optional<Token> valueOf(List<Token> words, int option) {
        if (option + 1 < words.size()) {
            return Optional.of(words.get(option + 1));
        }
        Token last = words.get(option);
        report.error(
                "missing-value",
                last.origin(),
                last.value(),
                last.value() + " has no value behind it.",
                "Write its value, or remove it.");
        return Optional.empty();
    }

    private void unknownOption(Token option, String allowed) {
        report.error(
                "unknown-keyword",
                option.origin(),
                option.value(),
                option.value() + " is not known here.",
                "Allowed: " + allowed + ".");
    }
}
