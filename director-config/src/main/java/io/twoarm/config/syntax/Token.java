package io.twoarm.config.syntax;

import io.twoarm.config.Origin;

/**
 * A piece of a line. The texts of all tokens, one after the other, are the file.
 *
 * @param line 1-based
 * @param column 1-based, in UTF-16 units
 */
public record Token(Kind kind, String text, int line, int column) {

    /** What a piece of text is to the languages. */
    public enum Kind {
        /** Blanks and tabs. */
        BLANK,
        /** LF, CR or CRLF. */
        NEWLINE,
        /** From {@code !} or {@code #} to the end of the line. */
        COMMENT,
        /** {@code <...>}, which {@code dpvs.conf} skips, such as {@code <init>}. */
        MARKER,
        WORD,
        /** A word in double quotes, quotes included. */
        QUOTED,
        OPEN,
        CLOSE
    }

    /** Keywords and values: what is left when layout, comments and braces are taken away. */
    public boolean isWord() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    public boolean isBrace() {
        return kind == Kind.OPEN || kind == Kind.CLOSE;
    }

    /** The word itself, without quotes. */
    public String value() {
        if (kind != Kind.QUOTED) {
            return text;
        }
        boolean closed = text.length() > 1 && text.endsWith("\"");
        return text.substring(1, closed ? text.length() - 1 : text.length());
    }

    public Origin origin() {
        return new Origin(line, column);
    }
}
