package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.session.LocalPorts;
import io.twoarm.director.share.Toeplitz;
import io.twoarm.director.share.WorkerShare;

/**
 * Which ports or identifiers a flow of a host behind the director may leave with, one after the other: from 1025 to 65535,
 * beginning somewhere that outsiders cannot guess (RFC 6056, 3.3.2). A port is taken when a session to the same destination
 * has it; so each address serves 64,511 flows to <em>each</em> destination, and no list of free ports is kept.
 *
 * <p>Answers to an address that is a local one are spread over workers by all four ends, so only ports that lead to this
 * worker will do there. Elsewhere the destination alone tells the worker, of packets in both directions.
 */
final class OutsidePorts {
    /** Candidates of one address that are looked at before it counts as full: some 20 microseconds. */
    static final int TRIES = 512;

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final OwnAddresses own;
    private final WorkerShare share;
    private long mixed;
    private int candidate;

    OutsidePorts(WorkerTables tables) {
        own = tables.own;
        share = tables.share;
        mixed = tables.randomStart;
    }

    /** Begins a search; {@link #next()} gives the candidates. */
    void begin(long seed) {
        mixed = (mixed ^ seed) * GOLDEN + 1;
        candidate = (int) ((mixed >>> 33) % LocalPorts.PER_POOL);
    }

    int next() {
        candidate = candidate + 1 == LocalPorts.PER_POOL ? 0 : candidate + 1;
        return LocalPorts.LOWEST + candidate;
    }

    /** Whether answers to a port come to this worker. */
    boolean isOurs(int remote, int outside, int remotePort, int port) {
        if (share.isAlone() || !isLocal(own.find(outside))) {
            return true;
        }
        return share.of(Toeplitz.ipv4(remote, outside, remotePort, port)) == share.worker();
    }

    /** Whether answers to a port of an IPv6 address come to this worker. */
    boolean isOurs(long remoteHigh, long remoteLow, long high, long low, int remotePort, int port) {
        if (share.isAlone() || !isLocal(own.find(high, low))) {
            return true;
        }
        return share.of(Toeplitz.ipv6(remoteHigh, remoteLow, high, low, remotePort, port)) == share.worker();
    }

    private boolean isLocal(int number) {
        return number >= 0 && own.get(number).role() == OwnAddress.Role.LOCAL;
    }
}
