package io.twoarm.config.dpvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DpvsFileTest {

    @Test
    void theSampleIsReadWithItsDefaults() {
        DpvsConf conf = DpvsFile.parse(Samples.twoArmDpvs()).conf();

        assertThat(conf.pktpoolSize()).isEqualTo(16383);
        assertThat(conf.pktpoolCache()).isEqualTo(256);
        assertThat(conf.devices()).extracting(Device::name).containsExactly("dpdk0", "dpdk2");
        Device lan = conf.device("dpdk0").orElseThrow();
        assertThat(lan.rxDescriptors()).isEqualTo(512);
        assertThat(lan.promiscuous()).isTrue();
        assertThat(lan.settings().get(NetifKeywords.RSS)).containsExactly("tcp");
        Device wan = conf.device("dpdk2").orElseThrow();
        assertThat(wan.rxDescriptors()).isEqualTo(256);
        assertThat(wan.txDescriptors()).isEqualTo(512);
        assertThat(wan.mtu()).isEqualTo(1500);
        assertThat(wan.promiscuous()).isFalse();
        assertThat(conf.workers()).extracting(Worker::type).containsExactly(Worker.Type.MASTER, Worker.Type.SLAVE);
        Worker slave = conf.forwardingWorkers().getFirst();
        assertThat(slave.cpuId()).isEqualTo(1);
        assertThat(slave.ports()).extracting(Worker.PortQueues::device).containsExactly("dpdk0", "dpdk2");
        assertThat(slave.ports().getFirst().rxQueueIds()).containsExactly(0);
        assertThat(conf.tcpTimeouts()).isEqualTo(new TcpTimeouts(2, 600, 3, 30, 7, 7, 3, 7, 7, 120, 30, 2));
        assertThat(conf.udpTimeouts()).isEqualTo(new UdpTimeouts(300, 300, 2));
        assertThat(conf.connPoolSize()).isEqualTo(2097151);
        assertThat(conf.neighbourTimeout()).isEqualTo(60);
        assertThat(conf.defaultTtl()).isEqualTo(64);
    }

    @Test
    void anUnknownKeywordIsNamedWithItsPlaceAndTheNearestKnownOne() {
        ConfigFinding finding = only(Samples.twoArmDpvs().replace("promisc_mode", "promisc_mod"));

        assertThat(finding.rule()).isEqualTo("unknown-keyword");
        assertThat(finding.line()).isEqualTo(18);
        assertThat(finding.column()).isEqualTo(9);
        assertThat(finding.keyword()).isEqualTo("promisc_mod");
        assertThat(finding.fix()).isEqualTo("Did you mean promisc_mode?");
    }

    @Test
    void aKeywordInTheWrongBlockIsSentToItsOwn() {
        assertThat(only(Samples.twoArmDpvs().replace("    <init> kni  off\n", "    <init> kni  off\n    mtu 1500\n"))
                        .fix())
                .isEqualTo("It belongs into netif_defs / device.");
    }

    @Test
    void anUnknownBlockIsReportedWithWhatDpvsWouldMakeOfItsBrace() {
        ConfigFinding finding = only(Samples.twoArmDpvs()
                .replace("promisc_mode\n", "promisc_mode\n        extra {\n            x 1\n        }\n"));

        assertThat(finding.rule()).isEqualTo("unknown-keyword");
        assertThat(finding.message()).contains("end of the enclosing block");
    }

    @Test
    void theFlowDirectorBlockOfOldVersionsIsExplained() {
        ConfigFinding finding = only(Samples.twoArmDpvs()
                .replace("promisc_mode\n", "promisc_mode\n        fdir {\n            mode perfect\n        }\n"));

        assertThat(finding.rule()).isEqualTo("removed-keyword");
        assertThat(finding.message()).contains("1.9");
        assertThat(DpvsFile.parse(Samples.twoArmDpvs()).conf().devices()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "mtu  1500,                         mtu  9001,              bad-value",
        "mtu  1500,                         mtu  1500b,             bad-value",
        "mtu  1500,                         mtu  -1,                bad-value",
        "mtu  1500,                         mtu,                    missing-value",
        "mtu  1500,                         mtu  1500 1600,         bad-value",
        "<init> kni  off,                   log_level  info,        bad-value",
        "<init> kni  off,                   <init> kni  no,         bad-value",
        "<init> pktpool_size  16383,        <init> pktpool_size 10, bad-value",
        "<init> pktpool_size  16383,        <init> pktpool_size 99999999999, bad-value",
        "queue_number       1,              rss  ip|ftp,            bad-value",
        "descriptor_number  512,            descriptor_number  8,   bad-value",
        "established  600,                  established  31536000,  bad-value",
        "flow_enable  off,                  flow_enable  on,        unsupported",
    })
    void aBadValueIsAnErrorAtItsPlace(String good, String bad, String rule) {
        DpvsFile file = DpvsFile.parse(replaceFirst(Samples.twoArmDpvs(), good, bad));

        assertThat(file.findings()).hasSize(1);
        assertThat(file.findings().getFirst().rule()).isEqualTo(rule);
        assertThat(file.findings().getFirst().isError()).isTrue();
        assertThat(file.findings().getFirst().line()).isPositive();
    }

    @Test
    void aNumberThatDpvsRoundsIsDoubtful() {
        DpvsFile file = DpvsFile.parse(Samples.twoArmDpvs().replace("pktpool_size  16383", "pktpool_size  20000"));

        assertThat(rules(file)).containsExactly("rounded-value@7");
        assertThat(file.conf().pktpoolSize()).isEqualTo(16383);
        assertThat(file.findings().getFirst().isError()).isFalse();
    }

    @Test
    void aPowerOfTwoIsAGoodPoolSize() {
        DpvsFile file = DpvsFile.parse(Samples.twoArmDpvs().replace("pktpool_size  16383", "pktpool_size  16384"));

        assertThat(file.findings()).isEmpty();
        assertThat(file.conf().pktpoolSize()).isEqualTo(16383);
    }

    @Test
    void aFlagWithAValueIsDoubtfulBecauseItSwitchesOnAllTheSame() {
        DpvsFile file = DpvsFile.parse(Samples.twoArmDpvs().replace("promisc_mode", "promisc_mode off"));

        assertThat(rules(file)).containsExactly("flag-with-value@18");
        assertThat(file.conf().device("dpdk0").orElseThrow().promiscuous()).isTrue();
    }

    @Test
    void aKeywordThatStandsTwiceIsDoubtfulAndTheLastOneCounts() {
        DpvsFile file = DpvsFile.parse(
                Samples.twoArmDpvs().replace("        mtu  1500\n", "        mtu  1400\n        mtu  1300\n"));

        assertThat(rules(file)).containsExactly("repeated-keyword@18");
        assertThat(file.conf().device("dpdk0").orElseThrow().mtu()).isEqualTo(1300);
    }

    @Test
    void aBlockWithoutItsBraceIsAnError() {
        assertThat(rules(DpvsFile.parse("sa_pool\n"))).contains("missing-brace@1");
    }

    @Test
    void aKeywordThatThisDirectorDoesNotActOnIsAWarning() {
        DpvsFile file = DpvsFile.parse(
                Samples.twoArmDpvs().replaceFirst("queue_number +1", "rss tcp\n            queue_number 1"));

        assertThat(rules(file)).containsExactly("without-effect@10");
        assertThat(file.findings().getFirst().isError()).isFalse();
    }

    @Test
    void aDeviceHasATwinOfTheKernelWhenItNamesOneOrAllShallHaveOne() {
        String off = Samples.twoArmDpvs();
        String named = off.replaceFirst("        mtu  1500\n", "        mtu  1500\n        kni_name wan.kni\n");

        assertThat(twins(named)).containsOnly(Optional.empty());
        assertThat(twins(named.replace("    <init> kni  off\n", "")))
                .containsExactly(Optional.of("wan.kni"), Optional.empty());
        assertThat(twins(named.replace("<init> kni  off", "<init> kni  on")))
                .containsExactly(Optional.of("wan.kni"), Optional.of("dpdk2.kni"));
    }

    private static List<Optional<String>> twins(String text) {
        DpvsConf conf = DpvsFile.parse(text).conf();
        return conf.devices().stream().map(conf::kernelTwin).toList();
    }

    @Test
    void whatIsSwitchedOffAsksForNothing() {
        assertThat(
                        rules(
                                DpvsFile.parse(
                                        Samples.twoArmDpvs()
                                                .replace(
                                                        "    tcp {\n",
                                                        "    conn {\n        redirect off\n    }\n    udp {\n        uoa_max_trail 0\n    }\n    tcp {\n"))))
                .isEmpty();
    }

    @Test
    void anIncludedFileIsNotPassedOverInSilence() {
        assertThat(rules(DpvsFile.parse(Samples.twoArmDpvs() + "include /etc/more.conf\n")))
                .containsExactly("unsupported@60");
    }

    private static ConfigFinding only(String text) {
        List<ConfigFinding> findings = DpvsFile.parse(text).findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static List<String> rules(DpvsFile file) {
        return file.findings().stream()
                .map(finding -> finding.rule() + "@" + finding.line())
                .toList();
    }

    private static String replaceFirst(String text, String old, String replacement) {
        int index = text.indexOf(old);
        assertThat(index).as(old).isNotNegative();
        return text.substring(0, index) + replacement + text.substring(index + old.length());
    }
}
