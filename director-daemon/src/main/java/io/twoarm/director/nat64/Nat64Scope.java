package io.twoarm.director.nat64;

import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.siit.TranslationPrefix;
import java.util.Arrays;

/**
 * Which packets are for NAT64, those to addresses of its prefix and of its pool, and which worker has their binding. That
 * follows from the port of the pool; a host's port has the same worker, unless a configured binding gives it another port.
 * Immutable; workers share it.
 */
public final class Nat64Scope {
    /** Nothing goes to NAT64. */
    public static final Nat64Scope NONE = new Nat64Scope(Nat64Definition.NONE);

    private final TranslationPrefix prefix;
    private final int[] pool;
    private final ConfiguredPorts configured;

    public Nat64Scope(Nat64Definition definition) {
        prefix = definition.prefix().orElse(null);
        pool = definition.pool().stream().mapToInt(Integer::intValue).sorted().toArray();
        configured = new ConfiguredPorts(definition.bindings());
    }

    /** Whether the pool contains an IPv4 address. */
    public boolean contains(int address) {
        return pool.length != 0 && Arrays.binarySearch(pool, address) >= 0;
    }

    /**
     * The worker that has the binding of an IPv6 host's port, or makes it.
     *
     * @param protocol one of {@link Nat64Protocol}
     * @param port of the host, or the identifier of its ping
     */
    public int owner(WorkerShare share, int protocol, long high, long low, int port) {
        return share.isAlone()
                ? share.worker()
                : share.ofPoolPort(configured.outsidePort(protocol, high, low, port, port));
    }

    /** Whether the prefix contains an IPv6 address. */
    public boolean contains(long high, long low) {
        return prefix != null && prefix.contains(high, low);
    }
}
