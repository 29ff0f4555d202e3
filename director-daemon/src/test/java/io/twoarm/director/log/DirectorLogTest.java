package io.twoarm.director.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DirectorLogTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private DirectorLog started(boolean journal) {
        DirectorLog log = new DirectorLog(out, journal);
        Thread.ofPlatform().daemon().start(log::writeAll);
        return log;
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void forTheJournalEachLineStartsWithItsPriority() {
        try (DirectorLog log = started(true)) {
            log.error("one\ntwo");
            log.notice("three");
        }

        assertThat(written()).isEqualTo("<3>one\n<3>two\n<5>three\n");
    }

    @Test
    void forPeopleEachLineStartsWithTimeAndSeverity() {
        try (DirectorLog log = started(false)) {
            log.warning("attention");
        }

        assertThat(written()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARNING attention\n");
    }

    @Test
    void whatIsBelowTheThresholdIsLeftOut() {
        try (DirectorLog log = started(true)) {
            log.setThreshold(Severity.WARNING);
            log.notice("no");
            log.warning("yes");
        }

        assertThat(written()).isEqualTo("<4>yes\n");
    }

    @Test
    void aFloodNeitherWaitsNorVanishesUnseen() {
        DirectorLog log = new DirectorLog(out, true);
        for (int i = 0; i < 5000; i++) {
            log.info("line");
        }
        Thread.ofPlatform().daemon().start(log::writeAll);
        log.close();

        assertThat(written()).contains("<6>line\n").contains("<4>3976 log lines were lost");
    }
}
