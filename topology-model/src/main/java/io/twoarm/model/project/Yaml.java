package io.twoarm.model.project;

import java.util.ArrayList;
import java.util.List;

/** A piece of YAML to be written. */
sealed interface Yaml {

    /** A text; it is quoted where YAML would take it for something else. */
    record Text(String content) implements Yaml {}

    /** A number or truth value, written as it is. */
    record Literal(String content) implements Yaml {}

    /** A mapping; {@code compact} puts it on one line when it fits. */
    record Mapping(List<Entry> entries, boolean compact) implements Yaml {}

    /** A list; {@code compact} puts it on one line when it fits. */
    record Listing(List<Yaml> items, boolean compact) implements Yaml {}

    /** @param spaced whether a blank line stands before it, unless it is the first of its mapping */
    record Entry(String key, Yaml value, boolean spaced) {}

    static Yaml text(String content) {
        return new Text(content);
    }

    static Yaml number(int value) {
        return new Literal(Integer.toString(value));
    }

    /** A compact list of texts. */
    static Yaml texts(List<String> contents) {
        return new Listing(contents.stream().map(Yaml::text).toList(), true);
    }

    /** Puts a mapping together key by key. */
    final class MappingBuilder {
        private final List<Entry> entries = new ArrayList<>();

        MappingBuilder put(String key, Yaml value) {
            entries.add(new Entry(key, value, false));
            return this;
        }

        MappingBuilder putSpaced(String key, Yaml value) {
            entries.add(new Entry(key, value, true));
            return this;
        }

        Mapping compact() {
            return new Mapping(List.copyOf(entries), true);
        }

        Mapping block() {
            return new Mapping(List.copyOf(entries), false);
        }
    }
}
