package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.CLIENT_ROUTE;
import static io.twoarm.model.lint.LintCase.DIRECTOR_ROUTE;
import static io.twoarm.model.lint.LintCase.DPDK0;
import static io.twoarm.model.lint.LintCase.DPDK2;
import static io.twoarm.model.lint.LintCase.GATEWAY_WAN;
import static io.twoarm.model.lint.LintCase.LAN;
import static io.twoarm.model.lint.LintCase.LIPS;
import static io.twoarm.model.lint.LintCase.RS1_PORT;
import static io.twoarm.model.lint.LintCase.with;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about segments, hosts, addresses and routes. */
final class NetworkCases {
    private NetworkCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "subnets of two segments overlap",
                    "subnet-overlap",
                    with(LAN, "  lan: { subnets: [192.168.229.0/24, 10.0.0.0/8] }\n"),
                    "lan:",
                    "10.0.0.0/8 of segment lan overlaps 10.0.96.0/24 of segment wan"),
            new Found(
                    "a segment has no ports",
                    "segment-unused",
                    with(LAN, LAN + "  dmz: { subnets: [192.0.2.0/24] }\n"),
                    "dmz:",
                    "no port is plugged into segment dmz"),
            new Found(
                    "a host name has an underscore",
                    "host-name",
                    with("  gateway:\n", "  gate_way:\n"),
                    "gate_way:",
                    "\"gate_way\" is not a host name"),
            new Found(
                    "a host has no ports",
                    "host-without-port",
                    with("hosts:\n", "hosts:\n  spare: { role: client }\n"),
                    "spare:",
                    "host spare has no port"),
            new Found(
                    "a kernel interface has a name of 16 characters",
                    "port-name",
                    with(RS1_PORT, "a234567890123456: { segment: lan, addresses: [192.168.229.1/24] }"),
                    "a234567890123456",
                    "has 16 characters; allowed are 15"),
            new Found(
                    "an af_packet interface has a name of 16 characters",
                    "port-name",
                    with(DPDK0, "dpdk0: { segment: lan, attach: \"af_packet:a234567890123456\" }"),
                    "dpdk0",
                    "interface name \"a234567890123456\" has 16"),
            new Found(
                    "a port names a segment that does not exist",
                    "unknown-segment",
                    with(RS1_PORT, "eth0: { segment: lam, addresses: [192.168.229.1/24] }"),
                    "lam",
                    "there is no segment \"lam\"; the topology has outside, wan, lan",
                    "director-cannot-reach-realserver",
                    "realserver-cannot-reach-lip"),
            new Found(
                    "a realserver's port is attached to a dataplane",
                    "attach-without-dataplane",
                    with(RS1_PORT, "eth0: { segment: lan, attach: af_packet, addresses: [192.168.229.1/24] }"),
                    "attach: af_packet, addresses",
                    "but the host is no director"),
            new Found(
                    "a director is on a wire with jumbo packets",
                    "bundled-mtu-1500",
                    with(LAN, "  lan: { subnets: [192.168.229.0/24], mtu: 9000 }\n"),
                    "dpdk0:",
                    "port dpdk0 of director is on segment lan, whose MTU is 9000"),
            new Found(
                    "two ports share an interface",
                    "nic-used-twice",
                    with(DPDK2, "dpdk2: { segment: wan, attach: \"af_packet:dpdk0\" }"),
                    "dpdk2:",
                    "interface dpdk0 of director belongs to port dpdk2 and to port dpdk0"),
            new Found(
                    "an echo port stands twice",
                    "echo-port-twice",
                    text -> text.replaceFirst("echo: \\[80]", "echo: [80, 80]"),
                    "echo: [80, 80]",
                    "echo port 80 of rs1 stands twice"),
            new Found(
                    "two hosts have the same SSH endpoint",
                    "ssh-endpoint-twice",
                    text -> text.replace(
                            "    role: realserver\n", "    role: realserver\n    ssh: { address: 192.0.2.10 }\n"),
                    "ssh:",
                    "hosts rs1 and rs2 have the same SSH endpoint, 192.0.2.10 port 22"),
            new Found(
                    "an address lies outside of its segment",
                    "address-outside-segment",
                    with(GATEWAY_WAN, "      eth1: { segment: wan, addresses: [10.0.96.254/24, 10.1.0.1/24] }\n"),
                    "eth1:",
                    "10.1.0.1/24 of gateway lies in no subnet of segment wan, which has 10.0.96.0/24"),
            new Found(
                    "a prefix length is not the subnet's",
                    "prefix-length-differs",
                    with(GATEWAY_WAN, "      eth1: { segment: wan, addresses: [10.0.96.254/16] }\n"),
                    "eth1:",
                    "10.0.96.254/16 of gateway lies in the subnet 10.0.96.0/24"),
            new Found(
                    "a LIP is the broadcast address",
                    "address-not-usable",
                    with(LIPS, "addresses: [192.168.229.255]"),
                    "lan-lips:",
                    "192.168.229.255, the LIP of director's port dpdk0, is the broadcast address of 192.168.229.0/24"),
            new Found(
                    "a VIP is the network address",
                    "address-not-usable",
                    with("vip: 10.0.96.204", "vip: 10.0.96.0"),
                    "vip:",
                    "the network address of 10.0.96.0/24"),
            new Found(
                    "a VIP is multicast",
                    "address-not-usable",
                    with("vip: 10.0.96.204", "vip: 224.0.0.18"),
                    "vip:",
                    "a multicast address",
                    "vip-outside-subnet",
                    "client-cannot-reach-vip"),
            new Found(
                    "a VIP is also the gateway's address",
                    "duplicate-address",
                    with("vip: 10.0.96.204", "vip: 10.0.96.254"),
                    "vip:",
                    "10.0.96.254 is the address of gateway's port eth1 and also the VIP of director's port dpdk2"),
            new Found(
                    "a LIP is also a realserver's address",
                    "duplicate-address",
                    with(LIPS, "addresses: [192.168.229.2]"),
                    "lan-lips:",
                    "192.168.229.2 is the address of rs2's port eth0 and also the LIP of director's port dpdk0"),
            new Found(
                    "a route leaves through a port that does not exist",
                    "unknown-route-port",
                    with(DIRECTOR_ROUTE, "{ to: default, via: 10.0.96.254, port: dpdk1 }"),
                    "port: dpdk1",
                    "director has no port \"dpdk1\"; it has dpdk0, dpdk2",
                    "director-cannot-reach-client"),
            new Found(
                    "a gateway is of the other family",
                    "route-family",
                    with(
                            CLIENT_ROUTE,
                            "{ to: default, via: 172.16.0.254 }\n      - { to: \"::/0\", via: 172.16.0.254 }"),
                    "::/0",
                    "the route of client to ::/0 has the gateway 172.16.0.254"),
            new Found(
                    "a host is its own gateway",
                    "gateway-is-self",
                    with(CLIENT_ROUTE, "{ to: default, via: 172.16.0.1 }"),
                    "via: 172.16.0.1 ",
                    "172.16.0.1 is client's own address",
                    "client-cannot-reach-vip"),
            new Found(
                    "a gateway is not on-link",
                    "gateway-not-on-link",
                    with(CLIENT_ROUTE, "{ to: default, via: 172.16.1.254 }"),
                    "via: 172.16.1.254",
                    "gateway 172.16.1.254 is not on-link on client; on-link there: 172.16.0.0/24",
                    "client-cannot-reach-vip"),
            new Found(
                    "a gateway is on-link on another port than the route's",
                    "gateway-not-on-link",
                    with(DIRECTOR_ROUTE, "{ to: default, via: 10.0.96.254, port: dpdk0 }"),
                    "port: dpdk0 }",
                    "on port dpdk0 of director; on-link there: 192.168.229.0/24",
                    "director-cannot-reach-client"),
            new Found(
                    "a gateway is not drawn",
                    "gateway-not-drawn",
                    with(CLIENT_ROUTE, "{ to: default, via: 172.16.0.253 }"),
                    "via: 172.16.0.253",
                    "no host on segment outside has the gateway's address 172.16.0.253"),
            new Found(
                    "a host has two default routes",
                    "route-twice",
                    with(CLIENT_ROUTE, CLIENT_ROUTE + "\n      - { to: 0.0.0.0/0, port: eth0 }"),
                    "0.0.0.0/0, port: eth0",
                    "client has two routes to 0.0.0.0/0"));
}
