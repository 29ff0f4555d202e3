package io.twoarm.config.dpvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VlanRulesTest {
    private static final String BLOCKS = """
            netif_defs {
                vlan dpdk0.100 {
                    link        dpdk0
                    id          100
                }
                vlan guests {
                    link        dpdk0
                    id          4094
                    protocol    802.1ad
                }
            }
            """;

    /** The sample with the blocks in its own netif_defs. */
    private static String with(String blocks) {
        String inner = blocks.substring(blocks.indexOf('\n') + 1, blocks.lastIndexOf('}'));
        return Samples.twoArmDpvs().replaceFirst("netif_defs \\{\n", "netif_defs {\n" + inner);
    }

    @Test
    void vlansAreReadAndPrintedAgain() {
        DpvsFile file = DpvsFile.parse(with(BLOCKS));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().vlans())
                .extracting(vlan -> vlan.name() + " " + vlan.link() + " " + vlan.protocol() + " " + vlan.id())
                .containsExactly("dpdk0.100 dpdk0 802.1q 100", "guests dpdk0 802.1ad 4094");
        assertThat(file.conf().interfaces()).containsExactly("dpdk0", "dpdk2", "dpdk0.100", "guests");
        DpvsFile again = DpvsFile.parse(file.conf().print(PrintStyle.BARE));
        assertThat(again.findings()).isEmpty();
        assertThat(again.conf().vlans())
                .extracting(Vlan::settings)
                .isEqualTo(file.conf().vlans().stream().map(Vlan::settings).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link        dpdk0 | link dpdk7 | unknown-device",
                "link        dpdk0 | link guests | unknown-device",
                "link        dpdk0 |  | unknown-device",
                "id          100 | id 0 | bad-value",
                "id          100 | id 4095 | bad-value",
                "id          100 |  | missing-value",
                "vlan guests | vlan dpdk2 | duplicate-name",
                "vlan guests | vlan dpdk0.100 | duplicate-name",
                "protocol    802.1ad | protocol vxlan | bad-value"
            })
    void aMistakeIsFound(String change) {
        String[] sides = change.split(" \\| ?", -1);
        DpvsFile file = DpvsFile.parse(with(BLOCKS.replaceFirst(sides[0], sides[1])));

        assertThat(file.findings())
                .filteredOn(finding -> finding.rule().equals(sides[2]))
                .allSatisfy(finding -> {
                    assertThat(finding.isError()).isTrue();
                    assertThat(finding.line()).isPositive();
                    assertThat(finding.message()).isNotBlank();
                    assertThat(finding.fix()).isNotBlank();
                })
                .isNotEmpty();
    }

    @Test
    void twoVlansWithOneTagAreFound() {
        String same = BLOCKS.replace("4094", "100").replace("802.1ad", "802.1q");
        assertThat(DpvsFile.parse(with(same)).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("dpdk0.100", "100 on dpdk0"));
    }
}
