package io.twoarm.director.forward;

import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Sessions;
import io.twoarm.director.report.Counter;
import io.twoarm.director.report.Counters;
import io.twoarm.director.report.Report;
import io.twoarm.director.report.ReportRing;
import io.twoarm.director.share.WorkerShare;

/**
 * Makes bindings of NAT64 (RFC 6146, 3.5.1.1 and 3.5.2.3). All of a host's ports get the same address of the pool, and
 * {@link BindingPorts} finds the port.
 */
final class Nat64Bindings {
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    final BindingTable bindings;
    final Nat64Sessions sessions;
    private final BindingPorts ports;
    private int[] pool;
    private final Counters counters;
    private final ReportRing reports;
    private final long key;

    /** @param definition the worker's part */
    Nat64Bindings(
            Nat64Definition definition,
            WorkerShare share,
            NativeMemory memory,
            Counters counters,
            ReportRing reports,
            long randomStart) {
        adopt(definition);
        this.counters = counters;
        this.reports = reports;
        key = randomStart;
        bindings = new BindingTable(memory, definition.mostBindings(), randomStart, definition.bindings());
        ports = new BindingPorts(bindings, share, (protocol, address, port) -> false, randomStart);
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
        int outside = ports.choose(protocol, address, port);
        if (outside == BindingPorts.NONE) {
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
}
