package io.twoarm.model.change;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that is said otherwise on the two sides of a comparison.
 *
 * @param object what it is about, such as {@code service web}
 * @param field which of its values; empty when the object is on one side only
 * @param before the value on the first side; empty when there is none
 * @param after the value on the second side; empty when there is none
 */
public record Difference(String object, String field, Optional<String> before, Optional<String> after) {
    public Difference {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** Such as {@code service web: scheduler rr → wlc}. */
    public String text() {
        if (field.isEmpty()) {
            return object + (before.isEmpty() ? ": added" : ": removed");
        }
        return object + ": " + field + " " + before.orElse("none") + " → " + after.orElse("none");
    }

    /**
     * Compares objects by their names and fields, in the order of the first side, then the second.
     *
     * @param before objects with their fields
     * @param after objects with their fields
     */
    public static List<Difference> between(
            Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
        List<Difference> differences = new ArrayList<>();
        for (String object : union(before.keySet(), after.keySet())) {
            Map<String, String> old = before.get(object);
            Map<String, String> current = after.get(object);
            if (old == null || current == null) {
                differences.add(new Difference(
                        object,
                        "",
                        old == null ? Optional.empty() : Optional.of(object),
                        current == null ? Optional.empty() : Optional.of(object)));
                continue;
            }
            for (String field : union(old.keySet(), current.keySet())) {
                if (!Objects.equals(old.get(field), current.get(field))) {
                    differences.add(new Difference(
                            object,
                            field,
                            Optional.ofNullable(old.get(field)),
                            Optional.ofNullable(current.get(field))));
                }
            }
        }
        return List.copyOf(differences);
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }
}
