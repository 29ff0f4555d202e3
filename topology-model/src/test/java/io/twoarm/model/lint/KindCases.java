package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.in;
import static io.twoarm.model.lint.LintCase.nat64OnDpvs;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about what kinds of directors can do and what each mode needs, each in the starter that comes nearest. */
final class KindCases {
    private KindCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "a cluster has a bundled director",
                    "bundled-group",
                    in(
                            "ecmp-cluster",
                            "  lb1:\n    role: director\n    kind: dpvs\n",
                            "  lb1:\n    role: director\n    kind: bundled\n"),
                    "members: [lb1, lb2, lb3]",
                    "lb1 of group cluster is a director of kind bundled",
                    "group-kinds-differ"),
            new Found(
                    "a bundled director tells the client by UOA",
                    "bundled-client-address",
                    in("two-arm-fullnat", "clientAddress: toa", "clientAddress: uoa"),
                    "clientAddress",
                    "service web of director (bundled) asks for uoa",
                    "uoa-for-tcp"),
            new Found(
                    "the kernel balances by FullNAT",
                    "ipvs-mode",
                    in("lvs-nat-two-networks", "mode: nat", "mode: fullnat"),
                    "mode:",
                    "service web of director (ipvs) is in mode fullnat",
                    "fullnat-without-lip"),
            new Found(
                    "the kernel is to keep a packet rate",
                    "traffic-limit-kind",
                    in("lvs-nat-two-networks", "clientAddress: none", "clientAddress: none\n    packetRate: 5000"),
                    "packetRate",
                    "service web of director (ipvs) has a limit that nobody keeps"),
            new Found(
                    "DPVS is to keep a bandwidth",
                    "traffic-limit-kind",
                    nat64OnDpvs("clientAddress: proxy_v2", "clientAddress: proxy_v2\n    bandwidth: 200"),
                    "bandwidth",
                    "(dpvs) has a limit that nobody keeps"),
            new Found(
                    "the kernel passes the client by TOA",
                    "ipvs-client-address",
                    in("lvs-nat-two-networks", "clientAddress: none", "clientAddress: toa"),
                    "clientAddress",
                    "service web of director (ipvs) asks for toa"),
            new Found(
                    "the kernel has no conhash",
                    "ipvs-scheduler",
                    in("lvs-nat-two-networks", "scheduler: wlc", "scheduler: conhash"),
                    "scheduler",
                    "service web of director (ipvs) uses conhash"),
            new Found(
                    "DPVS has no lc",
                    "dpvs-scheduler",
                    nat64OnDpvs("scheduler: rr", "scheduler: lc"),
                    "scheduler",
                    "service web of director (dpvs) uses lc; allowed is rr, wrr, wlc, conhash, mh, fo"),
            new Found(
                    "a port of the kernel has kernelAddresses",
                    "kernel-address-without-twin",
                    in(
                            "lvs-nat-two-networks",
                            "addresses: [192.168.2.9/24] }",
                            "addresses: [192.168.2.9/24], kernelAddresses: [192.168.2.8/24] }"),
                    "eth0:",
                    "port eth0 of director has kernelAddresses"),
            new Found(
                    "a bond has mode 6",
                    "bond-mode",
                    in("bonded-two-arm-lacp", "segment: wan, bond: { mode: 4", "segment: wan, bond: { mode: 6"),
                    "bond2",
                    "bond bond2 of director has mode 6"),
            new Found(
                    "a bond has one NIC",
                    "bond-members",
                    in(
                            "bonded-two-arm-lacp",
                            "members: [\"pci:0000:5e:00.0\", \"pci:0000:5e:00.1\"]",
                            "members: [\"pci:0000:5e:00.0\"]"),
                    "bond2",
                    "bond bond2 of director has 1 NICs"),
            new Found(
                    "a bond has no number",
                    "bond-name",
                    in(
                            "bonded-two-arm-lacp",
                            "bond2: { segment: wan",
                            "bondwan: { segment: wan",
                            "port: bond2 }",
                            "port: bondwan }",
                            "    port: bond2\n",
                            "    port: bondwan\n"),
                    "bondwan",
                    "bond bondwan of director has no number"),
            new Found(
                    "an IPv4 VIP has IPv6 realservers",
                    "fullnat-4-to-6",
                    in(
                            "fullnat-ipv6",
                            "    kind: bundled\n",
                            "    kind: dpvs\n",
                            "workers: 1, memory: 512 MiB, hugepages: false",
                            "workers: 4, memory: 8 GiB, hugepages: true",
                            "wan: { subnets: [\"2001:db8:96::/64\"] }",
                            "wan: { subnets: [\"2001:db8:96::/64\", 10.0.96.0/24] }",
                            "vip: \"2001:db8:96::201\"",
                            "vip: 10.0.96.201"),
                    "realservers:",
                    "service web has the IPv4 VIP 10.0.96.201 and the IPv6 realserver 2001:db8:229::1",
                    "dpvs-check-without-kernel-address"),
            new Found(
                    "NAT leads to another family",
                    "mode-family",
                    in(
                            "lvs-nat-two-networks",
                            "wan: { subnets: [192.168.2.0/24] }",
                            "wan: { subnets: [192.168.2.0/24, \"2001:db8::/64\"] }",
                            "vip: 192.168.2.110",
                            "vip: \"2001:db8::110\""),
                    "realservers:",
                    "VIP 2001:db8::110 of service web is IPv6, realserver 192.168.1.11 is IPv4"),
            new Found(
                    "a tunnel leads to another family",
                    "tunnel-family",
                    in(
                            "lvs-tunnel",
                            "wan: { subnets: [192.168.2.0/24] }",
                            "wan: { subnets: [192.168.2.0/24, \"2001:db8::/64\"] }",
                            "vip: 192.168.2.110",
                            "vip: \"2001:db8::110\""),
                    "realservers:",
                    "VIP 2001:db8::110 of service web is IPv6"),
            new Found(
                    "direct routing changes the port",
                    "port-not-kept",
                    in("lvs-dr", "servicePort: 80", "servicePort: 8080"),
                    "servicePort",
                    "service web is on port 8080, its realserver 192.168.1.11 on port 80"),
            new Found(
                    "direct routing crosses a router",
                    "dr-not-on-wire",
                    in("lvs-tunnel", "mode: tunnel", "mode: dr"),
                    "mode:",
                    "realserver rs1 of service web is on segment far, where director has no port"),
            new Found(
                    "a NAT service names local addresses",
                    "lip-without-use",
                    in(
                            "lvs-nat-two-networks",
                            "    realservers: web\n",
                            "    localAddresses: lips\n    realservers: web\n",
                            "realserverPools:\n",
                            "localAddressPools:\n  lips: { director: director, port: eth1, addresses: [192.168.1.200] }\nrealserverPools:\n"),
                    "localAddresses: lips",
                    "service web names the pool lips and is not in mode fullnat"),
            new Found(
                    "a realserver of one network answers directly",
                    "nat-answers-pass-by",
                    in("lvs-nat-one-network", "addresses: [192.168.1.11/32]", "addresses: [192.168.1.11/24]"),
                    "rs1:",
                    "answers of rs1 to client do not pass director"),
            new Found(
                    "a realserver of direct routing has no way to clients",
                    "realserver-cannot-reach-client",
                    in(
                            "lvs-dr",
                            "      eth0: { segment: lan, addresses: [192.168.1.11/24] }\n    routes:\n      - { to: default, via: 192.168.1.254 }\n",
                            "      eth0: { segment: lan, addresses: [192.168.1.11/24] }\n"),
                    "rs1:",
                    "rs1 cannot reach client client: rs1 has no route to 172.16.0.1"),
            new Found(
                    "a cluster balances by NAT",
                    "nat-under-ecmp",
                    in("ecmp-cluster", "mode: fullnat", "mode: nat"),
                    "mode:",
                    "service web of the ECMP cluster cluster is in mode nat",
                    "nat-answers-pass-by",
                    "nat-answers-pass-by",
                    "lip-without-use",
                    "toa-without-fullnat"),
            new Found(
                    "a tunnel of DPVS passes the client",
                    "toa-without-fullnat",
                    in(
                            "lvs-tunnel",
                            "kind: ipvs",
                            "kind: dpvs\n    dataplane: { workers: 1, memory: 8 GiB, hugepages: true }",
                            "eth0: { segment: wan, addresses: [192.168.2.9/24] }",
                            "eth0: { segment: wan, attach: af_packet, addresses: [192.168.2.9/24] }",
                            "clientAddress: none",
                            "clientAddress: toa"),
                    "clientAddress",
                    "service web is not in mode fullnat and passes"),
            new Found(
                    "a TCP service asks for UOA",
                    "uoa-for-tcp",
                    nat64OnDpvs("clientAddress: proxy_v2", "clientAddress: uoa"),
                    "clientAddress",
                    "TCP service web asks for UOA"),
            new Found(
                    "a server that may not listen for IPv6 gets IPv6 clients by TOA",
                    "toa-nat64",
                    in("nat64", "  rs1:\n    role: realserver\n    echo: [80]\n", "  rs1:\n    role: realserver\n"),
                    "clientAddress",
                    "service web passes IPv6 clients' addresses by TOA to the IPv4 server rs1 port 80"),
            new Found(
                    "two services of a port differ in the PROXY protocol",
                    "proxy-protocol-mixed",
                    in(
                            "keepalived-pair",
                            "  web-1:\n    director: pair\n    port: bond2\n    vip: 10.0.96.201\n    protocol: tcp\n    servicePort: 80\n    mode: fullnat\n    scheduler: rr\n    localAddresses: lan-lips\n    realservers: web\n    clientAddress: toa",
                            "  web-1:\n    director: pair\n    port: bond2\n    vip: 10.0.96.201\n    protocol: tcp\n    servicePort: 80\n    mode: fullnat\n    scheduler: rr\n    localAddresses: lan-lips\n    realservers: web\n    clientAddress: proxy_v2"),
                    "clientAddress: proxy_v2",
                    "192.168.229.1 port 80 gets service web-1 with the PROXY protocol"),
            new Found(
                    "round robin has different weights",
                    "weights-without-effect",
                    in(
                            "two-arm-fullnat",
                            "address: 192.168.229.1, port: 80, weight: 1",
                            "address: 192.168.229.1, port: 80, weight: 2"),
                    "scheduler: rr",
                    "pool web has different weights, and service web ignores them"));
}
