package io.twoarm.director.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
    private static final int ROOM = 256;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final long at = NativeMemory.ofProcess().allocate(ROOM, 8);

    private int bytewise(int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int value = Mem.getByte(at + i) & 0xff;
            sum += i % 2 == 0 ? value << 8 : value;
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }

    private void fill(int seedByte) {
        for (int i = 0; i < ROOM; i++) {
            Mem.putByte(at + i, (byte) (seedByte >= 0 ? seedByte : random.nextInt()));
        }
    }

    /** The example of RFC 1071, section 3. */
    @Test
    void theExampleOfTheRfcComesOut() {
        byte[] example = {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
        for (int i = 0; i < example.length; i++) {
            Mem.putByte(at + i, example[i]);
        }
        assertThat(InternetChecksum.fold(InternetChecksum.sum(at, 8))).isEqualTo(0xf2dd);
    }

    @Test
    void everyLengthSumsUpAsByteByByte() {
        for (int length = 0; length < ROOM; length++) {
            fill(length % 3 == 0 ? 0xff : -1);
            int fast = Short.toUnsignedInt(
                    Short.reverseBytes((short) InternetChecksum.fold(InternetChecksum.sum(at, length))));
            assertThat(fast).isEqualTo(bytewise(length));
        }
    }

    @Test
    void anUpdateGivesWhatANewSumWouldGive() {
        for (int round = 0; round < 100_000; round++) {
            fill(-1);
            short checksum = InternetChecksum.of(InternetChecksum.sum(at, 64));
            int place = random.nextInt(16) * 4;
            int before = Mem.getInt(at + place);
            int after = random.nextInt(4) == 0 ? 0 : random.nextInt();
            Mem.putInt(at + place, after);
            short updated = InternetChecksum.update(checksum, InternetChecksum.change(before, after));
            assertThat(InternetChecksum.fold(InternetChecksum.sum(at, 64) + (updated & 0xffff)))
                    .isEqualTo(0xffff);
        }
    }

    @Test
    void aWrongChecksumStaysWrong() {
        for (int round = 0; round < 10_000; round++) {
            fill(-1);
            short wrong = (short) (InternetChecksum.of(InternetChecksum.sum(at, 64)) + 1 + random.nextInt(65_534));
            int before = Mem.getInt(at);
            Mem.putInt(at, random.nextInt());
            short updated = InternetChecksum.update(wrong, InternetChecksum.change(before, Mem.getInt(at)));
            int sum = InternetChecksum.fold(InternetChecksum.sum(at, 64) + (updated & 0xffff));
            int wrongBefore = InternetChecksum.fold(InternetChecksum.sum(at, 64)
                    - (Mem.getInt(at) & 0xffff_ffffL)
                    + (before & 0xffff_ffffL)
                    + (wrong & 0xffff));
            assertThat(sum == 0xffff).isEqualTo(wrongBefore == 0xffff);
        }
    }
}
