package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadAllocationTest {
    private static final String DUMP = """
            "worker-01" #30 [11] prio=5 os_prio=0 cpu=1.00ms elapsed=2.00s allocated=99K defined_classes=0 tid=0x1
            "worker-0" #31 [12] prio=5 os_prio=0 cpu=9.00ms elapsed=2.00s allocated=%s defined_classes=3 tid=0x2
            """;

    @Test
    void unitsSayHowExactAFigureIs() throws IOException {
        assertThat(ThreadAllocation.of(DUMP.formatted("9999B"), "worker-0")).isEqualTo(new ThreadAllocation(9_999, 1));
        assertThat(ThreadAllocation.of(DUMP.formatted("12K"), "worker-0"))
                .isEqualTo(new ThreadAllocation(12_288, 1_024));
        assertThat(ThreadAllocation.of(DUMP.formatted("10M"), "worker-0"))
                .isEqualTo(new ThreadAllocation(10 << 20, 1 << 20));
    }

    @Test
    void aThreadThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ThreadAllocation.of(DUMP.formatted("1B"), "worker-1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("worker-1");
    }

    @Test
    void whatAThreadAllocatesIsSeen() throws Exception {
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        byte[][] kept = new byte[64][];
        Thread thread = Thread.ofPlatform().name("allocates 64 KiB").start(() -> {
            for (int i = 0; i < kept.length; i++) {
                kept[i] = new byte[1_024];
            }
            allocated.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            allocated.await();
            ThreadAllocation seen = ThreadAllocation.of(ProcessHandle.current().pid(), thread.getName());
            assertThat(seen.bytes()).isBetween(64L << 10, 128L << 10);
        } finally {
            end.countDown();
            thread.join();
        }
    }
}
