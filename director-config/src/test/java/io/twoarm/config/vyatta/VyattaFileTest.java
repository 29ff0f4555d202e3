package io.twoarm.config.vyatta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.config.ConfigFinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both forms of a router's configuration, and what the grammars of the releases say of them. */
class VyattaFileTest {
    private static final String ROUTER = """
            /* two
               lines */
            firewall {
                name from_wan {
                    default-action drop
                    description "Answers, and nothing else"
                    rule 10 {
                        action accept
                        state {
                            established enable
                        }
                    }
                }
            }
            interfaces {
                ethernet eth0 {
                    address 10.10.0.102/24
                    vrrp {
                        vrrp-group 1 {
                            priority 200
                            virtual-address 10.10.0.101
                        }
                    }
                }
                loopback lo {
                }
            }
            // a release of its own
            """;

    @Test
    void bothFormsSayTheSame() {
        VyattaFile braces = VyattaFile.parse(ROUTER);
        VyattaFile commands = VyattaFile.parse(commands(braces.statements()));

        assertThat(braces.findings()).isEmpty();
        assertThat(commands.findings()).isEmpty();
        assertThat(commands.statements()).isEqualTo(braces.statements());
        assertThat(braces.statements())
                .extracting(Statement::toString)
                .containsExactly(
                        "firewall name from_wan default-action drop",
                        "firewall name from_wan description Answers, and nothing else",
                        "firewall name from_wan rule 10 action accept",
                        "firewall name from_wan rule 10 state established enable",
                        "interfaces ethernet eth0 address 10.10.0.102/24",
                        "interfaces ethernet eth0 vrrp vrrp-group 1 priority 200",
                        "interfaces ethernet eth0 vrrp vrrp-group 1 virtual-address 10.10.0.101",
                        "interfaces loopback lo");
        assertThat(braces.statements().getFirst().origin().line()).isEqualTo(5);
        assertThat(VyattaFile.isOne(ROUTER)).isTrue();
        assertThat(VyattaFile.isOne(commands(braces.statements()))).isTrue();
        assertThat(VyattaFile.isOne("global_defs {\n}\n")).isFalse();
    }

    @Test
    void whatIsWrittenInBracesIsReadBack() {
        List<Statement> statements = VyattaFile.parse(ROUTER).statements();
        String written = VyattaGrammar.of(Release.VYATTA_6).braces(statements);

        assertThat(VyattaFile.parse(written).statements()).isEqualTo(statements);
        assertThat(VyattaGrammar.of(Release.VYATTA_6)
                        .braces(VyattaFile.parse(written).statements()))
                .isEqualTo(written);
        assertThat(written)
                .contains("    loopback lo {\n    }\n")
                .contains("description \"Answers, and nothing else\"");
    }

    @Test
    void whatAReleaseDoesNotKnowIsNamedWithItsPlaceAndTheLikeliestWord() {
        VyattaFile file = VyattaFile.parse(ROUTER.replace("priority 200", "prioritty 200"));

        assertThat(VyattaGrammar.of(Release.VYATTA_6).check(file))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(20);
                    assertThat(finding.keyword()).isEqualTo("prioritty");
                    assertThat(finding.fix()).startsWith("Did you mean priority?");
                });
        assertThat(VyattaGrammar.of(Release.VYATTA_6).check(VyattaFile.parse(ROUTER)))
                .isEmpty();
        assertThat(VyattaGrammar.of(Release.VYOS_1_4).check(VyattaFile.parse(ROUTER)))
                .extracting(ConfigFinding::keyword)
                .as("VRRP and firewall stand elsewhere")
                .contains("name", "vrrp");
    }

    @Test
    void valuesAreOfTheirKinds() {
        for (String wrong : List.of(
                "interfaces ethernet eth0 address 10.0.0.1",
                "interfaces ethernet wan0 address 10.0.0.1/24",
                "interfaces ethernet eth0 vrrp vrrp-group 256 priority 1",
                "interfaces ethernet eth0 vrrp vrrp-group 1 preempt yes",
                "system gateway-address 2001:db8::1",
                "service nat rule 10 type",
                "service ssh port 22 23")) {
            VyattaFile file = VyattaFile.parse("set " + wrong + "\n");

            assertThat(VyattaGrammar.of(Release.VYATTA_6).check(file)).as(wrong).hasSize(1);
        }
        assertThatThrownBy(() -> VyattaGrammar.of(Release.VYATTA_6)
                        .braces(List.of(Statement.of("system", "gateway-address", "nowhere"))))
                .hasMessageContaining("nowhere");
    }

    @Test
    void whatIsBrokenIsFoundWhereItIs() {
        assertThat(rules("interfaces {\n  ethernet eth0 {\n")).containsExactly("block-unclosed");
        assertThat(rules("}\n")).containsExactly("brace-without-block");
        assertThat(rules("{ a }\n")).containsExactly("block-without-name");
        assertThat(rules("system host-name \"R1\n")).containsExactly("quote-unclosed");
        assertThat(rules("/* never\n")).containsExactly("comment-unclosed");
        assertThat(rules("set system host-name R1\ndelete service nat\n")).containsExactly("command");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void noTextMakesTheReaderFailOrTheTimeGrowFasterThanTheText(Release release) {
        Random random = new Random(release.ordinal());
        List<String> words =
                List.of("interfaces", "{", "}", "\n", "\"", "'", "/*", "*/", "//", "set ", "eth0", " ", "\\", "#");
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(words.get(random.nextInt(words.size())));
            }
            VyattaGrammar.of(release).check(VyattaFile.parse(text.toString()));
        }
        time(release, 20_000); // warms up
        long small = time(release, 20_000);
        long large = time(release, 160_000);
        // Eight times the text; a quadratic reader would take sixty-four times as long.
        assertThat(large).isLessThan(Math.max(24 * small, Duration.ofSeconds(20).toNanos()));
    }

    private static long time(Release release, int lines) {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            text.add("interfaces {\n ethernet eth" + i % 1000 + " {\n  address 10.0.0.1/24\n }\n}");
        }
        String whole = String.join("\n", text);
        long start = System.nanoTime();
        VyattaGrammar.of(release).check(VyattaFile.parse(whole));
        return System.nanoTime() - start;
    }

    private static List<String> rules(String text) {
        return VyattaFile.parse(text).findings().stream()
                .map(ConfigFinding::rule)
                .toList();
    }

    private static String commands(List<Statement> statements) {
        return statements.stream().map(VyattaGrammar::command).collect(Collectors.joining("\n", "", "\n"));
    }
}
