package io.twoarm.director.forward;

import io.twoarm.director.address.WideKeyIndex;

/**
 * Lines of clients on control connections that got another length, and what that does to sequence numbers. Each connection
 * has one edit at a time: the line's numbers, as the client counts, and how much larger all numbers up to it and behind it
 * are for the realserver. A protocol of questions and answers has one line on its way, so that an older edit is long
 * acknowledged; a line that comes again gets what it got at first.
 */
final class LineEdits {
    private static final int MOST = 1024;
    private static final int NONE = -1;

    private final WideKeyIndex index = new WideKeyIndex(MOST);
    private final int[] starts = new int[MOST];
    private final int[] ends = new int[MOST];
    private final int[] befores = new int[MOST];
    private final int[] afters = new int[MOST];
    private final int[] ports = new int[MOST];
    private final int[] free = new int[MOST];
    private int freeCount = MOST;

    LineEdits() {
        for (int i = 0; i < MOST; i++) {
            free[i] = MOST - 1 - i;
        }
    }

    /** Number of a session's edit, or -1. */
    int find(long session) {
        return freeCount == MOST ? NONE : index.find(session, 0, 0);
    }

    /** Whether the edit is of the line that begins with a sequence number of the client. */
    boolean isAt(int number, int sequence) {
        return starts[number] == sequence;
    }

    /** Port that the line announces to the realserver. */
    int port(int number) {
        return ports[number];
    }

    /**
     * Notes an edit; one of an earlier line becomes what all numbers are moved by.
     *
     * @param sequence the client's number of the line's first byte
     * @param length bytes of the line as the client sent it
     * @param growth bytes that it is longer by now
     * @return false when there is no room for another connection
     */
    boolean put(long session, int sequence, int length, int growth, int port) {
        int number = find(session);
        int before = number < 0 ? 0 : afters[number];
        if (number < 0) {
            if (freeCount == 0) {
                return false;
            }
            number = free[--freeCount];
            index.put(session, 0, 0, number);
        }
        starts[number] = sequence;
        ends[number] = sequence + length;
        befores[number] = before;
        afters[number] = before + growth;
        ports[number] = port;
        return true;
    }

    /** What is added to a sequence number of the client. */
    int shift(int number, int sequence) {
        return sequence - ends[number] >= 0 ? afters[number] : befores[number];
    }

    /** What the client is to get for a number of its own that the realserver acknowledges, already without the session's shift. */
    int acknowledgment(int number, int acknowledgment) {
        int behind = acknowledgment - afters[number];
        if (behind - ends[number] >= 0) {
            return behind;
        }
        int before = acknowledgment - befores[number];
        // A part of the line is none of it.
        return before - starts[number] > 0 ? starts[number] : before;
    }

    /** Forgets a session that has ended. */
    void forget(long session) {
        int number = find(session);
        if (number >= 0) {
            index.remove(session, 0, 0);
            free[freeCount++] = number;
        }
    }
}
