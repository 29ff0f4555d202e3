package io.twoarm.desktop.viewmodel;

import static io.twoarm.desktop.viewmodel.Texts.text;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What several objects have in common and can be changed in all of them by one step. */
public final class SharedProperties {
    private final List<Map<Key, PropertySection.Row>> rows;

    /** Where a field stands; sections of the same kind have the same position in the properties of each object. */
    private record Key(int section, String title, String label) {}

    private SharedProperties(List<Map<Key, PropertySection.Row>> rows) {
        this.rows = rows;
    }

    /** @return nothing when the objects have no field in common that can be edited */
    public static List<PropertySection> of(Topology topology, List<ObjectRef> refs) {
        List<Map<Key, PropertySection.Row>> rows = refs.stream()
                .map(ref -> editable(PropertiesBuilder.propertiesOf(topology, ref)))
                .toList();
        return rows.isEmpty() ? List.of() : new SharedProperties(rows).sections();
    }

    /** Fields that there is one of in a section; those of a list cannot be told apart by their names. */
    private static Map<Key, PropertySection.Row> editable(List<PropertySection> sections) {
        Map<Key, PropertySection.Row> found = new LinkedHashMap<>();
        List<Key> several = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            for (PropertySection.Row row : sections.get(i).rows()) {
                Key key = new Key(i, sections.get(i).title(), row.label());
                boolean shared =
                        row.editor().filter(SharedProperties::canBeShared).isPresent();
                if (shared && found.put(key, row) != null) {
                    several.add(key);
                }
            }
        }
        several.forEach(found::remove);
        return found;
    }

    private static boolean canBeShared(Editor editor) {
        return switch (editor) {
            case Editor.Typed _, Editor.Choice _ -> true;
            case Editor.Paragraph _, Editor.Named _ -> false;
        };
    }

    private List<PropertySection> sections() {
        Map<Integer, List<PropertySection.Row>> shared = new LinkedHashMap<>();
        Map<Integer, String> titles = new LinkedHashMap<>();
        rows.getFirst()
                .forEach((key, row) -> merged(key, row).ifPresent(it -> {
                    shared.computeIfAbsent(key.section(), _ -> new ArrayList<>())
                            .add(it);
                    titles.put(key.section(), key.title());
                }));
        return shared.entrySet().stream()
                .map(each -> new PropertySection(titles.get(each.getKey()), each.getValue(), List.of()))
                .toList();
    }

    private Optional<PropertySection.Row> merged(Key key, PropertySection.Row first) {
        List<Editor> editors = new ArrayList<>();
        boolean same = true;
        for (Map<Key, PropertySection.Row> each : rows) {
            PropertySection.Row row = each.get(key);
            if (row == null
                    || row.editor().get().getClass() != first.editor().get().getClass()) {
                return Optional.empty();
            }
            same &= row.value().equals(first.value());
            editors.add(row.editor().get());
        }
        String value = same ? first.value() : text("property.several");
        Wording name = Wording.of("edit.fieldMany", first.label(), Integer.toString(rows.size()));
        return Optional.of(new PropertySection.Row(
                first.label(),
                value,
                first.code(),
                Optional.empty(),
                Optional.of(all(name, editors, same)),
                Optional.empty()));
    }

    private static Editor all(Wording name, List<Editor> editors, boolean same) {
        return switch (editors.getFirst()) {
            case Editor.Typed typed ->
                new Editor.Typed(name, same ? typed.initial() : "", one(editors, it -> ((Editor.Typed) it).change()));
            case Editor.Choice choice ->
                new Editor.Choice(name, choice.options(), one(editors, it -> ((Editor.Choice) it).change()));
            case Editor.Paragraph _, Editor.Named _ -> throw new IllegalArgumentException("these are not shared");
        };
    }

    /** All changes, one after the other. */
    private static BiFunction<Topology, String, Topology> one(
            List<Editor> editors, java.util.function.Function<Editor, BiFunction<Topology, String, Topology>> change) {
        return (topology, value) -> {
            Topology changed = topology;
            for (Editor editor : editors) {
                changed = change.apply(editor).apply(changed, value);
            }
            return changed;
        };
    }
}
