package io.twoarm.config.dpvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Nat64RulesTest {
    private static final String BLOCK = """

            nat64_defs {
                prefix          64:ff9b::/96
                pool            192.0.2.0/28
                filtering       address
                udp_timeout     200
                binding 192.0.2.1:80 {
                    host        2001:db8:1::10
                    port        8080
                }
                binding 192.0.2.1:53 {
                    protocol    udp
                    host        2001:db8:1::10
                }
            }
            """;

    @Test
    void aBlockIsReadAndPrintedAgain() {
        DpvsFile file = DpvsFile.parse(Samples.twoArmDpvs() + BLOCK);

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().settings().find(Nat64Keywords.PREFIX)).contains("64:ff9b::/96");
        assertThat(file.conf().settings().get(Nat64Keywords.UDP_TIMEOUT)).isEqualTo(200);
        assertThat(file.conf().bindings())
                .extracting(binding -> binding.outside() + " "
                        + binding.settings().get(Nat64Keywords.PROTOCOL) + " "
                        + binding.hostPort().orElseThrow())
                .containsExactly("192.0.2.1:80 tcp 8080", "192.0.2.1:53 udp 53");
        DpvsFile again = DpvsFile.parse(file.conf().print(PrintStyle.BARE));
        assertThat(again.findings()).isEmpty();
        assertThat(again.conf()).isEqualTo(file.conf());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefix          64:ff9b::/96 | prefix 64:ff9b::/95",
                "prefix          64:ff9b::/96 | ",
                "pool            192.0.2.0/28 | pool 192.0.2.0/20",
                "binding 192.0.2.1:80 { | binding 192.0.2.1 {",
                "binding 192.0.2.1:80 { | binding 192.0.2.1:70000 {",
                "binding 192.0.2.1:80 { | binding 192.0.3.1:80 {",
                "host        2001:db8:1::10\n        port | host 10.0.0.1\n port",
                "binding 192.0.2.1:53 {\n        protocol    udp | binding 192.0.2.1:80 {\n        protocol    tcp"
            })
    void aMistakeIsFound(String change) {
        String[] sides = change.split(" \\| ?", -1);
        assertThat(BLOCK).contains(sides[0]);
        DpvsFile file = DpvsFile.parse(Samples.twoArmDpvs() + BLOCK.replace(sides[0], sides[1]));

        assertThat(file.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("bad-value");
            assertThat(finding.isError()).isTrue();
            assertThat(finding.line()).isPositive();
        });
    }

    @Test
    void bothTranslationsNeedPrefixesOfTheirOwn() {
        String other = "\nsiit_defs {\n    prefix 64:ff9b::/96\n}\n";

        assertThat(DpvsFile.parse(Samples.twoArmDpvs() + BLOCK + other).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("overlaps"));
    }
}
