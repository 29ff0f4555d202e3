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
import io.twoarm.director.share.WorkerShare;

/**
 * Makes bindings of NAT64 (RFC 6146, 3.5.1.1 and 3.5.2.3). All of a host's ports get the same address of the pool. A port stays
 * what it is where it is free; else another one of the same half (below 1024 or not) and parity is searched from a place that
 * nobody can guess, and in the upper half where the lower one has none. Of several workers each has ports of its own.
 */
final class Nat64Bindings {
    /** Ports that are looked at before an address counts as full: some 20 microseconds. */
    private static final int TRIES = 256;

    private static final int NONE = -1;
    private static final int FIRST_FREE_PORT = 1024;
    private static final int PORTS = 65_536;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    final BindingTable bindings;
    final Nat64Sessions sessions;
    private int[] pool;
    private final WorkerShare share;
    private final Counters counters;
    private final ReportRing reports;
    private final long key;
    private long mixed;

    /** @param definition the worker's part */
    Nat64Bindings(
            Nat64Definition definition,
            WorkerShare share,
            NativeMemory memory,
            Counters counters,
            ReportRing reports,
            long randomStart) {
        this.share = share;
        adopt(definition);
        this.counters = counters;
        this.reports = reports;
        key = randomStart;
        mixed = randomStart;
        bindings = new BindingTable(memory, definition.mostBindings(), randomStart, definition.bindings());
        sessions = new Nat64Sessions(memory, definition, bindings, Long.rotateLeft(randomStart, 23));
    }

    /** Takes over another pool. */
    void adopt(Nat64Definition definition) {
        pool = definition.pool().stream().mapToInt(Integer::intValue).toArray();
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
        if (outside == NONE) {
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
        mixed = (mixed ^ wanted) * FACTOR + 1;
        // Port 0 of TCP and UDP is no port.
        if ((wanted != 0 || protocol == Nat64Protocol.ECHO) && isFree(protocol, address, wanted)) {
            return wanted;
        }
        if (protocol == Nat64Protocol.ECHO) {
            return search(protocol, address, 0, PORTS, wanted & 1);
        }
        int found = wanted < FIRST_FREE_PORT ? search(protocol, address, 2, FIRST_FREE_PORT, wanted & 1) : NONE;
        return found == NONE ? search(protocol, address, FIRST_FREE_PORT, PORTS, wanted & 1) : found;
    }

    private boolean isFree(int protocol, int address, int port) {
        return share.ofPoolPort(port) == share.worker()
                && bindings.findOutside(protocol, address, port) == BindingTable.NONE;
    }

    /**
     * Looks for a free port among the worker's own, from a place that nobody can guess.
     *
     * @param from first port, even
     * @param end behind the last one, even
     * @return the port, or {@link #NONE}
     */
    private int search(int protocol, int address, int from, int end, int parity) {
        int step = share.workers();
        int first = from / 2 + Math.floorMod(share.worker() - from / 2, step);
        int pairs = Math.ceilDiv(end / 2 - first, step);
        int start = (int) ((mixed >>> 33) % pairs);
        for (int tries = 0; tries < Math.min(TRIES, pairs); tries++) {
            int candidate = (first + (start + tries) % pairs * step) * 2 | parity;
            if (isFree(protocol, address, candidate)) {
                return candidate;
            }
        }
        return NONE;
    }
}
