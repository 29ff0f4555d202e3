package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessTimeTest {
    @Test
    void userAndSystemTimeAreAddedWhateverTheProgramsName() {
        String line = "42 (a b) c) S 1 42 42 0 -1 4194560 100 0 0 0 123 45 6 7 20 0 19 0 999";
        assertThat(ProcessTime.used(line)).isEqualTo(Duration.ofMillis(1_680));
    }

    @Test
    void threadsThatHaveEndedCount() throws IOException, InterruptedException {
        ProcessTime time = new ProcessTime(ProcessHandle.current().pid());
        Duration before = time.used();
        Thread thread = new Thread(() -> {
            while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < 100_000_000) {
                Thread.onSpinWait();
            }
        });
        thread.start();
        thread.join();
        assertThat(time.used().minus(before)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
    }
}
