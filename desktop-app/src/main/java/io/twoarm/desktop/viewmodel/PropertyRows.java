package io.twoarm.desktop.viewmodel;

import static io.twoarm.desktop.viewmodel.Texts.text;

import io.twoarm.desktop.design.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the rows of a section. */
final class PropertyRows {
    private final List<PropertySection.Row> rows = new ArrayList<>();
    private final List<Editor.Action> additions = new ArrayList<>();

    PropertyRows row(String label, String value, boolean code) {
        rows.add(new PropertySection.Row(label, value, code, Optional.empty(), Optional.empty(), Optional.empty()));
        return this;
    }

    PropertyRows plain(String labelKey, String value) {
        return row(text(labelKey), value, false);
    }

    PropertyRows code(String labelKey, String value) {
        return row(text(labelKey), value, true);
    }

    PropertyRows link(String label, String value, ObjectRef target) {
        rows.add(new PropertySection.Row(label, value, false, Optional.of(target), Optional.empty(), Optional.empty()));
        return this;
    }

    /** The last row can be edited. */
    PropertyRows by(Editor editor) {
        rows.add(rows.removeLast().with(editor));
        return this;
    }

    /** The last row can be removed. */
    PropertyRows removedBy(Editor.Action action) {
        rows.add(rows.removeLast().removedBy(action));
        return this;
    }

    PropertyRows adding(Editor.Action action) {
        additions.add(action);
        return this;
    }

    PropertySection under(String titleKey) {
        return titled(text(titleKey));
    }

    PropertySection titled(String title) {
        return new PropertySection(title, rows, additions);
    }
}
