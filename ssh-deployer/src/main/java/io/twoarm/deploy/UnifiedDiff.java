package io.twoarm.deploy;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** Two texts compared line by line, in the format of {@code diff -u}. */
final class UnifiedDiff {
    private static final int CONTEXT_LINES = 3;
    private static final String NO_NEWLINE = "\\ No newline at end of file";

    private UnifiedDiff() {}

    /** The diff with its two head lines; empty when the texts are the same. */
    static List<String> of(String oldName, String oldText, String newName, String newText) {
        List<String> before = lines(oldText);
        Patch<String> patch = DiffUtils.diff(before, lines(newText));
        return UnifiedDiffUtils.generateUnifiedDiff(oldName, newName, before, patch, CONTEXT_LINES).stream()
                .flatMap(String::lines)
                .map(UnifiedDiff::emptySide)
                .toList();
    }

    /** A last line without its line feed is another one than the same with it, and is shown with a remark. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (!text.isEmpty() && !text.endsWith("\n")) {
            lines.add(lines.removeLast() + "\n" + NO_NEWLINE);
        }
        return lines;
    }

    /** POSIX diff numbers an empty side 0, the library 1. */
    private static String emptySide(String line) {
        return line.startsWith("@@ ") ? line.replace("-1,0 ", "-0,0 ").replace("+1,0 ", "+0,0 ") : line;
    }
}
