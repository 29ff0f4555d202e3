package io.twoarm.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a virtual server chooses realservers, what it keeps of clients, and what it tells of them. */
class ServiceOptionsTest {
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
}
