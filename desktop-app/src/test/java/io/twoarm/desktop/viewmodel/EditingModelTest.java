package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.ProjectFixture;
import io.twoarm.desktop.design.Arranging;
import io.twoarm.desktop.design.Kind;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.LayoutRequest;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.engine.TwoArmEngine;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.model.project.LinkShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditingModelTest {
    private static final int EDITS = 1000;

    @TempDir
    private Path directory;

    private final UserInterfaceQueue userInterface = new UserInterfaceQueue();
    private final List<Notice> notices = new ArrayList<>();
    private WorkbenchModel model;
    private Path file;
    private String original;

    @BeforeEach
    void open() throws InterruptedException, IOException {
        model = new WorkbenchModel(
                new TwoArmEngine(directory.resolve("no-bundle.tar.gz")),
                userInterface,
                directory.resolve("settings.properties"));
        model.setOnNotice(notices::add);
        Path project = ProjectFixture.twoArm().named("editing").in(directory.resolve("lab"));
        file = project.resolve("topology.yaml");
        original = Files.readString(file);
        model.project().open(project);
        userInterface.runUntil("the project is open", () -> model.project().editable());
        measure();
        userInterface.runUntil(
                "everything is placed",
                () -> !model.places().placesProperty().get().isEmpty());
    }

    @AfterEach
    void close() {
        model.close();
    }

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
    void allProblemsThatAProgramCanRepairAreRepairedAsOneStepThatCanBeUndone()
            throws InterruptedException, IOException {
        String broken = original.replace("protocol: tcp", "protocol: udp").replace("echo: [80]", "echo: [80, 80]");
        assertThat(broken).isNotEqualTo(original);
        Files.writeString(file, broken);
        userInterface.runUntil(
                "the problems are known",
                () -> model.project().problemsProperty().get().stream()
                                .filter(Problem::repairable)
                                .count()
                        >= 3);

        model.edits().repairAll();
        saved();
        userInterface.runUntil(
                "nothing is left to repair",
                () -> model.project().problemsProperty().get().stream().noneMatch(Problem::repairable));

        assertThat(Files.readString(file)).contains("clientAddress: none", "echo: [80]");
        assertThat(model.project().editing().historyProperty().get().undoable().map(EditingModel::nameOf))
                .hasValueSatisfying(name -> assertThat(name).startsWith("fix ").endsWith(" problems"));
        model.project().editing().undo();
        saved();
        assertThat(Files.readString(file)).isEqualTo(broken);
    }

    @Test
    void oneProblemIsRepairedAndTheOthersStay() throws InterruptedException, IOException {
        Files.writeString(
                file, original.replace("protocol: tcp", "protocol: udp").replace("echo: [80]", "echo: [80, 80]"));
        userInterface.runUntil(
                "the problems are known",
                () -> model.project().problemsProperty().get().stream().anyMatch(Problem::repairable));
        Problem toa = model.project().problemsProperty().get().stream()
                .filter(problem -> problem.finding().message().contains("asks for TOA"))
                .findFirst()
                .orElseThrow();

        model.edits().repair(toa);
        saved();

        assertThat(Files.readString(file)).contains("clientAddress: none", "echo: [80, 80]");
        int position = position();
        model.edits().repair(toa);
        assertThat(position()).as("what no longer holds is not repaired again").isEqualTo(position);
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
    void aFileThatChangesOutsideIsOneMoreStepThatCanBeUndone() throws InterruptedException, IOException {
        model.edits().place(Kind.CLIENT, new Point(0, 0), Optional.empty());
        saved();

        Files.writeString(file, Files.readString(file).replace("weight: 1", "weight: 7"));
        userInterface.runUntil("the change is seen", () -> position() == 2);
        model.project().editing().undo();
        saved();

        assertThat(Files.readString(file)).contains("weight: 1").doesNotContain("weight: 7");
        assertThat(topology().host("client2")).isPresent();
    }

    @Test
    void theSameObjectChangedOnBothSidesIsNotOverwrittenWithoutAsking() throws InterruptedException, IOException {
        List<String> asked = new ArrayList<>();
        model.project().setOnConflict(() -> asked.add("conflict"));
        String theirs = original.replace("weight: 1", "weight: 9");
        Files.writeString(file, theirs);

        model.edits().remove(List.of(new HostRef("rs2")));
        userInterface.runUntil("people are asked", () -> !asked.isEmpty());
        assertThat(Files.readString(file)).isEqualTo(theirs);

        model.project().settle(false);
        userInterface.runUntil("the file is taken", () -> topology().host("rs2").isPresent());
        assertThat(topology().realserverPools().getFirst().members().getFirst().weight())
                .isEqualTo(9);
        model.project().editing().undo();
        assertThat(topology().host("rs2")).isEmpty();
    }

    @Test
    void editsOfDifferentObjectsOnBothSidesAreMergedWithoutAsking() throws InterruptedException, IOException {
        model.project().setOnConflict(() -> notices.add(Notice.error("asked", new IOException("conflict"))));
        Files.writeString(file, original.replace("weight: 1", "weight: 9"));
        model.edits().place(Kind.CLIENT, new Point(0, 0), Optional.empty());
        userInterface.runUntil(
                "both are in the file", () -> text().contains("weight: 9") && text().contains("client2:"));

        saved();
        assertThat(notices).isEmpty();
        assertThat(topology().host("client2")).isPresent();
        model.project().editing().goTo(0);
        saved();
        assertThat(text()).isEqualTo(original);
    }

    @Test
    void twoWindowsOnOneProjectLoseNothingOfEachOther() throws InterruptedException, IOException {
        try (WorkbenchModel other = new WorkbenchModel(
                new TwoArmEngine(directory.resolve("no-bundle.tar.gz")),
                userInterface,
                directory.resolve("other.properties"))) {
            other.setOnNotice(notices::add);
            other.project().open(file.getParent());
            userInterface.runUntil("the other is open", () -> other.project().editable());

            for (int i = 0; i < 5; i++) {
                model.edits().place(Kind.CLIENT, new Point(i, 0), Optional.empty());
                other.project()
                        .edit(
                                io.twoarm.desktop.design.Wording.of("edit.add.SEGMENT"),
                                design -> io.twoarm.desktop.design.Adding.place(design, Kind.SEGMENT, new Point(0, 500))
                                        .design());
            }
            userInterface.runUntil(
                    "this window has all",
                    () -> topology().segments().size() == 8
                            && topology().hosts().size() == 10);
            userInterface.runUntil(
                    "the other window has all",
                    () -> other.project()
                                    .topologyProperty()
                                    .get()
                                    .orElseThrow()
                                    .hosts()
                                    .size()
                            == 10);
        }
        assertThat(topology().hosts()).hasSize(10);
        assertThat(notices).isEmpty();
    }

    @Test
    void bendsGoWithBothEndsOfTheirLinkWithItsNamesAndWithCopies() throws InterruptedException, IOException {
        PortRef port = new PortRef("rs1", "eth0");
        LinkLine bent = LinkLine.through(List.of(new Point(300, 200)));
        model.lines().draw(port, bent);
        saved();
        assertThat(layout()).contains("  rs1:\n    eth0: { shape: bent, bends: [{ x: 300, y: 200 }] }");
        assertThat(undoName()).isEqualTo("bend eth0");

        Map<ObjectRef, Point> moved = new HashMap<>();
        for (ObjectRef end : List.of(new HostRef("rs1"), new SegmentRef("lan"))) {
            moved.put(end, model.project().placesNow().get(end.path()).plus(10, -5));
        }
        model.project().moved(moved);
        assertThat(model.lines().of(port)).isEqualTo(bent.plus(10, -5));
        model.project().moved(Map.of(new HostRef("rs1"), new Point(0, 0)));
        assertThat(model.lines().of(port)).as("one end alone").isEqualTo(bent.plus(10, -5));

        model.edits().rename(new HostRef("rs1"), "web");
        model.edits().rename(new PortRef("web", "eth0"), "nic");
        model.edits().rename(new SegmentRef("lan"), "inner");
        assertThat(model.lines().of(new PortRef("web", "nic"))).isEqualTo(bent.plus(10, -5));

        model.project().selection().selectAll(List.of(new HostRef("web"), new SegmentRef("inner")));
        model.edits().duplicateSelected();
        assertThat(model.lines().of(new PortRef("web2", "nic"))).isEqualTo(bent.plus(50, 35));
        model.project().editing().goTo(0);
        saved();
        assertThat(file.resolveSibling("layout.yaml")).doesNotExist();
    }

    @Test
    void bendsAreGoneWithTheirPortOnAnotherWireAndWithAutomaticLayoutUntilUndo() throws InterruptedException {
        PortRef first = new PortRef("rs1", "eth0");
        PortRef second = new PortRef("rs2", "eth0");
        LinkLine orthogonal = new LinkLine(LinkShape.ORTHOGONAL, List.of(new Point(1, 2)));
        model.lines().draw(first, LinkLine.through(List.of(new Point(300, 200))));
        model.lines().draw(second, orthogonal);

        model.edits().connect(first, new SegmentRef("wan"));
        assertThat(model.lines().of(first)).isEqualTo(LinkLine.STRAIGHT);
        model.project().arrangeAutomatically();
        assertThat(model.lines().of(second)).isEqualTo(new LinkLine(LinkShape.ORTHOGONAL, List.of()));
        model.project().editing().undo();
        assertThat(model.lines().of(second)).isEqualTo(orthogonal);
        model.edits().remove(List.of(new HostRef("rs2")));
        assertThat(model.lines().of(second)).isEqualTo(LinkLine.STRAIGHT);
        model.project().editing().undo();
        assertThat(model.lines().of(second)).isEqualTo(orthogonal);
        saved();
    }

    @Test
    void severalLinksGetAShapeAsOneStepThatPlacesNothing() throws InterruptedException, IOException {
        List<ObjectRef> ports = List.of(new PortRef("rs1", "eth0"), new PortRef("rs2", "eth0"));
        model.lines().shape(ports, LinkShape.ORTHOGONAL, _ -> List.of());
        saved();

        assertThat(undoName()).isEqualTo("draw 2 links orthogonal");
        assertThat(layout()).isEqualTo("""
                        twoarmLayout: 1
                        links:
                          rs1:
                            eth0: { shape: orthogonal }
                          rs2:
                            eth0: { shape: orthogonal }
                        """);
        model.lines()
                .shape(
                        ports,
                        LinkShape.BENT,
                        port -> List.of(new Point(port.host().length(), 7)));
        assertThat(model.lines().of((PortRef) ports.getFirst())).isEqualTo(LinkLine.through(List.of(new Point(3, 7))));
        model.lines().removeBends(ports);
        assertThat(undoName()).isEqualTo("remove all bends of 2 links");
        assertThat(model.project()
                        .editing()
                        .designProperty()
                        .get()
                        .orElseThrow()
                        .lines())
                .isEmpty();
    }

    private String layout() throws IOException {
        return Files.readString(file.resolveSibling("layout.yaml"));
    }

    private String undoName() {
        return model.project()
                .editing()
                .historyProperty()
                .get()
                .undoable()
                .map(EditingModel::nameOf)
                .orElseThrow();
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
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

    /** As the drawing does after every change. */
    private void measure() {
        List<LayoutRequest.Box> boxes = new ArrayList<>();
        topology().hosts().forEach(host -> boxes.add(new LayoutRequest.Box(new HostRef(host.name()).path(), 200, 80)));
        topology()
                .segments()
                .forEach(segment -> boxes.add(new LayoutRequest.Box(new SegmentRef(segment.name()).path(), 120, 20)));
        model.places().measured(new LayoutRequest(boxes, List.of()));
    }

    private Topology topology() {
        return model.project().topologyProperty().get().orElseThrow();
    }

    private int position() {
        return model.project().editing().historyProperty().get().position();
    }

    private void saved() throws InterruptedException {
        userInterface.runUntil(
                "everything is written",
                () -> model.project().editing().savedProperty().get());
    }
}
