package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.GroupRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.NatGatewayRef;
import io.twoarm.desktop.design.Removal;
import io.twoarm.desktop.design.Renaming;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupPropertiesTest {
    private final Topology pair = ProjectFixture.starter("keepalived-pair").topology();
    private final Topology cluster = ProjectFixture.starter("ecmp-cluster").topology();
    private final Topology gateway = ProjectFixture.starter("snat-gateway").topology();

    @Test
    void aVrrpGroupShowsItsDirectorsInOrderAndEveryInstanceWithItsVrid() {
        assertThat(lines(pair, new GroupRef("pair")))
                .contains(
                        "Director group/Redundancy=VRRP, one director at a time",
                        "Directors/Director 1=lb1",
                        "Directors/Director 2=lb2");
        assertThat(lines(pair, new GroupRef("pair"))).anyMatch(line -> line.endsWith("/VRID=201"));
    }

    @Test
    void anEcmpGroupShowsItsRoutersAndAutonomousSystems() {
        assertThat(lines(cluster, new GroupRef("cluster")))
                .contains("Director group/Autonomous system=65001", "BGP peers/Router=gateway");
    }

    @Test
    void theVridOfAnInstanceIsEditedAndNothingElseChanges() {
        Editor.Typed vrid = typed(pair, new GroupRef("pair"), "VRID", "201");

        Topology edited = vrid.change().apply(pair, "77");

        assertThat(edited.directorGroups().getFirst().instances())
                .extracting(instance -> instance.virtualRouterId())
                .contains(77)
                .doesNotContain(201);
        assertThat(vrid.change().apply(edited, "201")).isNotEqualTo(edited);
        assertThat(vrid.refusal(pair, "256"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("255"));
    }

    @Test
    void theOutsideAddressOfANatGatewayIsEdited() {
        Topology edited = typed(gateway, new NatGatewayRef("way-out"), "Address", "203.0.113.10")
                .change()
                .apply(gateway, "203.0.113.11");

        assertThat(DiagramBuilder.diagramOf(edited)
                        .host("director")
                        .orElseThrow()
                        .services()
                        .getFirst()
                        .label())
                .isEqualTo("203.0.113.11");
    }

    @Test
    void theOutsidePortsOfANatGatewayAreChosenAndShownOnTheDirectorsCard() {
        NatGatewayRef wayOut = new NatGatewayRef("way-out");
        assertThat(lines(gateway, wayOut)).contains("NAT gateway/Outside ports=one per destination");
        Editor.Choice choice = PropertiesBuilder.propertiesOf(gateway, wayOut).stream()
                .flatMap(section -> section.rows().stream())
                .filter(row -> row.label().equals("Outside ports"))
                .flatMap(row -> row.editor().stream())
                .map(Editor.Choice.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(choice.options())
                .extracting(Editor.Option::value)
                .containsExactly("", "ENDPOINT", "ADDRESS", "ADDRESS_PORT");

        Topology edited = choice.change().apply(gateway, "ADDRESS");

        assertThat(lines(edited, wayOut)).contains("NAT gateway/Outside ports=mapped, by address");
        assertThat(DiagramBuilder.diagramOf(edited)
                        .host("director")
                        .orElseThrow()
                        .services()
                        .getFirst()
                        .mode())
                .isEqualTo("way-out · SNAT for 192.168.229.0/24 · ports mapped, by address");
        assertThat(choice.change().apply(edited, "")).isEqualTo(gateway);
    }

    @Test
    void everythingFollowsTheNewNameOfAGroup() {
        Topology renamed = Renaming.rename(new Design(pair, Map.of()), new GroupRef("pair"), "duo")
                .topology();

        assertThat(renamed.virtualServices())
                .extracting(VirtualService::director)
                .containsOnly("duo");
        assertThat(renamed.localAddressPools())
                .extracting(pool -> pool.director())
                .containsOnly("duo");
    }

    @Test
    void whatADeletedGroupOfferedStaysWithItsFirstDirector() {
        Topology left = Removal.remove(new Design(pair, Map.of()), List.of(new GroupRef("pair")))
                .topology();

        assertThat(left.directorGroups()).isEmpty();
        assertThat(left.virtualServices())
                .hasSize(4)
                .extracting(VirtualService::director)
                .containsOnly("lb1");
        assertThat(left.host("lb2")).isPresent();
    }

    @Test
    void aDirectorLeadsToItsGroup() {
        assertThat(PropertiesBuilder.propertiesOf(pair, new HostRef("lb2")).stream()
                        .flatMap(section -> section.rows().stream())
                        .flatMap(row -> row.target().stream()))
                .contains(new GroupRef("pair"));
    }

    private static Editor.Typed typed(Topology topology, ObjectRef ref, String label, String value) {
        return PropertiesBuilder.propertiesOf(topology, ref).stream()
                .flatMap(section -> section.rows().stream())
                .filter(row -> row.label().equals(label) && row.value().equals(value))
                .flatMap(row -> row.editor().stream())
                .map(Editor.Typed.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(Topology topology, ObjectRef ref) {
        return PropertiesBuilder.propertiesOf(topology, ref).stream()
                .flatMap(section ->
                        section.rows().stream().map(row -> section.title() + "/" + row.label() + "=" + row.value()))
                .toList();
    }
}
