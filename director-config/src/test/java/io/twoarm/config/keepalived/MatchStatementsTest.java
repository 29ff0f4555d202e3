package io.twoarm.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.PrintStyle;
import io.twoarm.config.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual servers for flows of hosts behind the director. */
class MatchStatementsTest {
    private static final String WAY_OUT = """
            deny_address_group bad {
                10.0.0.1
                10.0.0.10-19
                10.1.0.0/16
                ipset:scanners
            }
            virtual_server match out {
                src-range 192.168.0.1-192.168.0.254
                dst-range 8.8.0.0-8.8.255.255:53-853
                iif dpdk0
                oif dpdk2
                protocol UDP
                lb_algo wrr
                lb_kind SNAT
                daddr_group_name bad
                real_server 123.1.2.3 0 {
                    weight 100
                }
                real_server 123.1.2.4 0 {
                    weight 50
                }
            }
            """;

    @Test
    void flowsOfHostsBehindTheDirectorAreMatched() {
        KeepalivedFile file = KeepalivedFile.parse(WAY_OUT);
        assertThat(file.findings()).isEmpty();
        VirtualServer server = file.conf().matches().getFirst();
        assertThat(server.method()).isEqualTo(ForwardingMethod.SNAT);
        VirtualServer.Target.Match match = (VirtualServer.Target.Match) server.target();
        assertThat(match.source().orElseThrow().print()).isEqualTo("192.168.0.1-192.168.0.254");
        assertThat(match.destination().orElseThrow().print()).isEqualTo("8.8.0.0-8.8.255.255:53-853");
        assertThat(match.inDevice()).contains("dpdk0");
        assertThat(match.outDevice()).contains("dpdk2");
        assertThat(file.conf().services()).isEmpty();
        assertThat(file.conf()
                        .accessGroup(AccessGroup.Kind.DENY, "bad")
                        .orElseThrow()
                        .members())
                .extracting(AccessGroup.Member::print)
                .containsExactly("10.0.0.1", "10.0.0.10-19", "10.1.0.0/16", "ipset:scanners");
        assertThat(server.options().denied()).contains("bad");

        String printed = file.conf().print(PrintStyle.explained(List.of("It.")));
        KeepalivedFile again = KeepalivedFile.parse(printed);
        assertThat(again.findings()).isEmpty();
        assertThat(again.conf().print(PrintStyle.explained(List.of("It.")))).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lb_kind SNAT     | lb_kind FNAT            | Write lb_kind SNAT.",
                "123.1.2.3 0      | 123.1.2.3 80            | Write port 0.",
                "123.1.2.3 0      | 2001:db8::1 0           | Make two of it.",
                "protocol UDP     | protocol ICMPV6         | Write protocol ICMP.",
                "lb_algo wrr      | persistence_timeout 5   | Remove it.",
                "lb_algo wrr      | endpoint_independent yes | one of endpoint, address, address_port",
                "192.168.0.1-192  | 192.168.1.1-192         | a range such as 192.168.0.1-192.168.0.254",
                "53-853           | 853-53                  | a range such as",
                "10.0.0.10-19     | 10.0.0.19-10            | ipset:NAME",
                "ipset:scanners   | ipset:                  | ipset:NAME",
            })
    void whatIsWrongWithAMatchIsSaid(String good, String bad, String fix) {
        String text = WAY_OUT.replace(good.strip(), bad.strip());
        assertThat(KeepalivedFile.parse(text).findings())
                .extracting(ConfigFinding::fix)
                .anyMatch(it -> it.contains(fix.strip()));
    }

    @Test
    void portsMayBeMappedIndependentlyOfDestinations() {
        for (OutsideFilter filter : OutsideFilter.values()) {
            KeepalivedFile file = KeepalivedFile.parse(
                    WAY_OUT.replace("lb_algo wrr", "lb_algo wrr\n    endpoint_independent " + filter.keyword()));
            assertThat(file.findings()).isEmpty();
            assertThat(file.conf().matches().getFirst().options().endpointIndependent())
                    .contains(filter);
            assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                    .isEqualTo(file.conf());
        }
    }

    @Test
    void itMustBeKnownWhoseOnesAre() {
        String mapping = WAY_OUT.replace("lb_algo wrr", "endpoint_independent endpoint");
        assertThat(only(mapping.replaceAll("src-range .*", "")))
                .satisfies(finding -> assertThat(finding.message()).contains("match out", "has no src-range"))
                .satisfies(finding -> assertThat(finding.fix()).startsWith("Write src-range"));
        String wide = mapping.replaceAll("src-range .*", "src-range [2001:db8::1-2001:db8::9]")
                .replaceAll("dst-range .*", "")
                .replace("123.1.2.3 0", "2001:db8:1::1 0")
                .replace("123.1.2.4 0", "2001:db8:1::2 0");
        assertThat(only(wide).message()).contains("flows of IPv6");
        String vip = Samples.twoArmKeepalived().replace("lb_algo rr", "endpoint_independent endpoint");
        assertThat(only(vip).fix()).isEqualTo("Remove it, or write virtual_server match NAME.");
    }

    private static final String MAPPING = """
            virtual_server match inside {
                protocol TCP
                lb_algo rr
                lb_kind SNAT
                src-range 192.168.229.1-192.168.229.99
                endpoint_independent endpoint
                real_server 10.0.96.210 0 {
                    weight 1
                }
            }
            """;

    private static String match(String protocol, String range, String address) {
        return """
                virtual_server match other {
                    protocol %s
                    lb_algo rr
                    lb_kind SNAT
                    src-range %s
                    real_server %s 0 {
                        weight 1
                    }
                }
                """.formatted(protocol, range, address);
    }

    @ParameterizedTest
    @CsvSource({
        "UDP, 192.168.229.50-192.168.229.150, 10.0.96.210",
        "TCP, 192.168.229.100-192.168.229.150, 10.0.96.211",
        "TCP, 2001:db8::1-2001:db8::9, 2001:db8:1::1"
    })
    void othersThatCanBeToldApartMayStandBesideMappedPorts(String protocol, String range, String address) {
        assertThat(KeepalivedFile.parse(MAPPING + match(protocol, range, address))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.229.50-192.168.229.150, 10.0.96.211, line=11, has hosts of match inside",
        "192.168.228.1-192.168.230.1, 10.0.96.211, line=11, has hosts of match inside",
        "192.168.229.100-192.168.229.150, 10.0.96.210, line=16, both lead out by 10.0.96.210"
    })
    void aMatchThatCannotBeToldFromMappedPortsIsNamed(String range, String address, String place, String message) {
        assertThat(only(MAPPING + match("TCP", range, address))).satisfies(finding -> {
            assertThat(finding.toString()).contains(place).contains(message);
            assertThat(finding.fix()).isNotEmpty();
        });
    }

    @Test
    void hostsOfMappedPortsAreNoOutsideAddresses() {
        assertThat(only(MAPPING.replace("10.0.96.210", "192.168.229.9")))
                .satisfies(finding -> assertThat(finding.message()).contains("contains 192.168.229.9"));
    }

    @Test
    void mappedPortsStandBesideNoFtpAndNoNatOfTheSameEnds() {
        String server = """
                virtual_server 10.0.96.210 21 {
                    protocol TCP
                    lb_algo rr
                    lb_kind NAT
                    real_server 192.168.229.9 21 {
                        weight 1
                    }
                }
                """;
        assertThat(KeepalivedFile.parse(MAPPING + server).findings())
                .extracting(ConfigFinding::message)
                .satisfiesExactlyInAnyOrder(
                        ftp -> assertThat(ftp).startsWith("10.0.96.210 serves FTP"),
                        nat -> assertThat(nat).startsWith("192.168.229.9 answers clients by lb_kind NAT"));
        assertThat(KeepalivedFile.parse(MAPPING + server.replace(" 21", " 22").replace("229.9", "229.109"))
                        .findings())
                .isEmpty();
    }

    private static ConfigFinding only(String text) {
        List<ConfigFinding> findings = KeepalivedFile.parse(text).findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    @Test
    void aMatchMustSayWhichFlowsItIsFor() {
        String text = WAY_OUT.replaceAll("(src-range|dst-range|iif|oif) .*", "");
        assertThat(KeepalivedFile.parse(text).findings())
                .extracting(ConfigFinding::rule)
                .containsExactly("missing-value");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1-10.0.0.1",
        "10.0.0.1:80, 10.0.0.1-10.0.0.1:80-80",
        "10.0.0.1-10.0.0.9:0-0, 10.0.0.1-10.0.0.9",
        "2001:db8::1-2001:db8::9, [2001:db8::1-2001:db8::9]",
        "[2001:db8::1-2001:db8::9]:1-2, [2001:db8::1-2001:db8::9]:1-2",
        "[2001:db8::1]-[2001:db8::9]:1-2, [2001:db8::1-2001:db8::9]:1-2",
    })
    void endsOfFlowsAreReadAndWritten(String text, String printed) {
        assertThat(FlowEnds.parse(text).orElseThrow().print()).isEqualTo(printed);
        assertThat(FlowEnds.parse(printed).orElseThrow().print()).isEqualTo(printed);
    }
}
