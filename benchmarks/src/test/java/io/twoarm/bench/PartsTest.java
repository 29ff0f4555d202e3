package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The parts do what their names say: a figure of a table that finds nothing would be a good one. */
class PartsTest {
    private final Parts parts = new Parts();

    @Test
    void sessionsAreFoundAndMissedAndReplaced() {
        Parts.Sessions sessions = new Parts.Sessions();
        sessions.sessions = 1_024;
        sessions.fill();
        for (int i = 0; i < 5_000; i++) {
            assertThat(parts.find(sessions)).isNotZero();
            assertThat(parts.miss(sessions)).isZero();
            assertThat(parts.replace(sessions)).isNotZero();
        }
    }
}
