package io.twoarm.director.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpOptionsTest {
    private final long at = NativeMemory.ofProcess().allocate(64, 8);

    private int put(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int i = 0; i < bytes.length; i++) {
            Mem.putByte(at + i, bytes[i]);
        }
        return bytes.length;
    }

    private String get(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = Mem.getByte(at + i);
        }
        return HexFormat.of().formatHex(bytes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "other options stay,                020405b401030307, false, 020405b401030307, 0",
        "timestamps go from a SYN,          080a0000000100000002 0101, true, 01010101010101010101 0101, 2",
        "timestamps stay elsewhere,         080a0000000100000002 0101, false, 080a0000000100000002 0101, 0",
        "an address goes,                   fe08 1f90 01020304, false, 0101010101010101, 1",
        "behind the end nothing is read,    00 fe08 1f90 01020304 000000, false, 00 fe08 1f90 01020304 000000, 0",
        "an option of length 0 ends all,    1e00 fe08 1f90 01020304 0000, false, 0000 0000 0000 00000000 0000, 0",
        "an option of length 1 ends all,    1e01 fe08 1f90 01020304 0000, false, 0000 0000 0000 00000000 0000, 0",
        "one beyond the header ends all,    01 1e09 00000000 00, false, 01 0000 00000000 00, 0",
        "a kind without length ends all,    010101 fe, false, 010101 00, 0"
    })
    void whatAClientMayNotSayIsOverwritten(String why, String before, boolean syn, String after, int removed) {
        int length = put(before.replace(" ", ""));
        assertThat(TcpOptions.clean(at, length, syn)).isEqualTo(removed);
        assertThat(get(length)).isEqualTo(after.replace(" ", ""));
    }

    @Test
    void mssIsLoweredUnlessNothingWouldBeLeft() {
        int length = put("0204000901010101");
        assertThat(TcpOptions.lowerMss(at, length, 8)).isTrue();
        assertThat(TcpOptions.lowerMss(at, length, 8)).isFalse();
        assertThat(get(length)).isEqualTo("0204000101010101");
    }

    @Test
    void anMssOptionOfAnotherLengthIsLeftAlone() {
        int length = put("020605b400000101");
        assertThat(TcpOptions.lowerMss(at, length, 8)).isFalse();
    }

    @Test
    void randomBytesNeverLeadOutOfTheOptions() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
        for (int round = 0; round < 200_000; round++) {
            int length = random.nextInt(11) * 4;
            for (int i = 0; i < 64; i++) {
                boolean guard = i >= length;
                Mem.putByte(
                        at + i, (byte) (guard ? 0x77 : random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt()));
            }
            TcpOptions.clean(at, length, random.nextBoolean());
            TcpOptions.shiftSackBlocks(at, length, random.nextInt());
            TcpOptions.lowerMss(at, length, 8);
            for (int i = length; i < 64; i++) {
                assertThat(Mem.getByte(at + i)).isEqualTo((byte) 0x77);
            }
        }
    }
}
