package io.twoarm.model.project;

import io.twoarm.model.ObjectPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds the entries of a list again in a former version of the file, so that comments stay with their entry when others
 * come, go or move.
 *
 * <p>Entries have no names. Equal ones belong together; after that, those that share most of their values.
 */
final class FormerItems {
    private FormerItems() {}

    /** For each item its former position; empty for a new one. */
    static List<OptionalInt> match(List<Yaml> items, Comments comments, ObjectPath former) {
        if (!comments.knows(former)
                || !(comments.node(former) instanceof SequenceNode sequence)
                || comments.commented().stream().noneMatch(path -> path.isWithin(former))) {
            return Collections.nCopies(items.size(), OptionalInt.empty());
        }
        Map<Integer, Set<String>> unmatched = new TreeMap<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            unmatched.put(i, valuesOf(sequence.getValue().get(i)));
        }
        List<OptionalInt> places = matchEqual(items, unmatched);
        for (int i = 0; i < items.size(); i++) {
            if (places.get(i).isEmpty()) {
                places.set(i, mostAlike(valuesOf(items.get(i)), unmatched));
            }
        }
        return places;
    }

    private static List<OptionalInt> matchEqual(List<Yaml> items, Map<Integer, Set<String>> unmatched) {
        Map<Set<String>, Deque<Integer>> byValues = new HashMap<>();
        unmatched.forEach((place, values) ->
                byValues.computeIfAbsent(values, key -> new ArrayDeque<>()).add(place));
        List<OptionalInt> places = new ArrayList<>();
        for (Yaml item : items) {
            Deque<Integer> equal = byValues.getOrDefault(valuesOf(item), new ArrayDeque<>());
            if (equal.isEmpty()) {
                places.add(OptionalInt.empty());
            } else {
                places.add(OptionalInt.of(equal.getFirst()));
                unmatched.remove(equal.removeFirst());
            }
        }
        return places;
    }

    private static OptionalInt mostAlike(Set<String> values, Map<Integer, Set<String>> unmatched) {
        int best = -1;
        long bestShared = 0;
        for (Map.Entry<Integer, Set<String>> candidate : unmatched.entrySet()) {
            long shared = candidate.getValue().stream().filter(values::contains).count();
            if (shared > bestShared) {
                best = candidate.getKey();
                bestShared = shared;
            }
        }
        if (best < 0) {
            return OptionalInt.empty();
        }
        unmatched.remove(best);
        return OptionalInt.of(best);
    }

    private static Set<String> valuesOf(Yaml item) {
        Set<String> values = new HashSet<>();
        switch (item) {
            case Yaml.Text(String content) -> values.add(content);
            case Yaml.Literal(String content) -> values.add(content);
            case Yaml.Listing listing -> listing.items().forEach(inner -> values.addAll(valuesOf(inner)));
            case Yaml.Mapping mapping ->
                mapping.entries()
                        .forEach(entry ->
                                valuesOf(entry.value()).forEach(value -> values.add(entry.key() + "=" + value)));
        }
        return values;
    }

    private static Set<String> valuesOf(Node item) {
        Set<String> values = new HashSet<>();
        switch (item) {
            case ScalarNode scalar -> values.add(scalar.getValue());
            case SequenceNode sequence -> sequence.getValue().forEach(inner -> values.addAll(valuesOf(inner)));
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key) {
                        valuesOf(tuple.getValueNode()).forEach(value -> values.add(key.getValue() + "=" + value));
                    }
                }
            }
            default -> throw new IllegalStateException("aliases were refused before");
        }
        return values;
    }
}
