package io.twoarm.model.change;

import io.twoarm.model.Topology;

/** What a topology says of itself. */
public record Heading(String name, String title, String description) {
    public static Heading of(Topology topology) {
        return new Heading(topology.name(), topology.title(), topology.description());
    }

    /** The topology under this heading. */
    public Topology on(Topology topology) {
        return ObjectList.Parts.of(topology).heading(this).topology();
    }
}
