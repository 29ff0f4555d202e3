package io.twoarm.model.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.model.Finding;
import io.twoarm.model.Topology;
import io.twoarm.model.project.Layout.Position;
import io.twoarm.model.project.LayoutFile.LayoutReading;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutFileTest {
    private static final StarterTopologies.Starter STARTER =
            StarterTopologies.named("two-arm-fullnat").orElseThrow();
    private static final Path FILE = Path.of("layout.yaml");
    private static final Topology TOPOLOGY =
            ProjectReader.readText(STARTER.topology(), FILE).topology().orElseThrow();

    @TempDir
    private Path directory;

    @Test
    void everyStarterPlacesAllItsHostsAndSegments() {
        for (StarterTopologies.Starter starter : StarterTopologies.all()) {
            Topology topology =
                    ProjectReader.readText(starter.topology(), FILE).topology().orElseThrow();

            LayoutReading reading = LayoutFile.readText(starter.layout(), FILE, topology);

            assertThat(reading.findings()).isEmpty();
            assertThat(topology.hosts())
                    .allSatisfy(host ->
                            assertThat(reading.layout().host(host.name())).isPresent());
            assertThat(topology.segments())
                    .allSatisfy(segment ->
                            assertThat(reading.layout().segment(segment.name())).isPresent());
        }
    }

    @Test
    void aProjectWithoutLayoutIsComplete() {
        LayoutReading reading = LayoutFile.read(directory, TOPOLOGY);

        assertThat(reading.layout()).isEqualTo(Layout.EMPTY);
        assertThat(reading.findings()).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAsTheSameLayout() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Layout layout = Layout.EMPTY
                    .withHost("rs1", new Position(random.nextGaussian() * 1000, random.nextInt(-500, 500)))
                    .withHost("client", new Position(Double.longBitsToDouble(random.nextLong() >>> 2), -0.0))
                    .withSegment("lan", new Position(random.nextInt(), random.nextDouble() * 1e-9));
            for (LinkShape shape : LinkShape.values()) {
                List<Position> bends = Stream.generate(
                                () -> new Position(random.nextInt(-900, 900), random.nextDouble() * 900))
                        .limit(shape == LinkShape.STRAIGHT ? 0 : random.nextInt(9))
                        .toList();
                layout = layout.withLink("rs" + (1 + shape.ordinal() % 2), "eth0", new Layout.Link(shape, bends));
            }

            LayoutFile.write(directory, layout);

            LayoutReading reading = LayoutFile.read(directory, TOPOLOGY);
            assertThat(reading.findings()).isEmpty();
            assertThat(reading.layout()).isEqualTo(layout);
        }
    }

    @Test
    void movingOneNodeChangesOneLineWhateverTheOrderOfMoves() throws IOException {
        Layout layout = new Layout(
                Map.of("rs2", new Position(1, 2), "rs1", new Position(3, 4)),
                Map.of("lan", new Position(5.5, -6)),
                Map.of());

        LayoutFile.write(directory, layout);
        assertThat(directory.resolve(ProjectFiles.LAYOUT)).hasContent("""
                        twoarmLayout: 1
                        hosts:
                          rs1: { x: 3, y: 4 }
                          rs2: { x: 1, y: 2 }
                        segments:
                          lan: { x: 5.5, y: -6 }
                        """);

        Layout moved = layout.withHost("rs2", new Position(10, 20));
        LayoutFile.write(directory, moved);
        assertThat(directory.resolve(ProjectFiles.LAYOUT)).content().contains("rs2: { x: 10, y: 20 }\n");
        assertThat(layout.host("rs2")).contains(new Position(1, 2));
        assertThat(moved.withHost("rs2", new Position(1, 2))).isEqualTo(layout);
    }

    @Test
    void commentsOfTheLayoutAreKept() throws IOException {
        String text = """
                twoarmLayout: 1
                # left to right
                hosts:
                  rs1: { x: 3, y: 4 } # top
                """;
        Files.writeString(directory.resolve(ProjectFiles.LAYOUT), text);

        List<Finding> notes =
                LayoutFile.write(directory, LayoutFile.read(directory, TOPOLOGY).layout());

        assertThat(directory.resolve(ProjectFiles.LAYOUT)).hasContent(text);
        assertThat(notes).isEmpty();
    }

    @Test
    void whatTheTopologyDoesNotHaveIsLeftOutWithANote() {
        LayoutReading reading = LayoutFile.readText(
                "twoarmLayout: 1\nhosts:\n  gone: { x: 1, y: 2 }\n  rs1: { x: 3, y: 4 }\n", FILE, TOPOLOGY);

        assertThat(reading.layout()).isEqualTo(Layout.EMPTY.withHost("rs1", new Position(3, 4)));
        assertThat(reading.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE);
            assertThat(finding.rule()).isEqualTo(LayoutFile.UNKNOWN_NODE);
            assertThat(finding.place().line()).isEqualTo(3);
            assertThat(finding.message()).isEqualTo("the topology has no hosts.gone; its position is left out.");
        });
    }

    @Test
    void linksStandByHostAndPortWithTheirBendsOnOneLine() throws IOException {
        Layout layout = Layout.EMPTY
                .withLink("rs1", "eth0", new Layout.Link(LinkShape.ORTHOGONAL, List.of()))
                .withLink(
                        "director",
                        "dpdk2",
                        new Layout.Link(LinkShape.BENT, List.of(new Position(1, 2), new Position(-3.5, 4))));

        LayoutFile.write(directory, layout);

        assertThat(directory.resolve(ProjectFiles.LAYOUT)).hasContent("""
                        twoarmLayout: 1
                        links:
                          director:
                            dpdk2: { shape: bent, bends: [{ x: 1, y: 2 }, { x: -3.5, y: 4 }] }
                          rs1:
                            eth0: { shape: orthogonal }
                        """);
        assertThat(layout.link("director", "dpdk2").orElseThrow().bends()).hasSize(2);
        assertThat(layout.link("director", "dpdk0")).isEmpty();
    }

    @Test
    void aLinkOfNoPortIsLeftOutWithANoteAndABrokenOneCostsOnlyItself() {
        LayoutReading reading = LayoutFile.readText("""
                twoarmLayout: 1
                links:
                  gone:
                    eth0: { shape: bent, bends: [{ x: 1, y: 2 }] }
                  rs1:
                    eth7: { shape: orthogonal }
                    eth0: { shape: orthogonal }
                  rs2:
                    eth0: { shape: curved }
                  client:
                    eth0: { shape: straight, bends: [{ x: 1, y: 2 }] }
                """, FILE, TOPOLOGY);

        assertThat(reading.layout())
                .isEqualTo(Layout.EMPTY.withLink("rs1", "eth0", new Layout.Link(LinkShape.ORTHOGONAL, List.of())));
        assertThat(reading.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "the topology has no port eth0 of a host gone; the shape of its link, links.gone.eth0, is left out.",
                        "the topology has no port eth7 of a host rs1; the shape of its link, links.rs1.eth7, is left out.",
                        "links.rs2.eth0.shape is \"curved\"; allowed is straight, bent, orthogonal.",
                        "a straight link has 1 bends; allowed is none.");
        assertThat(reading.findings())
                .extracting(Finding::severity)
                .containsExactly(
                        Finding.Severity.NOTE,
                        Finding.Severity.NOTE,
                        Finding.Severity.WARNING,
                        Finding.Severity.WARNING);
    }

    @Test
    void aBrokenPositionCostsOnlyItself() {
        LayoutReading reading = LayoutFile.readText(
                "twoarmLayout: 1\nhosts:\n  rs1: { x: left, y: 2 }\n  rs2: { x: .inf, y: 2 }\n  client: { x: 3, y: 4 }\n",
                FILE,
                TOPOLOGY);

        assertThat(reading.layout()).isEqualTo(Layout.EMPTY.withHost("client", new Position(3, 4)));
        assertThat(reading.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING));
    }

    @Test
    void aBrokenFileIsAWarningAndAnEmptyLayout() {
        for (String text : List.of("", "hosts: [", "twoarmLayout: 2\n", "- a\n", "twoarmLayout: 1\nhosts: 5\n")) {
            LayoutReading reading = LayoutFile.readText(text, FILE, TOPOLOGY);

            assertThat(reading.layout()).isEqualTo(Layout.EMPTY);
            assertThat(reading.findings())
                    .as(text)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING));
        }
    }

    @Test
    void aPositionIsFinite() {
        assertThatThrownBy(() -> new Position(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Position(0, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
