package io.twoarm.artifact.existing;

import io.twoarm.model.Topology;
import java.util.List;

/**
 * A topology made from files in use.
 *
 * @param unmapped what the files say and the topology does not, and what had to be assumed
 */
public record ImportedTopology(Topology topology, List<Unmapped> unmapped) {
    public ImportedTopology {
        unmapped = List.copyOf(unmapped);
    }
}
