package io.twoarm.diagnose.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is read at a glance is what the whole decoder reads. */
class ConnectionTieTest {
    private static final long SEED = 20261130;

    private static void assertSame(byte[] frame, String description) {
        assertThat(ConnectionTie.of(FrameDecoder.ETHERNET, frame))
                .as(description)
                .isEqualTo(ConnectionTie.of(FrameDecoder.ethernet(frame)));
    }

    @Test
    void everyFrameAndEveryPrefixOfOneIsTiedAsTheDecoderTiesIt() {
        for (Frames frame : Frames.all()) {
            for (int length = 0; length <= frame.bytes().length; length++) {
                assertSame(Arrays.copyOf(frame.bytes(), length), frame.description() + ", " + length + " bytes of it");
            }
        }
    }

    @Test
    void changedBytesAreTiedAsTheDecoderTiesThem() {
        RandomGenerator random = new Random(SEED);
        List<Frames> frames = Frames.all();
        for (int i = 0; i < 60_000; i++) {
            Frames original = frames.get(random.nextInt(frames.size()));
            byte[] bytes = original.bytes().clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(Math.min(bytes.length, 96))] = (byte) random.nextInt();
            }
            byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
            assertSame(cut, "change " + i + " of " + original.description());
        }
    }

    /** Options are where a glance could go astray: their bytes are made up within headers that are sound otherwise. */
    @Test
    void anyBytesAsOptionsOfTcpAreTiedAsTheDecoderTiesThem() {
        RandomGenerator random = new Random(SEED);
        int[] kinds = {0, 1, 2, 3, 4, 5, 8, 253, 254, 30};
        byte[] tcp = Frames.all().stream()
                .filter(frame -> FrameDecoder.ethernet(frame.bytes()).tcp().isPresent())
                .map(Frames::bytes)
                .filter(bytes -> bytes[12] == 8 && bytes[14] == 0x45)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 40_000; i++) {
            int options = 4 * random.nextInt(11);
            byte[] bytes = Arrays.copyOf(tcp, 14 + 20 + 20 + options + random.nextInt(3));
            random.ints(options + 2, 0, 12).forEach(value -> {
                int at = 54 + random.nextInt(Math.max(1, bytes.length - 54));
                if (at < bytes.length) {
                    bytes[at] = (byte) (random.nextBoolean() ? value : kinds[random.nextInt(kinds.length)]);
                }
            });
            int total = 40 + options + random.nextInt(-2, 3);
            bytes[16] = (byte) (total >> 8);
            bytes[17] = (byte) total;
            bytes[46] = (byte) ((20 + options) / 4 << 4);
            assertSame(bytes, "options " + i);
        }
    }
}
