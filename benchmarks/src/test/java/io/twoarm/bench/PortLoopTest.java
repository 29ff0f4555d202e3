package io.twoarm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortLoopTest {
    private static final int FRAME = 64;

    private final long burst = NativeMemory.ofProcess().allocate(8, 8);
    private final long mbuf = NativeMemory.ofProcess().allocate(Mbuf.SIZE + FRAME, 64);

    /** A frame whose bytes are numbered. */
    private void frame() {
        Mem.putLong(burst, mbuf);
        Mem.putLong(mbuf + Mbuf.BUF_ADDR_OFFSET, mbuf + Mbuf.SIZE);
        for (int i = 0; i < FRAME; i++) {
            Mem.putByte(mbuf + Mbuf.SIZE + i, (byte) i);
        }
    }

    private int[] bytes(int from, int to) {
        return IntStream.range(from, to)
                .map(i -> Mem.getByte(mbuf + Mbuf.SIZE + i))
                .toArray();
    }

    @Test
    void stationsChangePlacesAndNothingElseDoes() {
        frame();
        PortLoop.swapStations(burst, 1);

        assertThat(bytes(0, 14)).containsExactly(6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 12, 13);
        assertThat(bytes(14, FRAME)).containsExactly(IntStream.range(14, FRAME).toArray());
    }

    @Test
    void addressesAndPortsChangePlacesAndNothingElseDoes() {
        frame();
        PortLoop.swapEndpoints(burst, 1);

        assertThat(bytes(26, 38)).containsExactly(30, 31, 32, 33, 26, 27, 28, 29, 36, 37, 34, 35);
        assertThat(bytes(0, 26)).containsExactly(IntStream.range(0, 26).toArray());
        assertThat(bytes(38, FRAME)).containsExactly(IntStream.range(38, FRAME).toArray());
    }
}
