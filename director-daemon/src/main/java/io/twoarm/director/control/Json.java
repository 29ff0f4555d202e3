package io.twoarm.director.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value (RFC 8259). Written on one line. */
public sealed interface Json {

    record JsonObject(Map<String, Json> members) implements Json {
        public JsonObject {
            members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    record JsonArray(List<Json> elements) implements Json {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    record JsonString(String value) implements Json {}

    /** @param value a {@code Long} or a finite {@code Double} */
    record JsonNumber(Number value) implements Json {}

    record JsonBoolean(boolean value) implements Json {}

    record JsonNull() implements Json {}

    static ObjectBuilder object() {
        return new ObjectBuilder();
    }

    static Json array(List<? extends Json> elements) {
        return new JsonArray(List.copyOf(elements));
    }

    static Json of(String value) {
        return new JsonString(value);
    }

    static Json of(long value) {
        return new JsonNumber(value);
    }

    /** A number rounded to thousandths. */
    static Json of(double value) {
        return new JsonNumber(Math.round(value * 1000) / 1000.0);
    }

    static Json of(boolean value) {
        return new JsonBoolean(value);
    }

    /** Collects the members of an object in order. */
    final class ObjectBuilder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private ObjectBuilder() {}

        public ObjectBuilder put(String name, Json value) {
            members.put(name, value);
            return this;
        }

        public ObjectBuilder put(String name, String value) {
            return put(name, of(value));
        }

        public ObjectBuilder put(String name, long value) {
            return put(name, of(value));
        }

        public ObjectBuilder put(String name, double value) {
            return put(name, of(value));
        }

        public ObjectBuilder put(String name, boolean value) {
            return put(name, of(value));
        }

        public ObjectBuilder put(String name, List<? extends Json> elements) {
            return put(name, array(elements));
        }

        public JsonObject build() {
            return new JsonObject(members);
        }
    }

    /** The text of a value, without line breaks. */
    default String text() {
        StringBuilder out = new StringBuilder();
        write(this, out);
        return out.toString();
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case JsonObject(Map<String, Json> members) -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    out.append(separator);
                    writeString(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    separator = ",";
                }
                out.append('}');
            }
            case JsonArray(List<Json> elements) -> {
                out.append('[');
                String separator = "";
                for (Json element : elements) {
                    out.append(separator);
                    write(element, out);
                    separator = ",";
                }
                out.append(']');
            }
            case JsonString(String text) -> writeString(text, out);
            case JsonNumber(Number number) -> out.append(number);
            case JsonBoolean(boolean truth) -> out.append(truth);
            case JsonNull() -> out.append("null");
        }
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
