package io.twoarm.model.walk;

import static io.twoarm.model.walk.PacketWalkTest.changed;
import static io.twoarm.model.walk.PacketWalkTest.onlyFlow;
import static io.twoarm.model.walk.PacketWalkTest.starter;
import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.Finding;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService.Protocol;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks that end on the way: where, why, and which finding says so. */
class BlockedWalkTest {
    /** @param at the host at which the packets end */
    private record Case(String starter, List<String> change, Fault fault, String at, String rule) {}

    static Stream<Case> faults() {
        return Stream.of(
                new Case(
                        "two-arm-fullnat",
                        List.of("    routes:\n      - { to: default, via: 172.16.0.254 }\n", ""),
                        Fault.NO_ROUTE,
                        "client",
                        "client-cannot-reach-vip"),
                new Case(
                        "two-arm-fullnat",
                        List.of("    routes:\n      - { to: default, via: 10.0.96.254, port: dpdk2 }\n", ""),
                        Fault.NO_ROUTE,
                        "director",
                        "director-cannot-reach-client"),
                new Case(
                        "two-arm-fullnat",
                        List.of("    port: dpdk2\n", "    port: dpdk9\n"),
                        Fault.VIP_NOT_ON_PORT,
                        "gateway",
                        "unknown-port"),
                new Case(
                        "two-arm-fullnat",
                        List.of(
                                "dpdk2: { segment: wan, attach: af_packet }",
                                "dpdk2: { segment: wan, addresses: [10.0.96.9/24] }"),
                        Fault.VIP_NOT_ON_PORT,
                        "director",
                        "kernel-port"),
                new Case(
                        "two-arm-fullnat",
                        List.of("    localAddresses: lan-lips\n", ""),
                        Fault.NO_LOCAL_ADDRESS,
                        "director",
                        "fullnat-without-lip"),
                new Case(
                        "two-arm-fullnat",
                        List.of("[192.168.229.204]", "[192.168.230.204]"),
                        Fault.LOCAL_ADDRESS_UNREACHABLE,
                        "rs1",
                        "realserver-cannot-reach-lip"),
                new Case(
                        "two-arm-fullnat",
                        List.of("host: rs1, address: 192.168.229.1,", "host: rs1, address: 192.168.229.77,"),
                        Fault.NOBODY_HAS_ADDRESS,
                        "director",
                        "member-address"),
                new Case(
                        "two-arm-fullnat",
                        List.of(
                                "lan: { subnets: [192.168.229.0/24] }",
                                        "lan: { subnets: [192.168.229.0/24], mtu: 9000 }",
                                "wan: { subnets: [10.0.96.0/24] }", "wan: { subnets: [10.0.96.0/24], mtu: 9000 }",
                                "outside: { subnets: [172.16.0.0/24] }",
                                        "outside: { subnets: [172.16.0.0/24], mtu: 9000 }"),
                        Fault.MTU,
                        "gateway",
                        "bundled-mtu-1500"),
                new Case(
                        "fullnat-ipv6",
                        List.of("lan: { subnets: [", "lan: { mtu: 1200, subnets: ["),
                        Fault.MTU,
                        "director",
                        "ipv6-mtu"),
                new Case(
                        "lvs-nat-one-network",
                        List.of(
                                "      eth0: { segment: lan, addresses: [192.168.1.11/32] }",
                                "      eth0: { segment: lan, addresses: [192.168.1.11/24] }"),
                        Fault.ASYMMETRIC_RETURN,
                        "client",
                        "nat-answers-pass-by"),
                new Case(
                        "lvs-nat-two-networks",
                        List.of("weight: 1 }", "weight: 0 }"),
                        Fault.NO_REALSERVER,
                        "director",
                        "all-weights-zero"),
                new Case(
                        "lvs-dr",
                        List.of("port: 80, weight", "port: 8080, weight"),
                        Fault.PORT_NOT_KEPT,
                        "director",
                        "port-not-kept"),
                new Case(
                        "lvs-nat-two-networks",
                        List.of("mode: nat", "mode: fullnat"),
                        Fault.NOT_POSSIBLE,
                        "director",
                        "ipvs-mode"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultEndsThePacketsWhereItIsAndNamesTheFinding(Case it) {
        Topology topology = changed(it.starter(), it.change());
        FlowPath path = PacketWalk.of(topology, Flow.all(topology).getFirst());

        assertThat(path.outcome()).isInstanceOfSatisfying(Outcome.Blocked.class, blocked -> {
            assertThat(blocked.fault()).as(blocked.why()).isEqualTo(it.fault());
            assertThat(blocked.findings()).extracting(Finding::rule).contains(it.rule());
            assertThat(blocked.why()).isNotBlank();
            assertThat(blocked.fix()).endsWith(".");
        });
        assertThat(path.hops().getLast().host()).isEqualTo(it.at());
    }

    @Test
    void routesThatLeadInACircleEndWhereTheyClose() {
        Topology topology =
                changed("two-arm-fullnat", List.of("  gateway:\n", """
                          other:
                            role: router
                            ports:
                              eth0: { segment: outside, addresses: [172.16.0.253/24] }
                            routes:
                              - { to: 198.51.100.0/24, via: 172.16.0.254 }

                          gateway:
                            routes:
                              - { to: 198.51.100.0/24, via: 172.16.0.253 }
                        """, "vip: 10.0.96.204", "vip: 198.51.100.1"));
        FlowPath path = onlyFlow(topology);

        assertThat(path.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Blocked.class,
                        blocked -> assertThat(blocked.fault()).isEqualTo(Fault.CIRCLE));
        assertThat(path.hops()).hasSizeLessThan(10);
    }

    @Test
    void whatLiesBehindAGatewayThatIsNotDrawnIsNotKnown() {
        Topology topology =
                changed("two-arm-fullnat", List.of("via: 10.0.96.254, port: dpdk2", "via: 10.0.96.253, port: dpdk2"));

        assertThat(onlyFlow(topology).outcome()).isEqualTo(new Outcome.OutOfSight(IpLiteral.parse("10.0.96.253")));
    }

    @Test
    void aPortWithoutAServiceIsRefusedAtTheDirector() {
        Topology topology = starter("two-arm-fullnat");
        Flow flow = Flow.to(
                        topology,
                        topology.host("client").orElseThrow(),
                        IpLiteral.parse("10.0.96.204"),
                        81,
                        Protocol.TCP)
                .orElseThrow();
        FlowPath path = PacketWalk.of(topology, flow);

        assertThat(path.hops().getLast().host()).isEqualTo("director");
        assertThat(path.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Blocked.class,
                        blocked -> assertThat(blocked.fault()).isEqualTo(Fault.NO_SERVICE));
    }
}
