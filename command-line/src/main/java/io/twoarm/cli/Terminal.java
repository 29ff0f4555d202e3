package io.twoarm.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What commands write to: plain lines, with colour when a person is reading. */
final class Terminal {
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String FAINT = "2";
    private static final String BOLD = "1";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;

    Terminal(PrintStream out, PrintStream err, boolean colour) {
        this.out = out;
        this.err = err;
        this.colour = colour;
    }

    /** The process's own streams; coloured when a terminal is attached and {@code NO_COLOR} is not set. */
    static Terminal ofProcess() {
        boolean person = System.console() != null && System.console().isTerminal();
        return new Terminal(System.out, System.err, person && System.getenv("NO_COLOR") == null);
    }

    void line(String text) {
        out.println(text);
    }

    void heading(String text) {
        out.println();
        out.println(paint(BOLD, text));
    }

    /** A step that is done, with the time it took. */
    void done(String step, String detail, Duration elapsed) {
        out.println(paint(GREEN, "✓ ") + column(step, 14) + column(detail, 68) + " " + paint(FAINT, seconds(elapsed)));
    }

    void failed(String step, String detail) {
        out.println(paint(RED, "✗ ") + column(step, 14) + detail);
    }

    void faint(String text) {
        out.println(paint(FAINT, text));
    }

    /** A line of a plan; those of its differences in the colours of added and removed lines. */
    void planLine(String text) {
        String line = text.stripLeading();
        if (line.startsWith("| +")) {
            out.println(paint(GREEN, text));
        } else if (line.startsWith("| -")) {
            out.println(paint(RED, text));
        } else {
            out.println(line.startsWith("host ") ? paint(BOLD, text) : text);
        }
    }

    void error(String text) {
        err.println(paint(RED, "twoarm: ") + text);
    }

    /** A table with as many columns as its header, aligned by the widest cell. */
    void table(List<String> header, List<List<String>> rows) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        out.println(paint(FAINT, tableLine(header, widths)));
        rows.forEach(row -> out.println(tableLine(row, widths)));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String tableLine(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("  ");
        for (int column = 0; column < widths.length; column++) {
            line.append(column(cells.get(column), widths[column])).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String column(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
