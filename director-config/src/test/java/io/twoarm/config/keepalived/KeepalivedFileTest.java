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
