package io.twoarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final PrintStyle EXPLAINED = PrintStyle.explained(List.of("Header of a test.", "", "Second part."));

    @Test
    void theTreePrintsTheTextThatItWasReadFrom() {
        for (String ending : List.of("\n", "\r\n", "\r")) {
            String dpvs = Samples.twoArmDpvs().replace("\n", ending);
            String keepalived = Samples.twoArmKeepalived().replace("\n", ending);

            assertThat(DpvsFile.parse(dpvs).tree().print()).isEqualTo(dpvs);
            assertThat(KeepalivedFile.parse(keepalived).tree().print()).isEqualTo(keepalived);
        }
    }

    @Test
    void lineEndingsDoNotChangeWhatAFileSays() {
        DpvsFile unix = DpvsFile.parse(Samples.twoArmDpvs());
        DpvsFile windows = DpvsFile.parse(Samples.twoArmDpvs().replace("\n", "\r\n"));

        assertThat(windows.conf()).isEqualTo(unix.conf());
        assertThat(windows.findings()).isEmpty();
    }

    @Test
    void aPrintedModelReadsBackAsTheSameModel() {
        DpvsFile dpvs = DpvsFile.parse(Samples.twoArmDpvs());
        KeepalivedFile keepalived = KeepalivedFile.parse(Samples.twoArmKeepalived());
        for (PrintStyle style : List.of(PrintStyle.BARE, EXPLAINED)) {
            DpvsFile dpvsAgain = DpvsFile.parse(dpvs.conf().print(style));
            KeepalivedFile keepalivedAgain =
                    KeepalivedFile.parse(keepalived.conf().print(style));

            assertThat(dpvsAgain.conf()).isEqualTo(dpvs.conf());
            assertThat(dpvsAgain.findings()).isEmpty();
            assertThat(dpvsAgain.conf().print(style)).isEqualTo(dpvs.conf().print(style));
            assertThat(keepalivedAgain.conf()).isEqualTo(keepalived.conf());
            assertThat(keepalivedAgain.findings()).isEmpty();
            assertThat(keepalivedAgain.conf().print(style))
                    .isEqualTo(keepalived.conf().print(style));
        }
    }
}
