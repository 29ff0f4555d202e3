package io.twoarm.model;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Stateful NAT64 (RFC 6146): IPv6 hosts reach all of IPv4 by a prefix, with the addresses of a pool.
 *
 * @param prefix where IPv6 hosts see IPv4 addresses (RFC 6052), such as {@code 64:ff9b::/96}
 * @param pool what IPv4 hosts see instead of the IPv6 hosts, an IPv4 network of length 24 to 32
 * @param filtering who may send to a port of the pool that is in use
 * @param mostBindings ports of the pool in use at most
 * @param mostSessions sessions at most
 * @param timeouts how long sessions live
 * @param bindings ports of the pool that always lead to a host
 */
public record Nat64(
        Prefix prefix,
        Prefix pool,
        Filtering filtering,
        int mostBindings,
        int mostSessions,
        Timeouts timeouts,
        List<Binding> bindings) {
    /** Bindings and sessions that a director can be given room for. */
    public static final Range ROOM = new Range(1, 1 << 22);

    public static final int STANDARD_BINDINGS = 65_536;
    public static final int STANDARD_SESSIONS = 131_072;

    /** Pools have 1 to 256 addresses. */
    public static final Range POOL_LENGTH = new Range(24, 32);

    public Nat64 {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(filtering, "filtering");
        ROOM.check(mostBindings, "mostBindings");
        ROOM.check(mostSessions, "mostSessions");
        Objects.requireNonNull(timeouts, "timeouts");
        bindings = List.copyOf(bindings);
    }

    /** With the standard's lifetimes, no filter and no configured bindings. */
    public Nat64(Prefix prefix, Prefix pool) {
        this(prefix, pool, Filtering.ENDPOINT, STANDARD_BINDINGS, STANDARD_SESSIONS, Timeouts.STANDARD, List.of());
    }

    public Nat64 withPrefix(Prefix other) {
        return new Nat64(other, pool, filtering, mostBindings, mostSessions, timeouts, bindings);
    }

    public Nat64 withPool(Prefix other) {
        return new Nat64(prefix, other, filtering, mostBindings, mostSessions, timeouts, bindings);
    }

    public Nat64 withFiltering(Filtering other) {
        return new Nat64(prefix, pool, other, mostBindings, mostSessions, timeouts, bindings);
    }

    /** With another limit of ports in use and of sessions. */
    public Nat64 withRoom(int bindingsAtMost, int sessionsAtMost) {
        return new Nat64(prefix, pool, filtering, bindingsAtMost, sessionsAtMost, timeouts, bindings);
    }

    public Nat64 withTimeouts(Timeouts others) {
        return new Nat64(prefix, pool, filtering, mostBindings, mostSessions, others, bindings);
    }

    public Nat64 withBindings(List<Binding> others) {
        return new Nat64(prefix, pool, filtering, mostBindings, mostSessions, timeouts, others);
    }

    /** Who may send to a port in use (RFC 6146, 3.5). */
    public enum Filtering {
        /** Everybody. */
        ENDPOINT,
        /** Addresses that the port's host has sent to. */
        ADDRESS
    }

    /** Protocols of configured bindings. */
    public enum Protocol {
        TCP,
        UDP
    }

    /**
     * How long sessions live without a packet, in whole seconds; lint looks at the ranges.
     *
     * @param udp of UDP, 2 minutes to a day
     * @param icmp of pings, 1 minute to a day
     * @param tcp of open connections, 2 hours and 4 minutes to a week
     * @param tcpTransitory of connections that open or end, 4 minutes to a day
     */
    public record Timeouts(Duration udp, Duration icmp, Duration tcp, Duration tcpTransitory) {
        public static final Range UDP_SECONDS = new Range(120, 86_400);
        public static final Range ICMP_SECONDS = new Range(60, 86_400);
        public static final Range TCP_SECONDS = new Range(7_440, 604_800);
        public static final Range TCP_TRANSITORY_SECONDS = new Range(240, 86_400);

        public static final Timeouts STANDARD = new Timeouts(
                Duration.ofSeconds(300), Duration.ofSeconds(60), Duration.ofSeconds(7_440), Duration.ofSeconds(240));

        public Timeouts {
            Objects.requireNonNull(udp, "udp");
            Objects.requireNonNull(icmp, "icmp");
            Objects.requireNonNull(tcp, "tcp");
            Objects.requireNonNull(tcpTransitory, "tcpTransitory");
        }
    }

    /**
     * A port of the pool that always leads to a port of an IPv6 host.
     *
     * @param address of the pool
     * @param port of the address, 1 to 65535
     * @param host the IPv6 host
     * @param hostPort its port, 1 to 65535
     */
    public record Binding(Protocol protocol, InetAddress address, int port, InetAddress host, int hostPort) {
        public Binding {
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(address, "address");
            Range.TRANSPORT_PORT.check(port, "port");
            Objects.requireNonNull(host, "host");
            Range.TRANSPORT_PORT.check(hostPort, "host port");
        }
    }
}
