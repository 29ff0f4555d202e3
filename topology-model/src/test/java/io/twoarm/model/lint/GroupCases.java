package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.in;
import static io.twoarm.model.lint.LintCase.nat64OnDpvs;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about groups of directors, NAT gateways and resources, each in the starter that comes nearest. */
final class GroupCases {
    private GroupCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "a pair has an unknown member",
                    "group-unknown-member",
                    in("keepalived-pair", "members: [lb1, lb2]", "members: [lb1, lb2, lb3]"),
                    "members:",
                    "there is no director \"lb3\"; the topology has lb1, lb2",
                    "lip-share-missing"),
            new Found(
                    "a group is called like a host",
                    "group-name-taken",
                    in("keepalived-pair", "  pair:\n", "  lb1:\n"),
                    "lb1:",
                    "group lb1 is called like a host",
                    "director-without-service",
                    "director-without-service",
                    "vrrp-instance-unused",
                    "vrrp-instance-unused",
                    "unknown-director",
                    "unknown-director",
                    "unknown-director",
                    "unknown-director",
                    "unknown-director"),
            new Found(
                    "a pair has one member",
                    "group-of-one",
                    in("keepalived-pair", "members: [lb1, lb2]", "members: [lb1]"),
                    "members:",
                    "group pair has one member",
                    "director-without-service"),
            new Found(
                    "a director is in a group twice",
                    "group-member-twice",
                    in("keepalived-pair", "members: [lb1, lb2]", "members: [lb1, lb2, lb1]"),
                    "members:",
                    "lb1 of group pair is a member of group pair already",
                    "lip-share-missing"),
            new Found(
                    "the members of a cluster differ in kind",
                    "group-kinds-differ",
                    in(
                            "ecmp-cluster",
                            "  lb1:\n    role: director\n    kind: dpvs\n",
                            "  lb1:\n    role: director\n    kind: bundled\n"),
                    "members: [lb1, lb2, lb3]",
                    "group cluster has directors of the kinds bundled and dpvs",
                    "bundled-group"),
            new Found(
                    "ports of one name are on two wires",
                    "group-wires-differ",
                    in(
                            "ecmp-cluster",
                            "        segment: wan\n        attach: \"pci:0000:5e:00.0\"\n        kernelAddresses: [10.0.96.13/24]",
                            "        segment: lan\n        attach: \"pci:0000:5e:00.0\"\n        kernelAddresses: [192.168.229.99/24]"),
                    "members:",
                    "port dpdk2 of group cluster is on the segments lan, wan",
                    "director-cannot-reach-client",
                    "gateway-not-on-link",
                    "ecmp-peer-not-on-wire"),
            new Found(
                    "a pair shares one local address",
                    "lip-share-missing",
                    in(
                            "keepalived-pair",
                            "addresses: [192.168.229.201, 192.168.229.202]",
                            "addresses: [192.168.229.201]"),
                    "lan-lips:",
                    "pool lan-lips has 1 addresses for 2 directors"),
            new Found(
                    "three local addresses are for two directors",
                    "lip-share-uneven",
                    in(
                            "keepalived-pair",
                            "addresses: [192.168.229.201, 192.168.229.202]",
                            "addresses: [192.168.229.201, 192.168.229.202, 192.168.229.203]"),
                    "lan-lips:",
                    "pool lan-lips has 3 addresses for 2 directors"),
            new Found(
                    "nobody moves the IPv6 VIPs",
                    "vrrp-instance-missing",
                    in("keepalived-pair", "      wan6: { port: bond2, family: ipv6, virtualRouterId: 202 }\n", ""),
                    "vip:",
                    "group pair has no instance for 2001:db8:96::201 on port bond2 and family ipv6",
                    "vrrp-instance-missing"),
            new Found(
                    "an instance moves nothing",
                    "vrrp-instance-unused",
                    in(
                            "keepalived-pair",
                            "      wan4: {",
                            "      lan4: { port: bond1, family: ipv4, virtualRouterId: 203 }\n      wan4: {"),
                    "lan4:",
                    "instance lan4 of group pair has no address"),
            new Found(
                    "two instances move the same addresses",
                    "vrrp-instance-twice",
                    in(
                            "keepalived-pair",
                            "      wan4: {",
                            "      more: { port: bond2, family: ipv4, virtualRouterId: 203 }\n      wan4: {"),
                    "wan4:",
                    "instances more and wan4 of group pair have the same port and family"),
            new Found(
                    "an instance is on a port that nobody has",
                    "vrrp-unknown-port",
                    in(
                            "keepalived-pair",
                            "      wan4: {",
                            "      far4: { port: bond9, family: ipv4, virtualRouterId: 203 }\n      wan4: {"),
                    "far4:",
                    "lb1 has no port \"bond9\"; it has bond1, bond2"),
            new Found(
                    "two groups have the same VRID",
                    "vrid-clash",
                    in(
                            "keepalived-pair",
                            "      wan4: {",
                            "      lan4: { port: bond2, family: ipv4, virtualRouterId: 201 }\n      wan4: {"),
                    "wan4:",
                    "VRID 201 of pair.wan4 on segment wan is that of pair.lan4",
                    "vrrp-instance-twice"),
            new Found(
                    "an IPv4 instance has an IPv6 address",
                    "vrrp-address-family",
                    in(
                            "keepalived-pair",
                            "family: ipv4, virtualRouterId: 201 }",
                            "family: ipv4, virtualRouterId: 201, addresses: [\"2001:db8:96::250\"] }"),
                    "wan4:",
                    "2001:db8:96::250 is no ipv4 address"),
            new Found(
                    "a shared address is on no wire",
                    "vrrp-shared-outside-subnet",
                    in(
                            "keepalived-pair",
                            "family: ipv4, virtualRouterId: 201 }",
                            "family: ipv4, virtualRouterId: 201, addresses: [10.0.69.250] }"),
                    "wan4:",
                    "10.0.69.250 lies in no subnet of segment wan; it has 10.0.96.0/24"),
            new Found(
                    "advertisements have no sender",
                    "vrrp-without-address",
                    in("keepalived-pair", "        kernelAddresses: [10.0.96.199/24]\n", ""),
                    "bond2:",
                    "port bond2 of lb2 has no IPv4 address of its own for the advertisements of wan4"),
            new Found(
                    "a password is too long",
                    "vrrp-password-length",
                    in("keepalived-pair", "password: dpvstest", "password: dpvstest1"),
                    "password",
                    "the password of group pair has 9 characters"),
            new Found(
                    "a password is for version 3",
                    "vrrp-password-ignored",
                    in("keepalived-pair", "advertInterval: 1s", "advertInterval: 300ms"),
                    "password",
                    "group pair has a password, and no instance that could use it"),
            new Found(
                    "an interval fits no field",
                    "vrrp-interval",
                    in("keepalived-pair", "advertInterval: 1s", "advertInterval: 60s"),
                    "advertInterval",
                    "the interval of group pair is 60000 ms"),
            new Found(
                    "a cluster has no peer",
                    "ecmp-without-peer",
                    in(
                            "ecmp-cluster",
                            "    peers:\n      - { router: gateway, autonomousSystem: 65000 }\n",
                            "    peers: []\n"),
                    "peers:",
                    "cluster cluster has no peers",
                    "client-cannot-reach-vip"),
            new Found(
                    "a cluster has an unknown peer",
                    "ecmp-unknown-router",
                    in(
                            "ecmp-cluster",
                            "{ router: gateway, autonomousSystem: 65000 }",
                            "{ router: gatewya, autonomousSystem: 65000 }"),
                    "gatewya",
                    "there is no router \"gatewya\"; the topology has gateway",
                    "client-cannot-reach-vip"),
            new Found(
                    "a member has no address for BGP",
                    "ecmp-peer-not-on-wire",
                    in("ecmp-cluster", "        kernelAddresses: [10.0.96.12/24]\n", ""),
                    "router: gateway",
                    "lb2 and gateway have no IPv4 addresses of their kernels"),
            new Found(
                    "an announced VIP is on a wire",
                    "ecmp-vip-on-wire",
                    in("ecmp-cluster", "vip: 10.9.9.9", "vip: 10.0.96.99"),
                    "vip:",
                    "VIP 10.0.96.99 of cluster cluster lies in a subnet of segment wan"),
            new Found(
                    "a cluster has an IPv6 VIP",
                    "ecmp-ipv4-only",
                    in("ecmp-cluster", "vip: 10.9.9.9", "vip: \"2001:db8:9::9\""),
                    "vip:",
                    "VIP 2001:db8:9::9 of cluster cluster is an IPv6 address"),
            new Found(
                    "a NAT gateway serves nobody",
                    "nat-gateway-empty",
                    in("snat-gateway", "sources: [192.168.229.0/24]", "sources: []"),
                    "way-out:",
                    "NAT gateway way-out has no sources"),
            new Found(
                    "a NAT gateway lacks a family",
                    "nat-gateway-family",
                    in("snat-gateway", "sources: [192.168.229.0/24]", "sources: [192.168.229.0/24, \"2001:db8::/64\"]"),
                    "way-out:",
                    "NAT gateway way-out has no address of the family of 2001:db8::/64"),
            new Found(
                    "a NAT address is on no wire",
                    "nat-address-outside-subnet",
                    in(
                            "snat-gateway",
                            "port: eth0, addresses: [203.0.113.10]",
                            "port: eth0, addresses: [203.0.131.10]"),
                    "way-out:",
                    "203.0.131.10 lies in no subnet of segment outside; it has 203.0.113.0/24"),
            new Found(
                    "a NAT gateway serves its outside",
                    "nat-source-on-outside",
                    in("snat-gateway", "sources: [192.168.229.0/24]", "sources: [203.0.113.0/24]"),
                    "way-out:",
                    "203.0.113.0/24 is on the outside wire of NAT gateway way-out"),
            new Found(
                    "a cluster is a NAT gateway",
                    "nat-under-ecmp-gateway",
                    in(
                            "ecmp-cluster",
                            "virtualServices:\n",
                            "natGateways:\n  out: { director: cluster, port: dpdk2, addresses: [10.0.96.100], sources: [192.168.229.0/24] }\nvirtualServices:\n"),
                    "out:",
                    "NAT gateway out is on the ECMP cluster cluster"),
            new Found(
                    "a director has 17 workers",
                    "workers-over-queues",
                    in("two-arm-fullnat", "workers: 1,", "workers: 17,"),
                    "dataplane",
                    "director has 17 workers"),
            new Found(
                    "DPVS has three workers",
                    "workers-power-of-two",
                    nat64OnDpvs("workers: 4,", "workers: 3,"),
                    "dataplane",
                    "director has 3 workers"),
            new Found(
                    "DPVS has no hugepages",
                    "dpvs-hugepages",
                    nat64OnDpvs("hugepages: true", "hugepages: false"),
                    "dataplane",
                    "director has no hugepages"),
            new Found(
                    "DPVS has little memory",
                    "dpvs-memory",
                    nat64OnDpvs("memory: 8 GiB", "memory: 2 GiB"),
                    "dataplane",
                    "director has 2048 MiB"),
            new Found(
                    "checks of DPVS have no address",
                    "dpvs-check-without-kernel-address",
                    nat64OnDpvs(", kernelAddresses: [192.168.229.250/24] }", " }"),
                    "director:",
                    "checks of pool web have no kernel address of director"),
            new Found(
                    "a kernel address is on no wire",
                    "kernel-address-outside-segment",
                    nat64OnDpvs("kernelAddresses: [192.168.229.250/24]", "kernelAddresses: [192.168.228.250/24]"),
                    "dpdk0:",
                    "192.168.228.250 of director lies in no subnet of segment lan, which has 192.168.229.0/24"),
            new Found(
                    "an IPv6 wire is too narrow",
                    "ipv6-mtu",
                    in(
                            "fullnat-ipv6",
                            "outside: { subnets: [\"2001:db8:16::/64\"] }",
                            "outside: { subnets: [\"2001:db8:16::/64\"], mtu: 1000 }"),
                    "outside:",
                    "segment outside has IPv6 subnets and an MTU of 1000"),
            new Found(
                    "an IPv6 wire has an unusual length",
                    "ipv6-prefix-length",
                    in(
                            "fullnat-ipv6",
                            "outside: { subnets: [\"2001:db8:16::/64\"] }",
                            "outside: { subnets: [\"2001:db8:16::/64\", \"2001:db8:17::/96\"] }"),
                    "outside:",
                    "subnet 2001:db8:17::/96 of segment outside has the length 96"),
            new Found(
                    "checks last longer than their interval",
                    "check-overlaps-itself",
                    in("two-arm-fullnat", "connectTimeout: 3s", "connectTimeout: 20s"),
                    "check:",
                    "checks of pool web wait 20000 ms"));
}
