package io.twoarm.config.vyatta;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A router's configuration that was read. Both forms say the same: a tree in braces, as in {@code config.boot}, and one
 * {@code set} command a line, as {@code show configuration commands} prints them.
 *
 * @param statements in the order of the file; an empty block is a statement of its own
 * @param findings what could not be read
 */
public record VyattaFile(List<Statement> statements, List<ConfigFinding> findings) {
    public VyattaFile {
        statements = List.copyOf(statements);
        findings = List.copyOf(findings);
    }

    /** Reads any text, in time linear in its length. */
    public static VyattaFile parse(String text) {
        Reader reader = new Reader(text);
        reader.read();
        return new VyattaFile(reader.statements, reader.findings);
    }

    /** Whether a text is in one of the two forms. */
    public static boolean isOne(String text) {
        return text.lines()
                .map(String::strip)
                .anyMatch(line -> line.matches("set (interfaces|service|system|protocols|nat|firewall"
                                + "|high-availability|load-balancing|vpn|policy)( .*)?")
                        || line.matches("interfaces\\s*\\{"));
    }

    /** One pass over the characters. */
    private static final class Reader {
        private final String text;

        /** Whether the text is in the form of commands: then what is no command sets nothing. */
        private final boolean commands;

        private final List<Statement> statements = new ArrayList<>();
        private final List<ConfigFinding> findings = new ArrayList<>();
        private final Deque<Block> open = new ArrayDeque<>();
        private final List<String> path = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private Origin first = Origin.NONE;
        private int at;
        private int line = 1;
        private int lineStart;

        /** A block that is not closed yet: how many words it adds to the way, and where what is in it begins. */
        private record Block(int words, int statementsBefore, Origin origin) {}

        private Reader(String text) {
            this.text = text;
            this.commands = text.lines().anyMatch(line -> line.strip().startsWith("set "));
        }

        private void read() {
            while (at < text.length()) {
                char sign = text.charAt(at);
                if (sign == '\n') {
                    endOfStatement();
                    at++;
                    line++;
                    lineStart = at;
                } else if (Character.isWhitespace(sign)) {
                    at++;
                } else if (text.startsWith("/*", at)) {
                    comment();
                } else if (text.startsWith("//", at) || sign == '#' && words.isEmpty()) {
                    at = endOfLine();
                } else if (sign == '{') {
                    opens();
                } else if (sign == '}') {
                    closes();
                } else {
                    word(sign);
                }
            }
            endOfStatement();
            if (!open.isEmpty()) {
                report("block-unclosed", open.peek().origin(), "this block is not closed", "Add a closing brace.");
            }
        }

        private Origin here() {
            return new Origin(line, at - lineStart + 1);
        }

        private int endOfLine() {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }

        private void comment() {
            int end = text.indexOf("*/", at + 2);
            int next = end < 0 ? text.length() : end + 2;
            if (end < 0) {
                report("comment-unclosed", here(), "this comment is not closed", "Add */ to its end.");
            }
            for (int i = at; i < next; i++) {
                if (text.charAt(i) == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            at = next;
        }

        /** A word, in quotes if it holds blanks; the quotes of commands are single ones. */
        private void word(char sign) {
            if (words.isEmpty()) {
                first = here();
            }
            if (sign == '"' || sign == '\'') {
                quoted(sign);
                return;
            }
            int start = at;
            while (at < text.length()
                    && !Character.isWhitespace(text.charAt(at))
                    && "{}".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            words.add(text.substring(start, at));
        }

        private void quoted(char quote) {
            StringBuilder word = new StringBuilder();
            Origin start = here();
            at++;
            while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
                if (quote == '"' && text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
                    at++;
                }
                word.append(text.charAt(at++));
            }
            if (at < text.length() && text.charAt(at) == quote) {
                at++;
            } else {
                report("quote-unclosed", start, "these quotes are not closed on their line", "Close them.");
            }
            words.add(word.toString());
        }

        private void opens() {
            if (words.isEmpty()) {
                report("block-without-name", here(), "this block has no name", "Write its name before the brace.");
            }
            open.push(new Block(words.size(), statements.size(), words.isEmpty() ? here() : first));
            path.addAll(words);
            words.clear();
            at++;
        }

        private void closes() {
            endOfStatement();
            Block block = open.poll();
            if (block == null) {
                report("brace-without-block", here(), "this brace closes nothing", "Remove it.");
            } else {
                if (statements.size() == block.statementsBefore() && !path.isEmpty()) {
                    statements.add(new Statement(path, block.origin()));
                }
                path.subList(path.size() - block.words(), path.size()).clear();
            }
            at++;
        }

        private void endOfStatement() {
            if (words.isEmpty()) {
                return;
            }
            if (commands && !words.getFirst().equals("set")) {
                report(
                        "command",
                        first,
                        "\"" + words.getFirst() + "\" is no command that sets something",
                        "Give the output of: show configuration commands.");
            } else if (commands && words.size() > 1) {
                statements.add(new Statement(words.subList(1, words.size()), first));
            } else {
                List<String> whole = new ArrayList<>(path);
                whole.addAll(words);
                statements.add(new Statement(whole, first));
            }
            words.clear();
        }

        private void report(String rule, Origin origin, String message, String fix) {
            findings.add(ConfigFinding.error(rule, ConfigFile.ROUTER, origin, "", message + ".", fix));
        }
    }
}
