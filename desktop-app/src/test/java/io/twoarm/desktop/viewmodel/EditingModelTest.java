package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.design.Arranging;
import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.model.project.LinkShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Edits, undo and redo, and what is on disk then. */
class EditingModelTest extends EditedProject {
    private static final int EDITS = 1000;

    @Test
    void aThousandRandomEditsAndAThousandUndosGiveTheIdenticalFile() throws InterruptedException, IOException {
        Random random = new Random(20_261_121);
        int made = 0;
        while (made < EDITS) {
            int before = position();
            randomEdit(random);
            if (position() > before) {
                made++;
                measure();
            }
        }
        saved();
        assertThat(position()).isEqualTo(EDITS);
        assertThat(Files.readString(file)).isNotEqualTo(original);

        for (int i = 0; i < EDITS; i++) {
            model.project().editing().undo();
        }
        saved();

        assertThat(position()).isZero();
        assertThat(Files.readString(file)).isEqualTo(original);
        assertThat(file.resolveSibling("layout.yaml")).doesNotExist();
    }

    @Test
    void twoDirectorsBecomeAPairThatOffersTheServicesTogether() throws InterruptedException, IOException {
        model.edits().place(Kind.DIRECTOR, new Point(0, 0), Optional.empty());
        model.project().selection().selectAll(List.of(new HostRef("director"), new HostRef("director2")));
        model.edits().groupSelected();
        saved();

        Topology topology = model.project().topologyProperty().get().orElseThrow();
        assertThat(topology.directorGroups()).singleElement().satisfies(group -> {
            assertThat(group.members()).containsExactly("director", "director2");
            assertThat(group.instances()).singleElement().satisfies(instance -> {
                assertThat(instance.port()).isEqualTo("dpdk2");
                assertThat(instance.virtualRouterId()).isEqualTo(51);
            });
        });
        assertThat(topology.virtualServices().getFirst().director()).isEqualTo("pair");
        assertThat(topology.localAddressPools().getFirst().director()).isEqualTo("pair");
        model.project().selection().selectAll(List.of(new HostRef("director"), new HostRef("director2")));
        model.edits().groupSelected();
        assertThat(notices).extracting(Notice::details).anyMatch(text -> text.contains("is in group pair already"));
        model.project().editing().goTo(0);
        saved();
        assertThat(Files.readString(file)).isEqualTo(original);
    }

    @Test
    void aNatGatewayIsAddedForTheNetworksBehindItsDirector() {
        model.edits().place(Kind.NAT_GATEWAY, new Point(0, 0), Optional.of(new HostRef("director")));

        assertThat(model.project().topologyProperty().get().orElseThrow().natGateways())
                .singleElement()
                .satisfies(gateway -> {
                    assertThat(gateway.port()).isEqualTo("dpdk2");
                    assertThat(gateway.sources()).extracting(Object::toString).containsExactly("192.168.229.0/24");
                    assertThat(gateway.addresses()).hasSize(1);
                });
    }

    @Test
    void theReportHasEveryObjectAndNothingThatMarkdownTakesForItsOwn() throws IOException, InterruptedException {
        model.edits().rename(new HostRef("rs1"), "web_1");
        Path report = directory.resolve("report.md");
        model.writeReport(report);
        userInterface.runUntil(
                "the report is written",
                () -> notices.stream().anyMatch(notice -> notice.kind() == Notice.Kind.SUCCESS));

        assertThat(Files.readString(report))
                .startsWith("# Two-arm FullNAT, IPv4\n")
                .contains("### web\\_1", "### director", "### wan", "### lan-lips", "| VIP | `10.0.96.204` |")
                .contains("## Problems");
    }

    @Test
    void anEmptyDesignIsCreatedAndTakesItsFirstObjects() throws InterruptedException, IOException {
        Path empty = directory.resolve("my-lab");
        model.project().create(io.twoarm.engine.Engine.EMPTY, empty);
        userInterface.runUntil(
                "it is open",
                () -> model.project()
                        .project()
                        .filter(open -> open.directory().equals(empty))
                        .isPresent());

        model.edits().place(Kind.DIRECTOR, new Point(10, 20), Optional.empty());
        saved();

        assertThat(Files.readString(empty.resolve("topology.yaml"))).contains("name: my-lab", "director:");
    }

    @Test
    void redoLeadsToTheSameFileAgain() throws InterruptedException, IOException {
        model.edits().rename(new HostRef("rs1"), "web1");
        model.edits().place(Kind.REALSERVER, new Point(10, 20), Optional.empty());
        saved();
        String edited = Files.readString(file);

        model.project().editing().goTo(0);
        model.project().editing().goTo(2);
        saved();

        assertThat(Files.readString(file)).isEqualTo(edited);
        assertThat(EditingModel.nameOf(model.project()
                        .editing()
                        .historyProperty()
                        .get()
                        .edits()
                        .getFirst()))
                .isEqualTo("rename rs1 to web1");
    }

    @Test
    void commentsOfADeletedHostComeBackWithIt() throws InterruptedException, IOException {
        assertThat(original).contains("# Tests and probes start from here.");

        model.edits().remove(List.of(new HostRef("client")));
        saved();
        assertThat(Files.readString(file)).doesNotContain("# Tests and probes start from here.");
        model.edits().place(Kind.SEGMENT, new Point(0, 0), Optional.empty());
        model.project().editing().goTo(0);
        saved();

        assertThat(Files.readString(file)).isEqualTo(original);
    }

    @Test
    void anEditIsOnDiskWithoutBeingSaved() throws InterruptedException, IOException {
        model.edits().place(Kind.CLIENT, new Point(0, 0), Optional.empty());
        saved();

        assertThat(Files.readString(file)).contains("client2:");
    }

    @Test
    void aServiceWithoutAConnectedDirectorIsRefusedWithTheReason() {
        model.edits().place(Kind.DIRECTOR, new Point(0, 0), Optional.empty());
        model.edits().place(Kind.SERVICE, new Point(0, 0), Optional.of(new HostRef("director2")));

        assertThat(topology().virtualServices()).hasSize(1);
        assertThat(notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.details())
                        .isEqualTo("director2 has no port on a segment with a subnet. Connect it first."));
    }

    private void randomEdit(Random random) {
        EditActions edits = model.edits();
        Optional<ObjectRef> some = some(random);
        some.ifPresent(ref -> model.project().select(Optional.of(ref)));
        switch (random.nextInt(14)) {
            case 0, 1 ->
                edits.place(
                        Kind.values()[random.nextInt(Kind.values().length)],
                        new Point(random.nextInt(900), random.nextInt(900)),
                        some);
            case 2, 3 -> some.ifPresent(from -> some(random).ifPresent(to -> edits.connect(from, to)));
            case 4 -> some.ifPresent(ref -> edits.rename(ref, "n" + random.nextInt(1_000_000)));
            case 5 -> edits.removeSelected();
            case 6 -> {
                if (topology().hosts().size() < 40) {
                    edits.duplicateSelected();
                }
            }
            case 7 -> {
                edits.copySelected();
                if (topology().hosts().size() < 40) {
                    edits.paste();
                }
            }
            case 8 -> edits.selectAll();
            case 9 -> {
                edits.selectAll();
                edits.arrange(Arranging.Way.values()[random.nextInt(4)]);
            }
            case 10 -> model.project().arrangeAutomatically();
            case 11, 12 ->
                some.filter(PortRef.class::isInstance)
                        .or(() -> somePort(random))
                        .map(PortRef.class::cast)
                        .ifPresent(port -> randomLine(random, port));
            default ->
                some.filter(ref -> ref instanceof HostRef || ref instanceof SegmentRef)
                        .ifPresent(ref -> model.project()
                                .moved(Map.of(ref, new Point(random.nextInt(900), random.nextInt(900)))));
        }
    }

    private Optional<ObjectRef> somePort(Random random) {
        List<ObjectRef> ports = topology()
                .ports()
                .<ObjectRef>map(on -> new PortRef(on.host().name(), on.port().name()))
                .toList();
        return ports.isEmpty() ? Optional.empty() : Optional.of(ports.get(random.nextInt(ports.size())));
    }

    private void randomLine(Random random, PortRef port) {
        List<Point> bends = Stream.generate(() -> new Point(random.nextInt(900), random.nextInt(900)))
                .limit(1 + random.nextInt(3))
                .toList();
        switch (random.nextInt(4)) {
            case 0 -> model.lines().removeBends(List.of(port));
            case 1 ->
                model.lines()
                        .shape(
                                List.of(port),
                                LinkShape.values()[random.nextInt(LinkShape.values().length)],
                                _ -> bends);
            default -> model.lines().draw(port, LinkLine.through(bends));
        }
    }

    private Optional<ObjectRef> some(Random random) {
        List<ObjectRef> all = new ArrayList<>();
        Topology topology = topology();
        topology.hosts().forEach(host -> all.add(new HostRef(host.name())));
        topology.segments().forEach(segment -> all.add(new SegmentRef(segment.name())));
        topology.virtualServices().forEach(service -> all.add(new ObjectRef.ServiceRef(service.name())));
        topology.realserverPools().forEach(pool -> all.add(new ObjectRef.PoolRef(pool.name())));
        topology.localAddressPools().forEach(pool -> all.add(new ObjectRef.LocalPoolRef(pool.name())));
        for (Host host : topology.hosts()) {
            host.ports().forEach(port -> all.add(new ObjectRef.PortRef(host.name(), port.name())));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
