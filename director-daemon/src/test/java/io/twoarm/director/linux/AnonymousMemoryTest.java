package io.twoarm.director.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class AnonymousMemoryTest {
    private static final SystemCall MINCORE = new SystemCall("mincore");
    private static final int PAGE = 4096;
    private static final int MEBIBYTE = 1 << 20;
    private static final int BYTES = 8 * MEBIBYTE;

    @Test
    void whatIsWantedAtOnceIsTakenFromTheMachine() {
        assertThat(resident(new AnonymousMemory(BYTES).allocate(BYTES, PAGE))).isEqualTo(BYTES);
    }

    @Test
    void theRestIsTakenWhenItIsUsed() {
        int largePage = 2 * MEBIBYTE;
        assertThat(resident(new AnonymousMemory(MEBIBYTE).allocate(BYTES, PAGE)))
                .isBetween(MEBIBYTE, MEBIBYTE + largePage);
    }

    /** Bytes from an address on that are in memory. */
    private static int resident(long address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pages = arena.allocate(BYTES / PAGE);
            MINCORE.call(address, BYTES, pages.address());
            int count = 0;
            for (int i = 0; i < BYTES / PAGE; i++) {
                count += pages.get(ValueLayout.JAVA_BYTE, i) & 1;
            }
            return count * PAGE;
        }
    }
}
