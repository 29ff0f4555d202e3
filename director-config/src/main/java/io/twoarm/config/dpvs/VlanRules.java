package io.twoarm.config.dpvs;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.NearestKeyword;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What VLAN interfaces must say to be told from each other and from ports. */
final class VlanRules {
    private final List<ConfigFinding> findings = new ArrayList<>();

    private VlanRules() {}

    static List<ConfigFinding> check(DpvsConf conf) {
        VlanRules rules = new VlanRules();
        Map<String, Vlan> tags = new HashMap<>();
        conf.vlans().forEach(vlan -> rules.check(conf, vlan, tags));
        if (conf.vlans().size() > Vlan.MOST) {
            rules.error(
                    "bad-value",
                    conf.vlans().get(Vlan.MOST),
                    "vlan",
                    "There are " + conf.vlans().size() + " VLANs; " + Vlan.MOST + " are allowed.",
                    "Remove some.");
        }
        return rules.findings;
    }

    private void check(DpvsConf conf, Vlan vlan, Map<String, Vlan> tags) {
        String name = vlan.name();
        if (conf.device(name).isPresent() || conf.bonding(name).isPresent()) {
            error(
                    "duplicate-name",
                    vlan,
                    name,
                    "There is a device or bonding named " + name + " already.",
                    "Call the VLAN " + vlan.link() + "." + vlan.id() + ", for example.");
        }
        List<String> ports = conf.ports().stream().map(Device::name).toList();
        if (!ports.contains(vlan.link())) {
            error(
                    "unknown-device",
                    vlan,
                    "link",
                    "VLAN " + name + " has "
                            + (vlan.link().isEmpty() ? "no link" : "the link " + vlan.link() + ", which is no port")
                            + "; the ports are " + String.join(", ", ports) + ".",
                    NearestKeyword.to(vlan.link(), ports)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Write link and the name of a device outside of bondings, or of a bonding."));
        }
        if (vlan.id() == 0) {
            error(
                    "missing-value",
                    vlan,
                    "id",
                    "VLAN " + name + " has no id.",
                    "Write id and 1 to " + Vlan.HIGHEST_ID + ".");
        }
        Vlan other = tags.putIfAbsent(vlan.link() + " " + vlan.protocol() + " " + vlan.id(), vlan);
        if (other != null) {
            error(
                    "duplicate-name",
                    vlan,
                    "id",
                    "VLAN " + other.name() + " has the id " + vlan.id() + " on " + vlan.link() + " already.",
                    "Remove one of them.");
        }
    }

    private void error(String rule, Vlan vlan, String keyword, String message, String fix) {
        findings.add(ConfigFinding.error(rule, ConfigFile.DPVS, vlan.origin(), keyword, message, fix));
    }
}
