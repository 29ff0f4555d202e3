package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.session.SessionRecord;
import io.twoarm.director.session.SessionTable;

/**
 * Second stage: finds the sessions of a burst. The passes that only touch memory hold nothing but independent loads, so
 * that the cache misses of the whole burst overlap; the passes behind them find everything in the cache.
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
        verify(burst, count);
    }

    private void touchIndex(Burst burst, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Mem.getLong(Mem.pointer(sessions.home(burst.hashes[i])));
        }
        touched = sum;
    }

    private void resolve(Burst burst, int count) {
        for (int i = 0; i < count; i++) {
            int hash = burst.hashes[i];
            burst.references[i] = hash == 0 ? 0 : sessions.candidate(hash);
        }
    }

    private void touchSessions(Burst burst, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long reference = burst.references[i];
            if (reference != 0) {
                sum += Mem.getByte(SessionTable.session(reference) + SessionRecord.FLAGS_OFFSET);
            }
        }
        touched = sum;
    }

    private void verify(Burst burst, int count) {
        for (int i = 0; i < count; i++) {
            long reference = burst.references[i];
            if (reference != 0) {
                long frame = Mem.pointer(burst.frames[i]);
                long addresses = Mem.getLong(frame + ADDRESSES_OFFSET);
                int ports = Mem.getInt(frame + PORTS_OFFSET);
                int protocol = Mem.getByte(frame + PROTOCOL_OFFSET) == UDP
                        ? SessionRecord.PROTOCOL_UDP
                        : SessionRecord.PROTOCOL_TCP;
                if (!SessionTable.matches(reference, addresses, ports, protocol)) {
                    burst.references[i] = sessions.find(addresses, ports, protocol);
                }
            }
        }
    }
}
