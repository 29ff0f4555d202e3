package io.twoarm.cli;

import io.twoarm.engine.EngineException;
import io.twoarm.model.Finding;
import io.twoarm.model.Topology;
import io.twoarm.model.project.ProjectReader;
import io.twoarm.model.project.ProjectReading;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The topology of a project, for commands that take every design that can be read, mistakes and all. */
final class DesignFile {
    /** More of them would scroll the first ones away. */
    private static final int SHOWN = 5;

    private DesignFile() {}

    /** @throws EngineException with the first things that keep it from being read */
    static Topology topology(Path directory) {
        ProjectReading reading = ProjectReader.read(directory);
        return reading.topology().orElseThrow(() -> {
            String found = reading.findings().stream()
                    .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                    .limit(SHOWN)
                    .map(finding -> finding.text().indent(8))
                    .collect(Collectors.joining());
            return new EngineException("%s cannot be read as a project:\n%s        more:    twoarm lint %s"
                    .formatted(directory, found, directory));
        });
    }
}
