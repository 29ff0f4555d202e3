package io.twoarm.director.nat64;

import io.twoarm.director.siit.TranslationPrefix;
import java.util.Arrays;

/** Which addresses packets to NAT64 have: those of its prefix and of its pool. Immutable; workers share it. */
public final class Nat64Scope {
    /** Nothing goes to NAT64. */
    public static final Nat64Scope NONE = new Nat64Scope(Nat64Definition.NONE);

    private final TranslationPrefix prefix;
    private final int[] pool;

    public Nat64Scope(Nat64Definition definition) {
        prefix = definition.prefix().orElse(null);
        pool = definition.pool().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** Whether the pool contains an IPv4 address. */
    public boolean contains(int address) {
        return pool.length != 0 && Arrays.binarySearch(pool, address) >= 0;
    }

    /** Whether the prefix contains an IPv6 address. */
    public boolean contains(long high, long low) {
        return prefix != null && prefix.contains(high, low);
    }
}
