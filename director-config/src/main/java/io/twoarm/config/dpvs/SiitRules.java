package io.twoarm.config.dpvs;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Network;
import io.twoarm.config.Origin;
import io.twoarm.config.syntax.Node;
import io.twoarm.config.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the blocks of {@code siit_defs} must say (RFC 6052, 2.2; RFC 7757, 3.1). */
final class SiitRules {
    private static final Set<Integer> PREFIX_LENGTHS = Set.of(32, 40, 48, 56, 64, 96);
    private static final int MOST = 256;

    private final List<ConfigFinding> findings = new ArrayList<>();

    private SiitRules() {}

    static List<ConfigFinding> check(DpvsConf conf, SyntaxTree tree) {
        SiitRules rules = new SiitRules();
        conf.settings()
                .find(SiitKeywords.PREFIX)
                .ifPresent(prefix -> rules.checkPrefix(prefix, origin(tree, "siit_defs", "prefix")));
        Set<Network> ipv4 = new HashSet<>();
        Set<Network> ipv6 = new HashSet<>();
        conf.mappings().forEach(mapping -> rules.check(mapping, ipv4, ipv6));
        if (conf.mappings().size() > MOST) {
            rules.error(
                    conf.mappings().get(MOST).origin(),
                    "eam",
                    "There are " + conf.mappings().size() + " mappings; " + MOST + " are allowed.",
                    "Use larger prefixes.");
        }
        return rules.findings;
    }

    /**
     * Where a keyword of a block is written, the last time, for that counts.
     *
     * @param keyword empty for the block itself
     */
    static Origin origin(SyntaxTree tree, String block, String keyword) {
        return tree.statements().stream()
                .filter(statement -> statement.keyword().equals(block))
                .flatMap(statement -> keyword.isEmpty()
                        ? Stream.of(statement)
                        : statement.statements().stream()
                                .filter(inner -> inner.keyword().equals(keyword)))
                .map(Node.Statement::origin)
                .reduce(Origin.NONE, (_, later) -> later);
    }

    /** Reads a prefix in which IPv4 addresses can stand (RFC 6052, 2.2); empty when the text is none. */
    static Optional<Network> translationPrefix(String text) {
        return Network.parse(text)
                .filter(network -> network.address().getAddress().length == 16)
                .filter(network -> PREFIX_LENGTHS.contains(network.length()))
                .filter(network -> network.address().getAddress()[8] == 0);
    }

    private void checkPrefix(String text, Origin origin) {
        Optional<Network> prefix = translationPrefix(text);
        if (prefix.isEmpty()) {
            error(
                    origin,
                    "prefix",
                    text + " is no IPv6 prefix of length 32, 40, 48, 56, 64 or 96 whose bits 64 to 71 are 0.",
                    "Write 64:ff9b::/96, for example.");
        }
    }

    private void check(AddressMapping mapping, Set<Network> ipv4, Set<Network> ipv6) {
        Optional<Network> from = mapping.from();
        Optional<Network> to = mapping.to();
        if (from.isEmpty()) {
            error(
                    mapping.origin(),
                    "eam",
                    "eam is followed by an IPv4 prefix, not by " + mapping.ipv4() + ".",
                    "Write eam 192.0.2.0/24, for example.");
        }
        if (to.isEmpty()) {
            error(
                    mapping.origin(),
                    "ipv6",
                    "eam " + mapping.ipv4() + " has no IPv6 prefix.",
                    "Write ipv6 2001:db8::/120 in it, for example.");
        }
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        int suffix = 32 - from.get().length();
        if (to.get().length() + suffix > 128) {
            error(
                    mapping.origin(),
                    "ipv6",
                    to.get() + " leaves no room for the " + suffix + " bits behind " + from.get() + ".",
                    "Write a prefix of at most " + (128 - suffix) + " bits.");
        }
        if (!ipv4.add(from.get()) || !ipv6.add(to.get())) {
            error(
                    mapping.origin(),
                    "eam",
                    "Another eam has " + from.get() + " or " + to.get() + " already.",
                    "Keep one of them.");
        }
    }

    private void error(Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.error("bad-value", ConfigFile.DPVS, origin, keyword, message, fix));
    }
}
