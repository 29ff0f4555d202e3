package io.twoarm.model.project;

import io.twoarm.model.ObjectPath;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a project's {@code topology.yaml}, in full even when parts are broken.
 *
 * <p>No failure is an exception: a missing file, bytes that are not UTF-8, broken YAML, wrong keys and wrong values are
 * findings with file, line, column, what was found, what is allowed and what to do. References by name are not followed
 * here; that is lint.
 */
public final class ProjectReader {
    private ProjectReader() {}

    /** Reads the topology of a project directory. */
    public static ProjectReading read(Path directory) {
        Path file = directory.resolve(ProjectFiles.TOPOLOGY);
        ReadingLog log = new ReadingLog(file);
        return reading(YamlFile.readText(file, log), log);
    }

    /**
     * Reads a topology that lies in no directory, such as a starter.
     *
     * @param name stands for the file in findings
     */
    public static ProjectReading readText(String text, Path name) {
        return reading(Optional.of(text), new ReadingLog(name));
    }

    private static ProjectReading reading(Optional<String> text, ReadingLog log) {
        Optional<Topology> topology = text.flatMap(content -> YamlFile.compose(content, log))
                .flatMap(root -> TopologyReader.read(new Field(log, ObjectPath.ROOT, root))
                        .optional());
        return new ProjectReading(log.hasErrors() ? Optional.empty() : topology, log.findings(), log.sources());
    }
}
