package io.twoarm.config.syntax;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts text into tokens, one line at a time, in one pass. */
final class Lexer {
    private final String text;
    private final ConfigFile file;
    private final List<ConfigFinding> findings;
    private int position;
    private int line = 1;
    private int lineStart;

    Lexer(ConfigFile file, String text, List<ConfigFinding> findings) {
        this.file = file;
        this.text = text;
        this.findings = findings;
    }

    boolean hasMore() {
        return position < text.length();
    }

    /** The tokens of the next line, its end included. */
    List<Token> nextLine() {
        List<Token> tokens = new ArrayList<>();
        while (hasMore()) {
            Token token = next();
            tokens.add(token);
            position += token.text().length();
            if (token.kind() == Kind.NEWLINE) {
                line++;
                lineStart = position;
                break;
            }
        }
        return tokens;
    }

    private Token next() {
        char first = text.charAt(position);
        if (first == '\n' || first == '\r') {
            return token(Kind.NEWLINE, position + (text.startsWith("\r\n", position) ? 2 : 1));
        }
        if (isBlank(first)) {
            return token(Kind.BLANK, endOfBlanks());
        }
        if (first == '\ufeff' && position == 0) {
            Token mark = token(Kind.BLANK, 1);
            report(mark, "byte-order-mark", "The file starts with a byte order mark.", "Save it as UTF-8 without one.");
            return mark;
        }
        return switch (first) {
            case '!', '#' -> token(Kind.COMMENT, endOfLine());
            case '"' -> quoted();
            case '<' -> file == ConfigFile.DPVS ? marker() : word();
            default -> word();
        };
    }

    private Token quoted() {
        int close = endOfLineOr('"');
        if (close == text.length() || text.charAt(close) != '"') {
            Token token = token(Kind.QUOTED, close);
            report(token, "unclosed-quote", "The quote is not closed on its line.", "Write a closing quote.");
            return token;
        }
        return token(Kind.QUOTED, close + 1);
    }

    private Token marker() {
        int close = endOfLineOr('>');
        if (close == text.length() || text.charAt(close) != '>') {
            Token token = token(Kind.MARKER, close);
            report(token, "unclosed-marker", "< starts a marker such as <init>, which needs a >.", "Write the >.");
            return token;
        }
        Token token = token(Kind.MARKER, close + 1);
        if (close + 1 < text.length() && continuesWord(text.charAt(close + 1))) {
            report(
                    token,
                    "glued-marker",
                    token.text() + " must be followed by a blank; DPVS crashes on this line.",
                    "Write a blank after " + token.text() + ".");
        }
        return token;
    }

    private Token word() {
        int end = position + 1;
        while (end < text.length() && continuesWord(text.charAt(end))) {
            end++;
        }
        boolean glued = end - position > 1 && text.charAt(end - 1) == '{';
        Token token = wordOrBrace(glued ? end - 1 : end);
        if (glued) {
            report(token, "glued-brace", "{ must be a word of its own.", "Write a blank before the brace.");
        }
        return token;
    }

    private Token wordOrBrace(int end) {
        char first = text.charAt(position);
        boolean single = end - position == 1;
        return token(single && first == '{' ? Kind.OPEN : single && first == '}' ? Kind.CLOSE : Kind.WORD, end);
    }

    private boolean continuesWord(char next) {
        boolean comment = file == ConfigFile.KEEPALIVED && (next == '!' || next == '#');
        return !isBlank(next) && next != '\n' && next != '\r' && next != '"' && !comment;
    }

    private Token token(Kind kind, int end) {
        return new Token(kind, text.substring(position, end), line, position - lineStart + 1);
    }

    private int endOfBlanks() {
        int end = position;
        while (end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int endOfLine() {
        return endOfLineOr('\n');
    }

    /** Index of the next {@code wanted} after the current character, or of the end of the line if that comes first. */
    private int endOfLineOr(char wanted) {
        int end = position + 1;
        while (end < text.length()
                && text.charAt(end) != '\n'
                && text.charAt(end) != '\r'
                && text.charAt(end) != wanted) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\f' || character == '\u000b';
    }

    private void report(Token token, String rule, String message, String fix) {
        findings.add(ConfigFinding.error(rule, file, token.origin(), token.value(), message, fix));
    }
}
