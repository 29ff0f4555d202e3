package io.twoarm.director.control.client;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns; numbers stand to the right. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> headings) {
        rows.add(headings);
    }

    void add(List<String> cells) {
        rows.add(cells);
    }

    /** The lines, each with its line break. */
    String text() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[column] =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            numeric[column] = rows.size() > 1
                    && rows.stream().skip(1).allMatch(row -> row.get(at).matches("-?[\\d.]*"));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                line.append(numeric[column] ? padding + row.get(column) : row.get(column) + padding)
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
