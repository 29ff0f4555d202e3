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

            LayoutFile.write(directory, layout);

            LayoutReading reading = LayoutFile.read(directory, TOPOLOGY);
            assertThat(reading.findings()).isEmpty();
            assertThat(reading.layout()).isEqualTo(layout);
        }
    }

    @Test
    void movingOneNodeChangesOneLineWhateverTheOrderOfMoves() throws IOException {
        Layout layout = new Layout(
                Map.of("rs2", new Position(1, 2), "rs1", new Position(3, 4)), Map.of("lan", new Position(5.5, -6)));

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
