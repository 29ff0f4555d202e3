package io.twoarm.artifact.existing;

import io.twoarm.artifact.existing.ExistingDirector.Instance;
import io.twoarm.artifact.existing.ExistingDirector.Owned;
import io.twoarm.artifact.existing.ExistingDirector.Vlan;
import io.twoarm.artifact.existing.ExistingDirector.Way;
import io.twoarm.config.AddressLiteral;
import io.twoarm.config.vyatta.Statement;
import io.twoarm.config.vyatta.VyattaFile;
import io.twoarm.model.DirectorGroup.Family;
import io.twoarm.model.DirectorKind;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the configuration of a Vyatta or VyOS router, in braces or as {@code set} commands, of old and new trees. */
final class RouterImport {
    private static final int DEFAULT_PRIORITY = 100;

    /** More addresses than this in a row are surely no addresses of connections one by one. */
    private static final int LONGEST_ROW = 256;

    private final ExistingFile file;
    private final Gathering gathering;
    private final RouterFirewalls firewalls;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Nat> rules = new LinkedHashMap<>();

    /** A VRRP group while it is read. */
    private static final class Group {
        private String device = "";
        private int router;
        private int priority = DEFAULT_PRIORITY;
        private int seconds = 1;
        private int version;
        private boolean preempt = true;
        private Optional<String> password = Optional.empty();
        private Optional<String> syncGroup = Optional.empty();
        private final List<InetAddress> addresses = new ArrayList<>();
        private int line;
    }

    /** A rule of source NAT while it is read. */
    private static final class Nat {
        private String port = "";
        private String source = "";
        private String addresses = "";
        private String type = "source";
        private int line;
    }

    RouterImport(ExistingFile file, Gathering gathering) {
        this.file = file;
        this.gathering = gathering;
        firewalls = new RouterFirewalls(file, gathering);
    }

    void read() {
        VyattaFile read = VyattaFile.parse(file.text());
        Set<String> said = read.statements().stream()
                .filter(it -> it.words().size() > 1)
                .map(Statement::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (gathering.router.isPresent()) {
            if (!gathering.routerSays.containsAll(said)) {
                gathering.unmapped(file, 0, "a second configuration of the router", "only the first one is read");
            }
            return;
        }
        gathering.routerSays.addAll(said);
        read.findings()
                .forEach(finding -> gathering.unmapped(file, finding.line(), finding.keyword(), finding.message()));
        gathering.router = Optional.of(
                read.statements().stream().anyMatch(RouterImport::isOfVyos) ? DirectorKind.VYOS : DirectorKind.VYATTA);
        read.statements().forEach(this::statement);
        groups.values().forEach(this::instance);
        rules.values().forEach(this::gateway);
        firewalls.finish();
    }

    private static boolean isOfVyos(Statement it) {
        return it.startsWith("high-availability")
                || it.startsWith("nat", "source")
                || it.startsWith("firewall", "ipv4");
    }

    private void statement(Statement it) {
        boolean known = switch (it.word(0)) {
            case "interfaces" -> interfaces(it);
            case "high-availability" -> highAvailability(it);
            case "service" -> service(it);
            case "nat" -> it.startsWith("nat", "source", "rule") && nat(it, 4);
            case "firewall" -> firewalls.read(it);
            case "protocols" -> route(it);
            case "system" -> system(it);
            default -> false;
        };
        if (!known) {
            missing(it);
        }
    }

    private boolean system(Statement it) {
        if (it.startsWith("system", "host-name")) {
            gathering.name = Optional.of(it.last());
            return true;
        }
        if (it.startsWith("system", "gateway-address")) {
            Optional<InetAddress> gateway = AddressLiteral.parse(it.last());
            gateway.ifPresent(
                    via -> gathering.routes.add(new Way(Prefix.everything(via), Optional.of(via), Optional.empty())));
            return gateway.isPresent();
        }
        return false;
    }

    private boolean interfaces(Statement it) {
        if (it.startsWith("interfaces", "loopback") && it.words().size() == 3) {
            return true;
        }
        if (!it.startsWith("interfaces", "ethernet", "*") && !it.startsWith("interfaces", "bonding", "*")) {
            return false;
        }
        if (!it.startsWith("interfaces", "*", "*", "vif", "*")) {
            return port(it, it.word(2), 3);
        }
        String vlan = it.word(2) + "." + it.word(4);
        gathering.vlans.add(new Vlan(vlan, it.word(2), "802.1q", it.word(4)));
        return port(it, vlan, 5);
    }

    /** One setting of a port; the keyword is at the position. */
    private boolean port(Statement it, String port, int position) {
        if (it.words().size() == position) {
            return true;
        }
        List<String> setting = it.words().subList(position, it.words().size());
        return switch (setting.getFirst()) {
            case "address" -> {
                Optional<Owned> owned = Gathering.owned(it.last(), port);
                owned.ifPresent(gathering.addresses::add);
                yield owned.isPresent();
            }
            case "vrrp" ->
                setting.size() > 3
                        && setting.get(1).equals("vrrp-group")
                        && vrrpGroup(it, port, setting.get(2), position + 3);
            case "firewall" -> {
                boolean in = setting.size() == 4 && setting.subList(1, 3).equals(List.of("in", "name"));
                if (in) {
                    firewalls.filters(port, it.last());
                }
                yield in;
            }
            // What the hardware is, and words for people.
            case "hw-id", "description", "duplex", "speed", "smp_affinity" -> true;
            default -> false;
        };
    }

    private boolean vrrpGroup(Statement it, String port, String number, int position) {
        Group group = groups.computeIfAbsent(port + " " + number, _ -> new Group());
        group.device = port;
        group.router = KeepalivedImport.number(number).orElse(0);
        return value(group, it, position);
    }

    private boolean highAvailability(Statement it) {
        if (it.startsWith("high-availability", "vrrp", "sync-group", "*", "member", "*")) {
            groups.computeIfAbsent(it.last(), _ -> new Group()).syncGroup = Optional.of(it.word(3));
            return true;
        }
        if (!it.startsWith("high-availability", "vrrp", "group", "*", "*")) {
            return false;
        }
        return value(groups.computeIfAbsent(it.word(3), _ -> new Group()), it, 4);
    }

    /** One setting of a VRRP group; the keyword is at the position. */
    private static boolean value(Group group, Statement it, int position) {
        group.line = it.origin().line();
        Optional<Integer> number = KeepalivedImport.number(it.last());
        switch (it.word(position)) {
            case "virtual-address", "address" ->
                Gathering.owned(it.word(Math.min(position + 1, it.words().size() - 1)), "")
                        .ifPresent(owned -> group.addresses.add(owned.address()));
            case "advertise-interval" -> number.ifPresent(seconds -> group.seconds = seconds);
            case "priority" -> number.ifPresent(priority -> group.priority = priority);
            case "vrid" -> number.ifPresent(id -> group.router = id);
            case "version" -> number.ifPresent(version -> group.version = version);
            case "interface" -> group.device = it.last();
            case "preempt" -> group.preempt = it.last().equals("true");
            case "no-preempt" -> group.preempt = false;
            case "sync-group" -> group.syncGroup = Optional.of(it.last());
            case "authentication" -> {
                if (it.words().size() > position + 2 && it.word(position + 1).equals("password")) {
                    group.password = Optional.of(it.last());
                }
            }
            case "description" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void instance(Group group) {
        if (group.device.isEmpty() || group.router == 0 || group.addresses.isEmpty()) {
            gathering.unmapped(file, group.line, "VRRP group", "a group needs a port, a number and virtual addresses");
            return;
        }
        Family family = Family.of(group.addresses.getFirst());
        int version = family == Family.IPV6 ? 3 : group.version == 0 ? 2 : group.version;
        gathering.instances.add(new Instance(
                "vrrp-" + group.router + (family == Family.IPV6 ? "-6" : ""),
                group.device,
                group.device,
                family,
                group.router,
                false,
                group.priority,
                version,
                group.seconds * 1000,
                group.preempt,
                version == 2 ? group.password : Optional.empty(),
                group.addresses,
                group.syncGroup));
    }

    private boolean service(Statement it) {
        if (it.startsWith("service", "conntrack-sync", "interface", "*")) {
            gathering.syncPort = Optional.of(it.word(3));
            return it.words().size() == 4;
        }
        if (it.startsWith("service", "conntrack-sync", "failover-mechanism", "vrrp", "sync-group")) {
            return true;
        }
        if (it.startsWith("service", "ssh")) {
            return true; // how it is reached is drawn with the host
        }
        return it.startsWith("service", "nat", "rule", "*", "*") && nat(it, 4);
    }

    /** One setting of a rule of NAT; the keyword is at the position, the rule's number before it. */
    private boolean nat(Statement it, int position) {
        if (it.words().size() <= position) {
            return false;
        }
        Nat rule = rules.computeIfAbsent(it.word(position - 1), _ -> new Nat());
        rule.line = it.origin().line();
        return switch (String.join(" ", it.words().subList(position, it.words().size() - 1))) {
            case "outbound-interface", "outbound-interface name" -> {
                rule.port = it.last();
                yield true;
            }
            case "outside-address address", "translation address" -> {
                rule.addresses = it.last();
                yield true;
            }
            case "source address" -> {
                rule.source = it.last();
                yield true;
            }
            case "type" -> {
                rule.type = it.last();
                yield true;
            }
            case "description" -> true;
            default -> false;
        };
    }

    private void gateway(Nat rule) {
        if (!rule.type.equals("source") || rule.addresses.equals("masquerade")) {
            gathering.unmapped(
                    file,
                    rule.line,
                    "NAT of type " + (rule.type.equals("source") ? "masquerade" : rule.type),
                    "only source NAT with addresses of its own has a counterpart in a topology");
            return;
        }
        Optional<Prefix> source = Gathering.network(rule.source, Optional.empty(), false);
        List<InetAddress> addresses = row(rule.addresses);
        if (source.isEmpty() || addresses.isEmpty() || rule.port.isEmpty()) {
            gathering.unmapped(
                    file, rule.line, "NAT rule", "a way out needs a port, outside addresses and the network behind it");
            return;
        }
        gathering.wayOut(rule.port, addresses, List.of(source.get()));
    }

    /** An address, or all from a first one to a last one. */
    private static List<InetAddress> row(String text) {
        String[] ends = text.split("-", -1);
        Optional<InetAddress> first = AddressLiteral.parse(ends[0]);
        Optional<InetAddress> last = ends.length == 2 ? AddressLiteral.parse(ends[1]) : first;
        if (first.isEmpty() || last.isEmpty() || !IpLiteral.isIpv4(first.get()) || !IpLiteral.isIpv4(last.get())) {
            return List.of();
        }
        int from = number(first.get());
        int count = number(last.get()) - from + 1;
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count && count <= LONGEST_ROW; i++) {
            int each = from + i;
            addresses.add(AddressLiteral.of(
                    new byte[] {(byte) (each >> 24), (byte) (each >> 16), (byte) (each >> 8), (byte) each}));
        }
        return addresses;
    }

    private static int number(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    private boolean route(Statement it) {
        boolean known = it.startsWith("protocols", "static", "route", "*", "*", "*")
                || it.startsWith("protocols", "static", "route6", "*", "*", "*");
        if (!known || it.words().size() > 6) {
            return false;
        }
        Optional<InetAddress> via = it.word(4).equals("next-hop") ? AddressLiteral.parse(it.word(5)) : Optional.empty();
        Optional<String> device = it.word(4).equals("interface") ? Optional.of(it.word(5)) : Optional.empty();
        Optional<Prefix> to = Gathering.network(it.word(3), via, it.word(2).equals("route6"));
        if (to.isEmpty() || via.isEmpty() && device.isEmpty()) {
            return false;
        }
        gathering.routes.add(new Way(to.get(), via, device));
        return true;
    }

    private void missing(Statement it) {
        gathering.unmapped(file, it.origin().line(), it.toString(), KeepalivedImport.NO_COUNTERPART);
    }
}
