package io.twoarm.config.dpvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Network;
import io.twoarm.config.PrintStyle;
import io.twoarm.config.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiitRulesTest {
    private static final String BLOCK = """
            siit_defs {
                prefix          2001:db8:64::/96
                eam 192.0.2.0/28 {
                    ipv6        2001:db8:1::10/124
                }
                eam 192.0.2.77 {
                    ipv6        2001:db8:2::1
                }
            }
            """;

    @Test
    void aPrefixAndMappingsAreReadAndPrintedAgain() {
        DpvsFile file = DpvsFile.parse(Samples.twoArmDpvs() + BLOCK);

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().settings().find(SiitKeywords.PREFIX)).contains("2001:db8:64::/96");
        assertThat(file.conf().mappings())
                .extracting(mapping ->
                        mapping.from().orElseThrow() + " " + mapping.to().orElseThrow())
                .containsExactly("192.0.2.0/28 2001:db8:1::10/124", "192.0.2.77/32 2001:db8:2::1/128");
        DpvsFile again = DpvsFile.parse(file.conf().print(PrintStyle.BARE));
        assertThat(again.findings()).isEmpty();
        assertThat(again.conf().settings()).isEqualTo(file.conf().settings());
        assertThat(again.conf().mappings())
                .extracting(AddressMapping::ipv4)
                .containsExactly("192.0.2.0/28", "192.0.2.77");
        assertThat(Network.parse("192.0.2.77")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefix          2001:db8:64::/96 | prefix 2001:db8:64::/95",
                "prefix          2001:db8:64::/96 | prefix 192.0.2.0/24",
                "prefix          2001:db8:64::/96 | prefix 2001:db8:0:0:100::/96",
                "eam 192.0.2.0/28 { | eam 2001:db8::/28 {",
                "eam 192.0.2.0/28 { | eam 192.0.2.0/33 {",
                "ipv6        2001:db8:1::10/124 | ipv6 2001:db8:1::10/125",
                "ipv6        2001:db8:1::10/124 | ipv6 10.0.0.0/28",
                "ipv6        2001:db8:2::1 | ",
                "eam 192.0.2.0/28 { | eam 192.0.2.77 {"
            })
    void aMistakeIsFound(String change) {
        String[] sides = change.split(" \\| ?", -1);
        assertThat(BLOCK).contains(sides[0]);
        DpvsFile file = DpvsFile.parse(Samples.twoArmDpvs() + BLOCK.replace(sides[0], sides[1]));

        assertThat(file.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("bad-value");
            assertThat(finding.isError()).isTrue();
            assertThat(finding.line()).isPositive();
            assertThat(finding).extracting(ConfigFinding::message).asString().isNotBlank();
        });
    }
}
