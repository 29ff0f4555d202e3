package io.twoarm.model.morph;

import io.twoarm.model.Topology;
import java.util.List;

/**
 * A design before and after a morph: one change, which can be taken back.
 *
 * @param steps what was done, one sentence each
 */
public record Morphed(Morph morph, Topology before, Topology after, List<String> steps) {
    public Morphed {
        steps = List.copyOf(steps);
    }

    /**
     * The change that takes this one back.
     *
     * @return the same designs the other way round
     */
    public Morphed inverted() {
        return new Morphed(morph, after, before, steps);
    }

    /**
     * The design after the change.
     *
     * @throws IllegalArgumentException when the topology is another one than the change was made for
     */
    public Topology applyTo(Topology topology) {
        if (!topology.equals(before)) {
            throw new IllegalArgumentException("the design has changed since this morph was made");
        }
        return after;
    }
}
