package io.twoarm.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twoarm.config.AddressLiteral;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Network;
import io.twoarm.config.PrintStyle;
import io.twoarm.config.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeepalivedFileTest {

    @Test
    void theSampleIsReadWhole() {
        KeepalivedConf conf = KeepalivedFile.parse(Samples.twoArmKeepalived()).conf();

        assertThat(conf.routerId()).contains("lb1");
        assertThat(conf.staticAddresses()).containsExactly(new StaticAddress(ip("10.0.96.204"), 32, "dpdk2"));
        assertThat(conf.staticRoutes())
                .containsExactly(
                        StaticRoute.onLink(Network.parse("10.0.96.0/24").orElseThrow(), "dpdk2"),
                        StaticRoute.onLink(Network.parse("192.168.229.0/24").orElseThrow(), "dpdk0"),
                        StaticRoute.via(Network.parse("0.0.0.0/0").orElseThrow(), ip("10.0.96.254"), "dpdk2"));
        assertThat(conf.localAddressGroups().getFirst().entries())
                .extracting(entry -> entry.range().addresses().size())
                .containsExactly(1, 10);
        VirtualServer server = conf.virtualServers().getFirst();
        assertThat(server.target()).isEqualTo(new VirtualServer.Target.Single(ip("10.0.96.204"), 80));
        assertThat(server.protocol()).isEqualTo(Protocol.TCP);
        assertThat(server.scheduler()).isEqualTo(Scheduler.RR);
        assertThat(server.method()).isEqualTo(ForwardingMethod.FNAT);
        assertThat(server.establishTimeout()).contains(60);
        assertThat(server.clientAddress()).isEqualTo(ClientAddress.TOA);
        assertThat(server.realServers())
                .extracting(RealServer::weight, RealServer::inhibitOnFailure)
                .containsExactly(tuple(100, true), tuple(100, true));
        assertThat(server.realServers().getFirst().check())
                .contains(new TcpCheck(
                        Optional.empty(),
                        Optional.of(80),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        2,
                        Duration.ofSeconds(1)));
    }

    @Test
    void checkValuesAreInheritedFromTheVirtualServerAndTheRealserver() {
        String text = Samples.twoArmKeepalived()
                .replace("    lb_algo rr\n", "    lb_algo rr\n    connect_timeout 0.5\n    retry 7\n    weight 9\n")
                .replace("            retry 2\n            connect_timeout 3\n", "")
                .replace("        weight 100\n", "        delay_before_retry 2.25\n");
        RealServer realServer = KeepalivedFile.parse(text)
                .conf()
                .virtualServers()
                .getFirst()
                .realServers()
                .getFirst();

        assertThat(realServer.weight()).isEqualTo(9);
        TcpCheck check = realServer.check().orElseThrow();
        assertThat(check.connectTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(check.retry()).isEqualTo(7);
        assertThat(check.delayBeforeRetry()).isEqualTo(Duration.ofMillis(2250));
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aGroupGivesOneServiceForEveryAddressAndPort() {
        String text = Samples.twoArmKeepalived().replace("virtual_server 10.0.96.204 80 {", """
                virtual_server_group web {
                    10.0.96.204-206 80
                    10.0.96.204 443
                }
                virtual_server group web {""");
        KeepalivedFile file = KeepalivedFile.parse(text);

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().services())
                .extracting(service -> AddressLiteral.print(service.vip()) + ":" + service.port())
                .containsExactly("10.0.96.204:80", "10.0.96.205:80", "10.0.96.206:80", "10.0.96.204:443");
    }

    @Test
    void theOldNameOfRetryIsReadWithAWarningThatNamesTheNewOne() {
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived().replace("retry 2", "nb_sock_retry 5"));

        assertThat(rules(file)).containsExactly("old-keyword@33", "old-keyword@42");
        assertThat(file.findings().getFirst().isError()).isFalse();
        assertThat(file.findings().getFirst().fix()).isEqualTo("Write retry.");
        assertThat(file.conf()
                        .virtualServers()
                        .getFirst()
                        .realServers()
                        .getFirst()
                        .check()
                        .orElseThrow()
                        .retry())
                .isEqualTo(5);
    }

    @Test
    void anUnknownKeywordIsNamedWithItsPlaceAndTheNearestKnownOne() {
        KeepalivedFile file =
                KeepalivedFile.parse(Samples.twoArmKeepalived().replace("laddr_group_name", "laddr_group_nam"));
        ConfigFinding finding = file.findings().stream()
                .filter(candidate -> candidate.rule().equals("unknown-keyword"))
                .findFirst()
                .orElseThrow();

        assertThat(finding.line()).isEqualTo(26);
        assertThat(finding.column()).isEqualTo(5);
        assertThat(finding.fix()).isEqualTo("Did you mean laddr_group_name?");
    }

    @Test
    void ofAVrrpInstanceOnlyAddressesAndDeviceCountAndUnknownKeywordsAreFound() {
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived() + """
                vrrp_instance VI_1 {
                    state MASTER
                    dpdk_interface dpdk2
                    virtual_routr_id 5
                    virtual_ipaddress {
                        10.0.96.205
                    }
                }
                """);

        assertThat(rules(file)).containsExactly("without-effect@49", "unknown-keyword@51");
        assertThat(file.findings().get(1).fix()).isEqualTo("Did you mean virtual_router_id?");
        assertThat(file.conf().vrrpInstances()).singleElement().satisfies(instance -> {
            assertThat(instance.name()).isEqualTo("VI_1");
            assertThat(instance.device()).isEqualTo("dpdk2");
            assertThat(instance.addresses()).containsExactly(InetAddress.ofLiteral("10.0.96.205"));
        });
    }

    @Test
    void aKeywordThatChangesNoForwardingIsOnlyAWarning() {
        KeepalivedFile file = KeepalivedFile.parse(
                Samples.twoArmKeepalived().replace("    router_id lb1\n", "    router_id lb1\n    vrrp_version 3\n"));

        assertThat(rules(file)).containsExactly("without-effect@4");
        assertThat(ConfigFinding.anyError(file.findings())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lb_algo rr                 | hash_target qid           | needless-hash-target",
                "lb_algo rr                 | hash_target cid           | bad-value",
                "lb_algo rr                 | sh-port                   | needless-hash-target",
                "delay_loop 3               | connection_rate 0         | bad-value",
                "delay_loop 3               | bps 100001                | bad-value",
                "delay_loop 3               | bps 100M                  | bad-value",
                "delay_loop 3               | limit_proportion 0        | bad-value",
                "delay_loop 3               | limit_proportion 50       | bad-value",
                "delay_loop 3               | packet_rate 10000001      | bad-value",
                "lb_algo rr                 | ops                       | bad-value",
                "lb_algo rr                 | persistence_timeout 0     | bad-value",
                "lb_algo rr                 | persistence_granularity 255.0.255.0 | bad-value",
                "lb_algo rr                 | sorry_server 192.168.229.9 | bad-value",
                "weight 100                 | lthreshold 9              | bad-value",
                "lb_algo rr                 | lb_algo rrr               | bad-value",
                "lb_kind FNAT               | lb_kind TUN               | needless-group",
                "lb_kind FNAT               | lb_kind SNAT              | bad-value",
                "delay_loop 3               | daddr_group_name bad      | missing-group",
                "delay_loop 3               | waddr_group_name good     | missing-group",
                "lb_kind FNAT               | lb_kind DR                | needless-group",
                "lb_kind FNAT               | lb_kind NAT               | needless-group",
                "protocol TCP               | protocol tcp              | bad-value",
                "protocol TCP               | ! nothing                 | missing-protocol",
                "laddr_group_name laddr_g1  | ! nothing                 | missing-group",
                "laddr_group_name laddr_g1  | laddr_group_name laddr_g2 | missing-group",
                "establish_timeout 60       | establish_timeout 3601    | bad-value",
                "weight 100                 | weight 65536              | bad-value",
                "weight 100                 | weight                    | missing-value",
                "weight 100                 | alpha                     | unsupported",
                "connect_port 80            | connect_port 0            | bad-value",
                "connect_timeout 3          | connect_timeout 0         | bad-value",
                "TCP_CHECK {                | HTTP_GET {                | unsupported",
                "real_server 192.168.229.2 80 | real_server 192.168.229.1 80 | duplicate-real-server",
                "real_server 192.168.229.2 80 | real_server 192.168.229.2  | bad-value",
                "virtual_server 10.0.96.204 80 | virtual_server 10.0.96.204 0 | unsupported",
                "virtual_server 10.0.96.204 80 | virtual_server fwmark 7     | unsupported",
                "real_server 192.168.229.2 80 | real_server 2001:db8::2 80 | local-address-family",
                "10.0.96.204/32 dev dpdk2   | 10.0.96.204/32            | missing-value",
                "10.0.96.204/32 dev dpdk2   | 10.0.96.300/32 dev dpdk2  | bad-value",
                "10.0.96.0/24 dev dpdk2     | 10.0.96.1/24 dev dpdk2    | bad-value",
                "10.0.96.0/24 dev dpdk2     | 10.0.96.0/24              | missing-value",
                "10.0.96.0/24 dev dpdk2     | 10.0.96.0/24 dev          | missing-value",
                "10.0.96.0/24 dev dpdk2     | 10.0.96.0/24 dve dpdk2    | unknown-keyword",
                "10.0.96.0/24 dev dpdk2     | 10.0.96.0/24 10.1.0.0/16 dev dpdk2 | bad-value",
                "192.168.229.204 dpdk0      | 192.168.229.204           | bad-value",
                "192.168.229.204 dpdk0      | 192.168.229.215 dpdk0     | duplicate-local-address",
                "192.168.229.210-219 dpdk0  | 192.168.229.219-210 dpdk0 | bad-value",
                "delay_loop 3               | delay_loop {              | no-block",
            })
    void aMistakeIsFoundAtItsPlace(String good, String bad, String rule) {
        String text = Samples.twoArmKeepalived();
        int index = text.indexOf(good.strip());
        assertThat(index).as(good).isNotNegative();
        String replacement = bad == null ? "" : bad;
        KeepalivedFile file = KeepalivedFile.parse(text.substring(0, index)
                + replacement
                + text.substring(index + good.strip().length()));
        int line = (int) text.substring(0, index).lines().count();

        assertThat(file.findings()).extracting(ConfigFinding::rule).contains(rule);
        assertThat(file.findings())
                .allSatisfy(finding -> assertThat(finding.line()).isPositive());
        assertThat(file.findings().getFirst().line()).isBetween(1, line + 20);
    }

    @Test
    void directRoutingLeavesPortsAndFamiliesAsTheyAre() {
        String server = """
                virtual_server 10.0.96.204 80 {
                    lb_kind DR
                    protocol TCP
                    real_server 192.168.229.1 80 {
                    }
                    real_server 192.168.229.2 8080 {
                    }
                }
                virtual_server 2001:db8::204 80 {
                    lb_kind NAT
                    protocol TCP
                    real_server 2001:db8:1::1 8080 {
                    }
                    real_server 192.168.229.2 8080 {
                    }
                }
                """;

        List<ConfigFinding> findings = KeepalivedFile.parse(server).findings();
        assertThat(findings).extracting(ConfigFinding::line).containsExactly(6, 14);
        assertThat(findings.get(0).message()).contains("8080", "80", "DR leaves ports");
        assertThat(findings.get(1).message()).contains("192.168.229.2", "other family", "NAT");
    }

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

    @Test
    void theSameServiceTwiceIsAnError() {
        String server =
                Samples.twoArmKeepalived().substring(Samples.twoArmKeepalived().indexOf("virtual_server"));

        assertThat(rules(KeepalivedFile.parse(Samples.twoArmKeepalived() + server)))
                .containsExactly("duplicate-service@48");
    }

    @Test
    void aServiceOfAnotherProtocolOnTheSamePortIsRight() {
        String server =
                Samples.twoArmKeepalived().substring(Samples.twoArmKeepalived().indexOf("virtual_server"));
        KeepalivedFile file =
                KeepalivedFile.parse(Samples.twoArmKeepalived() + server.replace("protocol TCP", "protocol UDP"));

        assertThat(file.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "client_address toa_253, TOA_253",
        "proxy_protocol v1, PROXY_V1",
        "proxy_protocol v2, PROXY_V2",
        "proxy_protocol disable, TOA"
    })
    void theClientsAddressCanBeToldInOtherWays(String statement, ClientAddress wanted) {
        KeepalivedFile file = KeepalivedFile.parse(
                Samples.twoArmKeepalived().replace("    lb_algo rr\n", "    lb_algo rr\n    " + statement + "\n"));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().virtualServers().getFirst().clientAddress()).isEqualTo(wanted);
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
    }

    @ParameterizedTest
    @CsvSource({
        "proxy_protocol v3, not by v3",
        "proxy_protocol v1-insecure, proxy_protocol v1-insecure",
        "client_address v1, not by v1"
    })
    void aWayToTellTheClientsAddressThatThereIsNotIsNamed(String statement, String message) {
        KeepalivedFile file = KeepalivedFile.parse(
                Samples.twoArmKeepalived().replace("    lb_algo rr\n", "    lb_algo rr\n    " + statement + "\n"));

        assertThat(file.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains(message));
    }

    @Test
    void theClientsAddressCanBeKeptFromTheRealserver() {
        KeepalivedFile file = KeepalivedFile.parse(
                Samples.twoArmKeepalived().replace("    lb_algo rr\n", "    lb_algo rr\n    client_address none\n"));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().virtualServers().getFirst().clientAddress()).isEqualTo(ClientAddress.NONE);
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
    }

    @ParameterizedTest
    @EnumSource(Scheduler.class)
    void everySchedulerIsReadAndPrinted(Scheduler scheduler) {
        KeepalivedFile file = KeepalivedFile.parse(
                Samples.twoArmKeepalived().replace("    lb_algo rr\n", "    lb_algo " + scheduler.keyword() + "\n"));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().virtualServers().getFirst().scheduler()).isEqualTo(scheduler);
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
    }

    @Test
    void persistenceLimitsAndSorryServersAreReadAndPrinted() {
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived()
                .replace("    lb_algo rr\n", """
                            lb_algo wlc
                            persistence_timeout
                            persistence_granularity 255.255.255.0
                            expire_quiescent_conn
                            sorry_server 192.168.229.9 8080
                        """)
                .replace("        weight 100\n", "        weight 100\n        uthreshold 10\n        lthreshold 5\n"));
        ServiceOptions options = file.conf().virtualServers().getFirst().options();

        assertThat(file.findings()).isEmpty();
        assertThat(options.persistence()).contains(new Persistence(360, 24));
        assertThat(options.expireQuiescent()).isTrue();
        assertThat(options.sorryServer())
                .hasValueSatisfying(sorry -> assertThat(sorry.port()).isEqualTo(8080));
        assertThat(file.conf()
                        .virtualServers()
                        .getFirst()
                        .realServers()
                        .getFirst()
                        .limits())
                .isEqualTo(new ConnectionLimits(10, 5));
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
    }

    @Test
    void aSynProxyIsReadAndPrintedAndNeedsFullNat() {
        String with = Samples.twoArmKeepalived().replace("    lb_algo rr\n", "    lb_algo rr\n    syn_proxy\n");
        KeepalivedFile file = KeepalivedFile.parse(with);

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().virtualServers().getFirst().options().synProxy()).isTrue();
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
        KeepalivedFile direct = KeepalivedFile.parse(
                with.replace("lb_kind FNAT", "lb_kind NAT").replaceAll("(?m)^ *laddr_group_name .*\n", ""));
        assertThat(direct.findings())
                .anySatisfy(finding -> assertThat(finding.message()).contains("syn_proxy is for protocol TCP"));
    }

    @Test
    void flagsOfSchedulersAndTheRateOfNewSessionsAreReadAndPrinted() {
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived()
                .replace("    lb_algo rr\n", "    lb_algo mh\n    mh-port\n    connection_rate 500\n"));
        ServiceOptions options = file.conf().virtualServers().getFirst().options();

        assertThat(file.findings()).isEmpty();
        assertThat(options.hashTarget()).isEqualTo(HashTarget.SIP_AND_PORT);
        assertThat(options.connectionRate()).contains(500);
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
    }

    @Test
    void limitsOfTrafficAreReadAndPrinted() {
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived()
                .replace(
                        "    lb_algo rr\n",
                        "    lb_algo rr\n    bps 200\n    limit_proportion 40\n    packet_rate 5000\n"));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().virtualServers().getFirst().options().traffic())
                .isEqualTo(new TrafficLimits(200, 40, 5000));
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
        assertThat(KeepalivedFile.parse(Samples.twoArmKeepalived()
                                .replace("    lb_algo rr\n", "    lb_algo rr\n    bps 0\n    limit_proportion 100\n"))
                        .conf()
                        .virtualServers()
                        .getFirst()
                        .options()
                        .traffic())
                .isEqualTo(TrafficLimits.NONE);
    }

    @Test
    void aQuicServiceHashesConnectionIds() {
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived()
                .replace("protocol TCP", "protocol UDP")
                .replace("    lb_algo rr\n", "    lb_algo conhash\n    hash_target qid\n"));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().virtualServers().getFirst().options().hashTarget())
                .isEqualTo(HashTarget.QID);
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
    }

    @Test
    void routesKeepMtuSourceAndMetric() {
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived()
                .replace("10.0.96.0/24 dev dpdk2", "to 10.0.96.0/24 dev dpdk2 mtu 1400 src 10.0.96.204 metric 5"));
        StaticRoute route = file.conf().staticRoutes().getFirst();

        assertThat(file.findings()).isEmpty();
        assertThat(route.mtu()).contains(1400);
        assertThat(route.source()).contains(ip("10.0.96.204"));
        assertThat(route.metric()).isEqualTo(5);
        assertThat(KeepalivedFile.parse(file.conf().print(PrintStyle.BARE)).conf())
                .isEqualTo(file.conf());
    }

    @Test
    void everyKeywordStandsOnceInItsBlock() {
        assertThat(KeepalivedKeywords.all())
                .extracting(keyword -> keyword.context() + "/" + keyword.name())
                .doesNotHaveDuplicates();
    }

    private static List<String> rules(KeepalivedFile file) {
        return file.findings().stream()
                .map(finding -> finding.rule() + "@" + finding.line())
                .toList();
    }

    private static InetAddress ip(String text) {
        return AddressLiteral.parse(text).orElseThrow();
    }
}
