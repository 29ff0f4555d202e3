package io.twoarm.director.share;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv6Address;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/**
 * Which part of the work is a worker's: a hash leads through a table of {@value #TABLE} entries, as in a network card, to a
 * worker. The first worker also speaks for all: it answers and announces on the link.
 *
 * @param worker number of the worker, from 0
 * @param workers how many there are
 */
public record WorkerShare(int worker, int workers) {
    /** Entries of the table from hashes to workers. */
    public static final int TABLE = 128;

    /** Most workers of a director. */
    public static final int MOST = 16;

    /** Of the only worker. */
    public static final WorkerShare ALONE = new WorkerShare(0, 1);

    public WorkerShare {
        if (workers < 1 || workers > MOST || worker < 0 || worker >= workers) {
            throw new IllegalArgumentException("worker " + worker + " of " + workers + "; 1 to " + MOST + " allowed");
        }
    }

    /** Whether it is the only one. */
    public boolean isAlone() {
        return workers == 1;
    }

    /** Whether it speaks for all. */
    public boolean isFirst() {
        return worker == 0;
    }

    /** The worker that a hash leads to. */
    public int of(int hash) {
        return (hash & TABLE - 1) % workers;
    }

    /** The worker that the checks from a port of 513 to 1024 belong to. */
    public int ofCheck(int localPort) {
        return localPort % workers;
    }

    /**
     * The worker that a port of NAT64's pool, or the identifier of a ping, belongs to. An even port and the odd one behind it
     * stay together, so that each worker has as many of either parity.
     */
    public int ofPoolPort(int port) {
        return isAlone() ? worker : (port >>> 1) % workers;
    }

    /** Whether what a realserver sends to a local port comes to this worker; IPv4 addresses are mapped. */
    public boolean receives(
            long realserverHigh, long realserverLow, int port, long localHigh, long localLow, int localPort) {
        if (isAlone()) {
            return true;
        }
        int hash = Ipv6Address.isMapped(realserverHigh, realserverLow)
                ? Toeplitz.ipv4((int) realserverLow, (int) localLow, port, localPort)
                : Toeplitz.ipv6(realserverHigh, realserverLow, localHigh, localLow, port, localPort);
        return of(hash) == worker;
    }

    /**
     * The local ports for which {@link #receives} is true: 64 of them from a multiple of 64 on, of which the first is the
     * lowest bit. Most of the hash is made once for all of them.
     */
    public IntToLongFunction localPorts(IpAddress realserver, int port, IpAddress local) {
        if (Ipv6Address.isMapped(realserver.high(), realserver.low())) {
            int hash = Toeplitz.ipv4((int) realserver.low(), (int) local.low(), port, 0);
            return localPorts(hash, Toeplitz::ipv4DestinationPort);
        }
        int hash = Toeplitz.ipv6(realserver.high(), realserver.low(), local.high(), local.low(), port, 0);
        return localPorts(hash, Toeplitz::ipv6DestinationPort);
    }

    /** @param added what a local port adds to the hash; what 64 in a row add is what the first adds and what their places do */
    private IntToLongFunction localPorts(int hash, IntUnaryOperator added) {
        long[] ours = new long[TABLE];
        for (int place = 0; place < Long.SIZE; place++) {
            int ofPlace = added.applyAsInt(place);
            for (int entry = 0; entry < TABLE; entry++) {
                if (of(entry ^ ofPlace) == worker) {
                    ours[entry] |= 1L << place;
                }
            }
        }
        return first -> ours[(hash ^ added.applyAsInt(first)) & TABLE - 1];
    }
}
