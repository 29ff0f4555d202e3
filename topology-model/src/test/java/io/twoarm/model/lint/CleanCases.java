package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.CLIENT_ROUTE;
import static io.twoarm.model.lint.LintCase.DIRECTOR_ROUTE;
import static io.twoarm.model.lint.LintCase.DPDK0;
import static io.twoarm.model.lint.LintCase.DPDK2;
import static io.twoarm.model.lint.LintCase.GATEWAY_WAN;
import static io.twoarm.model.lint.LintCase.LAN;
import static io.twoarm.model.lint.LintCase.RS1_MEMBER;
import static io.twoarm.model.lint.LintCase.RS1_PORT;
import static io.twoarm.model.lint.LintCase.SECOND_SERVICE;
import static io.twoarm.model.lint.LintCase.appended;
import static io.twoarm.model.lint.LintCase.with;

import io.twoarm.model.lint.LintCase.Clean;
import java.util.List;

/** Designs that come close to breaking a rule and do not. */
final class CleanCases {
    private CleanCases() {}

    static final List<Clean> CLEAN = List.of(
            new Clean(
                    "subnets of one segment lie side by side",
                    with(LAN, "  lan: { subnets: [192.168.229.0/24, 192.168.230.0/24] }\n")),
            new Clean(
                    "a kernel interface has a name of 15 characters",
                    with(RS1_PORT, RS1_PORT.replace("eth0", "a23456789012345"))),
            new Clean(
                    "a dataplane port has a name of 31 characters",
                    with(
                            DPDK0,
                            "d23456789012345678901234567890x: { segment: lan, attach: \"pci:0000:3b:00.0\" }",
                            "lan-lips: { director: director, port: dpdk0",
                            "lan-lips: { director: director, port: d23456789012345678901234567890x")),
            new Clean(
                    "one VIP has two services",
                    appended(SECOND_SERVICE.replace("servicePort: 80", "servicePort: 443"))),
            new Clean(
                    "the same port number is used by TCP and UDP",
                    text -> with(
                                    "check: { type: tcp, interval: 3s, connectTimeout: 3s, retries: 2, retryDelay: 1s }",
                                    "check: { type: none }")
                            .andThen(appended(SECOND_SERVICE.replace("protocol: tcp", "protocol: udp")))
                            .apply(text)),
            new Clean(
                    "the VIP is its port's own address",
                    with(DPDK2, "dpdk2: { segment: wan, attach: af_packet, addresses: [10.0.96.204/24] }")),
            new Clean(
                    "the network's first address of a /31 is used",
                    with(
                            LAN,
                            LAN + "  link: { subnets: [192.0.2.0/31] }\n",
                            GATEWAY_WAN,
                            GATEWAY_WAN + "      eth2: { segment: link, addresses: [192.0.2.0/31] }\n")),
            new Clean(
                    "an IPv6 link-local address needs no subnet",
                    with(GATEWAY_WAN, "      eth1: { segment: wan, addresses: [10.0.96.254/24, \"fe80::1/64\"] }\n")),
            new Clean("one member is drained", with(RS1_MEMBER, RS1_MEMBER.replace("weight: 1", "weight: 0"))),
            new Clean("a realserver serves two ports", with(RS1_MEMBER, RS1_MEMBER + RS1_MEMBER.replace("80", "81"))),
            new Clean(
                    "two hosts share an SSH address on different ports",
                    text -> text.replaceFirst(
                                    "    role: realserver\n",
                                    "    role: realserver\n    ssh: { address: 192.0.2.10 }\n")
                            .replace(
                                    "  rs2:\n    role: realserver\n",
                                    "  rs2:\n    role: realserver\n    ssh: { address: 192.0.2.10, port: 2222 }\n")),
            new Clean(
                    "a wire without directors has jumbo packets",
                    with("outside: { subnets: [172.16.0.0/24] }", "outside: { subnets: [172.16.0.0/24], mtu: 9000 }")),
            new Clean(
                    "a director has a management port of the kernel",
                    with(
                            LAN,
                            LAN + "  management: { subnets: [192.0.2.0/24] }\n",
                            DPDK2,
                            DPDK2 + "\n      eth0: { segment: management, addresses: [192.0.2.10/24] }")),
            new Clean(
                    "what lies behind a gateway that is not drawn is not judged",
                    with(CLIENT_ROUTE, "{ to: default, via: 172.16.0.253 }"),
                    List.of("gateway-not-drawn")),
            new Clean(
                    "a realserver behind a router has a route to the LIP",
                    with(
                            LAN,
                            LAN + "  far: { subnets: [192.168.230.0/24] }\n",
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
                            "eth0: { segment: far, addresses: [192.168.230.1/24] }\n    routes:\n      - { to: 192.168.229.0/24, via: 192.168.230.254 }",
                            DIRECTOR_ROUTE,
                            DIRECTOR_ROUTE + "\n      - { to: 192.168.230.0/24, via: 192.168.229.254 }",
                            RS1_MEMBER,
                            RS1_MEMBER.replace("192.168.229.1", "192.168.230.1"))));
}
