package io.twoarm.model.project;

import io.twoarm.model.ObjectPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What each field of the project file is for, in the words of its JSON Schema. */
public final class FieldMeaning {
    private static final String SCHEMA = "/io/twoarm/model/topology.schema.json";
    private static final FieldMeaning INSTANCE = new FieldMeaning(load());

    private final Map<?, ?> definitions;

    private FieldMeaning(Map<?, ?> schema) {
        this.definitions = (Map<?, ?>) schema.get("$defs");
    }

    /** One or two sentences about a field; empty for a path that is none. */
    public static Optional<String> of(ObjectPath path) {
        return INSTANCE.nodesAt(path).stream()
                .flatMap(node -> Optional.ofNullable(node.get("description")).stream())
                .map(Object::toString)
                .findFirst();
    }

    /** The words that a field takes; none when it takes other values. */
    static List<String> words(ObjectPath path) {
        return INSTANCE.nodesAt(path).stream()
                .map(node -> node.get("enum"))
                .filter(List.class::isInstance)
                .flatMap(words -> ((List<?>) words).stream())
                .map(Object::toString)
                .toList();
    }

    private List<Map<?, ?>> nodesAt(ObjectPath path) {
        List<Map<?, ?>> nodes = List.of((Map<?, ?>) definitions.get("topology"));
        for (ObjectPath.Step step : path.steps()) {
            List<Map<?, ?>> next = new ArrayList<>();
            for (Map<?, ?> node : nodes) {
                expand(node, next, step);
            }
            nodes = next;
        }
        List<Map<?, ?>> all = new ArrayList<>(nodes);
        nodes.forEach(node -> resolved(node).filter(it -> it != node).ifPresent(all::add));
        return all;
    }

    /** Looks into what a node refers to and into all its alternatives. */
    private void expand(Map<?, ?> node, List<Map<?, ?>> next, ObjectPath.Step step) {
        resolved(node).filter(it -> it != node).ifPresent(it -> expand(it, next, step));
        switch (step) {
            case ObjectPath.Step.Key(String name) -> {
                boolean named = node.get("properties") instanceof Map<?, ?> properties && properties.containsKey(name);
                if (named) {
                    next.add((Map<?, ?>) ((Map<?, ?>) node.get("properties")).get(name));
                } else if (node.get("additionalProperties") instanceof Map<?, ?> others) {
                    next.add(others);
                }
            }
            case ObjectPath.Step.Index _ -> {
                if (node.get("items") instanceof Map<?, ?> items) {
                    next.add(items);
                }
            }
        }
        for (String alternatives : List.of("oneOf", "anyOf", "allOf")) {
            if (node.get(alternatives) instanceof List<?> list) {
                list.forEach(it -> expand((Map<?, ?>) it, next, step));
            }
        }
        for (String branch : List.of("then", "else")) {
            if (node.get(branch) instanceof Map<?, ?> map) {
                expand(map, next, step);
            }
        }
    }

    private Optional<Map<?, ?>> resolved(Map<?, ?> node) {
        return node.get("$ref") instanceof String reference
                ? Optional.ofNullable((Map<?, ?>) definitions.get(reference.replace("#/$defs/", "")))
                : Optional.of(node);
    }

    private static Map<?, ?> load() {
        try (InputStream schema = FieldMeaning.class.getResourceAsStream(SCHEMA)) {
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (IOException broken) {
            throw new IllegalStateException(SCHEMA + " cannot be read", broken);
        }
    }
}
