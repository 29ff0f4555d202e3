package io.twoarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.config.ConfigFinding;
import io.twoarm.config.dpvs.DpvsFile;
import io.twoarm.config.keepalived.KeepalivedFile;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The artifacts of every starter against files that were read by a person.
 *
 * <p>After an intended change: {@code mvn -pl artifact-generator -am test -Dtwoarm.golden.write=true}, then read the
 * difference.
 */
class EveryStarterTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("twoarm.root"), "artifact-generator/src/test/resources/golden");

    @TempDir
    Path directory;

    static List<String> starters() {
        return StarterTopologies.all().stream()
                .map(StarterTopologies.Starter::name)
                .toList();
    }

    static Topology topology(String starter) {
        return Topologies.read(StarterTopologies.named(starter).orElseThrow().topology());
    }

    @ParameterizedTest
    @MethodSource("starters")
    void theStarterGivesTheReviewedFiles(String starter) throws IOException {
        Path out = directory.resolve("out");
        ArtifactDirectory.write(ArtifactGenerator.generate(topology(starter)), out);
        if (Boolean.getBoolean("twoarm.golden.write")) {
            ArtifactDirectory.write(ArtifactGenerator.generate(topology(starter)), GOLDEN.resolve(starter));
        }

        assertThat(contents(out)).isEqualTo(contents(GOLDEN.resolve(starter)));
    }

    @ParameterizedTest
    @MethodSource("starters")
    void theSameTopologyGivesTheSameBytes(String starter) {
        assertThat(ArtifactGenerator.generate(topology(starter)))
                .isEqualTo(ArtifactGenerator.generate(topology(starter)));
    }

    @ParameterizedTest
    @MethodSource("starters")
    void everyHostHasFilesAndEveryServiceItsUnitOrPackage(String starter) {
        Topology topology = topology(starter);
        List<HostArtifacts> artifacts = ArtifactGenerator.generate(topology);

        assertThat(artifacts)
                .extracting(HostArtifacts::host)
                .isEqualTo(topology.hosts().stream().map(Host::name).toList());
        assertThat(artifacts)
                .allSatisfy(host -> assertThat(host.services())
                        .allSatisfy(service -> assertThat(host.files())
                                .extracting(HostFile::path)
                                .as("files that restart %s of %s", service.unit(), host.host())
                                .containsAll(service.restartOn().stream()
                                        .filter(path -> !path.equals(DaemonBundle.INSTALL_PATH))
                                        .toList())));
    }

    /** Words of the language that DPVS's own parser takes; what only the bundled director refuses is left aside. */
    @ParameterizedTest
    @MethodSource("starters")
    void theFilesOfDpvsAreOfItsLanguages(String starter) {
        for (HostArtifacts host : ArtifactGenerator.generate(topology(starter))) {
            host.files().stream()
                    .filter(file -> file.path().equals(DpvsArtifacts.DPVS_CONF))
                    .forEach(file -> {
                        assertThat(rules(DpvsFile.parse(file.content()).findings()))
                                .as(host.host())
                                .isEmpty();
                        HostFile keepalived = host.files().stream()
                                .filter(other -> other.path().equals(DpvsArtifacts.KEEPALIVED_CONF))
                                .findFirst()
                                .orElseThrow();
                        assertThat(rules(KeepalivedFile.parse(keepalived.content())
                                        .findings()))
                                .as(host.host())
                                .isEmpty();
                    });
        }
    }

    private static List<String> rules(List<ConfigFinding> findings) {
        return findings.stream()
                .filter(finding -> !finding.rule().equals(ConfigFinding.UNSUPPORTED)
                        && !finding.rule().equals("without-effect"))
                .map(finding -> finding.render(Path.of(finding.file().fileName())))
                .toList();
    }

    private static TreeMap<String, String> contents(Path root) throws IOException {
        TreeMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(path).toString(), Files.readString(path));
            }
        }
        return contents;
    }
}
