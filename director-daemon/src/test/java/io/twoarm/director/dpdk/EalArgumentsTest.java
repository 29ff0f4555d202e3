package io.twoarm.director.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EalArgumentsTest {
    private static final BitSet TWO_CPUS = BitSet.valueOf(new long[] {3});

    private static List<String> completed(String... arguments) throws DpdkException {
        return EalArguments.parse(List.of(arguments)).completed(TWO_CPUS, 77);
    }

    @Test
    void whatTheUserLeavesOpenIsOneFloatingLcoreAndNoFilesOrSockets() throws DpdkException {
        assertThat(completed("--no-pci"))
                .containsExactly("twoarm-director", "--no-pci", "--lcores=0@(0,1)", "--in-memory", "--no-telemetry");
    }

    @Test
    void withoutHugePagesMemoryIsGivenForPoolsAndTables() throws DpdkException {
        assertThat(completed("--no-huge")).contains("--no-shconf").containsSequence("-m", "77");
    }

    @Test
    void choicesOfTheUserStay() throws DpdkException {
        assertThat(completed("-l", "0,1", "--file-prefix=a", "--telemetry", "--no-huge", "-m", "64"))
                .containsExactly(
                        "twoarm-director", "-l", "0,1", "--file-prefix=a", "--telemetry", "--no-huge", "-m", "64");
    }

    @Test
    void inMemoryWithoutHugePagesBecomesWhatEalAcceptsThere() throws DpdkException {
        assertThat(completed("--no-huge", "--in-memory"))
                .doesNotContain("--in-memory")
                .contains("--no-shconf");
    }

    @Test
    void valuesMayFollowWithABlankOrTouchAShortOption() throws DpdkException {
        assertThat(completed("-l0", "--vdev", "net_null0")).contains("-l", "0").contains("--vdev=net_null0");
    }

    @Test
    void virtualDevicesAreReadWithTheirParametersInOrder() throws DpdkException {
        List<EalArguments.VirtualDevice> devices = EalArguments.parse(
                        List.of("--vdev=net_af_packet0,iface=wan,qdisc_bypass=0", "--vdev", "net_null7"))
                .virtualDevices();

        assertThat(devices)
                .containsExactly(
                        new EalArguments.VirtualDevice("net_af_packet0", Map.of("iface", "wan", "qdisc_bypass", "0")),
                        new EalArguments.VirtualDevice("net_null7", Map.of()));
        assertThat(devices.getFirst().driver()).isEqualTo("net_af_packet");
    }

    @Test
    void anUnknownArgumentIsNamedWithTheKnownOnes() {
        assertThatExceptionOfType(DpdkException.class)
                .isThrownBy(() -> completed("--vdve=net_null0"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo("unknown EAL argument --vdve=net_null0"))
                .satisfies(e -> assertThat(e.details().getFirst()).contains("--vdev"));
    }

    @Test
    void aMissingValueIsNamed() {
        assertThatExceptionOfType(DpdkException.class)
                .isThrownBy(() -> completed("--no-huge", "--vdev"))
                .satisfies(e -> assertThat(e.problem()).isEqualTo("EAL argument --vdev needs a value"));
    }

    @Test
    void aSecondaryProcessIsRefused() {
        assertThatExceptionOfType(DpdkException.class).isThrownBy(() -> completed("--proc-type=secondary"));
    }
}
