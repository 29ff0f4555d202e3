package io.twoarm.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImpairmentTest {
    @Test
    void whatTheScriptIsToldIsReadBackTheSame() {
        Impairment bad = new Impairment(2.5, Duration.ofMillis(20), 512, false);

        assertThat(bad.words()).containsExactly("250", "20000", "512", "no");
        assertThat(Impairment.of(bad.words())).isEqualTo(bad);
        assertThat(Impairment.of(Impairment.CUT.words())).isEqualTo(Impairment.CUT);
    }

    @Test
    void itIsSaidInOneLine() {
        assertThat(new Impairment(2.5, Duration.ofMillis(20), 512, false).text())
                .isEqualTo("loss 2.5 %, delay 20 ms, 512 kbit/s");
        assertThat(new Impairment(0, Duration.ofNanos(1_500_000), 0, false).text())
                .isEqualTo("delay 1.5 ms");
        assertThat(Impairment.CUT.text()).isEqualTo("cut");
        assertThat(Impairment.NONE.text()).isEmpty();
    }

    @Test
    void whatNoCableCanBeIsRefused() {
        assertThatThrownBy(() -> new Impairment(100.1, Duration.ZERO, 0, false)).hasMessageContaining("0 to 100");
        assertThatThrownBy(() -> new Impairment(Double.NaN, Duration.ZERO, 0, false))
                .hasMessageContaining("0 to 100");
        assertThatThrownBy(() -> new Impairment(0, Duration.ofSeconds(11), 0, false))
                .hasMessageContaining("0 to 10 s");
        assertThatThrownBy(() -> new Impairment(0, Duration.ZERO, -1, false)).hasMessageContaining("kbit/s");
    }
}
