package io.twoarm.director.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTimersTest {
    private static final int SECOND = 1_000_000;
    /** A slot of the wheel, the session clock's own step, and a turn of the test. */
    private static final long LATENESS = 65_536 + 1024 + 5000;

    private final SessionTable table = new SessionTable(NativeMemory.ofProcess(), 4096, new SecretKey(1, 2));
    private final Map<Long, Long> deadlines = new HashMap<>();
    private final Map<Long, Integer> idle = new HashMap<>();
    private long expired;
    private long now;

    private final SessionTimers.Policy policy = new SessionTimers.Policy() {
        @Override
        public int idleTime(long session) {
            return idle.get(session);
        }

        @Override
        public void expire(long session, long nowMicros) {
            long deadline = deadlines.remove(session);
            assertThat(nowMicros).isBetween(deadline - 2048, deadline + LATENESS);
            idle.remove(session);
            table.remove(session);
            expired++;
        }
    };

    private void seen(long session, Duration time) {
        idle.put(session, SessionTimers.units(time));
        Mem.putInt(session + SessionRecord.LAST_SEEN_OFFSET, SessionTimers.clock(now));
        deadlines.put(session, now + time.toNanos() / 1000);
    }

    /** The clock may begin anywhere, also just before it goes round or as a negative number. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_007L, (1L << 42) - 3 * SECOND, -5 * SECOND})
    void everySessionExpiresAtItsTimeHoweverOftenItWasSeen(long start) {
        now = start;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(9);
        SessionTimers timers = new SessionTimers(table, policy, now);
        Long[] sessions = new Long[2000];
        for (int turn = 0; turn < 40_000; turn++) {
            now += 5000;
            int i = random.nextInt(sessions.length);
            if (sessions[i] == null || !idle.containsKey(sessions[i])) {
                long session = table.create(turn, 1, turn, 2, 0);
                sessions[i] = session;
                seen(session, Duration.ofMillis(random.nextInt(1, 400_000)));
                timers.schedule(session);
            } else if (random.nextBoolean()) {
                seen(sessions[i], Duration.ofMillis(random.nextInt(400_000, 500_000)));
            } else {
                seen(sessions[i], Duration.ofMillis(random.nextInt(1, 3000)));
                timers.reschedule(sessions[i]);
            }
            timers.tick(now, 64);
        }
        long end = now + 600L * SECOND;
        while (now < end) {
            now += 5000;
            timers.tick(now, 4096);
        }
        assertThat(deadlines).isEmpty();
        assertThat(expired).isGreaterThan(1000);
        assertThat(table.size()).isZero();
    }

    @Test
    void workBeyondTheBudgetIsLeftForTheNextTurn() {
        SessionTimers timers = new SessionTimers(table, policy, now);
        for (int i = 0; i < 100; i++) {
            long session = table.create(i, 1, i, 2, 0);
            seen(session, Duration.ofMillis(10));
            timers.schedule(session);
        }
        now += 80_000;
        assertThat(timers.tick(now, 30)).isEqualTo(30);
        assertThat(expired).isEqualTo(30);
        assertThat(timers.tick(now, 100)).isEqualTo(70);
        assertThat(timers.tick(now, 100)).isZero();
    }

    @Test
    void aCancelledSessionIsNotLookedAt() {
        SessionTimers timers = new SessionTimers(table, policy, now);
        long[] sessions = new long[3];
        for (int i = 0; i < 3; i++) {
            sessions[i] = table.create(i, 1, i, 2, 0);
            seen(sessions[i], Duration.ofMillis(10));
            timers.schedule(sessions[i]);
        }
        timers.cancel(sessions[1]);
        timers.cancel(sessions[2]);
        now += 80_000;
        assertThat(timers.tick(now, 100)).isOne();
        timers.schedule(sessions[1]);
        now += 80_000;
        deadlines.put(sessions[1], now);
        assertThat(timers.tick(now, 100)).isOne();
    }
}
