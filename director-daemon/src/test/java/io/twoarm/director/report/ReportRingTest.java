package io.twoarm.director.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportRingTest {
    private static final long SECOND = 1_000_000;
    private final Counters counters = new Counters(NativeMemory.ofProcess());
    private final ReportRing ring = new ReportRing(counters);

    private int drain() {
        int count = 0;
        for (Optional<Report> report = ring.poll(); report.isPresent(); report = ring.poll()) {
            count++;
        }
        return count;
    }

    @Test
    void reportsComeOutInOrderWithTheirNumbers() {
        ring.add(Report.Kind.REALSERVER_DOWN, 10, 3, 0);
        ring.add(Report.Kind.NEIGHBOUR_LOST, 20, -1, 7);
        assertThat(ring.poll()).contains(new Report(Report.Kind.REALSERVER_DOWN, 10, 3, 0));
        assertThat(ring.poll()).contains(new Report(Report.Kind.NEIGHBOUR_LOST, 20, -1, 7));
        assertThat(ring.poll()).isEmpty();
    }

    @Test
    void aFloodOfOneKindIsCutPerSecondAndLeavesRoomForOthers() {
        for (int i = 0; i < 1000; i++) {
            ring.add(Report.Kind.LOCAL_PORTS_EXHAUSTED, 5 * SECOND + i, i, 0);
        }
        ring.add(Report.Kind.REALSERVER_DOWN, 5 * SECOND + 1000, 0, 0);
        assertThat(drain()).isEqualTo(65);
        assertThat(counters.get(Counter.REPORTS_LOST)).isEqualTo(1000 - 64);
        ring.add(Report.Kind.LOCAL_PORTS_EXHAUSTED, 7 * SECOND, 0, 0);
        assertThat(drain()).isOne();
    }

    @Test
    void aReaderThatSleepsMakesTheWriterNeitherWaitNorOverwrite() {
        for (int i = 0; i < 3000; i++) {
            ring.add(Report.Kind.REALSERVER_DOWN, i * SECOND, i, 0);
        }
        assertThat(ring.poll())
                .hasValueSatisfying(first -> assertThat(first.subject()).isZero());
        assertThat(drain()).isEqualTo(1023);
        assertThat(counters.get(Counter.REPORTS_LOST)).isEqualTo(3000 - 1024);
    }
}
