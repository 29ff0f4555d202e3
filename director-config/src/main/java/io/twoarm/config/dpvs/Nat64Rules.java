package io.twoarm.config.dpvs;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import io.twoarm.config.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the block {@code nat64_defs} must say (RFC 6052, 2.2; RFC 6146, 3). */
final class Nat64Rules {
    private static final String BLOCK = "nat64_defs";
    private static final int SHORTEST_POOL = 24;

    private final List<ConfigFinding> findings = new ArrayList<>();
    private final DpvsConf conf;

    private Nat64Rules(DpvsConf conf) {
        this.conf = conf;
    }

    static List<ConfigFinding> check(DpvsConf conf, SyntaxTree tree) {
        Nat64Rules rules = new Nat64Rules(conf);
        Optional<String> prefix = conf.settings().find(Nat64Keywords.PREFIX);
        Optional<String> pool = conf.settings().find(Nat64Keywords.POOL);
        prefix.ifPresent(text -> rules.checkPrefix(text, SiitRules.origin(tree, BLOCK, "prefix")));
        pool.ifPresent(text -> rules.checkPool(text, SiitRules.origin(tree, BLOCK, "pool")));
        rules.checkComplete(tree, prefix.isPresent(), pool.isPresent());
        return rules.findings;
    }

    private void checkComplete(SyntaxTree tree, boolean hasPrefix, boolean hasPool) {
        boolean written =
                tree.statements().stream().anyMatch(node -> node.keyword().equals(BLOCK));
        if (!written) {
            return;
        }
        Origin block = SiitRules.origin(tree, BLOCK, "");
        if (!hasPrefix) {
            error(block, "prefix", "nat64_defs has no prefix.", "Write prefix 64:ff9b::/96, for example.");
        }
        if (!hasPool) {
            error(block, "pool", "nat64_defs has no pool.", "Write pool 192.0.2.0/28, for example.");
        }
        Set<String> taken = new HashSet<>();
        conf.bindings().forEach(binding -> checkBinding(binding, taken));
        int most = conf.settings().get(Nat64Keywords.BINDINGS);
        if (conf.bindings().size() > most) {
            error(
                    block,
                    "bindings",
                    conf.bindings().size() + " bindings are configured; bindings allows " + most + ".",
                    "Raise bindings in nat64_defs, or take some out.");
        }
    }

    private void checkPrefix(String text, Origin origin) {
        Optional<Network> prefix = SiitRules.translationPrefix(text);
        if (prefix.isEmpty()) {
            error(
                    origin,
                    "prefix",
                    text + " is no IPv6 prefix of length 32, 40, 48, 56, 64 or 96 whose bits 64 to 71 are 0.",
                    "Write 64:ff9b::/96, for example.");
        } else if (conf.settings()
                .find(SiitKeywords.PREFIX)
                .flatMap(Network::parse)
                .filter(other ->
                        other.contains(prefix.get().address()) || prefix.get().contains(other.address()))
                .isPresent()) {
            error(
                    origin,
                    "prefix",
                    text + " overlaps the prefix of siit_defs; packets to it would be of both.",
                    "Use another prefix for one of them.");
        }
    }

    private void checkPool(String text, Origin origin) {
        boolean right = Network.parse(text)
                .filter(network -> network.address().getAddress().length == 4)
                .filter(network -> network.length() >= SHORTEST_POOL)
                .isPresent();
        if (!right) {
            error(origin, "pool", text + " is no IPv4 network of length 24 to 32.", "Write 192.0.2.0/28, for example.");
        }
    }

    private void checkBinding(Nat64Binding binding, Set<String> taken) {
        if (binding.address().isEmpty() || binding.port().isEmpty()) {
            error(
                    binding.origin(),
                    "binding",
                    "binding is followed by an IPv4 address and a port, not by " + binding.outside() + ".",
                    "Write binding 192.0.2.1:80, for example.");
            return;
        }
        boolean inPool = conf.settings()
                .find(Nat64Keywords.POOL)
                .flatMap(Network::parse)
                .filter(pool -> pool.contains(binding.address().get()))
                .isPresent();
        if (!inPool) {
            error(
                    binding.origin(),
                    "binding",
                    "The address of binding " + binding.outside() + " is not in the pool.",
                    "Use an address of the pool, or make the pool larger.");
        }
        if (binding.host().isEmpty()) {
            error(
                    binding.origin(),
                    "host",
                    binding.settings()
                            .find(Nat64Keywords.HOST)
                            .map(found -> "binding " + binding.outside() + " has the host " + found
                                    + ", which is no IPv6 address.")
                            .orElse("binding " + binding.outside() + " has no IPv6 host."),
                    "Write host 2001:db8::1 in it, for example.");
            return;
        }
        String protocol = binding.settings().get(Nat64Keywords.PROTOCOL);
        String inside =
                protocol + " " + binding.host().get() + " " + binding.hostPort().orElseThrow();
        if (!taken.add(protocol + " " + binding.address().get() + " "
                        + binding.port().get())
                | !taken.add(inside)) {
            error(
                    binding.origin(),
                    "binding",
                    "Another binding of " + protocol + " has " + binding.outside() + ", or its host and port, already.",
                    "Keep one of them.");
        }
    }

    private void error(Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.error("bad-value", ConfigFile.DPVS, origin, keyword, message, fix));
    }
}
