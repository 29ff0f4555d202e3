package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.report.Counter;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
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

    @Test
    void itStopsWhenItsTimeIsOver() {
        Prewarm.Result result = Prewarm.run(NativeMemory.ofProcess(), Duration.ofMillis(50));
        assertThat(result.packets()).isGreaterThan(1000);
        assertThat(result.time()).isLessThan(Duration.ofSeconds(60));
    }
}
