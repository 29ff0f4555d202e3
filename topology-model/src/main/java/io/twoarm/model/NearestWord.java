package io.twoarm.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the allowed words a mistyped one was meant to be. */
public final class NearestWord {
    private NearestWord() {}

    /**
     * The allowed word that is the fewest edits away: inserted, deleted, replaced or swapped characters, ignoring case.
     * Empty when even that one needs more edits than a third of the word, but at least two.
     */
    public static Optional<String> to(String found, Collection<String> allowed) {
        int most = Math.max(2, found.length() / 3);
        return allowed.stream()
                .filter(word -> distance(found, word) <= Math.min(most, word.length() - 1))
                .min(Comparator.comparingInt(word -> distance(found, word)));
    }

    /** A sentence that asks, with a blank behind it, or nothing. */
    public static String question(String found, Collection<String> allowed) {
        return to(found, allowed).map(word -> "Did you mean \"" + word + "\"? ").orElse("");
    }

    /** The optimal string alignment distance: Levenshtein's with swaps of neighbours. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + replace);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
