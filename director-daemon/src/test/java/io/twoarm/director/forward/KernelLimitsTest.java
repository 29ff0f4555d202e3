package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.report.Counter;
import org.junit.jupiter.api.Test;

/** What happens to packets for the kernel when there are too many. */
class KernelLimitsTest {
    private static final String ADVERTISEMENT = "ip 10.0.96.199 > 224.0.0.18 proto=112 len=28 to=01:00:5e:00:00:12";
    private static final String HELLO = "ip 10.0.96.199 > 224.0.0.5 proto=89 len=28 to=01:00:5e:00:00:05";

    private final Director director = Director.with(DirectorTables::withKernel);

    @Test
    void aFloodToOneGroupIsCutOffAndVrrpPassesAllTheSame() {
        for (int i = 0; i < 200; i++) {
            director.deliver(Director.WAN, HELLO);
        }
        assertThat(director.count(Counter.PASSED_TO_KERNEL))
                .as("a tenth of a second's share")
                .isEqualTo(100);
        assertThat(director.count(Counter.DROPPED_KERNEL_RATE)).isEqualTo(100);
        assertThat(director.givenToKernel()).hasSize(100);

        director.deliver(Director.WAN, ADVERTISEMENT);

        assertThat(director.givenToKernel()).hasSize(1);
        director.checkBuffers();
    }

    @Test
    void aKernelThatDoesNotTakeItsPacketsKeepsOneQueueOfThem() {
        director.fillKernelQueue();

        director.deliver(Director.WAN, ADVERTISEMENT);
        director.deliver(Director.WAN, "arp reply sender=10.0.96.254 target=10.0.96.200");

        assertThat(director.count(Counter.DROPPED_KERNEL_QUEUE)).isEqualTo(1);
        assertThat(director.count(Counter.COPIED_TO_KERNEL)).isZero();
        assertThat(director.givenToKernel()).isEmpty();
        director.deliver(Director.WAN, ADVERTISEMENT);
        assertThat(director.givenToKernel()).hasSize(1);
        director.checkBuffers();
    }
}
