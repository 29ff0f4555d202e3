package io.twoarm.director.nat64;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What NAT64 keeps at a moment.
 *
 * @param bindingCount bindings, configured ones included
 * @param sessionCount sessions
 * @param bindings bindings in no order, perhaps not all
 */
public record Nat64Status(
        int bindingCount, int bindingCapacity, int sessionCount, int sessionCapacity, List<Binding> bindings) {

    /**
     * A binding.
     *
     * @param protocol one of {@link Nat64Protocol}
     * @param sessions how many sessions it has
     * @param configured whether it stays
     */
    public record Binding(
            int protocol,
            IpAddress inside,
            int insidePort,
            Ipv4Address outside,
            int outsidePort,
            int sessions,
            boolean configured) {
        private boolean isSame(Binding other) {
            return protocol == other.protocol
                    && inside.equals(other.inside)
                    && insidePort == other.insidePort
                    && outside.equals(other.outside)
                    && outsidePort == other.outsidePort;
        }
    }

    /**
     * This worker's and another one's together.
     *
     * @param limit bindings at most
     */
    public Nat64Status with(Nat64Status other, int limit) {
        return new Nat64Status(
                bindingCount + other.bindingCount,
                bindingCapacity + other.bindingCapacity,
                sessionCount + other.sessionCount,
                sessionCapacity + other.sessionCapacity,
                Stream.concat(bindings.stream(), other.bindings.stream())
                        .limit(limit)
                        .toList());
    }

    /**
     * Reads the tables, from any thread. A binding that changes meanwhile is left out.
     *
     * @param limit bindings at most
     */
    public static Nat64Status of(BindingTable bindings, Nat64Sessions sessions, int limit) {
        return new Nat64Status(
                bindings.size(), bindings.capacity(), sessions.size(), sessions.capacity(), list(bindings, limit));
    }

    /**
     * Reads bindings, of hosts of either family, from any thread. One that changes meanwhile is left out.
     *
     * @param limit bindings at most
     */
    public static List<Binding> list(BindingTable bindings, int limit) {
        List<Binding> found = new ArrayList<>();
        for (int number = 0; number < bindings.used() && found.size() < limit; number++) {
            if (!bindings.isUsed(number)) {
                continue;
            }
            Binding first = read(bindings, number);
            Binding second = read(bindings, number);
            if (first.isSame(second) && bindings.isUsed(number)) {
                found.add(second);
            }
        }
        return List.copyOf(found);
    }

    private static Binding read(BindingTable bindings, int number) {
        long high = bindings.insideHigh(number);
        long low = bindings.insideLow(number);
        return new Binding(
                bindings.protocol(number),
                Ipv6Address.isMapped(high, low) ? new Ipv4Address((int) low) : new Ipv6Address(high, low),
                bindings.insidePort(number),
                new Ipv4Address(bindings.outside(number)),
                bindings.outsidePort(number),
                bindings.sessions(number),
                bindings.isConfigured(number));
    }
}
