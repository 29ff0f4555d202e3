package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.LocalPoolRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import io.twoarm.desktop.viewmodel.Diagram.AddressChip;
import io.twoarm.desktop.viewmodel.Diagram.AddressKind;
import io.twoarm.desktop.viewmodel.Diagram.Link;
import io.twoarm.desktop.viewmodel.Diagram.SegmentNode;
import io.twoarm.desktop.viewmodel.Diagram.SegmentRole;
import io.twoarm.model.Topology;
import io.twoarm.templates.StarterTopologies;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DiagramBuilderTest {
    private final Diagram diagram =
            DiagramBuilder.diagramOf(ProjectFixture.twoArm().topology());

    @Test
    void segmentsAreNamedAfterWhatTheyMeanToTheLoadBalancer() {
        assertThat(diagram.segments())
                .extracting(SegmentNode::name, SegmentNode::role)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("outside", SegmentRole.ACCESS),
                        org.assertj.core.groups.Tuple.tuple("wan", SegmentRole.WAN),
                        org.assertj.core.groups.Tuple.tuple("lan", SegmentRole.LAN));
    }

    @Test
    void theVipStandsAtThePortWhereItAnswers() {
        assertThat(link("director", "dpdk2").chips())
                .containsExactly(new AddressChip(AddressKind.VIP, "10.0.96.204", new ServiceRef("web")));
    }

    @Test
    void theLipStandsAtThePortOfItsPool() {
        assertThat(link("director", "dpdk0").chips())
                .containsExactly(new AddressChip(AddressKind.LIP, "192.168.229.204", new LocalPoolRef("lan-lips")));
    }

    @Test
    void oneVipWithTwoServicesIsOneChip() {
        Diagram two = DiagramBuilder.diagramOf(ProjectFixture.twoArm()
                .replacing(
                        "virtualServices:\n",
                        "virtualServices:\n  tls: { director: director, port: dpdk2, vip: 10.0.96.204, protocol: tcp,"
                                + " servicePort: 443, mode: fullnat, scheduler: rr, localAddresses: lan-lips,"
                                + " realservers: web, clientAddress: toa }\n")
                .topology());

        assertThat(two.links())
                .filteredOn(link -> link.port().equals(new PortRef("director", "dpdk2")))
                .singleElement()
                .satisfies(link -> assertThat(link.chips()).hasSize(1));
        assertThat(two.host("director").orElseThrow().services()).hasSize(2);
    }

    @Test
    void theCardOfADirectorNamesTheSynProxyOfItsService() {
        Diagram guarded = DiagramBuilder.diagramOf(ProjectFixture.twoArm()
                .replacing("    mode: fullnat\n", "    mode: fullnat\n    synProxy: true\n")
                .topology());

        assertThat(guarded.host("director").orElseThrow().services())
                .singleElement()
                .satisfies(row -> assertThat(row.mode()).endsWith(" · SYN proxy"));
        assertThat(diagram.host("director").orElseThrow().services())
                .singleElement()
                .satisfies(row -> assertThat(row.mode()).doesNotContain("SYN proxy"));
    }

    @Test
    void aServiceIsRelatedToItsPoolAndThePoolFramesItsRealservers() {
        assertThat(diagram.relations()).singleElement().satisfies(relation -> {
            assertThat(relation.service()).isEqualTo(new ServiceRef("web"));
            assertThat(relation.directors()).containsExactly(new HostRef("director"));
            assertThat(relation.pool()).isEqualTo(new PoolRef("web"));
        });
        assertThat(diagram.pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.members()).containsExactly(new HostRef("rs1"), new HostRef("rs2")));
    }

    @Test
    void aServiceWithoutItsPoolIsDrawnWithoutARelation() {
        Diagram broken = DiagramBuilder.diagramOf(ProjectFixture.twoArm()
                .replacing("realservers: web", "realservers: wob")
                .topology());

        assertThat(broken.relations()).isEmpty();
        assertThat(broken.host("director").orElseThrow().services()).hasSize(1);
    }

    @Test
    void aPortOnAnUnknownSegmentIsLeftOutOfTheDrawing() {
        Diagram broken = DiagramBuilder.diagramOf(ProjectFixture.twoArm()
                .replacing("dpdk2: { segment: wan", "dpdk2: { segment: wam")
                .topology());

        assertThat(broken.links()).extracting(Link::port).doesNotContain(new PortRef("director", "dpdk2"));
    }

    @Test
    void aDirectorNamesWhatItTranslates() {
        assertThat(starter("nat64-gateway").host("director").orElseThrow().facts())
                .containsExactly("NAT64 64:ff9b::/96 · 198.51.100.0/28", "SIIT 2001:db8:64::/96 · 1 mapping");
    }

    @Test
    void everyDirectorOfAGroupOffersTheServicesOfTheGroup() {
        Diagram pair = starter("keepalived-pair");

        for (String director : List.of("lb1", "lb2")) {
            assertThat(pair.host(director).orElseThrow().services())
                    .extracting(Diagram.ServiceRow::ref)
                    .containsExactly(
                            new ServiceRef("web-1"),
                            new ServiceRef("web-2"),
                            new ServiceRef("web6-1"),
                            new ServiceRef("web6-2"));
        }
        assertThat(pair.segments())
                .filteredOn(segment -> segment.name().equals("wan"))
                .extracting(SegmentNode::role)
                .containsExactly(SegmentRole.WAN);
        assertThat(pair.relations())
                .hasSize(4)
                .allSatisfy(relation ->
                        assertThat(relation.directors()).containsExactly(new HostRef("lb1"), new HostRef("lb2")));
        assertThat(pair.groups()).singleElement().satisfies(group -> {
            assertThat(group.caption()).isEqualTo("VRRP · VRID 201, 202");
            assertThat(group.members()).containsExactly(new HostRef("lb1"), new HostRef("lb2"));
        });
    }

    @Test
    void eachDirectorOfAGroupHasItsShareOfTheLocalAddressesAndTheSameVips() {
        Diagram cluster = starter("ecmp-cluster");

        assertThat(chips(cluster, "lb1", "dpdk0")).containsExactly("LIP 192.168.229.201", "LIP 192.168.229.202");
        assertThat(chips(cluster, "lb3", "dpdk0")).containsExactly("LIP 192.168.229.205", "LIP 192.168.229.206");
        assertThat(chips(cluster, "lb1", "dpdk2")).containsExactly("VIP 10.9.9.9");
        assertThat(chips(cluster, "lb3", "dpdk2")).containsExactly("VIP 10.9.9.9");
        assertThat(cluster.groups()).extracting(Diagram.GroupFrame::caption).containsExactly("ECMP · AS 65001");
    }

    @Test
    void aBondedPortSaysHowManyNicsItHasAndHowTheyWorkTogether() {
        assertThat(starter("bonded-two-arm-lacp").links())
                .filteredOn(link -> link.bond().isPresent())
                .extracting(link -> link.port().name() + " " + link.bond().orElseThrow())
                .containsExactly(
                        "bond1 BondText[strands=2, label=LACP × 2]", "bond2 BondText[strands=2, label=LACP × 2]");
        assertThat(starter("bonded-two-arm-round-robin").links())
                .filteredOn(link -> link.bond().isPresent())
                .extracting(link -> link.bond().orElseThrow().label())
                .containsOnly("round robin × 2");
    }

    @Test
    void aNatGatewayIsARowOfItsDirectorAndAChipAtItsPort() {
        Diagram gateway = starter("snat-gateway");

        assertThat(gateway.host("director").orElseThrow().services())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.ref()).isEqualTo(new NatGatewayRef("way-out"));
                    assertThat(row.mode()).isEqualTo("way-out · SNAT for 192.168.229.0/24");
                });
        assertThat(chips(gateway, "director", "eth0")).containsExactly("NAT 203.0.113.10");
    }

    @Test
    void aSegmentHasTheNumberOfItsVlan() {
        assertThat(starter("two-arm-one-nic").segments())
                .extracting(Diagram.SegmentNode::name, Diagram.SegmentNode::vlan)
                .containsExactly(
                        tuple("outside", OptionalInt.empty()),
                        tuple("wan", OptionalInt.of(100)),
                        tuple("lan", OptionalInt.of(200)),
                        tuple("cable", OptionalInt.empty()));
    }

    @Test
    void everyObjectOfEveryStarterIsOnTheDrawing() {
        for (StarterTopologies.Starter starter : StarterTopologies.all()) {
            Topology topology = ProjectFixture.starter(starter.name()).topology();
            Diagram drawn = DiagramBuilder.diagramOf(topology);

            assertThat(drawn.hosts()).as(starter.name()).hasSameSizeAs(topology.hosts());
            assertThat(drawn.segments()).as(starter.name()).hasSameSizeAs(topology.segments());
            assertThat(drawn.links()).as(starter.name()).hasSize((int)
                    topology.ports().count());
            assertThat(drawn.pools()).as(starter.name()).hasSameSizeAs(topology.realserverPools());
            assertThat(drawn.groups()).as(starter.name()).hasSameSizeAs(topology.directorGroups());
            assertThat(drawn.relations()).as(starter.name()).hasSameSizeAs(topology.virtualServices());
            assertThat(drawn.hosts().stream()
                            .flatMap(host -> host.services().stream())
                            .map(Diagram.ServiceRow::ref)
                            .distinct())
                    .as(starter.name())
                    .hasSize(topology.virtualServices().size()
                            + topology.natGateways().size());
        }
    }

    private static Diagram starter(String name) {
        return DiagramBuilder.diagramOf(ProjectFixture.starter(name).topology());
    }

    private static List<String> chips(Diagram diagram, String host, String port) {
        return diagram.links().stream()
                .filter(link -> link.port().equals(new PortRef(host, port)))
                .flatMap(link -> link.chips().stream())
                .map(chip -> Texts.text("addressKind", chip.kind()) + " " + chip.address())
                .toList();
    }

    private Link link(String host, String port) {
        return diagram.links().stream()
                .filter(link -> link.port().equals(new PortRef(host, port)))
                .findFirst()
                .orElseThrow();
    }
}
