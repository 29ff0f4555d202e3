package io.twoarm.director.forward;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.Nat64Sessions;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;

/**
 * Makes bindings of NAT64 (RFC 6146, 3.5.1.1 and 3.5.2.3). All of a host's ports get the same address of the pool. A port stays
 * what it is where it is free; else another one of the same half (below 1024 or not) and parity is searched from a place that
 * nobody can guess.
 */
final class Nat64Bindings {
    /** Ports that are looked at before an address counts as full: some 20 microseconds. */
    private static final int TRIES = 256;

    private static final int FIRST_FREE_PORT = 1024;
    private static final int PORTS = 65_536;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    final BindingTable bindings;
    final Nat64Sessions sessions;
    private final int[] pool;
    private final Counters counters;
    private final ReportRing reports;
    private final long key;
    private long mixed;

    Nat64Bindings(
            Nat64Definition definition, NativeMemory memory, Counters counters, ReportRing reports, long randomStart) {
        this.counters = counters;
        this.reports = reports;
        key = randomStart;
        mixed = randomStart;
        pool = definition.pool().stream().mapToInt(Integer::intValue).toArray();
        bindings = new BindingTable(memory, definition.mostBindings(), randomStart, definition.bindings());
        sessions = new Nat64Sessions(memory, definition, bindings, Long.rotateLeft(randomStart, 23));
    }

    /**
     * Makes the binding of a host's port.
     *
     * @return its number, or {@link BindingTable#NONE} where no port or no room is left
     */
    int make(int protocol, long high, long low, int port, long nowMicros) {
        if (isFull()) {
            reports.add(Report.Kind.NAT64_BINDINGS_FULL, nowMicros, bindings.size(), 0);
            return BindingTable.NONE;
        }
        int address = pool[(int) (Long.remainderUnsigned(((high ^ key) * FACTOR ^ low) * FACTOR >>> 16, pool.length))];
        int outside = choose(protocol, address, port);
        if (outside < 0) {
            counters.count(Counter.LOCAL_PORTS_EXHAUSTED);
            return BindingTable.NONE;
        }
        return bindings.add(protocol, high, low, port, address, outside);
    }

    boolean isFull() {
        return bindings.size() == bindings.capacity();
    }

    /** To be told when a session found no room. */
    void sessionsFull(long nowMicros) {
        reports.add(Report.Kind.NAT64_SESSIONS_FULL, nowMicros, sessions.size(), 0);
    }

    private int choose(int protocol, int address, int wanted) {
        boolean low = wanted < FIRST_FREE_PORT && protocol != Nat64Protocol.ECHO;
        int first = protocol == Nat64Protocol.ECHO || low ? 0 : FIRST_FREE_PORT;
        int count = low ? FIRST_FREE_PORT : PORTS - first;
        int candidate = wanted;
        mixed = (mixed ^ wanted) * FACTOR + 1;
        for (int tries = 0; tries < TRIES; tries++) {
            // Port 0 of TCP and UDP is no port.
            boolean usable = candidate != 0 || protocol == Nat64Protocol.ECHO;
            if (usable && bindings.findOutside(protocol, address, candidate) == BindingTable.NONE) {
                return candidate;
            }
            candidate = tries == 0
                    ? first + ((int) ((mixed >>> 33) % count) & ~1 | wanted & 1)
                    : first + (candidate - first + 2) % count;
        }
        return -1;
    }
}
