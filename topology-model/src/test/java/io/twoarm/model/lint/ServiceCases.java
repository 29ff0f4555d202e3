package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.CLIENT_ROUTE;
import static io.twoarm.model.lint.LintCase.DIRECTOR_ROUTE;
import static io.twoarm.model.lint.LintCase.DPDK2;
import static io.twoarm.model.lint.LintCase.GATEWAY_WAN;
import static io.twoarm.model.lint.LintCase.LAN;
import static io.twoarm.model.lint.LintCase.POOL;
import static io.twoarm.model.lint.LintCase.RS1_MEMBER;
import static io.twoarm.model.lint.LintCase.RS1_PORT;
import static io.twoarm.model.lint.LintCase.SECOND_SERVICE;
import static io.twoarm.model.lint.LintCase.appended;
import static io.twoarm.model.lint.LintCase.with;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about services, realservers and reachability. */
final class ServiceCases {
    private ServiceCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "a FullNAT service has no LIP",
                    "fullnat-without-lip",
                    text -> text.replace("    localAddresses: lan-lips\n", ""),
                    "  web:",
                    "FullNAT service web has no localAddresses",
                    "lip-pool-unused"),
            new Found(
                    "a service takes the LIPs of another director",
                    "lip-pool-of-other-director",
                    with("  rs1:\n", """
                              other:
                                role: director
                                ports:
                                  dpdk0: { segment: lan, attach: af_packet }
                              rs1:
                            """, POOL, POOL.replace("director: director", "director: other")),
                    "localAddresses: lan-lips",
                    "pool lan-lips belongs to director other, service web to director",
                    "director-without-service"),
            new Found(
                    "LIPs are of another family than a realserver",
                    "lip-family",
                    with(
                            LAN,
                            "  lan: { subnets: [192.168.229.0/24, \"2001:db8::/64\"] }\n",
                            RS1_PORT,
                            "eth0: { segment: lan, addresses: [\"2001:db8::1/64\"] }",
                            RS1_MEMBER,
                            RS1_MEMBER.replace("192.168.229.1", "\"2001:db8::1\"")),
                    "localAddresses: lan-lips",
                    "pool lan-lips has no LIP of the family of realserver 2001:db8::1"),
            new Found(
                    "a VIP lies outside of its wire's subnets",
                    "vip-outside-subnet",
                    with("vip: 10.0.96.204", "vip: 10.0.69.204"),
                    "vip:",
                    "VIP 10.0.69.204 lies in no subnet of segment wan, where port dpdk2 is; it has 10.0.96.0/24",
                    "client-cannot-reach-vip"),
            new Found(
                    "a VIP is reached by a route only",
                    "vip-routed",
                    with(
                            DPDK2,
                            "dpdk2: { segment: wan, attach: af_packet, addresses: [10.0.96.200/24] }",
                            GATEWAY_WAN,
                            GATEWAY_WAN + "    routes:\n      - { to: 10.9.9.9/32, via: 10.0.96.200 }\n",
                            "vip: 10.0.96.204",
                            "vip: 10.9.9.9"),
                    "vip: 10.9.9.9",
                    "VIP 10.9.9.9 lies in no subnet of segment wan"),
            new Found(
                    "two services have the same VIP, protocol and port",
                    "service-port-taken",
                    appended(SECOND_SERVICE),
                    "servicePort: 80",
                    "port already used: tcp 10.0.96.204 port 80 belongs to service web"),
            new Found(
                    "a UDP service asks for TOA",
                    "toa-for-udp",
                    with(
                            "    protocol: tcp",
                            "    protocol: udp",
                            "{ type: tcp, interval: 3s, connectTimeout: 3s, retries: 2, retryDelay: 1s }",
                            "{ type: none }"),
                    "clientAddress: toa",
                    "UDP service web asks for TOA"),
            new Found(
                    "an SCTP service asks for TOA",
                    "client-address-for-sctp",
                    with(
                            "    protocol: tcp",
                            "    protocol: sctp",
                            "{ type: tcp, interval: 3s, connectTimeout: 3s, retries: 2, retryDelay: 1s }",
                            "{ type: none }"),
                    "clientAddress: toa",
                    "SCTP service web passes the client's address"),
            new Found(
                    "a UDP service has a SYN proxy",
                    "syn-proxy-mode",
                    with(
                            "    protocol: tcp",
                            "    protocol: udp\n    synProxy: true",
                            "clientAddress: toa",
                            "clientAddress: none",
                            "{ type: tcp, interval: 3s, connectTimeout: 3s, retries: 2, retryDelay: 1s }",
                            "{ type: none }"),
                    "synProxy",
                    "service web has a SYN proxy and is not of TCP"),
            new Found(
                    "the director's wire is narrower than the realservers'",
                    "toa-mtu-room",
                    with(
                            LAN,
                            "  lan: { subnets: [192.168.229.0/24] }\n  far: { subnets: [192.168.230.0/24], mtu: 9000 }\n",
                            "  rs1:\n",
                            """
                              inner:
                                role: router
                                ports:
                                  eth0: { segment: lan, addresses: [192.168.229.254/24] }
                                  eth1: { segment: far, addresses: [192.168.230.254/24] }
                              rs1:
                            """,
                            RS1_PORT,
                            "eth0: { segment: far, addresses: [192.168.230.1/24] }\n    routes:\n      - { to: default, via: 192.168.230.254 }",
                            DIRECTOR_ROUTE,
                            DIRECTOR_ROUTE + "\n      - { to: 192.168.230.0/24, via: 192.168.229.254 }",
                            RS1_MEMBER,
                            RS1_MEMBER.replace("192.168.229.1", "192.168.230.1")),
                    "clientAddress: toa",
                    "packets for realservers on segment far (MTU 9000) cross segment lan (MTU 1500)"),
            new Found(
                    "a director has no service",
                    "director-without-service",
                    with("  rs1:\n", """
                              idle:
                                role: director
                                ports:
                                  dpdk0: { segment: lan, attach: af_packet }
                              rs1:
                            """),
                    "idle:",
                    "director idle has no virtual service and no NAT gateway"),
            new Found(
                    "a realserver pool is empty",
                    "realserver-pool-empty",
                    text -> text.replaceAll("(?m)^      - \\{ host: rs.*\\n", "")
                            .replace("    members:\n", "    members: []\n"),
                    "members: []",
                    "pool web has no members"),
            new Found(
                    "a member's address is not its host's",
                    "member-address",
                    with(RS1_MEMBER, RS1_MEMBER.replace("192.168.229.1", "192.168.229.3")),
                    "address: 192.168.229.3",
                    "192.168.229.3 is no address of host rs1, which has 192.168.229.1"),
            new Found(
                    "a member stands twice",
                    "member-twice",
                    with(RS1_MEMBER, RS1_MEMBER + RS1_MEMBER),
                    "host: rs1",
                    "192.168.229.1 port 80 stands twice in pool web"),
            new Found(
                    "all weights are 0",
                    "all-weights-zero",
                    text -> text.replace("weight: 1 }", "weight: 0 }"),
                    "members:",
                    "all members of pool web have weight 0"),
            new Found(
                    "a UDP service is checked by TCP",
                    "tcp-check-for-udp",
                    text -> with("    protocol: tcp", "    protocol: udp")
                            .apply(text)
                            .replace("    clientAddress: toa\n", ""),
                    "check:",
                    "pool web is checked by TCP connections and serves the UDP service web"),
            new Found(
                    "a client has no route to the VIP",
                    "client-cannot-reach-vip",
                    with("    routes:\n      - " + CLIENT_ROUTE + "\n", ""),
                    "client:",
                    "client cannot reach VIP 10.0.96.204: client has no route to 10.0.96.204"),
            new Found(
                    "two routers send the client's packets in a circle",
                    "client-cannot-reach-vip",
                    with(GATEWAY_WAN, """
                                routes:
                                  - { to: 10.0.96.0/24, via: 172.16.0.253 }

                              loop:
                                role: router
                                ports:
                                  eth0: { segment: outside, addresses: [172.16.0.253/24] }
                                  eth1: { segment: wan, addresses: [10.0.96.253/24] }
                                routes:
                                  - { to: 10.0.96.204/32, via: 172.16.0.254 }
                            """),
                    "client:",
                    "come back to gateway in a circle",
                    "gateway-not-drawn"),
            new Found(
                    "a host that is no router is taken for a gateway",
                    "client-cannot-reach-vip",
                    with("hosts:\n", """
                            hosts:
                              desk:
                                role: client
                                ports:
                                  eth0: { segment: outside, addresses: [172.16.0.2/24] }
                                routes:
                                  - { to: default, via: 172.16.0.1 }
                            """),
                    "desk:",
                    "desk cannot reach VIP 10.0.96.204: client gets the packets, but does not forward"),
            new Found(
                    "the director has no route back",
                    "director-cannot-reach-client",
                    with("    # Answers to clients leave this way.\n    routes:\n      - " + DIRECTOR_ROUTE + "\n", ""),
                    "  director:",
                    "director cannot reach client client: director has no route to 172.16.0.1"),
            new Found(
                    "the director has no way to a realserver",
                    "director-cannot-reach-realserver",
                    with(
                            LAN,
                            LAN + "  far: { subnets: [192.168.230.0/24] }\n",
                            RS1_PORT,
                            "eth0: { segment: far, addresses: [192.168.230.1/24] }\n    routes:\n      - { to: 0.0.0.0/0, port: eth0 }",
                            RS1_MEMBER,
                            RS1_MEMBER.replace("192.168.229.1", "192.168.230.1")),
                    "  director:",
                    "director cannot reach realserver 192.168.230.1",
                    "realserver-cannot-reach-lip"),
            new Found(
                    "a realserver has no route to the LIP",
                    "realserver-cannot-reach-lip",
                    with(
                            LAN,
                            LAN + "  far: { subnets: [192.168.230.0/24] }\n",
                            GATEWAY_WAN,
                            GATEWAY_WAN + "      eth2: { segment: far, addresses: [192.168.230.254/24] }\n",
                            RS1_PORT,
                            "eth0: { segment: far, addresses: [192.168.230.1/24] }",
                            RS1_MEMBER,
                            RS1_MEMBER.replace("192.168.229.1", "192.168.230.1")),
                    "rs1:",
                    "rs1 cannot reach LIP 192.168.229.204: rs1 has no route to 192.168.229.204"));
}
