package io.twoarm.model.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.model.IpLiteral;
import io.twoarm.model.RandomTopologies;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import io.twoarm.model.VirtualService.Protocol;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.walk.Hop.Rule;
import io.twoarm.model.walk.Hop.Way;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketWalkTest {

    static Stream<String> starters() {
        return StarterTopologies.all().stream().map(StarterTopologies.Starter::name);
    }

    @ParameterizedTest
    @MethodSource("starters")
    void everyFlowOfEveryStarterIsAnsweredByEveryDirectorAndRealserver(String starter) {
        Topology topology = starter(starter);
        for (Flow flow : Flow.all(topology)) {
            assertThat(PacketWalk.of(topology, flow).outcome()).as("%s", flow).isEqualTo(new Outcome.Answered());
            VirtualService service = topology.virtualServices().stream()
                    .filter(it -> it.vip().equals(flow.tuple().destination())
                            && it.servicePort() == flow.tuple().destinationPort())
                    .findFirst()
                    .orElseThrow();
            topology.realserverPool(service.realservers()).orElseThrow().members().stream()
                    .map(member -> flow.answeredBy(member.host()))
                    .flatMap(one -> topology.directorsNamed(service.director()).stream()
                            .map(director -> one.servedBy(director.name())))
                    .forEach(one -> {
                        FlowPath path = PacketWalk.of(topology, one);
                        assertThat(path.outcome()).as("%s", one).isEqualTo(new Outcome.Answered());
                        assertThat(hosts(path))
                                .contains(
                                        one.director().orElseThrow(),
                                        one.realserver().orElseThrow());
                    });
        }
    }

    @Test
    void fullnatReplacesBothAddressesAndRestoresThem() {
        FlowPath path = onlyFlow(starter("two-arm-fullnat"));

        assertThat(hosts(path))
                .containsExactly("client", "gateway", "director", "rs1", "rs1", "director", "gateway", "client");
        assertThat(rules(path))
                .containsExactly(
                        Rule.SEND,
                        Rule.FORWARD,
                        Rule.FULLNAT,
                        Rule.DELIVER,
                        Rule.SEND,
                        Rule.RESTORE,
                        Rule.FORWARD,
                        Rule.DELIVER);
        Hop director = path.hops().get(2);
        assertThat(director.received().tuple()).hasToString("172.16.0.1:50000 -> 10.0.96.204:80");
        assertThat(director.sent().orElseThrow().tuple()).hasToString("192.168.229.204:1025 -> 192.168.229.1:80");
        assertThat(director.sent().orElseThrow().clientBytes()).isEqualTo(8);
        assertThat(director.received().ttl()).isEqualTo(63);
        assertThat(director.because()).contains("service web", "lan-lips", "TOA");
        assertThat(way(director))
                .extracting(Way::port, Way::segment, Way::owner, Way::ownerPort, Way::routeText)
                .containsExactly("dpdk0", "lan", "rs1", "eth0", "192.168.229.0/24 on-link");
        assertThat(way(path.hops().get(0)).routeText()).isEqualTo("default via 172.16.0.254");
        Hop back = path.hops().get(5);
        assertThat(back.received().tuple()).hasToString("192.168.229.1:80 -> 192.168.229.204:1025");
        assertThat(back.sent().orElseThrow().tuple()).hasToString("10.0.96.204:80 -> 172.16.0.1:50000");
    }

    @Test
    void framesOnASharedCableHaveTheNumberOfTheirSegmentAndOthersHaveNone() {
        List<Hop> hops = onlyFlow(starter("two-arm-one-nic")).hops();

        assertThat(way(hops.get(1)).vlan()).as("the gateway's access port").isEmpty();
        assertThat(way(hops.get(2)).portText()).isEqualTo("dpdk0.200 (VLAN 200)");
        assertThat(way(hops.get(4)).portText()).as("the realserver's").isEqualTo("eth0");
        assertThat(way(hops.get(5)).portText()).isEqualTo("dpdk0.100 (VLAN 100)");
    }

    @Test
    void toaTakesItsRoomFromTheMssAndNeverFromTheWire() {
        FlowPath path = onlyFlow(starter("two-arm-fullnat"));

        assertThat(way(path.hops().get(0)).largest()).isEqualTo(1492);
        assertThat(way(path.hops().get(2)).largest()).isEqualTo(1500);
    }

    @Test
    void nat64ChangesTheFamilyOnTheRealserversSide() {
        FlowPath path = onlyFlow(starter("nat64"));
        Hop director = path.hops().stream()
                .filter(hop -> hop.rule() == Rule.FULLNAT)
                .findFirst()
                .orElseThrow();

        assertThat(IpLiteral.isIpv4(director.received().tuple().destination())).isFalse();
        assertThat(IpLiteral.isIpv4(director.sent().orElseThrow().tuple().destination()))
                .isTrue();
        assertThat(way(director).largest()).isLessThanOrEqualTo(1500);
    }

    @Test
    void directRoutingLeavesThePacketAloneAndTheAnswerPassesTheDirectorBy() {
        FlowPath path = onlyFlow(starter("lvs-dr"));
        Hop director = path.hops().stream()
                .filter(hop -> hop.rule() == Rule.DIRECT)
                .findFirst()
                .orElseThrow();

        assertThat(director.sent().orElseThrow().tuple())
                .isEqualTo(director.received().tuple());
        assertThat(way(director).owner()).startsWith("rs");
        assertThat(path.hops().stream().filter(hop -> hop.host().equals(director.host())))
                .hasSize(1);
    }

    @Test
    void aTunnelWrapsThePacketAndMakesTheClientSendSmallerOnes() {
        FlowPath path = onlyFlow(starter("lvs-tunnel"));
        Hop director = path.hops().stream()
                .filter(hop -> hop.rule() == Rule.TUNNEL)
                .findFirst()
                .orElseThrow();

        assertThat(director.sent().orElseThrow().tunnel()).hasValueSatisfying(tunnel -> {
            assertThat(IpLiteral.format(tunnel.source())).isEqualTo("192.168.2.9");
            assertThat(IpLiteral.format(tunnel.destination())).isEqualTo("192.168.3.11");
        });
        assertThat(rules(path)).contains(Rule.UNWRAP);
        assertThat(way(director).largest()).isEqualTo(1500);
        assertThat(way(path.hops().getFirst()).largest()).isEqualTo(1480);
    }

    @Test
    void natReplacesOneAddressAndTheAnswerComesBackThroughTheDirector() {
        FlowPath path = onlyFlow(starter("lvs-nat-one-network"));

        assertThat(hosts(path)).containsExactly("client", "director", "rs1", "rs1", "director", "client");
        assertThat(rules(path)).contains(Rule.NAT, Rule.RESTORE);
        assertThat(path.hops().get(1).sent().orElseThrow().tuple())
                .hasToString("192.168.1.254:50000 -> 192.168.1.11:80");
        assertThat(path.hops().get(1).sent().orElseThrow().ttl()).isEqualTo(63);
    }

    @Test
    void aNatGatewayGivesConnectionsItsOutsideAddress() {
        Topology topology = starter("snat-gateway");
        Flow flow = Flow.to(
                        topology, topology.host("pc1").orElseThrow(), IpLiteral.parse("203.0.113.80"), 80, Protocol.TCP)
                .orElseThrow();
        FlowPath path = PacketWalk.of(topology, flow);

        assertThat(path.answered()).isTrue();
        assertThat(path.service()).isEmpty();
        assertThat(rules(path)).containsSubsequence(Rule.SOURCE_NAT, Rule.DELIVER, Rule.RESTORE);
        assertThat(path.hops().get(1).sent().orElseThrow().tuple())
                .hasToString("203.0.113.10:50000 -> 203.0.113.80:80");
    }

    @Test
    void anOutsidePortLeadsToItsHostIfItsFilterLetsEverybodyIn() {
        Topology topology = mapped("endpoint");

        FlowPath outwards = PacketWalk.of(topology, flow(topology, "pc1", "203.0.113.80", 80));
        assertThat(outwards.outcome()).isEqualTo(new Outcome.Answered());
        assertThat(outwards.hops().get(1).because()).contains("the same port towards all destinations");

        FlowPath inwards = PacketWalk.of(
                topology, flow(topology, "server", "203.0.113.10", 5000).answeredBy("pc2"));
        assertThat(inwards.outcome()).isEqualTo(new Outcome.Answered());
        assertThat(rules(inwards))
                .containsExactly(Rule.SEND, Rule.NAT, Rule.DELIVER, Rule.SEND, Rule.RESTORE, Rule.DELIVER);
        assertThat(inwards.hops().get(1).sent().orElseThrow().tuple())
                .hasToString("203.0.113.80:50000 -> 192.168.229.12:5000");
        assertThat(inwards.hops().get(1).because()).contains("way-out leads 203.0.113.10:5000 to pc2 192.168.229.12");
    }

    @Test
    void hostsBehindANatGatewayReachEachOtherByTheOutsideAddress() {
        Topology topology = mapped("endpoint");

        FlowPath path = PacketWalk.of(topology, flow(topology, "pc1", "203.0.113.10", 5000));

        assertThat(path.outcome()).isEqualTo(new Outcome.Answered());
        assertThat(hosts(path)).containsExactly("pc1", "director", "pc2", "pc2", "director", "pc1");
        assertThat(path.hops().get(1).sent().orElseThrow().tuple())
                .hasToString("203.0.113.10:50000 -> 192.168.229.12:5000");
        assertThat(path.hops().get(4).sent().orElseThrow().tuple())
                .hasToString("203.0.113.10:5000 -> 192.168.229.11:50000");
    }

    @Test
    void outsidePortsKeepOutWhomTheirHostHasSentNothing() {
        for (String filter : List.of("address", "address_port")) {
            Topology topology = mapped(filter);
            assertThat(PacketWalk.of(topology, flow(topology, "server", "203.0.113.10", 5000))
                            .outcome())
                    .isInstanceOfSatisfying(Outcome.Blocked.class, blocked -> {
                        assertThat(blocked.fault()).isEqualTo(Fault.FILTERED);
                        assertThat(blocked.fix()).contains("Let pc1 send to 203.0.113.80 first");
                    });
            assertThat(PacketWalk.of(topology, flow(topology, "pc2", "203.0.113.10", 5000))
                            .outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Blocked.class,
                            blocked -> assertThat(blocked.fix()).contains("Let pc1 send to 203.0.113.10 first"));
            assertThat(PacketWalk.of(
                                    topology,
                                    flow(topology, "pc1", "203.0.113.10", 5000).answeredBy("server"))
                            .outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Blocked.class,
                            blocked ->
                                    assertThat(blocked.why()).startsWith("server is not behind NAT gateway way-out"));
            assertThat(PacketWalk.of(
                                    topology,
                                    flow(topology, "server", "203.0.113.10", 5000)
                                            .answeredBy("director"))
                            .outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Blocked.class,
                            blocked -> assertThat(blocked.why()).startsWith("director is not behind"));
        }
    }

    @Test
    void reservedPortsOfAnOutsideAddressAreTheDirectorsOwn() {
        Topology topology = mapped("endpoint");
        assertThat(PacketWalk.of(topology, flow(topology, "server", "203.0.113.10", 1024))
                        .outcome())
                .isInstanceOfSatisfying(
                        Outcome.Blocked.class,
                        blocked -> assertThat(blocked.fault()).isEqualTo(Fault.NO_SERVICE));
    }

    private static Topology mapped(String filter) {
        return changed(
                "snat-gateway",
                List.of(
                        "sources: [192.168.229.0/24] }",
                        "sources: [192.168.229.0/24], endpointIndependent: " + filter + " }"));
    }

    private static Flow flow(Topology topology, String from, String to, int port) {
        return Flow.to(topology, topology.host(from).orElseThrow(), IpLiteral.parse(to), port, Protocol.TCP)
                .orElseThrow();
    }

    @Test
    void nat64TakesTheIpv4AddressOutOfThePrefixAndPutsItBack() {
        FlowPath path = translated(starter("nat64-gateway"), "pc", "64:ff9b::cb00:7150");

        assertThat(path.outcome()).isEqualTo(new Outcome.Answered());
        assertThat(rules(path))
                .containsExactly(Rule.SEND, Rule.TRANSLATE, Rule.DELIVER, Rule.SEND, Rule.RESTORE, Rule.DELIVER);
        assertThat(path.hops().get(1).sent().orElseThrow().tuple())
                .hasToString("198.51.100.0:50000 -> 203.0.113.80:80");
        assertThat(path.hops().get(1).sent().orElseThrow().ttl()).isEqualTo(63);
        assertThat(path.hops().get(1).because()).contains("64:ff9b::/96", "of its pool");
    }

    @Test
    void siitMapsBothAddresses() {
        FlowPath path = translated(starter("nat64-gateway"), "server", "198.51.100.80");

        assertThat(path.outcome()).isEqualTo(new Outcome.Answered());
        assertThat(path.hops().get(1).sent().orElseThrow().tuple())
                .hasToString("[2001:db8:64::cb00:7150]:50000 -> [2001:db8:1::80]:80");
    }

    @Test
    void aConfiguredBindingOfNat64LeadsToItsHostAndOtherPortsOfThePoolNowhere() {
        Topology topology = changed(
                "nat64-gateway",
                List.of(
                        "filtering: address",
                        "bindings: [{ address: 198.51.100.1, port: 80, host: \"2001:db8:1::80\" }]"));

        FlowPath path = translated(topology, "server", "198.51.100.1");
        assertThat(path.outcome()).isEqualTo(new Outcome.Answered());
        assertThat(path.hops().get(1).sent().orElseThrow().tuple())
                .hasToString("[64:ff9b::cb00:7150]:50000 -> [2001:db8:1::80]:80");
        assertThat(translated(topology, "server", "198.51.100.2").outcome())
                .isInstanceOfSatisfying(
                        Outcome.Blocked.class,
                        blocked -> assertThat(blocked.why()).contains("no binding"));
    }

    private static FlowPath translated(Topology topology, String from, String to) {
        Flow flow = Flow.to(topology, topology.host(from).orElseThrow(), IpLiteral.parse(to), 80, Protocol.TCP)
                .orElseThrow();
        return PacketWalk.of(topology, flow);
    }

    @Test
    void aDataplaneLeavesToNobodyWhatNoNatGatewayIsFor() {
        Topology topology =
                changed("snat-gateway", List.of("sources: [192.168.229.0/24]", "sources: [192.168.229.12/32]"));
        Flow flow = Flow.to(
                        topology, topology.host("pc1").orElseThrow(), IpLiteral.parse("203.0.113.80"), 80, Protocol.TCP)
                .orElseThrow();
        FlowPath path = PacketWalk.of(topology, flow);

        assertThat(path.outcome()).isInstanceOfSatisfying(Outcome.Blocked.class, blocked -> {
            assertThat(blocked.fault()).isEqualTo(Fault.NOT_FORWARDED);
            assertThat(blocked.why()).contains("no NAT gateway is for");
        });
    }

    @Test
    void aRouterOfAnEcmpClusterFollowsTheAnnouncementOfTheDirectorInQuestion() {
        Topology topology = starter("ecmp-cluster");
        Flow flow = Flow.all(topology).getFirst();

        for (String director : List.of("lb1", "lb2", "lb3")) {
            FlowPath path = PacketWalk.of(topology, flow.servedBy(director));
            assertThat(way(path.hops().get(1)).origin()).isEqualTo(Hop.RouteOrigin.ANNOUNCED);
            assertThat(way(path.hops().get(1)).owner()).isEqualTo(director);
        }
    }

    @Test
    void everyWalkThroughRandomTopologiesEnds() {
        for (int seed = 0; seed < 150; seed++) {
            Topology topology = new RandomTopologies(seed).next();
            for (Flow flow : Flow.all(topology)) {
                FlowPath path = PacketWalk.of(topology, flow);
                assertThat(path.hops()).isNotEmpty().hasSizeLessThan(200);
                assertThat(PacketWalk.of(topology, flow)).isEqualTo(path);
            }
        }
    }

    static FlowPath onlyFlow(Topology topology) {
        return PacketWalk.of(topology, Flow.all(topology).getFirst());
    }

    private static List<String> hosts(FlowPath path) {
        return path.hops().stream().map(Hop::host).toList();
    }

    private static List<Rule> rules(FlowPath path) {
        return path.hops().stream().map(Hop::rule).toList();
    }

    private static Way way(Hop hop) {
        return hop.way().orElseThrow();
    }

    static Topology starter(String name) {
        return changed(name, List.of());
    }

    /** A starter with texts replaced; each of them has to be there. */
    static Topology changed(String starter, List<String> findAndReplace) {
        String text = StarterTopologies.named(starter).orElseThrow().topology();
        for (int i = 0; i < findAndReplace.size(); i += 2) {
            assertThat(text).contains(findAndReplace.get(i));
            text = text.replace(findAndReplace.get(i), findAndReplace.get(i + 1));
        }
        Optional<Topology> topology =
                ProjectReader.readText(text, Path.of("topology.yaml")).topology();
        return topology.orElseThrow();
    }
}
