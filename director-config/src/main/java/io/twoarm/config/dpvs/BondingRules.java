package io.twoarm.config.dpvs;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules for bondings that DPVS checks at start or falls over later. */
final class BondingRules {
    private final List<ConfigFinding> findings = new ArrayList<>();

    private BondingRules() {}

    static List<ConfigFinding> check(DpvsConf conf) {
        BondingRules rules = new BondingRules();
        Set<String> taken = new HashSet<>();
        Map<String, Device> devices = new HashMap<>();
        conf.devices().forEach(device -> devices.putIfAbsent(device.name(), device));
        conf.bondings().forEach(bonding -> rules.check(devices, bonding, taken));
        return rules.findings;
    }

    private void check(Map<String, Device> devices, Bonding bonding, Set<String> taken) {
        String name = bonding.name();
        if (!name.matches("[A-Za-z_]+[0-9]+")) {
            error(
                    "bonding-name",
                    bonding,
                    name,
                    "A bonding's name is letters or underscores and a number; " + name + " is not.",
                    "Call it bond1, for example.");
        }
        if (bonding.mode() != 0 && bonding.mode() != 4) {
            error(
                    "bonding-mode",
                    bonding,
                    "mode",
                    "Mode " + bonding.mode() + " is accepted by DPVS but does not work.",
                    "Use 4 (LACP) or 0.");
        }
        if (bonding.members().isEmpty()) {
            error(
                    "bonding-members",
                    bonding,
                    "slave",
                    name + " has no slave.",
                    "Write slave and the name of a device.");
        }
        for (String member : bonding.members()) {
            boolean before = Optional.ofNullable(devices.get(member))
                    .filter(device -> device.origin().line() <= bonding.origin().line())
                    .isPresent();
            if (!before) {
                error(
                        "bonding-members",
                        bonding,
                        "slave",
                        member + " is no device above the bonding " + name + ".",
                        "Name a device whose block stands above.");
            }
            if (!taken.add(member)) {
                error("bonding-members", bonding, "slave", member + " is in two bondings.", "Remove it from one.");
            }
        }
        if (!bonding.members().isEmpty() && !bonding.members().contains(bonding.primary())) {
            error(
                    "bonding-primary",
                    bonding,
                    "primary",
                    "The primary " + bonding.primary() + " is no slave of " + name + ".",
                    "Name one of its slaves.");
        }
    }

    private void error(String rule, Bonding bonding, String keyword, String message, String fix) {
        Origin origin = bonding.origin();
        findings.add(ConfigFinding.error(rule, ConfigFile.DPVS, origin, keyword, message, fix));
    }
}
