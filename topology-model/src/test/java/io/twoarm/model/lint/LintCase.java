package io.twoarm.model.lint;

import io.twoarm.templates.StarterTopologies;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the cases of all rules are made from: the starter topology, with one thing changed. */
final class LintCase {
    static final String RS1_MEMBER = "      - { host: rs1, address: 192.168.229.1, port: 80, weight: 1 }\n";
    static final String LAN = "  lan: { subnets: [192.168.229.0/24] }\n";
    static final String DPDK0 = "dpdk0: { segment: lan, attach: af_packet }";
    static final String DPDK2 = "dpdk2: { segment: wan, attach: af_packet }";
    static final String CLIENT_ROUTE = "{ to: default, via: 172.16.0.254 }";
    static final String DIRECTOR_ROUTE = "{ to: default, via: 10.0.96.254, port: dpdk2 }";
    static final String GATEWAY_WAN = "      eth1: { segment: wan, addresses: [10.0.96.254/24] }\n";
    static final String RS1_PORT = "eth0: { segment: lan, addresses: [192.168.229.1/24] }";
    static final String LIPS = "addresses: [192.168.229.204]";
    static final String POOL = "  lan-lips: { director: director, port: dpdk0, addresses: [192.168.229.204] }\n";
    static final String SECOND_SERVICE = """
              web2:
                director: director
                port: dpdk2
                vip: 10.0.96.204
                protocol: tcp
                servicePort: 80
                mode: fullnat
                scheduler: rr
                localAddresses: lan-lips
                realservers: web
            """;

    private LintCase() {}

    /**
     * @param rule the rule that the case is about
     * @param line a part of the line that the finding points to
     * @param message a part of its message
     * @param others rules that find something in it as well
     */
    record Found(
            String sentence, String rule, UnaryOperator<String> change, String line, String message, String... others) {
        List<String> allRules() {
            List<String> rules = new ArrayList<>(List.of(others));
            rules.add(rule);
            return rules;
        }
    }

    /** @param rules what is found nevertheless */
    record Clean(String sentence, UnaryOperator<String> change, List<String> rules) {
        Clean(String sentence, UnaryOperator<String> change) {
            this(sentence, change, List.of());
        }
    }

    /** Replaces the one occurrence; a case whose text is not there would prove nothing. */
    static UnaryOperator<String> with(String... findAndReplace) {
        return text -> {
            String changed = text;
            for (int i = 0; i < findAndReplace.length; i += 2) {
                int at = changed.indexOf(findAndReplace[i]);
                if (at < 0 || changed.indexOf(findAndReplace[i], at + 1) >= 0) {
                    throw new IllegalArgumentException("not exactly once in the starter: " + findAndReplace[i]);
                }
                changed = changed.replace(findAndReplace[i], findAndReplace[i + 1]);
            }
            return changed;
        };
    }

    /** Another starter, with texts that stand in it once replaced. */
    static UnaryOperator<String> in(String starter, String... findAndReplace) {
        return text -> with(findAndReplace)
                .apply(StarterTopologies.named(starter).orElseThrow().topology());
    }

    /** The starter nat64 with DPVS on PCI ports in place of the bundled director, changed. */
    static UnaryOperator<String> nat64OnDpvs(String... findAndReplace) {
        UnaryOperator<String> changed = with(findAndReplace);
        return in(
                        "nat64",
                        "kind: bundled",
                        "kind: dpvs",
                        "workers: 1, memory: 512 MiB, hugepages: false",
                        "workers: 4, memory: 8 GiB, hugepages: true",
                        "dpdk0: { segment: lan, attach: af_packet }",
                        "dpdk0: { segment: lan, attach: \"pci:0000:3b:00.0\", kernelAddresses: [192.168.229.250/24] }",
                        "dpdk2: { segment: wan, attach: af_packet }",
                        "dpdk2: { segment: wan, attach: \"pci:0000:5e:00.0\" }",
                        "clientAddress: toa",
                        "clientAddress: proxy_v2")
                .andThen(changed)::apply;
    }

    static UnaryOperator<String> appended(String lines) {
        return text -> text + lines;
    }
}
