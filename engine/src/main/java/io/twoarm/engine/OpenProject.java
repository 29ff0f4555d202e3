package io.twoarm.engine;

import io.twoarm.model.Finding;
import io.twoarm.model.Topology;
import io.twoarm.model.lint.Fix;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A project as it was read from its directory.
 *
 * @param topology empty when the file cannot be read as a topology; the findings say why
 * @param findings what reading and lint found; causes before their consequences, then in the order of the file
 * @param fixes what of it a program can repair, with the changes for this topology
 */
public record OpenProject(Path directory, Optional<Topology> topology, List<Finding> findings, List<Fix> fixes) {
    public OpenProject {
        findings = List.copyOf(findings);
        fixes = List.copyOf(fixes);
    }

    /** Whether files can be generated and deployed: it was read, and nothing of error level was found. */
    public boolean deployable() {
        return topology.isPresent()
                && findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
