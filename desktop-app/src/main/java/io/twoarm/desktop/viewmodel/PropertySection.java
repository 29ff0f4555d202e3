package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import java.util.List;
import java.util.Optional;

/**
 * Properties of an object that belong together.
 *
 * @param additions what can be added to them
 */
public record PropertySection(String title, List<Row> rows, List<Editor.Action> additions) {
    public PropertySection {
        rows = List.copyOf(rows);
        additions = List.copyOf(additions);
    }

    /**
     * One property.
     *
     * @param code whether the value is something one types on a machine, such as an address
     * @param target the object that the value names
     * @param editor how it is edited; empty when it follows from something else
     * @param removal takes it out of the list that it is in
     */
    public record Row(
            String label,
            String value,
            boolean code,
            Optional<ObjectRef> target,
            Optional<Editor> editor,
            Optional<Editor.Action> removal) {
        Row with(Editor wanted) {
            return new Row(label, value, code, target, Optional.of(wanted), removal);
        }

        Row removedBy(Editor.Action action) {
            return new Row(label, value, code, target, editor, Optional.of(action));
        }
    }
}
