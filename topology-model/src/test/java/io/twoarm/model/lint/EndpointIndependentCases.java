package io.twoarm.model.lint;

import static io.twoarm.model.lint.LintCase.in;

import io.twoarm.model.lint.LintCase.Found;
import java.util.List;

/** Cases of rules about NAT gateways whose ports are mapped independently of destinations. */
final class EndpointIndependentCases {
    private static final String WAY_OUT =
            "  way-out: { director: director, port: eth0, addresses: [203.0.113.10], sources: [192.168.229.0/24] }\n";
    private static final String MAPPED = WAY_OUT.replace(" }", ", endpointIndependent: address }");
    private static final String NAT_SERVICE = """

            realserverPools:
              web:
                check: { type: none }
                members:
                  - { host: inner, address: 192.168.229.21, port: %1$d, weight: 1 }

            virtualServices:
              web:
                director: director
                port: eth0
                vip: %2$s
                protocol: tcp
                servicePort: %1$d
                mode: nat
                scheduler: rr
                realservers: web
                clientAddress: none
            """;
    private static final String INNER = """
              inner:
                role: realserver
                echo: [%d]
                ports:
                  eth0: { segment: inside, addresses: [192.168.229.21/24] }
                routes:
                  - { to: default, via: 192.168.229.254 }

            """;
    private static final String SERVER = "  # Knows nothing of the inside network, and needs no route to it.\n";

    private EndpointIndependentCases() {}

    static final List<Found> FOUND = List.of(
            new Found(
                    "ports are mapped by the kernel",
                    "endpoint-independent-kind",
                    in(
                            "snat-gateway",
                            WAY_OUT,
                            MAPPED,
                            "kind: bundled",
                            "kind: ipvs",
                            "    # One worker is one CPU core. Without hugepages it runs on any machine.\n"
                                    + "    dataplane: { workers: 1, memory: 512 MiB, hugepages: false }\n",
                            "",
                            "segment: outside, attach: af_packet,",
                            "segment: outside,",
                            "segment: inside, attach: af_packet,",
                            "segment: inside,"),
                    "way-out:",
                    "NAT gateway way-out has endpointIndependent, and director is of kind ipvs"),
            new Found(
                    "ports of IPv6 hosts alone are mapped",
                    "endpoint-independent-ipv6",
                    in(
                            "snat-gateway",
                            "inside: { subnets: [192.168.229.0/24] }",
                            "inside: { subnets: [192.168.229.0/24, \"2001:db8:1::/64\"] }",
                            "outside: { subnets: [203.0.113.0/24] }",
                            "outside: { subnets: [203.0.113.0/24, \"2001:db8:2::/64\"] }",
                            WAY_OUT,
                            WAY_OUT
                                    + "  wide: { director: director, port: eth0, addresses: [\"2001:db8:2::10\"], sources:"
                                    + " [\"2001:db8:1::/64\"], endpointIndependent: endpoint }\n"),
                    "wide:",
                    "NAT gateway wide has endpointIndependent and IPv6 networks only"),
            new Found(
                    "some hosts have mapped ports and others",
                    "endpoint-independent-hosts",
                    in(
                            "snat-gateway",
                            WAY_OUT,
                            MAPPED
                                    + "  other: { director: director, port: eth0, addresses: [203.0.113.11], sources: [192.168.229.16/28] }\n"),
                    "way-out:",
                    "hosts of 192.168.229.0/24 use NAT gateway other as well, which is not endpoint-independent"),
            new Found(
                    "hosts are led out by their own",
                    "endpoint-independent-hosts",
                    in("snat-gateway", WAY_OUT, MAPPED.replace("[192.168.229.0/24]", "[0.0.0.0/0]")),
                    "way-out:",
                    "0.0.0.0/0 contains 203.0.113.10, by which its hosts are led out"),
            new Found(
                    "a host with mapped ports answers in mode nat",
                    "endpoint-independent-hosts",
                    in(
                            "snat-gateway",
                            SERVER,
                            INNER.formatted(80) + SERVER,
                            WAY_OUT,
                            MAPPED + NAT_SERVICE.formatted(80, "203.0.113.20")),
                    "way-out:",
                    "192.168.229.0/24 contains realserver inner 192.168.229.21, which answers clients in mode nat",
                    "nat-answers-pass-by",
                    "nat-answers-pass-by"),
            new Found(
                    "two ways out of different kinds share an address",
                    "endpoint-independent-addresses",
                    in(
                            "snat-gateway",
                            WAY_OUT,
                            MAPPED
                                    + "  other: { director: director, port: eth0, addresses: [203.0.113.10], sources: [192.168.228.0/24] }\n"),
                    "way-out:",
                    "203.0.113.10 is an address of NAT gateway other as well, which is not endpoint-independent"),
            new Found(
                    "an address with mapped ports serves FTP",
                    "endpoint-independent-addresses",
                    in(
                            "snat-gateway",
                            SERVER,
                            INNER.formatted(21) + SERVER,
                            WAY_OUT,
                            MAPPED.replace("192.168.229.0/24", "192.168.229.8/29")
                                    + NAT_SERVICE.formatted(21, "203.0.113.10")),
                    "way-out:",
                    "service web serves FTP at 203.0.113.10, and NAT gateway way-out is endpoint-independent",
                    "nat-answers-pass-by",
                    "nat-answers-pass-by"));
}
