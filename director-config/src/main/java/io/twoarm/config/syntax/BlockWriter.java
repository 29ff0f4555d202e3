package io.twoarm.config.syntax;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes statements and blocks in the canonical layout: four blanks for each level, one statement to a line, LF. */
public final class BlockWriter {
    private static final String INDENT = "    ";
    /** Values of one block start in the same column unless a keyword is longer than this. */
    private static final int KEYWORD_WIDTH = 20;

    /** Comments are broken before this column. */
    private static final int LINE_WIDTH = 100;

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean afterBlankLine = true;

    /** A comment, broken between words where it would grow too long; an empty text gives a bare comment sign. */
    public BlockWriter comment(String text) {
        if (text.isEmpty()) {
            return line("!");
        }
        int room = LINE_WIDTH - 2 - INDENT.length() * open.size();
        StringBuilder part = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!part.isEmpty() && part.length() + 1 + word.length() > room) {
                line("! " + part);
                part.setLength(0);
            }
            part.append(part.isEmpty() ? "" : " ").append(word);
        }
        return line("! " + part);
    }

    /** An empty line, unless the text is empty or ends with one. */
    public BlockWriter blankLine() {
        if (!afterBlankLine) {
            text.append('\n');
            afterBlankLine = true;
        }
        return this;
    }

    /** A keyword and its value; an empty value leaves the keyword alone. */
    public BlockWriter statement(String keyword, String value) {
        return line(value.isEmpty() ? keyword : pad(keyword) + value);
    }

    /** Opens a block: {@code heading} is its keyword and, if it has one, its name. */
    public BlockWriter open(String heading) {
        line(heading + " {");
        open.push(heading);
        return this;
    }

    public BlockWriter close() {
        open.pop();
        return line("}");
    }

    /** Everything written so far; all blocks must be closed. */
    public String print() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("the block " + open.peek() + " is still open");
        }
        return text.toString();
    }

    /** A word as it must be written to be read back as one: quoted when it holds a blank or a sign of the languages. */
    public static String word(String value) {
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(character -> " \t\f\u000b!#{}\"<>".indexOf(character) >= 0);
        if (value.chars().anyMatch(character -> character == '"' || character == '\n' || character == '\r')) {
            throw new IllegalArgumentException("no configuration file can hold this value: " + value);
        }
        return plain ? value : '"' + value + '"';
    }

    private BlockWriter line(String line) {
        text.append(INDENT.repeat(open.size())).append(line).append('\n');
        afterBlankLine = false;
        return this;
    }

    private static String pad(String keyword) {
        return keyword + " ".repeat(Math.max(1, KEYWORD_WIDTH - keyword.length()));
    }
}
