package io.twoarm.model.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.model.Finding;
import io.twoarm.model.Host;
import io.twoarm.model.RandomTopologies;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.Topology;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectWriterTest {
    private static final String STARTER =
            StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve(ProjectFiles.TOPOLOGY);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameTopology() {
        for (int seed = 0; seed < 500; seed++) {
            Topology topology = new RandomTopologies(seed).next();

            ProjectReading reading = ProjectReader.readText(ProjectWriter.format(topology), file);

            assertThat(reading.findings()).as("seed %d", seed).isEmpty();
            assertThat(reading.topology()).as("seed %d", seed).contains(topology);
        }
    }

    @Test
    void theSameTopologyGivesTheSameBytes() {
        for (int seed = 0; seed < 50; seed++) {
            String text = ProjectWriter.format(new RandomTopologies(seed).next());

            assertThat(ProjectWriter.format(topologyOf(text))).isEqualTo(text);
            assertThat(text).endsWith("\n").doesNotContain("\r", " \n", "\t");
        }
    }

    @Test
    void writingAnUnchangedStarterChangesNoByte() throws IOException {
        Files.writeString(file, STARTER);

        List<Finding> notes = ProjectWriter.write(directory, topologyOf(STARTER));

        assertThat(file).hasContent(STARTER);
        assertThat(Files.readString(file)).isEqualTo(STARTER);
        assertThat(notes).isEmpty();
    }

    @Test
    void commentsOfAllKindsStayWhereTheyBelong() throws IOException {
        String text = """
                # About the file.

                twoarm: 1 # version
                name: commented
                title: Comments

                # About the segments.
                segments: # all of them
                  # About the LAN.
                  lan: { subnets: [192.168.229.0/24] } # wire

                hosts:
                  rs1:
                    role: realserver # the role
                    ports:
                      # About the port.
                      eth0: { segment: lan, addresses: [192.168.229.1/24] }
                # The last word.
                """;
        Files.writeString(file, text);

        List<Finding> notes = ProjectWriter.write(directory, topologyOf(text));

        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(notes).isEmpty();
    }

    @Test
    void dosLinesBecomeOrdinaryOnesAndKeepTheirComments() throws IOException {
        Files.writeString(file, "\uFEFF" + STARTER.replace("\n", "\r\n"));

        ProjectWriter.write(directory, topologyOf(STARTER));

        assertThat(Files.readString(file)).isEqualTo(STARTER);
    }

    @Test
    void aCommentInsideOfWhatBecomesOneLineMovesAboveIt() throws IOException {
        String text = """
                twoarm: 1
                name: commented
                segments:
                  lan:
                    # numbered by the old plan
                    subnets:
                      - 192.168.229.0/24 # first
                      - 10.0.0.0/8
                """;
        Files.writeString(file, text);

        List<Finding> notes = ProjectWriter.write(directory, topologyOf(text));

        assertThat(Files.readString(file)).contains("""
                        segments:
                          # numbered by the old plan
                          # first
                          lan: { subnets: [192.168.229.0/24, 10.0.0.0/8] }
                        """);
        assertThat(notes).isEmpty();
    }

    @Test
    void commentsOfListEntriesFollowTheirEntry() throws IOException {
        String text = STARTER.replace("      - { host: rs2,", "      # the newer machine\n      - { host: rs2,");
        Files.writeString(file, text);
        Topology changed = withPool(
                topologyOf(text),
                pool -> new RealserverPool(pool.name(), pool.members().reversed(), pool.check()));

        ProjectWriter.write(directory, changed);

        assertThat(Files.readString(file)).contains("""
                            members:
                              # the newer machine
                              - { host: rs2, address: 192.168.229.2, port: 80, weight: 1 }
                              - { host: rs1, address: 192.168.229.1, port: 80, weight: 1 }
                        """);
    }

    @Test
    void theCommentOfAFieldThatIsLeftOutMovesToItsObject() throws IOException {
        String text = """
                twoarm: 1
                name: commented
                segments:
                  lan:
                    subnets: [192.168.229.0/24]
                hosts:
                  rs1:
                    role: realserver
                    # no application yet
                    echo: []
                """;
        Files.writeString(file, text);

        List<Finding> notes = ProjectWriter.write(directory, topologyOf(text));

        assertThat(Files.readString(file)).contains("  # no application yet\n  rs1:\n    role: realserver\n");
        assertThat(notes).isEmpty();
    }

    @Test
    void theCommentOfARemovedHostIsNamedInANote() throws IOException {
        String text = STARTER.replace("    role: router", "    role: router # someone else's");
        Files.writeString(file, text);
        Topology topology = topologyOf(text);
        List<Host> fewer = topology.hosts().stream()
                .filter(host -> !host.name().equals("gateway"))
                .toList();
        Topology changed = new Topology(
                topology.name(),
                topology.title(),
                topology.description(),
                topology.segments(),
                fewer,
                topology.localAddressPools(),
                topology.realserverPools(),
                topology.virtualServices());

        List<Finding> notes = ProjectWriter.write(directory, changed);

        assertThat(notes).singleElement().satisfies(note -> {
            assertThat(note.rule()).isEqualTo(ProjectWriter.DROPPED_COMMENT);
            assertThat(note.severity()).isEqualTo(Finding.Severity.NOTE);
            assertThat(note.message()).contains("# someone else's", "hosts.gateway.role");
        });
        assertThat(Files.readString(file)).doesNotContain("someone else");
        assertThat(topologyOf(Files.readString(file))).isEqualTo(changed);
    }

    @Test
    void writingTwiceGivesTheSameBytesWhateverTheCommentsAndTheTopology() throws IOException {
        for (int seed = 0; seed < 25; seed++) {
            Files.writeString(file, STARTER);
            Topology topology = new RandomTopologies(seed).next();

            ProjectWriter.write(directory, topology);
            String once = Files.readString(file);
            ProjectWriter.write(directory, topology);

            assertThat(Files.readString(file)).as("seed %d", seed).isEqualTo(once);
            assertThat(topologyOf(once)).as("seed %d", seed).isEqualTo(topology);
        }
    }

    @Test
    void aLongListIsBrokenIntoLines() {
        Topology topology = topologyOf(
                STARTER.replace("[192.168.229.204]", "[" + "192.168.229.204, ".repeat(20) + "192.168.229.205]"));

        String text = ProjectWriter.format(topology);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(text).contains("    addresses:\n      - 192.168.229.204\n");
    }

    @Test
    void aFileThatIsNotYamlIsNotReplaced() throws IOException {
        Files.writeString(file, "name: [broken\n");

        assertThatThrownBy(() -> ProjectWriter.write(directory, topologyOf(STARTER)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was not replaced")
                .hasMessageContaining("yaml-syntax");
        assertThat(file).hasContent("name: [broken\n");
        assertThat(directory.toFile().list()).containsExactly(ProjectFiles.TOPOLOGY);
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws IOException {
        Files.createDirectories(file.resolve("in the way"));

        assertThatThrownBy(() -> ProjectWriter.write(directory, topologyOf(STARTER)))
                .isInstanceOf(IOException.class);

        assertThat(directory.toFile().list()).containsExactly(ProjectFiles.TOPOLOGY);
    }

    @Test
    void permissionsLinksAndAKilledPredecessorAreCopedWith() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path real = elsewhere.resolve("real.yaml");
        Files.writeString(real, STARTER);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(file, real);
        Files.writeString(elsewhere.resolve(".real.yaml.new"), "half a fi");

        ProjectWriter.write(directory, new RandomTopologies(7).next());

        assertThat(file).isSymbolicLink();
        assertThat(topologyOf(Files.readString(real))).isEqualTo(new RandomTopologies(7).next());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
        assertThat(elsewhere.toFile().list()).containsExactly("real.yaml");
    }

    private Topology topologyOf(String text) {
        ProjectReading reading = ProjectReader.readText(text, file);
        assertThat(reading.findings()).isEmpty();
        return reading.topology().orElseThrow();
    }

    private static Topology withPool(Topology topology, UnaryOperator<RealserverPool> change) {
        return new Topology(
                topology.name(),
                topology.title(),
                topology.description(),
                topology.segments(),
                topology.hosts(),
                topology.localAddressPools(),
                topology.realserverPools().stream().map(change).toList(),
                topology.virtualServices());
    }
}
