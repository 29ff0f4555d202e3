package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.model.InvalidLiteralException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LabOptionsTest {

    @Test
    void aLabIsNamedAsTopologiesAre() {
        assertThat(LabOptions.named("two-arm_FullNAT.v2").name()).isEqualTo("two-arm_FullNAT.v2");
        assertThatThrownBy(() -> LabOptions.ownedLab("../up"))
                .isInstanceOf(InvalidLiteralException.class)
                .hasMessageContaining("\"../up\" is not a name");
    }

    @Test
    void aStartLimitBelowASecondIsRefused() {
        assertThatThrownBy(() -> new LabOptions("a", false, Duration.ofMillis(900)))
                .isInstanceOf(LabException.class);
    }

    @Test
    void anErrorSaysWhatWhereAndHowToPutItRightAndShowsTheLog() {
        assertThat(new LabException("it broke", "here", "do this\nor that", java.util.List.of("last line")))
                .hasMessage("it broke\n  place: here\n  fix:   do this\n         or that\n  | last line");
    }
}
