package io.twoarm.director.forward;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.address.Ipv6Address;
import io.twoarm.director.nat64.Nat64Definition;
import io.twoarm.director.nat64.Nat64Protocol;
import io.twoarm.director.nat64.StaticBinding;
import io.twoarm.director.siit.TranslationPrefix;
import java.util.List;

/**
 * NAT64 of the test director: prefix 64:ff9b::/96, pool 203.0.113.1, whose port 8080 leads to port 80 of 2001:db8:229::2 in
 * TCP, and port 5300 to 53 in UDP.
 */
final class StatefulTranslation {
    private static final Ipv4Address POOL = (Ipv4Address) IpAddress.parse("203.0.113.1");
    private static final Ipv6Address HOST = Ipv6Address.parse("2001:db8:229::2");

    private StatefulTranslation() {}

    static Nat64Definition definition(int bindings, int sessions) {
        IpAddress prefix = IpAddress.parse("64:ff9b::");
        return Nat64Definition.of(
                        new TranslationPrefix(prefix.high(), prefix.low(), 96),
                        List.of((int) POOL.low()),
                        bindings,
                        sessions)
                .withBindings(List.of(
                        new StaticBinding(Nat64Protocol.TCP, POOL, 8080, HOST, 80),
                        new StaticBinding(Nat64Protocol.UDP, POOL, 5300, HOST, 53)));
    }

    static ForwardingTables tables(ForwardingTables tables) {
        return added(DirectorTables.withIpv6(tables));
    }

    /** Added to tables that have addresses of both families. */
    static ForwardingTables added(ForwardingTables tables) {
        return tables.withNat64(definition(1000, 1000));
    }

    static ForwardingTables filtering(ForwardingTables tables) {
        return DirectorTables.withIpv6(tables).withNat64(definition(1000, 1000).filtering());
    }

    /** With room for two bindings besides those that are configured, and for three sessions. */
    static ForwardingTables small(ForwardingTables tables) {
        return DirectorTables.withIpv6(tables).withNat64(definition(4, 3));
    }
}
