package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * Second stage: finds the sessions that packets of a burst may belong to. The passes that only touch memory hold nothing but
 * independent loads, so that the cache misses of the whole burst overlap; what comes behind them finds everything in the
 * cache.
 */
final class LookupStage {
    private static final int ADDRESSES_OFFSET = 26;
    private static final int PORTS_OFFSET = 34;
    private static final int PROTOCOL_OFFSET = 23;
    private static final int UDP = 17;

    private final SessionTable sessions;

    /** Keeps the compiler from dropping loads whose values nobody needs. */
    @SuppressWarnings("unused")
    private long touched;

    LookupStage(SessionTable sessions) {
        this.sessions = sessions;
    }

    void run(Burst burst, int count) {
        touchIndex(burst, count);
        resolve(burst, count);
        touchSessions(burst, count);
    }

    private void touchIndex(Burst burst, int count) {
        int[] hashes = burst.hashes;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Mem.getLong(Mem.pointer(sessions.home(hashes[i])));
        }
        touched = sum;
    }

    private void resolve(Burst burst, int count) {
        int[] hashes = burst.hashes;
        long[] references = burst.references;
        for (int i = 0; i < count; i++) {
            int hash = hashes[i];
            references[i] = hash == 0 ? 0 : sessions.candidate(hash);
        }
    }

    private void touchSessions(Burst burst, int count) {
        long[] references = burst.references;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long reference = references[i];
            if (reference != 0) {
                sum += Mem.getByte(SessionTable.session(reference) + SessionRecord.FLAGS_OFFSET);
            }
        }
        touched = sum;
    }

    /** Compares a packet with the session that its hash led to; returns the one that it belongs to, or 0. */
    long verified(Burst burst, int i, long candidate) {
        long frame = Mem.pointer(burst.frames[i]);
        long addresses = Mem.getLong(frame + ADDRESSES_OFFSET);
        int ports = Mem.getInt(frame + PORTS_OFFSET);
        int protocol =
                Mem.getByte(frame + PROTOCOL_OFFSET) == UDP ? SessionRecord.PROTOCOL_UDP : SessionRecord.PROTOCOL_TCP;
        return SessionTable.matches(candidate, addresses, ports, protocol)
                ? candidate
                : sessions.find(addresses, ports, protocol);
    }
}
