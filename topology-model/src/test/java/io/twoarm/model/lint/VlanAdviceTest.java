package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.in;
import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Finding;
import io.twoarm.model.project.ProjectReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is advised for VLANs of a bundled director's dataplane, which the kernel has no part in, is not refused either. */
class VlanAdviceTest {
    private static final String WAN_OF_PAIR = "10.0.96.0/24, \"2001:db8:96::/64\"] }";
    private static final String LB1 = "dpdk2: { segment: wan, attach: af_packet, kernelAddresses: [10.0.96.200/24] }";
    private static final String LB2 = "dpdk2: { segment: wan, attach: af_packet, kernelAddresses: [10.0.96.199/24] }";
    private static final String VLAN = "dpdk2: { segment: wan, attach: \"vlan:dpdk0\" }";

    private static List<Finding> of(String rule, UnaryOperator<String> change) {
        return Lint.check(ProjectReader.readText(change.apply(""), Path.of("topology.yaml"))).stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    @Test
    void aPairIsToldToUseAPortThatIsNoVlan() {
        List<Finding> findings = of(
                "vrrp-instance-missing",
                in(
                        "bundled-pair",
                        WAN_OF_PAIR,
                        WAN_OF_PAIR.replace(" }", ", vlan: 100 }"),
                        LB1,
                        VLAN,
                        LB2,
                        VLAN,
                        "      wan4: { port: dpdk2, family: ipv4, virtualRouterId: 201 }\n",
                        ""));

        assertThat(findings)
                .singleElement()
                .extracting(Finding::fix)
                .isEqualTo("Give segment wan a port that is no VLAN, on every member, with an instance of its own.");
    }

    @Test
    void aClusterIsToldToUseAPortThatIsNoVlan() {
        String port = """
                      dpdk2:
                        segment: wan
                        attach: "pci:0000:5e:00.0"
                        kernelAddresses: [10.0.96.11/24]
                """;
        List<Finding> findings = of(
                "ecmp-peer-not-on-wire",
                text -> in(
                                "ecmp-cluster",
                                "wan: { subnets: [10.0.96.0/24] }",
                                "wan: { subnets: [10.0.96.0/24], vlan: 100 }",
                                port,
                                "      " + VLAN + "\n")
                        .apply(text)
                        .replace("kind: dpvs", "kind: bundled"));

        assertThat(findings)
                .singleElement()
                .extracting(Finding::fix)
                .isEqualTo("Give the router's segment a port of the director that is no VLAN, with kernelAddresses:.");
    }
}
