package io.twoarm.director.service;

import static io.twoarm.director.service.RealserverRecord.ACTIVE_OFFSET;
import static io.twoarm.director.service.RealserverRecord.CONNECTIONS_OFFSET;
import static io.twoarm.director.service.RealserverRecord.SESSIONS_OFFSET;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.util.Optional;

/**
 * Realservers by number, through all services. A number stays with its realserver as long as a session has it, also when
 * the realserver has been taken out of its service. Arrays belong to the worker; figures lie in native memory and may be
 * read by anybody.
 */
final class RealserverSlots {
    /** A session keeps the number in 16 bits. */
    static final int CAPACITY = 65_536;

    private static final int[] FIGURES = {
        CONNECTIONS_OFFSET,
        RealserverRecord.PACKETS_IN_OFFSET,
        RealserverRecord.BYTES_IN_OFFSET,
        RealserverRecord.PACKETS_OUT_OFFSET,
        RealserverRecord.BYTES_OUT_OFFSET
    };

    final long[] highs = new long[CAPACITY];
    final long[] lows = new long[CAPACITY];
    final int[] ports = new int[CAPACITY];
    final ForwardingMode[] modes = new ForwardingMode[CAPACITY];
    final int[] weights = new int[CAPACITY];
    final boolean[] up = new boolean[CAPACITY];
    /** Sessions from which on a realserver is full; the largest number without a limit. */
    private final int[] upper = new int[CAPACITY];
    /** Sessions below which it is not any more. */
    private final int[] resume = new int[CAPACITY];

    final boolean[] full = new boolean[CAPACITY];
    /** Number of the service, -1 when the realserver is in none any more. */
    final int[] services = new int[CAPACITY];

    /** Whether sessions end when the realserver has no weight any more. */
    final boolean[] expires = new boolean[CAPACITY];

    /** How the realserver learns the client's address. */
    final ClientAddressWay[] clientAddresses = new ClientAddressWay[CAPACITY];

    /** Whether its sessions hold mappings that are independent of their destinations. */
    final boolean[] mapped = new boolean[CAPACITY];

    /** What the service may still send; null without a limit. */
    final TrafficBuckets[] traffic = new TrafficBuckets[CAPACITY];

    final int[][] idleTimes = new int[CAPACITY][];
    final RealserverDefinition[] definitions = new RealserverDefinition[CAPACITY];
    private final long records;

    RealserverSlots(NativeMemory memory) {
        records = Mem.pointer(memory.allocate((long) CAPACITY * RealserverRecord.SIZE, RealserverRecord.SIZE));
    }

    long record(int slot) {
        return records + (long) slot * RealserverRecord.SIZE;
    }

    boolean isAvailable(int slot) {
        return up[slot] && weights[slot] > 0 && !full[slot];
    }

    long sessions(int slot) {
        return Mem.getLong(record(slot) + SESSIONS_OFFSET);
    }

    long active(int slot) {
        return Mem.getLong(record(slot) + ACTIVE_OFFSET);
    }

    long inactive(int slot) {
        return Math.max(0, sessions(slot) - active(slot));
    }

    void countSession(int slot) {
        add(record(slot) + CONNECTIONS_OFFSET, 1);
        add(record(slot) + SESSIONS_OFFSET, 1);
        if (sessions(slot) >= upper[slot]) {
            full[slot] = true;
        }
    }

    void forgetSession(int slot) {
        add(record(slot) + SESSIONS_OFFSET, -1);
        if (full[slot] && sessions(slot) < resume[slot]) {
            full[slot] = false;
        }
    }

    void countActive(int slot, int amount) {
        add(record(slot) + ACTIVE_OFFSET, amount);
    }

    private static void add(long at, long amount) {
        Mem.putLong(at, Mem.getLong(at) + amount);
    }

    /** A number goes to a realserver that had none. */
    void begin(int slot, RealserverDefinition definition) {
        for (int i = 0; i < RealserverRecord.SIZE; i += 8) {
            Mem.putLong(record(slot) + i, 0);
        }
        up[slot] = definition.check().filter(TcpCheck::downAtStart).isEmpty();
    }

    void set(int slot, RealserverDefinition definition, int service, int[] times) {
        if (definition.check().isEmpty()) {
            up[slot] = true;
        }
        highs[slot] = definition.address().high();
        lows[slot] = definition.address().low();
        ports[slot] = definition.port();
        modes[slot] = definition.mode();
        weights[slot] = definition.weight();
        upper[slot] = definition.limits().upper() == 0
                ? Integer.MAX_VALUE
                : definition.limits().upper();
        resume[slot] = definition.limits().upper() == 0
                ? Integer.MAX_VALUE
                : definition.limits().resume();
        full[slot] = sessions(slot) >= upper[slot];
        services[slot] = service;
        idleTimes[slot] = times;
        definitions[slot] = definition;
    }

    /** Limits the traffic; sessions of a realserver that is taken out keep their limit. */
    void limit(int slot, Optional<TrafficBuckets> buckets) {
        traffic[slot] = buckets.orElse(null);
        Mem.putLong(record(slot) + RealserverRecord.LIMITED_OFFSET, buckets.isPresent() ? 1 : 0);
    }

    /** The realserver is in no service any more: its sessions go on, and no new one comes. */
    void retire(int slot) {
        weights[slot] = 0;
        services[slot] = -1;
    }

    void zero(int slot) {
        for (int offset : FIGURES) {
            Mem.putLong(record(slot) + offset, 0);
        }
    }

    RealserverStatus status(int slot) {
        RealserverDefinition definition = definitions[slot];
        long record = record(slot);
        return new RealserverStatus(
                definition,
                up[slot],
                up[slot] ? definition.weight() : 0,
                full[slot],
                active(slot),
                inactive(slot),
                Mem.getLong(record + CONNECTIONS_OFFSET),
                Mem.getLong(record + RealserverRecord.PACKETS_IN_OFFSET),
                Mem.getLong(record + RealserverRecord.BYTES_IN_OFFSET),
                Mem.getLong(record + RealserverRecord.PACKETS_OUT_OFFSET),
                Mem.getLong(record + RealserverRecord.BYTES_OUT_OFFSET));
    }
}
