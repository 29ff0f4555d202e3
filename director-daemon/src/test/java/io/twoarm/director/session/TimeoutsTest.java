package io.twoarm.director.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    @Test
    void theDefaultsAreThoseOfDpvs() {
        Timeouts timeouts = Timeouts.defaults();
        assertThat(timeouts.of(SessionState.ESTABLISHED)).hasSeconds(90);
        assertThat(timeouts.of(SessionState.SYN_RECV)).hasSeconds(30);
        assertThat(timeouts.of(SessionState.UDP_NORMAL)).hasSeconds(300);
    }

    @Test
    void aTimeBeyondTheSessionClockIsShortened() {
        Timeouts timeouts = Timeouts.defaults().with(SessionState.ESTABLISHED, Duration.ofDays(364));
        assertThat(timeouts.of(SessionState.ESTABLISHED)).isEqualTo(Timeouts.LONGEST);
    }

    @Test
    void noTimeIsRefused() {
        assertThatThrownBy(() -> Timeouts.defaults().with(SessionState.CLOSE, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CLOSE");
    }
}
