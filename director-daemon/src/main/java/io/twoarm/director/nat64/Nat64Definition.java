package io.twoarm.director.nat64;

import io.twoarm.director.share.WorkerShare;
import io.twoarm.director.siit.TranslationPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stateful NAT64 as configured.
 *
 * @param prefix where IPv4 addresses stand for IPv6 hosts; empty when there is no NAT64
 * @param pool IPv4 addresses that stand for IPv6 hosts, first byte highest
 * @param addressDependent whether only who was sent something may send (RFC 6146, 1.2.3)
 * @param mostBindings ports of the pool in use at most, of all workers together
 * @param mostSessions sessions at most, of all workers together
 * @param udp idle time of UDP, at least 2 minutes (RFC 4787)
 * @param icmp idle time of pings
 * @param tcpEstablished idle time of open connections, at least 2 hours and 4 minutes (RFC 5382)
 * @param tcpTransitory idle time of connections that open or end
 * @param bindings those that are configured
 */
public record Nat64Definition(
        Optional<TranslationPrefix> prefix,
        List<Integer> pool,
        boolean addressDependent,
        int mostBindings,
        int mostSessions,
        Duration udp,
        Duration icmp,
        Duration tcpEstablished,
        Duration tcpTransitory,
        List<StaticBinding> bindings) {
    /** There is no NAT64. */
    public static final Nat64Definition NONE = new Nat64Definition(
            Optional.empty(),
            List.of(),
            false,
            0,
            0,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(7440),
            Duration.ofMinutes(4),
            List.of());

    /** Most addresses of a pool. */
    public static final int LARGEST_POOL = 256;

    public Nat64Definition {
        pool = List.copyOf(pool);
        bindings = List.copyOf(bindings);
        if (pool.size() > LARGEST_POOL) {
            throw new IllegalArgumentException(pool.size() + " addresses in a pool; " + LARGEST_POOL + " allowed");
        }
    }

    /** NAT64 with RFC 6146's times and no configured bindings. */
    public static Nat64Definition of(TranslationPrefix prefix, List<Integer> pool, int bindings, int sessions) {
        return new Nat64Definition(
                Optional.of(prefix),
                pool,
                NONE.addressDependent,
                bindings,
                sessions,
                NONE.udp,
                NONE.icmp,
                NONE.tcpEstablished,
                NONE.tcpTransitory,
                List.of());
    }

    /** The same with address-dependent filtering. */
    public Nat64Definition filtering() {
        return new Nat64Definition(
                prefix, pool, true, mostBindings, mostSessions, udp, icmp, tcpEstablished, tcpTransitory, bindings);
    }

    /** The same with the sizes of one that is in force, if there is one: its memory has been taken. */
    public Nat64Definition sizedAs(Nat64Definition other) {
        if (prefix.isEmpty() || other.prefix.isEmpty()) {
            return this;
        }
        return new Nat64Definition(
                prefix,
                pool,
                addressDependent,
                other.mostBindings,
                other.mostSessions,
                udp,
                icmp,
                tcpEstablished,
                tcpTransitory,
                bindings);
    }

    /** A worker's part: its configured bindings, and room for a share of bindings and sessions. */
    public Nat64Definition part(WorkerShare share) {
        if (share.isAlone()) {
            return this;
        }
        List<StaticBinding> own = bindings.stream()
                .filter(binding -> share.ofPoolPort(binding.outsidePort()) == share.worker())
                .toList();
        return new Nat64Definition(
                prefix,
                pool,
                addressDependent,
                Math.max(Math.ceilDiv(mostBindings, share.workers()), own.size()),
                Math.ceilDiv(mostSessions, share.workers()),
                udp,
                icmp,
                tcpEstablished,
                tcpTransitory,
                own);
    }

    /** The same with configured bindings. */
    public Nat64Definition withBindings(List<StaticBinding> wanted) {
        return new Nat64Definition(
                prefix,
                pool,
                addressDependent,
                mostBindings,
                mostSessions,
                udp,
                icmp,
                tcpEstablished,
                tcpTransitory,
                wanted);
    }
}
