package io.twoarm.desktop.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The edits of a design in their order, as a value; those behind the position are undone and can be redone.
 *
 * @param position how many of the edits are in the design
 */
public record History(List<Edit> edits, int position) {
    public static final History EMPTY = new History(List.of(), 0);

    /** Older edits than these are forgotten. */
    static final int LONGEST = 5000;

    public History {
        edits = List.copyOf(edits);
        if (position < 0 || position > edits.size()) {
            throw new IllegalArgumentException("position " + position + " of " + edits.size() + " edits");
        }
    }

    /** After one more edit; what was undone is forgotten. */
    public History after(Edit edit) {
        List<Edit> longer = new ArrayList<>(edits.subList(Math.max(0, position + 1 - LONGEST), position));
        longer.add(edit);
        return new History(longer, longer.size());
    }

    /** With another edit in the place of the last one that is in the design. */
    public History adjusted(Edit edit) {
        List<Edit> changed = new ArrayList<>(edits);
        changed.set(position - 1, edit);
        return new History(changed, position);
    }

    /** The edit that undo takes back. */
    public Optional<Edit> undoable() {
        return position == 0 ? Optional.empty() : Optional.of(edits.get(position - 1));
    }

    /** The edit that redo does again. */
    public Optional<Edit> redoable() {
        return position == edits.size() ? Optional.empty() : Optional.of(edits.get(position));
    }

    /** The same edits with more or fewer of them in the design. */
    public History at(int wanted) {
        return new History(edits, wanted);
    }

    /** The design as it is after going to another position. */
    public Design moved(Design design, int wanted) {
        Design result = design;
        for (int i = position; i < wanted; i++) {
            result = edits.get(i).apply(result);
        }
        for (int i = position; i > wanted; i--) {
            result = edits.get(i - 1).inverted().apply(result);
        }
        return result;
    }
}
