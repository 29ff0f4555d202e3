package io.twoarm.director.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON text (RFC 8259). */
public final class JsonReader {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads one value that makes up the whole text.
     *
     * @throws IllegalArgumentException when it is no JSON; the message has the position
     */
    public static Json read(String text) {
        JsonReader reader = new JsonReader(text);
        Json value = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.wrong("the end");
        }
        return value;
    }

    private Json value() {
        skipSpace();
        if (++depth > MAX_DEPTH) {
            throw wrong("at most " + MAX_DEPTH + " levels");
        }
        Json value = switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.JsonString(string());
            case 't' -> word("true", new Json.JsonBoolean(true));
            case 'f' -> word("false", new Json.JsonBoolean(false));
            case 'n' -> word("null", new Json.JsonNull());
            default -> number();
        };
        depth--;
        return value;
    }

    private Json object() {
        Map<String, Json> members = new LinkedHashMap<>();
        expect('{');
        skipSpace();
        if (peek() == '}') {
            at++;
            return new Json.JsonObject(members);
        }
        while (true) {
            skipSpace();
            String name = string();
            skipSpace();
            expect(':');
            members.put(name, value());
            skipSpace();
            if (peek() == '}') {
                at++;
                return new Json.JsonObject(members);
            }
            expect(',');
        }
    }

    private Json array() {
        List<Json> elements = new ArrayList<>();
        expect('[');
        skipSpace();
        if (peek() == ']') {
            at++;
            return new Json.JsonArray(elements);
        }
        while (true) {
            elements.add(value());
            skipSpace();
            if (peek() == ']') {
                at++;
                return new Json.JsonArray(elements);
            }
            expect(',');
        }
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = next("a closing quotation mark");
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next("an escaped character");
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong("four hexadecimal digits");
                }
                char unit = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                at += 4;
                yield unit;
            }
            default -> throw wrong("an escape");
        };
    }

    private Json number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty()) {
            throw wrong("a value");
        }
        return new Json.JsonNumber(
                digits.matches("-?\\d+") ? (Number) Long.valueOf(digits) : (Number) Double.valueOf(digits));
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at == text.length()) {
            throw wrong("a value");
        }
        return text.charAt(at);
    }

    private char next(String wanted) {
        if (at == text.length()) {
            throw wrong(wanted);
        }
        return text.charAt(at++);
    }

    private void expect(char wanted) {
        if (at == text.length() || text.charAt(at) != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    private IllegalArgumentException wrong(String wanted) {
        String found = at == text.length() ? "the end" : "'" + text.charAt(at) + "'";
        return new IllegalArgumentException("JSON: " + wanted + " expected at " + at + ", " + found + " found");
    }
}
