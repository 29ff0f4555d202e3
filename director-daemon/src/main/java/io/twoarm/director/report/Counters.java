package io.twoarm.director.report;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.util.EnumMap;
import java.util.Map;

/**
 * One worker's counters: 8 bytes each in native memory, written by the worker only. Other threads may read at any time;
 * they see each counter whole, but not all of one moment.
 */
public final class Counters {
    private static final Counter[] ALL = Counter.values();

    private final long base;

    public Counters(NativeMemory memory) {
        base = Mem.pointer(memory.allocate(ALL.length * 8L, 64));
    }

    /** Counts one. */
    public void count(Counter counter) {
        add(counter.ordinal(), 1);
    }

    public void add(Counter counter, long amount) {
        add(counter.ordinal(), amount);
    }

    /** Counts by ordinal, for dispositions that are kept beside their packet. */
    public void add(int ordinal, long amount) {
        long at = base + ordinal * 8L;
        Mem.putLong(at, Mem.getLong(at) + amount);
    }

    public long get(Counter counter) {
        return Mem.getLong(base + counter.ordinal() * 8L);
    }

    /**
     * Packets received minus packets that ended or wait: 0 between bursts.
     *
     * @return more than 0 when packets vanished, less when some were counted twice
     */
    public long balance() {
        long rest = get(Counter.RECEIVED) - get(Counter.WAITING) - get(Counter.REASSEMBLING);
        for (Counter counter : ALL) {
            if (counter.kind().isDisposition()) {
                rest -= get(counter);
            }
        }
        return rest;
    }

    /** All values. */
    public Map<Counter, Long> snapshot() {
        Map<Counter, Long> values = new EnumMap<>(Counter.class);
        for (Counter counter : ALL) {
            values.put(counter, get(counter));
        }
        return values;
    }
}
