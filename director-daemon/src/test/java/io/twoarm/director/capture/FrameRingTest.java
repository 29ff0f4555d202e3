package io.twoarm.director.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameRingTest {
    private static final NativeMemory MEMORY = NativeMemory.ofProcess();

    private final long mbuf = MEMORY.allocate(Mbuf.SIZE + Mbuf.HEADROOM + 2048, 64);
    private final long burst = MEMORY.allocate(8, 8);

    private void see(FrameRing ring, int length, int number, boolean sent) {
        Mem.putLong(mbuf + Mbuf.BUF_ADDR_OFFSET, mbuf + Mbuf.SIZE);
        Mem.putShort(mbuf + Mbuf.DATA_OFF_OFFSET, (short) Mbuf.HEADROOM);
        Mbuf.setLength(mbuf, length);
        byte[] bytes = bytes(length, number);
        for (int i = 0; i < length; i++) {
            Mem.putByte(Mbuf.data(mbuf) + i, bytes[i]);
        }
        Mem.putLong(burst, mbuf);
        ring.see(burst, 1, sent);
    }

    private static byte[] bytes(int length, int number) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (number * 31 + i);
        }
        return ByteBuffer.wrap(bytes).putInt(number).array();
    }

    @Test
    void framesOfEveryLengthComeOutAsTheyWentInManyTimesAroundTheRing() {
        FrameRing ring = new FrameRing(FrameFilter.everything(), 65535);
        for (int number = 0; number < 40_000; number++) {
            int length = 14 + number % 1500;
            see(ring, length, number, number % 2 == 0);

            FrameRing.Captured frame = ring.poll().orElseThrow();
            assertThat(Arrays.equals(frame.bytes(), bytes(length, number))).isTrue();
            assertThat(frame.length()).isEqualTo(length);
            assertThat(frame.sent()).isEqualTo(number % 2 == 0);
        }
        assertThat(ring.poll()).isEmpty();
        assertThat(ring.lost()).isZero();
    }

    @Test
    void framesWithoutRoomAreCountedAndTheOlderOnesStay() {
        FrameRing ring = new FrameRing(FrameFilter.everything(), 65535);
        int frames = 3000;
        for (int number = 0; number < frames; number++) {
            see(ring, 1500, number, false);
        }

        int read = 0;
        for (Optional<FrameRing.Captured> next = ring.poll(); next.isPresent(); next = ring.poll()) {
            assertThat(ByteBuffer.wrap(next.get().bytes()).getInt()).isEqualTo(read);
            read++;
        }
        assertThat(ring.lost()).isPositive().isEqualTo(frames - read);
    }

    @Test
    void onlyTheBytesAskedForAreKeptAndTheLengthIsTheFrames() {
        FrameRing ring = new FrameRing(FrameFilter.everything(), 60);
        see(ring, 1001, 1, true);

        FrameRing.Captured frame = ring.poll().orElseThrow();

        assertThat(frame.bytes()).isEqualTo(Arrays.copyOf(bytes(1001, 1), 60));
        assertThat(frame.length()).isEqualTo(1001);
    }
}
