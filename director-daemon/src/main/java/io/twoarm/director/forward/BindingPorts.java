package io.twoarm.director.forward;

import io.twoarm.director.nat64.BindingTable;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.share.WorkerShare;

/**
 * Finds ports of outside addresses for ports of hosts (RFC 6146, 3.5.1.1; RFC 4787, 4.2). A port stays what it is where it is
 * free; else another one of the same half (below 1024 or not) and parity is searched from a place that nobody can guess, and
 * in the upper half where the lower one has none. Of several workers each has ports of its own.
 */
final class BindingPorts {
    /** No port is free. */
    static final int NONE = -1;

    /** Ports that are looked at before an address counts as full: some 20 microseconds. */
    private static final int TRIES = 256;

    private static final int FIRST_FREE_PORT = 1024;
    private static final int PORTS = 65_536;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    /** Ports that are not to be taken, besides those with a binding. */
    interface Reserved {
        boolean contains(int protocol, int address, int port);
    }

    private final BindingTable bindings;
    private final WorkerShare share;
    private final Reserved reserved;
    private long mixed;

    /** @param randomStart unknown to others */
    BindingPorts(BindingTable bindings, WorkerShare share, Reserved reserved, long randomStart) {
        this.bindings = bindings;
        this.share = share;
        this.reserved = reserved;
        mixed = randomStart;
    }

    /**
     * A free port of an address.
     *
     * @param protocol one of {@link Nat64Protocol}
     * @param wanted the host's port
     * @return the port, or {@link #NONE}
     */
    int choose(int protocol, int address, int wanted) {
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
                && bindings.findOutside(protocol, address, port) == BindingTable.NONE
                && !reserved.contains(protocol, address, port);
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
