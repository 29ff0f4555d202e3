package io.twoarm.director.session;

import static io.twoarm.director.session.SessionRecord.LAST_SEEN_OFFSET;
import static io.twoarm.director.session.SessionRecord.NEXT_OFFSET;
import static io.twoarm.director.session.SessionRecord.PREVIOUS_OFFSET;

import io.twoarm.director.memory.Mem;
import java.time.Duration;

/**
 * Finds sessions that have been idle for too long: a wheel of {@value #SLOTS} lists, each for {@value #SLOT_UNITS} units
 * of the session clock (65.5 ms), so 268 s around.
 *
 * <p>Timers are lazy. A packet only stores when it came; a session's list is left alone until its slot comes up, where it
 * expires or moves on to the time that it has earned. Only a state with a shorter time moves a session at once, for local
 * ports of ended sessions are wanted back.
 */
public final class SessionTimers {
    private static final int SLOTS = 4096;
    private static final int SLOT_BITS = 6;
    private static final int SLOT_UNITS = 1 << SLOT_BITS;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int TURN_MASK = (1 << (32 - SLOT_BITS)) - 1;
    private static final int CLOCK_SHIFT = 10;

    /** Sessions whose places in the index are fetched at the same time, before the first of them is looked at. */
    private static final int LOOKAHEAD = 16;

    /** What happens to sessions whose time is over. */
    public interface Policy {

        /** How long a session may be idle in its present state, in units of the session clock. */
        int idleTime(long session);

        /** The session is over; it is in no timer list any more. */
        void expire(long session, long nowMicros);
    }

    private final SessionRecords table;
    private final Policy policy;
    private final int[] heads = new int[SLOTS];
    private int turn;

    /** Keeps the compiler from dropping loads whose values nobody needs. */
    @SuppressWarnings("unused")
    private long touched;

    public SessionTimers(SessionRecords table, Policy policy, long startMicros) {
        this.table = table;
        this.policy = policy;
        turn = clock(startMicros) >>> SLOT_BITS;
    }

    /** The session clock: units of 1.024 ms, 32 bits, goes round after 50 days. */
    public static int clock(long micros) {
        return (int) (micros >>> CLOCK_SHIFT);
    }

    /** Length of a time in units of the session clock, at least 1. */
    public static int units(Duration time) {
        return (int) Math.max(1, time.toNanos() / 1000 >>> CLOCK_SHIFT);
    }

    /** Puts a session, which is in no list, where it will be looked at when its time may be over. */
    public void schedule(long session) {
        int deadline = Mem.getInt(session + LAST_SEEN_OFFSET) + policy.idleTime(session);
        int ahead = (deadline >>> SLOT_BITS) - turn & TURN_MASK;
        // Far ones come round early and are sent on; past ones (a negative distance) are due now.
        int distance = ahead > TURN_MASK / 2 ? 0 : Math.min(ahead, SLOTS - 1);
        int slot = turn + distance & SLOT_MASK;
        int head = heads[slot];
        Mem.putInt(session + NEXT_OFFSET, head);
        Mem.putInt(session + PREVIOUS_OFFSET, ~slot);
        int number = table.number(session) + 1;
        if (head != 0) {
            Mem.putInt(table.record(head - 1) + PREVIOUS_OFFSET, number);
        }
        heads[slot] = number;
    }

    /** Takes a session out of its list. */
    public void cancel(long session) {
        int next = Mem.getInt(session + NEXT_OFFSET);
        int previous = Mem.getInt(session + PREVIOUS_OFFSET);
        if (previous < 0) {
            heads[~previous] = next;
        } else {
            Mem.putInt(table.record(previous - 1) + NEXT_OFFSET, next);
        }
        if (next != 0) {
            Mem.putInt(table.record(next - 1) + PREVIOUS_OFFSET, previous);
        }
    }

    /** Moves a session to where its present state wants it. */
    public void reschedule(long session) {
        cancel(session);
        schedule(session);
    }

    /**
     * Looks at sessions whose slots are over.
     *
     * @param budget how many at most; the rest is left to the next turn
     * @return how many
     */
    public int tick(long nowMicros, int budget) {
        int now = clock(nowMicros);
        int target = now >>> SLOT_BITS;
        int done = 0;
        while (turn != target) {
            int slot = turn & SLOT_MASK;
            while (heads[slot] != 0) {
                if (done == budget) {
                    return done;
                }
                if (done % LOOKAHEAD == 0) {
                    touch(heads[slot]);
                }
                done++;
                visit(table.record(heads[slot] - 1), now, nowMicros);
            }
            turn = turn + 1 & TURN_MASK;
        }
        return done;
    }

    private void touch(int first) {
        long sum = 0;
        int number = first;
        for (int i = 0; i < LOOKAHEAD && number != 0; i++) {
            long session = table.record(number - 1);
            sum += table.touch(session);
            number = Mem.getInt(session + NEXT_OFFSET);
        }
        touched = sum;
    }

    private void visit(long session, int now, long nowMicros) {
        cancel(session);
        int deadline = Mem.getInt(session + LAST_SEEN_OFFSET) + policy.idleTime(session);
        if (deadline - now <= 0) {
            policy.expire(session, nowMicros);
        } else {
            schedule(session);
        }
    }
}
