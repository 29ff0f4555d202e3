package io.twoarm.model.project;

import io.twoarm.model.Finding;
import io.twoarm.model.SourceMap;
import io.twoarm.model.Topology;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading {@code topology.yaml}.
 *
 * @param topology empty when anything of error level was found
 * @param findings everything that was found, by line
 * @param sources where each object stands in the file
 */
public record ProjectReading(Optional<Topology> topology, List<Finding> findings, SourceMap sources) {
    public ProjectReading {
        findings = List.copyOf(findings);
    }
}
