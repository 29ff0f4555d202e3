package io.twoarm.artifact;

import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectReading;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;

/** Topologies that tests start from. */
final class Topologies {
    private Topologies() {}

    /** The starter {@code two-arm-fullnat}. */
    static Topology twoArm() {
        return read(twoArmText());
    }

    /** The starter's text, for tests that change a line of it. */
    static String twoArmText() {
        return StarterTopologies.named("two-arm-fullnat").orElseThrow().topology();
    }

    static Topology read(String yaml) {
        ProjectReading reading = ProjectReader.readText(yaml, Path.of("topology.yaml"));
        return reading.topology()
                .orElseThrow(() -> new AssertionError("the test's topology is broken: " + reading.findings()));
    }

    /** What the generator makes for one host. */
    static HostArtifacts artifacts(Topology topology, String host) {
        return ArtifactGenerator.generate(topology).stream()
                .filter(candidate -> candidate.host().equals(host))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no artifacts for " + host));
    }

    static String content(HostArtifacts host, String path) {
        return host.files().stream()
                .filter(file -> file.path().equals(path))
                .map(HostFile::content)
                .findFirst()
                .orElseThrow(() -> new AssertionError(host.host() + " has no file " + path));
    }
}
