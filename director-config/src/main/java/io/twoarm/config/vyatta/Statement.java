package io.twoarm.config.vyatta;

import io.twoarm.config.Origin;
import java.util.List;

/**
 * One setting with the whole way to it, such as {@code interfaces ethernet eth0 address 10.10.0.102/24}.
 *
 * @param words without quotes; the last one is the value, where the setting has one
 * @param origin of its first word in the file
 */
public record Statement(List<String> words, Origin origin) {
    public Statement {
        words = List.copyOf(words);
    }

    /** A statement that is in no file. */
    public static Statement of(String... words) {
        return new Statement(List.of(words), Origin.NONE);
    }

    /** Whether its first words are these; {@code *} stands for any word. */
    public boolean startsWith(String... first) {
        if (words.size() < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if (!first[i].equals("*") && !first[i].equals(words.get(i))) {
                return false;
            }
        }
        return true;
    }

    public String word(int position) {
        return words.get(position);
    }

    public String last() {
        return words.getLast();
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
