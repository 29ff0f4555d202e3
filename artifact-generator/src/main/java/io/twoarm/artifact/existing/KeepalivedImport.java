package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Instance;
import io.twoarm.artifact.existing.ExistingDirector.LocalAddress;
import io.twoarm.artifact.existing.ExistingDirector.Owned;
import io.twoarm.artifact.existing.ExistingDirector.Way;
import io.twoarm.config.AddressLiteral;
import io.twoarm.config.ConfigFile;
import io.twoarm.config.keepalived.AddressRange;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.SyntaxTree;
import io.twoarm.config.syntax.Token;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code keepalived.conf} in the dialects of DPVS, of stock keepalived and of the bundled director. */
final class KeepalivedImport {
    /** What the generator writes for every pair by itself. */
    private static final Set<String> OURS = Set.of(
            "vrrp_higher_prio_send_advert",
            "vrrp_garp_lower_prio_repeat",
            "script_user",
            "enable_script_security",
            "vrrp_notify_fifo",
            "dynamic_interfaces");

    /** End of the name of the kernel's interface beside a port. */
    private static final String TWIN = ".kni";

    private static final Pattern DEFINITION = Pattern.compile("(?m)^[ \\t]*\\$([A-Za-z_][A-Za-z0-9_]*)[ \\t]*=(.*)$");
    private static final int DEFAULT_PRIORITY = 100;
    static final String NO_COUNTERPART = "it has no counterpart in a topology";

    private final ExistingFile file;
    private final Gathering gathering;
    private final Map<String, List<ServiceImport.Target>> groups = new LinkedHashMap<>();
    private final Map<String, String> syncGroups = new HashMap<>();
    private final Map<InetAddress, String> twins = new LinkedHashMap<>();

    KeepalivedImport(ExistingFile file, Gathering gathering) {
        this.file = file;
        this.gathering = gathering;
    }

    void read() {
        SyntaxTree tree = SyntaxTree.parse(ConfigFile.KEEPALIVED, substituted(file.text()));
        tree.findings().stream()
                .filter(finding -> finding.isError())
                .forEach(finding -> gathering.unmapped(file, finding.line(), finding.keyword(), finding.message()));
        List<Statement> statements = tree.statements();
        // Groups may stand after what names them.
        statements.forEach(this::group);
        statements.forEach(this::statement);
        twins.forEach(this::twinAddress);
    }

    /** An address of the kernel's interface beside a port; its length is that of the port's network. */
    private void twinAddress(InetAddress address, String port) {
        int length = gathering.routes.stream()
                .filter(way -> way.via().isEmpty() && way.device().equals(Optional.of(port)))
                .map(Way::destination)
                .filter(network -> network.contains(address))
                .mapToInt(Prefix::length)
                .findFirst()
                .orElse(IpLiteral.bits(address));
        gathering.addresses.add(new Owned(address, length, port + TWIN));
    }

    /** Puts parameters in; lines keep their numbers. */
    private static String substituted(String text) {
        Map<String, String> values = new HashMap<>();
        Matcher definitions = DEFINITION.matcher(text);
        while (definitions.find()) {
            values.put(definitions.group(1), definitions.group(2).strip());
        }
        String rest = definitions.reset().replaceAll("");
        for (Map.Entry<String, String> value : values.entrySet()) {
            rest = rest.replace("${" + value.getKey() + "}", value.getValue())
                    .replaceAll("\\$" + value.getKey() + "\\b", Matcher.quoteReplacement(value.getValue()));
        }
        return rest;
    }

    private void group(Statement statement) {
        String name = argument(statement, 0).orElse("");
        switch (statement.keyword()) {
            case "local_address_group" -> {
                gathering.localAddressGroups = true;
                List<LocalAddress> addresses = new ArrayList<>();
                for (Statement line : statement.statements()) {
                    String device = argument(line, 0).orElse("");
                    Optional<AddressRange> range = AddressRange.parse(line.keyword());
                    if (range.isEmpty() || device.isEmpty()) {
                        missing(line, "a line is ADDRESS DEVICE or A.B.C.D-E DEVICE");
                    } else {
                        range.get().addresses().forEach(it -> addresses.add(new LocalAddress(it, device)));
                    }
                }
                gathering.localAddresses.put(name, addresses);
            }
            case "virtual_server_group" -> {
                List<ServiceImport.Target> targets = new ArrayList<>();
                for (Statement line : statement.statements()) {
                    Optional<AddressRange> range = AddressRange.parse(line.keyword());
                    Optional<Integer> port = argument(line, 0).flatMap(KeepalivedImport::number);
                    if (range.isEmpty() || port.isEmpty()) {
                        missing(line, "a line is VIP PORT; firewall marks have no counterpart in a topology");
                    } else {
                        range.get().addresses().forEach(it -> targets.add(new ServiceImport.Target(it, port.get())));
                    }
                }
                groups.put(name, targets);
            }
            case "vrrp_sync_group" ->
                statement.statements().forEach(inner -> {
                    if (inner.keyword().equals("group")) {
                        inner.statements().forEach(member -> syncGroups.put(member.keyword(), name));
                    } else if (!words(inner).getLast().startsWith("/bin/sh /etc/twoarm/connections ")) {
                        missing(inner, NO_COUNTERPART);
                    }
                });
            default -> {}
        }
    }

    private void statement(Statement statement) {
        switch (statement.keyword()) {
            case "", "local_address_group", "virtual_server_group", "vrrp_sync_group" -> {}
            case "global_defs" -> statement.statements().forEach(this::global);
            case "static_ipaddress" -> {
                gathering.staticAddresses = true;
                statement.statements().forEach(this::address);
            }
            case "static_routes" -> {
                gathering.staticRoutes = true;
                statement.statements().forEach(this::route);
            }
            case "vrrp_instance" -> instance(statement);
            case "virtual_server" -> new ServiceImport(file, gathering, groups).read(statement);
            case "include" -> missing(statement, "included files are read when they are named as well");
            default ->
                missing(
                        statement,
                        statement.keyword().startsWith("@")
                                ? "it stands for one node only; leave out the lines of other nodes, and the @"
                                : NO_COUNTERPART);
        }
    }

    private void global(Statement statement) {
        if (statement.keyword().equals("router_id")) {
            gathering.name = argument(statement, 0);
        } else if (statement.keyword().equals("lvs_sync_daemon")) {
            gathering.syncPort = argument(statement, 0);
        } else if (!OURS.contains(statement.keyword())) {
            missing(statement, NO_COUNTERPART);
        }
    }

    private void address(Statement line) {
        List<String> words = words(line);
        Optional<Owned> owned =
                Gathering.owned(words.getFirst(), after(words, "dev").orElse(""));
        if (owned.isEmpty()) {
            missing(line, "a line is ADDRESS/LENGTH dev DEVICE");
        } else {
            gathering.addresses.add(owned.get());
        }
    }

    private void route(Statement line) {
        List<String> words = words(line);
        Optional<InetAddress> via = after(words, "via").flatMap(AddressLiteral::parse);
        Optional<Prefix> destination = Gathering.network(words.getFirst(), via, false);
        Optional<String> device = after(words, "dev");
        if (destination.isEmpty() || via.isEmpty() && device.isEmpty()) {
            missing(line, "a line is NETWORK [via GATEWAY] dev DEVICE");
            return;
        }
        if (words.contains("kni_host") && device.isPresent()) {
            twins.put(destination.get().network(), device.get());
            return;
        }
        gathering.routes.add(new Way(destination.get(), via, device));
        for (String word : List.of("src", "metric", "mtu", "table")) {
            after(words, word).ifPresent(value -> missing(line, word + " of a route has no counterpart in a topology"));
        }
    }

    private void instance(Statement statement) {
        Map<String, String> values = new HashMap<>();
        List<InetAddress> addresses = new ArrayList<>();
        Optional<String> password = Optional.empty();
        for (Statement inner : statement.statements()) {
            switch (inner.keyword()) {
                case "state", "interface", "dpdk_interface", "virtual_router_id", "priority", "version", "advert_int" ->
                    values.put(inner.keyword(), argument(inner, 0).orElse(""));
                case "nopreempt" -> values.put("nopreempt", "yes");
                case "preempt", "track_interface" -> {}
                case "authentication" ->
                    password = inner.statements().stream()
                            .filter(it -> it.keyword().equals("auth_pass"))
                            .flatMap(it -> argument(it, 0).stream())
                            .findFirst();
                case "virtual_ipaddress" ->
                    inner.statements()
                            .forEach(line -> Gathering.owned(words(line).getFirst(), "")
                                    .ifPresentOrElse(
                                            it -> addresses.add(it.address()),
                                            () -> missing(line, "it is no address")));
                default -> missing(inner, NO_COUNTERPART);
            }
        }
        String name = argument(statement, 0).orElse("");
        Optional<Integer> router = number(values.getOrDefault("virtual_router_id", ""));
        String kernel = values.getOrDefault("interface", "");
        if (router.isEmpty() && kernel.isEmpty() && values.containsKey("dpdk_interface")) {
            // What the director follows; keepalived's own file says all about the instance.
            return;
        }
        if (router.isEmpty() || kernel.isEmpty() || addresses.isEmpty()) {
            missing(statement, "an instance needs interface, virtual_router_id and virtual_ipaddress");
            return;
        }
        Family family = Family.of(addresses.getFirst());
        int millis = millis(values.getOrDefault("advert_int", "1")).orElse(1000);
        int version = family == Family.IPV6 || millis % 1000 != 0
                ? 3
                : number(values.getOrDefault("version", "2")).orElse(2);
        gathering.dpvsDialect |= values.containsKey("dpdk_interface");
        gathering.instances.add(new Instance(
                name,
                kernel,
                values.getOrDefault(
                        "dpdk_interface",
                        kernel.endsWith(TWIN) ? kernel.substring(0, kernel.length() - TWIN.length()) : kernel),
                family,
                router.get(),
                values.getOrDefault("state", "BACKUP").equals("MASTER"),
                number(values.getOrDefault("priority", "")).orElse(DEFAULT_PRIORITY),
                version,
                millis,
                !values.containsKey("nopreempt"),
                version == 2 ? password : Optional.empty(),
                List.copyOf(addresses),
                Optional.ofNullable(syncGroups.get(name))));
    }

    private void missing(Statement statement, String why) {
        gathering.unmapped(file, statement.origin().line(), String.join(" ", words(statement)), why);
    }

    static List<String> words(Statement statement) {
        return statement.words().stream().map(Token::value).toList();
    }

    static Optional<String> argument(Statement statement, int position) {
        return statement.arguments().stream().skip(position).map(Token::value).findFirst();
    }

    static Optional<String> after(List<String> words, String word) {
        int position = words.indexOf(word);
        return position >= 0 && position + 1 < words.size() ? Optional.of(words.get(position + 1)) : Optional.empty();
    }

    static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /** Seconds with up to three decimals, as milliseconds. */
    static Optional<Integer> millis(String seconds) {
        return seconds.matches("[0-9]{1,5}(\\.[0-9]{1,6})?")
                ? Optional.of(new BigDecimal(seconds).movePointRight(3).intValue())
                : Optional.empty();
    }
}
