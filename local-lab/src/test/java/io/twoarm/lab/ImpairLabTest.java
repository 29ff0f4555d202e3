package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cable between a realserver and the switch, impaired in every way, seen by pings between two realservers. */
@Tag("lab")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImpairLabTest {
    private static final Pattern RECEIVED = Pattern.compile("(\\d+) received");
    private static RunningLab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = new LocalLab().start(TopologyFixture.twoArmed(), LabOptions.ownedLab(OwnName.of("impair")), event -> {});
        neighbour("rs1", "rs2", "192.168.229.2");
        neighbour("rs2", "rs1", "192.168.229.1");
    }

    /** Known for good: an answer to ARP that is lost would cost all pings of a second. */
    private static void neighbour(String host, String other, String address) throws Exception {
        String mac = Ssh.output(lab.host(other).orElseThrow(), "cat /sys/class/net/eth0/address");
        Ssh.output(
                lab.host(host).orElseThrow(),
                "ip neigh replace " + address + " lladdr " + mac.strip() + " dev eth0 nud permanent");
    }

    @AfterAll
    static void stop() {
        LabFootprint footprint = lab.footprint();
        lab.stop();
        assertThat(footprint.remains()).isEmpty();
    }

    @AfterEach
    void repair() throws Exception {
        lab.impair("rs1", "eth0", Impairment.NONE);
        assertThat(lab.impairments()).isEmpty();
        Awaited.within(Duration.ofSeconds(180), () -> ping("-c 1 -W 1").contains("1 received"));
    }

    private static String ping(String options) {
        try {
            return String.join(
                    "\n",
                    Ssh.run(lab.host("rs2").orElseThrow(), "ping -n -q " + options + " 192.168.229.1")
                            .output());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int received(String options) {
        Matcher matcher = RECEIVED.matcher(ping(options));
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void aDelayIsAddedInBothDirections() {
        lab.impair("rs1", "eth0", new Impairment(0, Duration.ofMillis(15), 0, false));

        String summary = ping("-c 10 -i 0.1");

        assertThat(summary).contains("10 received");
        double average = Double.parseDouble(
                summary.substring(summary.lastIndexOf("= ") + 2).split("/")[1]);
        assertThat(average).isBetween(30.0, 300.0);
        assertThat(lab.impairments())
                .containsExactly(new ImpairedPort("rs1", "eth0", new Impairment(0, Duration.ofMillis(15), 0, false)));
    }

    @Test
    void aShareOfThePacketsIsLostInEachDirection() {
        lab.impair("rs1", "eth0", new Impairment(30, Duration.ZERO, 0, false));

        // 49 of 100 come back; the bounds are five standard deviations away.
        assertThat(received("-c 400 -i 0.005 -W 1")).isBetween(146, 246);
    }

    @Test
    void packetsAreLostAndLateAtTheSameTime() {
        lab.impair("rs1", "eth0", new Impairment(30, Duration.ofMillis(5), 0, false));

        assertThat(received("-c 400 -i 0.005 -W 1")).isBetween(146, 246);
    }

    @Test
    void theRateIsLimited() {
        lab.impair("rs1", "eth0", new Impairment(0, Duration.ZERO, 1000, false));

        // 1,442 bytes on the wire each: 87 a second, and what the bucket lets through at once.
        assertThat(received("-f -s 1400 -w 2")).isBetween(50, 320);
    }

    @Test
    void aCutCableHasNoCarrierAtTheHost() throws Exception {
        lab.impair("rs1", "eth0", Impairment.CUT);

        assertThat(Ssh.output(lab.host("rs1").orElseThrow(), "cat /sys/class/net/eth0/carrier"))
                .isEqualTo("0");
        assertThat(received("-c 2 -i 0.2 -W 1")).isZero();
    }

    @Test
    void aPortThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> lab.impair("rs1", "eth7", Impairment.CUT))
                .hasMessageContaining("eth7")
                .hasMessageContaining("rs1 eth0");
    }
}
