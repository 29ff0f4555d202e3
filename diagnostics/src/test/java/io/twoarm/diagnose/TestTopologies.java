package io.twoarm.diagnose;

import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.templates.StarterTopologies;
import java.nio.file.Path;

/** The starters as topologies. */
public final class TestTopologies {
    private TestTopologies() {}

    public static Topology starter(String name) {
        String text = StarterTopologies.named(name).orElseThrow().topology();
        return ProjectReader.readText(text, Path.of("topology.yaml")).topology().orElseThrow();
    }
}
