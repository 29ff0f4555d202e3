package io.twoarm.artifact.existing;

import io.twoarm.config.vyatta.Statement;
import io.twoarm.model.NatGateway;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rule sets of a Vyatta or VyOS router, and which of them are the firewall of a way out. */
final class RouterFirewalls {
    private final ExistingFile file;
    private final Gathering gathering;
    private final Map<String, List<Statement>> ruleSets = new LinkedHashMap<>();

    /** Ports with the rule set for what comes in by them. */
    private final Map<String, String> filters = new LinkedHashMap<>();

    private final Map<String, Jump> jumps = new LinkedHashMap<>();

    /** A rule of VyOS that sends what comes in by a port through a rule set. */
    private static final class Jump {
        private String port = "";
        private String target = "";
    }

    RouterFirewalls(ExistingFile file, Gathering gathering) {
        this.file = file;
        this.gathering = gathering;
    }

    /** One statement of the firewall; false when it has no counterpart in a topology. */
    boolean read(Statement it) {
        if (it.startsWith("firewall", "name", "*", "*")) {
            ruleSets.computeIfAbsent(it.word(2), _ -> new ArrayList<>()).add(it);
            return true;
        }
        if (it.startsWith("firewall", "ipv4", "name", "*", "*")) {
            ruleSets.computeIfAbsent(it.word(3), _ -> new ArrayList<>()).add(it);
            return true;
        }
        if (it.startsWith("firewall", "ipv4", "forward", "filter", "rule", "*", "*", "*")) {
            Jump jump = jumps.computeIfAbsent(it.word(5), _ -> new Jump());
            switch (it.word(6)) {
                case "jump-target" -> jump.target = it.last();
                case "inbound-interface" -> jump.port = it.last();
                case "action" -> {
                    return it.last().equals("jump");
                }
                default -> {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    /** What comes in by a port goes through a rule set. */
    void filters(String port, String ruleSet) {
        filters.put(port, ruleSet);
    }

    /** When all was read: a way out filters when what comes in by its port is answers only; all other rule sets are listed. */
    void finish() {
        jumps.values().forEach(jump -> filters.putIfAbsent(jump.port, jump.target));
        Set<String> used = new LinkedHashSet<>();
        for (int i = 0; i < gathering.gateways.size(); i++) {
            NatGateway gateway = gathering.gateways.get(i);
            String name = filters.getOrDefault(gateway.port(), "");
            List<Statement> rules = ruleSets.getOrDefault(name, List.of());
            if (says(rules, "default-action drop") && says(rules, "action accept") && hasState(rules, "established")) {
                used.add(name);
                gathering.gateways.set(i, gateway.withFirewall(true));
            }
        }
        ruleSets.forEach((name, rules) -> {
            boolean stray =
                    says(rules, "default-action accept") && says(rules, "action drop") && hasState(rules, "invalid");
            if (!used.contains(name) && !(stray && !used.isEmpty() && filters.containsValue(name))) {
                Statement first = rules.getFirst();
                gathering.unmapped(file, first.origin().line(), "firewall " + name, KeepalivedImport.NO_COUNTERPART);
                return;
            }
            long numbers = rules.stream()
                    .filter(it -> it.words().contains("rule"))
                    .map(it -> it.word(it.words().indexOf("rule") + 1))
                    .distinct()
                    .count();
            if (numbers > 1) {
                gathering.unmapped(
                        file,
                        rules.getFirst().origin().line(),
                        "firewall " + name,
                        "it has more rules than the firewall of a topology, which knows answers and stray packets only");
            }
        });
    }

    private static boolean says(List<Statement> rules, String words) {
        return rules.stream().anyMatch(it -> it.toString().endsWith(words));
    }

    private static boolean hasState(List<Statement> rules, String state) {
        return rules.stream()
                .map(Statement::toString)
                .anyMatch(it -> it.endsWith("state " + state) || it.endsWith("state " + state + " enable"));
    }
}
