package io.twoarm.model.change;

import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * One object of a topology in place of another one of the same name.
 *
 * <p>Applying a change and then its inverse gives the topology back.
 *
 * @param list where the object stands
 */
public record Change<T>(ObjectList<T> list, T before, T after) {
    /**
     * The topology with the change.
     *
     * @throws IllegalArgumentException when the object that is to be replaced is not there
     */
    public Topology applyTo(Topology topology) {
        List<T> changed = new ArrayList<>(list.in(topology));
        int position = changed.indexOf(before);
        if (position < 0) {
            throw new IllegalArgumentException("the topology does not hold " + before);
        }
        changed.set(position, after);
        return list.with(topology, changed);
    }

    /** The change that takes this one back. */
    public Change<T> inverted() {
        return new Change<>(list, after, before);
    }

    /** The object that changes, such as {@code service web}. */
    public String object() {
        return list.describe(before);
    }
}
