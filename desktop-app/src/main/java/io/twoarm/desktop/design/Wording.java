package io.twoarm.desktop.design;

import java.util.List;

/**
 * What an edit is called, without the language: the key of a text and what stands in it.
 *
 * @param key such as {@code edit.rename}
 * @param values replace {@code {0}}, {@code {1}} … of the text
 */
public record Wording(String key, List<String> values) {
    public Wording {
        values = List.copyOf(values);
    }

    public static Wording of(String key, String... values) {
        return new Wording(key, List.of(values));
    }
}
