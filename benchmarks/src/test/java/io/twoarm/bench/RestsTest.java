package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestsTest {
    @Test
    void everyExchangeComesAfterARestThatDoesNotCount() throws IOException {
        long[] exchanges = new long[4];
        int[] made = {0};
        Rests rests = Rests.measure(exchanges.length, new long[] {1_000, 7_000, 9_000}, () -> {
            exchanges[made[0]++] = System.nanoTime();
        });
        for (int i = 1; i < exchanges.length; i++) {
            assertThat(exchanges[i] - exchanges[i - 1])
                    .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        }
        assertThat(rests.median()).isLessThan(20_000);
        assertThat(rests.busy()).isEqualTo(7);
    }

    @Test
    void whatAProgramSaysIsReadFromItsLastLine() throws IOException {
        Rests rests = new Rests(10.5, 20.25, 31, 4);
        assertThat(Rests.of("EAL: something\n" + rests + "\n")).isEqualTo(rests);
    }

    @Test
    void aProgramThatFailedIsQuoted() {
        assertThatThrownBy(() -> Rests.of("no route to host"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no route to host");
    }
}
