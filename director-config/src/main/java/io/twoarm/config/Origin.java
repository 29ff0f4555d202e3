package io.twoarm.config;

/**
 * Where a value stood in its file. All origins are equal: two configurations that say the same are the same, wherever
 * their lines stand.
 *
 * @param line 1-based line; 0 for a value that was never in a file
 * @param column 1-based column in UTF-16 units; 0 with line 0
 */
public record Origin(int line, int column) {
    public static final Origin NONE = new Origin(0, 0);

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
