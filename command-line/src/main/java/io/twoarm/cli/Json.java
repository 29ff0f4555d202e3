package io.twoarm.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values as JSON (RFC 8259), for other programs: maps, collections, texts, numbers, truth values and nothing. */
final class Json {
    private Json() {}

    /** An object with its keys in the order given; values alternate with keys. */
    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    /**
     * The value as one line.
     *
     * @throws IllegalArgumentException for a value of any other kind
     */
    static String of(Object value) {
        return switch (value) {
            case null -> "null";
            case Optional<?> optional -> of(optional.orElse(null));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> text(entry.getKey().toString()) + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> items -> items.stream().map(Json::of).collect(Collectors.joining(", ", "[", "]"));
            case String text -> text(text);
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    /** An array with one item a line. */
    static String lines(Collection<?> items) {
        return items.stream().map(Json::of).collect(Collectors.joining(",\n", "[", "]"));
    }

    /** A JSON string; control characters and both halves of broken pairs are escaped by their number. */
    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    boolean plain = character >= 0x20 && !Character.isSurrogate((char) character);
                    if (plain) {
                        quoted.append((char) character);
                    } else {
                        quoted.append("\\u%04x".formatted(character));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
