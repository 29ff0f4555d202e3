package io.twoarm.director.service;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.scheduling.FlowKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Which realserver a client's network had last: templates, as IPVS calls them. A table of sets of {@value #WAYS}; a template
 * that finds its set full takes the place of the one that ends first, so the table never grows and never refuses.
 *
 * <pre>
 *  0  network, first half    i64, as an IPv6 address; 0 for IPv4
 *  8  network, second half   i64, IPv4 in the low 32 bits
 * 16  end                    i64, microseconds of the worker's clock; 0 when the entry was never used
 * 24  service                i32, its serial number
 * 28  realserver             i32
 * </pre>
 */
final class PersistenceTable {
    private static final int WAYS = 8;
    private static final int HIGH_OFFSET = 0;
    private static final int LOW_OFFSET = 8;
    private static final int END_OFFSET = 16;
    private static final int SERVICE_OFFSET = 24;
    private static final int REALSERVER_OFFSET = 28;
    private static final int SIZE = 32;
    private static final int SET_SIZE = WAYS * SIZE;

    private final long base;
    private final int sets;

    /** @param capacity templates, a power of two */
    PersistenceTable(NativeMemory memory, int capacity) {
        sets = capacity / WAYS;
        base = Mem.pointer(memory.allocate((long) capacity * SIZE, 64));
    }

    /** The realserver that a network had, or -1. */
    int find(int serial, long high, long low, long nowMicros) {
        long at = entry(serial, high, low);
        return at == 0 || Mem.getLong(at + END_OFFSET) < nowMicros ? -1 : Mem.getInt(at + REALSERVER_OFFSET);
    }

    private long set(int serial, long high, long low) {
        long hash = FlowKey.hash(high ^ serial, low);
        return base + (hash & sets - 1) * SET_SIZE;
    }

    private long entry(int serial, long high, long low) {
        long set = set(serial, high, low);
        for (long at = set; at < set + SET_SIZE; at += SIZE) {
            if (Mem.getLong(at + LOW_OFFSET) == low
                    && Mem.getLong(at + HIGH_OFFSET) == high
                    && Mem.getInt(at + SERVICE_OFFSET) == serial
                    && Mem.getLong(at + END_OFFSET) != 0) {
                return at;
            }
        }
        return 0;
    }

    /** Notes the realserver of a network until a moment. */
    void put(int serial, long high, long low, int realserver, long endMicros) {
        long place = entry(serial, high, low);
        if (place == 0) {
            long set = set(serial, high, low);
            place = set;
            for (long at = set; at < set + SET_SIZE; at += SIZE) {
                if (Mem.getLong(at + END_OFFSET) < Mem.getLong(place + END_OFFSET)) {
                    place = at;
                }
            }
        }
        Mem.putLong(place + HIGH_OFFSET, high);
        Mem.putLong(place + LOW_OFFSET, low);
        Mem.putInt(place + SERVICE_OFFSET, serial);
        Mem.putInt(place + REALSERVER_OFFSET, realserver);
        Mem.putLong(place + END_OFFSET, endMicros);
    }

    /** A template as another thread sees it. */
    record Entry(int serial, long high, long low, int realserver, long endMicros) {}

    /** Templates that have not ended. Any thread may ask. */
    List<Entry> list(int limit, long nowMicros) {
        List<Entry> found = new ArrayList<>();
        for (long at = base; at < base + (long) sets * SET_SIZE && found.size() < limit; at += SIZE) {
            long end = Mem.getLong(at + END_OFFSET);
            if (end >= nowMicros) {
                found.add(new Entry(
                        Mem.getInt(at + SERVICE_OFFSET),
                        Mem.getLong(at + HIGH_OFFSET),
                        Mem.getLong(at + LOW_OFFSET),
                        Mem.getInt(at + REALSERVER_OFFSET),
                        end));
            }
        }
        return found;
    }
}
