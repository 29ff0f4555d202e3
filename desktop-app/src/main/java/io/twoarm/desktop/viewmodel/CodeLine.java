package io.twoarm.desktop.viewmodel;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a text that is shown, alone or compared with an earlier one.
 *
 * @param number in the text that it is part of, from 1; a removed line has that of the earlier text
 */
public record CodeLine(Change change, int number, String text) {
    /** What became of a line. */
    public enum Change {
        SAME,
        ADDED,
        REMOVED
    }

    /** Every line of a text. */
    public static List<CodeLine> of(String text) {
        return compare(text, text);
    }

    /** Every line of the text that is now, with those that are gone before what stands in their place. */
    public static List<CodeLine> compare(String before, String now) {
        List<String> old = before.lines().toList();
        List<String> present = now.lines().toList();
        List<CodeLine> lines = new ArrayList<>();
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(old, present).getDeltas()) {
            int from = delta.getTarget().getPosition();
            at = same(lines, present, at, from);
            int removed = delta.getSource().getPosition();
            for (String gone : delta.getSource().getLines()) {
                lines.add(new CodeLine(Change.REMOVED, ++removed, gone));
            }
            for (String added : delta.getTarget().getLines()) {
                lines.add(new CodeLine(Change.ADDED, ++at, added));
            }
        }
        same(lines, present, at, present.size());
        return lines;
    }

    private static int same(List<CodeLine> into, List<String> present, int from, int to) {
        for (int i = from; i < to; i++) {
            into.add(new CodeLine(Change.SAME, i + 1, present.get(i)));
        }
        return to;
    }

    /** The lines of a unified diff, such as a deployment plan has; its heads count as unchanged. */
    public static List<CodeLine> ofUnifiedDiff(List<String> diff) {
        List<CodeLine> lines = new ArrayList<>();
        for (int i = 0; i < diff.size(); i++) {
            String line = diff.get(i);
            boolean head = line.startsWith("+++") || line.startsWith("---");
            Change change = head || line.isEmpty()
                    ? Change.SAME
                    : switch (line.charAt(0)) {
                        case '+' -> Change.ADDED;
                        case '-' -> Change.REMOVED;
                        default -> Change.SAME;
                    };
            lines.add(new CodeLine(change, i + 1, line));
        }
        return lines;
    }
}
