package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.report.Counter;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrewarmTest {
    /** Takes 64,511 flows to one realserver; not worth the start-up time. */
    private static final Set<Counter> NOT_REACHED = EnumSet.of(
            Counter.DROPPED_NO_LOCAL_PORT,
            Counter.LOCAL_PORTS_EXHAUSTED,
            Counter.WAITING,
            Counter.REASSEMBLING,
            Counter.DROPPED_HANDOVER,
            Counter.HANDED_OVER,
            Counter.PASSED_TO_WORKER,
            Counter.COPIED);

    @Test
    void oneRoundReachesEveryCounter() {
        PrewarmScene scene = new PrewarmScene(NativeMemory.ofProcess());
        Prewarm.round(scene);
        Set<Counter> missed = Arrays.stream(Counter.values())
                .filter(counter -> scene.count(counter) == 0)
                .filter(counter -> !NOT_REACHED.contains(counter))
                .collect(Collectors.toSet());
        assertThat(missed).isEmpty();
        assertThat(scene.forwarder.balance()).isZero();
    }

    /** Those that only full tables, queues and rings reach. */
    private static final Set<Counter> NOT_REACHED_AGAIN = EnumSet.of(
            Counter.DROPPED_NEIGHBOUR_TABLE,
            Counter.DROPPED_SESSIONS_FULL,
            Counter.DROPPED_TRANSMIT,
            Counter.REPORTS_LOST,
            Counter.ADDRESSES_REFUSED,
            Counter.TOA_NO_ROOM,
            Counter.TOA_PRUNED);

    @Test
    void everyLaterRoundReachesThemAgain() {
        PrewarmScene scene = new PrewarmScene(NativeMemory.ofProcess());
        Prewarm prewarm = new Prewarm(scene);
        Prewarm.round(scene);
        // What filled the tables is forgotten meanwhile.
        prewarm.again();
        for (int round = 2; round < 5; round++) {
            Map<Counter, Long> before = new EnumMap<>(Counter.class);
            for (Counter counter : Counter.values()) {
                before.put(counter, scene.count(counter));
            }
            prewarm.again();
            Set<Counter> missed = Arrays.stream(Counter.values())
                    .filter(counter -> scene.count(counter) == before.get(counter))
                    .filter(counter -> !NOT_REACHED.contains(counter) && !NOT_REACHED_AGAIN.contains(counter))
                    .collect(Collectors.toSet());
            assertThat(missed).as("round " + round).isEmpty();
            assertThat(scene.forwarder.balance()).isZero();
        }
    }

    @Test
    void itStopsWhenItsTimeIsOver() {
        Prewarm.Result result = new Prewarm(NativeMemory.ofProcess()).run(Duration.ofMillis(50));
        assertThat(result.packets()).isGreaterThan(1000);
        assertThat(result.time()).isLessThan(Duration.ofSeconds(60));
    }
}
