package io.twoarm.config.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Samples;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectorConfigurationTest {

    @Test
    void theTwoArmSampleHasNoFindings() {
        DpvsFile dpvs = DpvsFile.parse(Samples.twoArmDpvs());
        KeepalivedFile keepalived = KeepalivedFile.parse(Samples.twoArmKeepalived());

        assertThat(dpvs.findings()).isEmpty();
        assertThat(keepalived.findings()).isEmpty();
        assertThat(DirectorConfiguration.check(dpvs.conf(), keepalived.conf())).isEmpty();
    }

    @Test
    void aDeviceThatDpvsConfLacksIsNamedWithItsLine() {
        assertThat(rulesAt(Samples.twoArmKeepalived()
                        .replace("default via 10.0.96.254 dev dpdk2", "default via 10.0.96.254 dev dpdk3")))
                .contains("unknown-device@13");
    }

    @Test
    void aMemberOfABondingIsSaidToBeOne() {
        DpvsFile dpvs = DpvsFile.parse(
                Samples.twoArmDpvs()
                        + "netif_defs {\n    <init> bonding bond0 {\n        mode 0\n        slave dpdk2\n        primary dpdk2\n    }\n}\n");
        KeepalivedFile keepalived = KeepalivedFile.parse(Samples.twoArmKeepalived());

        assertThat(DirectorConfiguration.check(dpvs.conf(), keepalived.conf()))
                .anySatisfy(finding -> assertThat(finding.toString())
                        .contains("dpdk2 is a member of the bonding bond0", "Write bond0."));
    }

    @Test
    void aLocalAddressOutsideEveryNetworkOfItsDeviceIsAnError() {
        assertThat(rulesAt(Samples.twoArmKeepalived().replace("192.168.229.204 dpdk0", "192.168.230.204 dpdk0")))
                .containsExactly("local-address-off-link@17");
    }

    @Test
    void aVipThatIsNoAddressOfTheDirectorIsAnError() {
        assertThat(rulesAt(Samples.twoArmKeepalived().replace("10.0.96.204/32", "10.0.96.205/32")))
                .containsExactly("foreign-vip@21");
    }

    @Test
    void aGatewayOutsideEveryNetworkIsAnError() {
        assertThat(rulesAt(Samples.twoArmKeepalived().replace("via 10.0.96.254", "via 10.0.97.254")))
                .containsExactly("unreachable-gateway@13");
    }

    @Test
    void aGatewayOnAnotherDeviceIsAnError() {
        assertThat(rulesAt(Samples.twoArmKeepalived().replace("via 10.0.96.254", "via 192.168.229.254")))
                .containsExactly("unreachable-gateway@13");
    }

    @Test
    void aRealserverBehindAnotherDeviceThanTheLocalAddressesIsAnError() {
        assertThat(rulesAt(
                        Samples.twoArmKeepalived().replace("real_server 192.168.229.2 80", "real_server 10.0.96.2 80")))
                .containsExactly("local-address-device@38");
    }

    @Test
    void aRealserverThatNoRouteLeadsToIsAnError() {
        assertThat(rulesAt(Samples.twoArmKeepalived()
                        .replace(
                                "    default via 10.0.96.254 dev dpdk2   # back to the clients\n",
                                "    172.16.0.0/16 via 10.0.96.254 dev dpdk2\n")
                        .replace("real_server 192.168.229.2 80", "real_server 10.9.9.2 80")))
                .containsExactly("unreachable-real-server@38");
    }

    @Test
    void aDirectorWithoutAnyGatewayIsDoubtful() {
        assertThat(rulesAt(Samples.twoArmKeepalived()
                        .replace("    default via 10.0.96.254 dev dpdk2   # back to the clients\n", "")))
                .containsExactly("no-return-route@0");
    }

    @Test
    void aLocalAddressThatIsAStaticAddressTooIsAnError() {
        assertThat(rulesAt(Samples.twoArmKeepalived()
                        .replace(
                                "10.0.96.204/32 dev dpdk2\n",
                                "10.0.96.204/32 dev dpdk2\n    192.168.229.204/32 dev dpdk0\n")))
                .containsExactly("local-address-is-static@18");
    }

    @Test
    void ownAddressesInThePoolOrThePrefixOfNat64AreErrors() {
        String dpvs = Samples.twoArmDpvs() + "nat64_defs {\n    prefix 64:ff9b::/96\n    pool %s\n}\n";
        KeepalivedFile file = KeepalivedFile.parse(Samples.twoArmKeepalived());

        assertThat(translated(dpvs.formatted("192.0.2.0/28"), file)).isEmpty();
        assertThat(translated(dpvs.formatted("10.0.96.200/29"), file))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("nat64-own-address");
                    assertThat(finding.message())
                            .contains("10.0.96.204 is an address of the director and lies in the pool 10.0.96.200/29");
                });
        assertThat(translated(dpvs.formatted("192.168.229.204"), file))
                .extracting(ConfigFinding::keyword)
                .containsExactly("local_address_group");
    }

    private static List<ConfigFinding> translated(String dpvs, KeepalivedFile keepalived) {
        DpvsFile file = DpvsFile.parse(dpvs);
        assertThat(file.findings()).isEmpty();
        return DirectorConfiguration.check(file.conf(), keepalived.conf());
    }

    @Test
    void anAddressWithAPrefixMakesItsNetworkReachable() {
        assertThat(rulesAt(Samples.twoArmKeepalived()
                        .replace("10.0.96.204/32 dev dpdk2\n", "10.0.96.204/24 dev dpdk2\n")
                        .replace("    10.0.96.0/24 dev dpdk2\n", "")))
                .isEmpty();
    }

    private static List<ConfigFinding> withWorkers(int count) {
        StringBuilder workers = new StringBuilder("worker_defs {\n");
        for (int worker = 2; worker <= count; worker++) {
            workers.append("""
                        <init> worker cpu%1$d {
                            type    slave
                            cpu_id  %1$d
                            port dpdk0 {
                                rx_queue_ids  %2$d
                                tx_queue_ids  %2$d
                            }
                            port dpdk2 {
                                rx_queue_ids  %2$d
                                tx_queue_ids  %2$d
                            }
                        }
                    """.formatted(worker, worker - 1));
        }
        String dpvs = Samples.twoArmDpvs().replace("sa_pool {", workers + "}\nsa_pool {");
        return DirectorConfiguration.check(
                DpvsFile.parse(dpvs).conf(),
                KeepalivedFile.parse(Samples.twoArmKeepalived()).conf());
    }

    @Test
    void sixteenForwardingWorkersAreTakenAndTheSeventeenthIsRefused() {
        assertThat(withWorkers(16)).isEmpty();
        assertThat(withWorkers(17)).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(ConfigFile.DPVS);
            assertThat(finding.rule()).isEqualTo(ConfigFinding.UNSUPPORTED);
            assertThat(finding.fix()).isEqualTo("Remove cpu17 and those behind it.");
        });
    }

    private static List<String> rulesAt(String keepalived) {
        KeepalivedFile file = KeepalivedFile.parse(keepalived);
        assertThat(file.findings()).isEmpty();
        return DirectorConfiguration.check(DpvsFile.parse(Samples.twoArmDpvs()).conf(), file.conf()).stream()
                .map(finding -> finding.rule() + "@" + finding.line())
                .toList();
    }
}
