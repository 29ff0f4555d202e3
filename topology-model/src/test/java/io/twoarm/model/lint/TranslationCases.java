package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.in;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cases of rules about NAT64 and SIIT besides services. */
final class TranslationCases {
    private static final String PREFIX = "prefix: \"64:ff9b::/96\"";
    private static final String POOL = "pool: 198.51.100.0/28";
    private static final String MAPPING = "{ ipv4: 198.51.100.80/32, ipv6: \"2001:db8:1::80/128\" }";

    private TranslationCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "NAT64 is on DPVS",
                    "translation-kind",
                    in(
                            "ecmp-cluster",
                            "  lb1:\n    role: director\n    kind: dpvs\n    dataplane: { workers: 4, memory: 8 GiB, hugepages: true }",
                            "  lb1:\n    role: director\n    kind: dpvs\n    dataplane: { workers: 4, memory: 8 GiB,"
                                    + " hugepages: true, nat64: { prefix: \"64:ff9b::/96\", pool: 198.51.100.0/28 } }"),
                    "nat64",
                    "lb1 of kind dpvs has nat64",
                    "translation-family-missing",
                    "translation-family-missing",
                    "translation-group-differs",
                    "translation-group-differs"),
            new Found(
                    "a prefix has 80 bits",
                    "translation-prefix",
                    gateway(PREFIX, "prefix: \"64:ff9b::/80\""),
                    "prefix",
                    "NAT64 of director has the prefix 64:ff9b::/80"),
            new Found(
                    "the bits 64 to 71 of a prefix are not 0",
                    "translation-prefix",
                    gateway(PREFIX, "prefix: \"2001:db8:0:1:1000::/96\""),
                    "prefix",
                    "NAT64 of director has the prefix 2001:db8:0:1:1000::/96"),
            new Found(
                    "a prefix is that of the inside wire",
                    "translation-prefix-taken",
                    gateway(PREFIX, "prefix: \"2001:db8:1::/64\""),
                    "prefix",
                    "the prefix 2001:db8:1::/64 of NAT64 overlaps the subnet 2001:db8:1::/64",
                    "translation-unreachable",
                    "translation-unreachable"),
            new Found(
                    "both have one prefix",
                    "translation-prefix-taken",
                    gateway("prefix: \"2001:db8:64::/96\"", PREFIX),
                    "prefix",
                    "the prefix 64:ff9b::/96 of SIIT overlaps that of NAT64, 64:ff9b::/96"),
            new Found(
                    "the director has no IPv4 address",
                    "translation-family-missing",
                    gateway("addresses: [203.0.113.1/24]", "addresses: []"),
                    "ports",
                    "director translates and has no IPv4 address",
                    "gateway-not-drawn"),
            new Found(
                    "a pool has 512 addresses",
                    "nat64-pool-size",
                    gateway(POOL, "pool: 198.18.0.0/23"),
                    "pool",
                    "NAT64 of director has the pool 198.18.0.0/23",
                    "translation-unreachable"),
            new Found(
                    "a pool has a host's address",
                    "nat64-pool-taken",
                    gateway(POOL, "pool: 203.0.113.80/28"),
                    "pool",
                    "the NAT64 pool 203.0.113.80/28 of director overlaps 203.0.113.80, address of server's port eth0",
                    "translation-unreachable"),
            new Found(
                    "a pool has a mapped address",
                    "nat64-pool-taken",
                    gateway(POOL, "pool: 198.51.100.0/24"),
                    "pool",
                    "the NAT64 pool 198.51.100.0/24 of director overlaps 198.51.100.80/32 of a mapping of SIIT"),
            new Found(
                    "a pool is on the wire",
                    "nat64-pool-on-wire",
                    gateway(POOL, "pool: 203.0.113.32/28"),
                    "pool",
                    "the NAT64 pool 203.0.113.32/28 of director lies in the subnet 203.0.113.0/24",
                    "translation-unreachable"),
            new Found(
                    "a binding is outside of the pool",
                    "nat64-binding",
                    gateway(
                            POOL,
                            POOL
                                    + "\n        bindings: [{ address: 198.51.100.99, port: 80, host: \"2001:db8:1::80\" }]"),
                    "bindings",
                    "binding 198.51.100.99:80 is not in the pool 198.51.100.0/28"),
            new Found(
                    "a binding leads to IPv4",
                    "nat64-binding",
                    gateway(
                            POOL,
                            POOL + "\n        bindings: [{ address: 198.51.100.1, port: 80, host: 203.0.113.80 }]"),
                    "bindings",
                    "binding 198.51.100.1:80 leads to 203.0.113.80, which is no IPv6 address"),
            new Found(
                    "sessions of UDP live for a minute",
                    "nat64-timeout",
                    gateway(POOL, POOL + "\n        udpTimeout: 1m"),
                    "udpTimeout",
                    "the lifetime is 60000 ms; allowed is 120 to 86400 whole seconds"),
            new Found(
                    "two mappings have one address",
                    "siit-mapping",
                    gateway(
                            MAPPING,
                            MAPPING + "\n          - { ipv4: 198.51.100.80/32, ipv6: \"2001:db8:1::81/128\" }"),
                    "2001:db8:1::81",
                    "one side of the mapping of 198.51.100.80/32 to 2001:db8:1::81/128 is mapped already"),
            new Found(
                    "a mapping leaves no room",
                    "siit-mapping",
                    gateway(MAPPING, "{ ipv4: 198.51.100.80/28, ipv6: \"2001:db8:1::80/128\" }"),
                    "2001:db8:1::80/128",
                    "the mapping of 198.51.100.80/28 to 2001:db8:1::80/128 has not an IPv4 network"),
            new Found(
                    "SIIT says nothing",
                    "siit-empty",
                    gateway(
                            "      siit:\n        prefix: \"2001:db8:64::/96\"\n        mappings:\n          - "
                                    + MAPPING + "\n",
                            "      siit: {}\n"),
                    "siit",
                    "SIIT of director has no prefix and no mappings"),
            new Found(
                    "one of a pair has NAT64",
                    "translation-group-differs",
                    in(
                            "bundled-pair",
                            "  lb2:\n    role: director\n    kind: bundled\n    dataplane: { workers: 1, memory: 512 MiB, hugepages: false }",
                            "  lb2:\n    role: director\n    kind: bundled\n    dataplane: { workers: 1, memory: 512 MiB,"
                                    + " hugepages: false, nat64: { prefix: \"64:ff9b::/96\", pool: 198.51.100.0/28 } }"),
                    "dataplane",
                    "lb2 translates otherwise than lb1 of group pair",
                    "translation-family-missing",
                    "translation-family-missing",
                    "translation-unreachable",
                    "translation-unreachable",
                    "translation-unreachable",
                    "translation-unreachable"),
            new Found(
                    "an IPv6-only host has no route to the prefix",
                    "translation-unreachable",
                    gateway(
                            "    # The director is a router for the prefix.\n    routes:\n      - { to: default, via: \"2001:db8:1::fe\" }\n",
                            ""),
                    "pc:",
                    "pc cannot reach 64:ff9b::/96, which director translates: pc has no route to 64:ff9b::",
                    "translation-unreachable"));

    private static UnaryOperator<String> gateway(String... findAndReplace) {
        return in("nat64-gateway", findAndReplace);
    }
}
