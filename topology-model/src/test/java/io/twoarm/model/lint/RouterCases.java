package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.in;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about Vyatta and VyOS routers and about connections that are synced. */
final class RouterCases {
    private static final String PAIR = "vyatta-nat-pair";
    private static final String LINUX = "nat-gateway-pair";

    private RouterCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "a router balances",
                    "router-service",
                    in("lvs-nat-two-networks", "kind: ipvs", "kind: vyos"),
                    "director: director",
                    "service web is on director, a router"),
            new Found(
                    "routers are an ECMP cluster",
                    "router-cluster",
                    in(
                            PAIR,
                            "    type: vrrp\n    members: [R1, R2]\n    advertInterval: 1s\n    preempt: true\n"
                                    + "    syncPort: eth1\n    instances:\n"
                                    + "      wan: { port: eth0, family: ipv4, virtualRouterId: 1 }\n"
                                    + "      protected: { port: eth2, family: ipv4, virtualRouterId: 2,"
                                    + " addresses: [192.168.100.1] }\n",
                            "    type: ecmp\n    members: [R1, R2]\n    autonomousSystem: 65001\n"
                                    + "    peers: [{ router: gateway, autonomousSystem: 65000 }]\n"),
                    "members: [R1, R2]",
                    "group MAIN-GW is an ECMP cluster of routers",
                    "nat-under-ecmp-gateway",
                    "gateway-not-drawn",
                    "gateway-not-drawn"),
            new Found(
                    "a router's port has a free name",
                    "router-port-name",
                    in(
                            PAIR,
                            "eth1: { segment: sync, addresses: [10.10.10.2/24] }",
                            "eth1: { segment: sync, addresses: [10.10.10.2/24] }\n"
                                    + "      uplink: { segment: sync, addresses: [10.10.10.9/24] }"),
                    "uplink:",
                    "port uplink of R1 (vyatta) is not called like an interface"),
            new Found(
                    "a router's VLAN is not called as the router calls it",
                    "router-port-name",
                    in(
                            PAIR,
                            "eth1: { segment: sync, addresses: [10.10.10.2/24] }",
                            "eth1: { segment: sync, attach: \"vlan:eth2\", addresses: [10.10.10.2/24] }",
                            "10.10.10.0/24] }",
                            "10.10.10.0/24], vlan: 7 }"),
                    "eth1:",
                    "port eth1 of R1 (vyatta) is not called like an interface"),
            new Found(
                    "a router's way out has IPv6",
                    "router-ipv6",
                    in(
                            PAIR,
                            "addresses: [10.10.0.101]",
                            "addresses: [10.10.0.101, \"2001:db8::1\"]",
                            "  wan: { subnets: [10.10.0.0/24] }",
                            "  wan: { subnets: [10.10.0.0/24, \"2001:db8::/64\"] }",
                            "      wan: { port: eth0, family: ipv4, virtualRouterId: 1 }",
                            "      wan: { port: eth0, family: ipv4, virtualRouterId: 1 }\n"
                                    + "      wan6: { port: eth0, family: ipv6, virtualRouterId: 3 }"),
                    "wan6:",
                    "instance wan6 of group MAIN-GW is IPv6",
                    "router-ipv6",
                    "router-nat-addresses"),
            new Found(
                    "a router's way out has addresses with a gap",
                    "router-nat-addresses",
                    in(PAIR, "addresses: [10.10.0.101]", "addresses: [10.10.0.101, 10.10.0.105]"),
                    "addresses: [10.10.0.101, 10.10.0.105]",
                    "the addresses of NAT gateway way-out of MAIN-GW do not follow each other"),
            new Found(
                    "routers advertise twice a second",
                    "router-interval",
                    in(PAIR, "advertInterval: 1s", "advertInterval: 500ms"),
                    "advertInterval",
                    "group MAIN-GW of routers advertises every 500 ms"),
            new Found(
                    "a pair of DPVS has a port that syncs",
                    "sync-without-effect",
                    in("keepalived-pair", "    type: vrrp\n", "    type: vrrp\n    syncPort: bond1\n"),
                    "syncPort",
                    "group pair has a syncPort, but directors that sync no connections",
                    "sync-port-without-address"),
            new Found(
                    "a member lacks the port that syncs",
                    "sync-port-unknown",
                    in(LINUX, "syncPort: eth1", "syncPort: eth7"),
                    "syncPort",
                    "member r1 of group main-gw has no port eth7"),
            new Found(
                    "a port that syncs has no address",
                    "sync-port-without-address",
                    in(
                            LINUX,
                            "eth1: { segment: sync, addresses: [10.10.10.3/24] }",
                            "eth1: { segment: sync, addresses: [] }"),
                    "syncPort",
                    "port eth1 of member r2 has no IPv4 address"),
            new Found(
                    "connections are synced on the wire of clients",
                    "sync-port-shared",
                    in(LINUX, "syncPort: eth1", "syncPort: eth2"),
                    "syncPort",
                    "group main-gw syncs connections over eth2, which has a VRRP instance"),
            new Found(
                    "a dataplane is to filter",
                    "firewall-without-effect",
                    in(
                            "snat-gateway",
                            "sources: [192.168.229.0/24] }",
                            "sources: [192.168.229.0/24], firewall: true }"),
                    "way-out:",
                    "NAT gateway way-out of director has a firewall"));
}
