package io.twoarm.director.nat64;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.session.SessionTimers;
import io.twoarm.director.siit.TranslationPrefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Nat64SessionsTest {
    private static final int POOL = 0xcb00_7101;
    private static final long SECOND = 1_000_000;

    private final Nat64Definition definition =
            Nat64Definition.of(new TranslationPrefix(0x64ff9b00000000L, 0, 96), List.of(POOL), 16, 16);
    private final BindingTable bindings = new BindingTable(NativeMemory.ofProcess(), 16, 1, List.of());
    private final Nat64Sessions sessions = new Nat64Sessions(NativeMemory.ofProcess(), definition, bindings, 2);
    private final List<Integer> asked = new ArrayList<>();
    private final int binding = bindings.add(Nat64Protocol.TCP, 1, 1, 1000, POOL, 1000);

    private static int clock(long seconds) {
        return SessionTimers.clock(seconds * SECOND);
    }

    private void tick(long seconds) {
        while (sessions.tick(seconds * SECOND, 4, (session, now) -> asked.add(session)) != 0) {
            // Until nothing is due.
        }
    }

    /** Segments as side (4 or 6) and kind (S, F, R, A), and the state behind each. */
    @ParameterizedTest
    @CsvSource({
        "V6_INIT, 4S 6A, ESTABLISHED ESTABLISHED",
        "V6_INIT, 4R 4A 6S, V6_INIT V6_INIT V6_INIT",
        "V4_INIT, 4A 4S 6S, V4_INIT V4_INIT ESTABLISHED",
        "ESTABLISHED, 6F 6A 4A 4F 4A, V6_FIN V6_FIN V6_FIN BOTH_FIN BOTH_FIN",
        "ESTABLISHED, 4F 4F 6F 6R, V4_FIN V4_FIN BOTH_FIN BOTH_FIN",
        "ESTABLISHED, 6R 6R 4A, TRANSITORY TRANSITORY ESTABLISHED",
        "ESTABLISHED, 4R 6S, TRANSITORY ESTABLISHED"
    })
    void aConnectionGoesThroughTheStates(Nat64State first, String segments, String states) {
        int session = sessions.begin(binding, 9, 80, first, 0);
        String[] kinds = segments.split(" ");
        String[] expected = states.split(" ");
        for (int i = 0; i < kinds.length; i++) {
            char kind = kinds[i].charAt(1);
            sessions.segment(session, kinds[i].charAt(0) == '6', kind == 'S', kind == 'F', kind == 'R', 0);
            assertThat(sessions.state(session)).as(kinds[i] + " of " + segments).hasToString(expected[i]);
        }
    }

    @Test
    void theOldestOfALifetimeEndFirstAndTakeTheirBindingAlong() {
        int first = sessions.begin(binding, 1, 53, Nat64State.UDP, clock(0));
        int second = sessions.begin(binding, 2, 53, Nat64State.UDP, clock(10));
        sessions.touch(first, clock(20));
        tick(309);
        assertThat(sessions.size()).isEqualTo(2);
        tick(311);
        assertThat(sessions.find(binding, 2, 53)).isEqualTo(Nat64Sessions.NONE);
        assertThat(sessions.find(binding, 1, 53)).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
        assertThat(bindings.size()).isOne();
        tick(321);
        assertThat(sessions.size()).isZero();
        assertThat(bindings.size()).isZero();
    }

    @Test
    void aSilentConnectionIsAskedOnceAndEndsFourMinutesLater() {
        int session = sessions.begin(binding, 1, 80, Nat64State.ESTABLISHED, clock(0));
        tick(7441);
        assertThat(asked).containsExactly(session);
        assertThat(sessions.state(session)).isEqualTo(Nat64State.TRANSITORY);
        tick(7680);
        assertThat(sessions.size()).isOne();
        tick(7682);
        assertThat(sessions.size()).isZero();
    }

    @Test
    void aHalfClosedConnectionEndsWithoutAQuestion() {
        sessions.begin(binding, 1, 80, Nat64State.V6_FIN, clock(0));
        tick(7441);
        assertThat(asked).isEmpty();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void anAddressIsKnownWhateverItsPort() {
        sessions.begin(binding, 1, 80, Nat64State.UDP, 0);
        assertThat(sessions.knows(binding, 1)).isTrue();
        assertThat(sessions.knows(binding, 2)).isFalse();
        assertThat(sessions.knows(binding + 1, 1)).isFalse();
    }

    @Test
    void aFullTableRefuses() {
        for (int port = 0; port < 16; port++) {
            assertThat(sessions.begin(binding, 1, port, Nat64State.UDP, 0)).isNotEqualTo(Nat64Sessions.NONE);
        }
        assertThat(sessions.begin(binding, 1, 99, Nat64State.UDP, 0)).isEqualTo(Nat64Sessions.NONE);
    }
}
