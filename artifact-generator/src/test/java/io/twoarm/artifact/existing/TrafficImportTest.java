package io.twoarm.artifact.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.TrafficLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficImportTest {
    @ParameterizedTest(name = "bps {0}, limit_proportion {1}, packet_rate {2}")
    @CsvSource({
        ", , , 0, 0, ",
        "0, 100, , 0, 0, ",
        "200, , 5000, 200, 5000, ",
        "200, 40, , 80, 0, ",
        "3, 50, , 2, 0, 2 in place of 50 % of 3",
        "100001, , , 0, 0, bps is 100001; a topology has 1 to 100000",
        "fast, , , 0, 0, bps is fast",
        "200, 101, , 200, 0, limit_proportion is 101; a topology has 1 to 100",
        "200, , -1, 200, 0, packet_rate is -1"
    })
    void limitsAreReadAndWhatATopologyCannotSayIsTold(
            String bps, String proportion, String packets, int bandwidth, int packetRate, String told) {
        List<String> missing = new ArrayList<>();

        TrafficLimits limits = TrafficImport.of(
                Optional.ofNullable(bps), Optional.ofNullable(proportion), Optional.ofNullable(packets), missing::add);

        assertThat(limits).isEqualTo(new TrafficLimits(bandwidth, packetRate));
        if (told == null) {
            assertThat(missing).isEmpty();
        } else {
            assertThat(missing).singleElement().asString().contains(told);
        }
    }
}
