package io.twoarm.config;

import java.util.Collection;
import java.util.Optional;

/** The known keyword that was probably meant. */
public final class NearestKeyword {
    private NearestKeyword() {}

    /**
     * The candidate with the smallest edit distance, the first of equal ones; empty when even that differs in more than a
     * third of its letters.
     */
    public static Optional<String> to(String found, Collection<String> candidates) {
        Optional<String> nearest = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int allowed = Math.min(Math.max(1, candidate.length() / 3), least - 1);
            // The difference in length is part of every edit distance.
            if (Math.abs(found.length() - candidate.length()) <= allowed) {
                int distance = distance(found, candidate);
                if (distance <= allowed) {
                    nearest = Optional.of(candidate);
                    least = distance;
                }
            }
        }
        return nearest;
    }

    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        int[] current = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int substitution = previous[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(substitution, 1 + Math.min(previous[column], current[column - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[other.length()];
    }
}
