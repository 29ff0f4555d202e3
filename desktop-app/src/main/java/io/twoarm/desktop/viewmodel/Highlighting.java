package io.twoarm.desktop.viewmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides lines of configuration files into parts that are coloured alike. One grammar serves dpvs.conf, keepalived.conf,
 * systemd units, sysctl, nftables, nginx, FRR, BIRD and shell: what they share is what people look for.
 */
public final class Highlighting {
    /** What a part of a line is; decides its colour. */
    public enum Kind {
        PLAIN,
        COMMENT,
        STRING,
        SECTION,
        KEYWORD,
        ADDRESS,
        NUMBER
    }

    /** A part of a line. */
    public record Span(Kind kind, String text) {}

    private static final Pattern COMMENT = Pattern.compile("^\\s*(?:[#;!].*|//.*)$");
    private static final Pattern SECTION = Pattern.compile("^\\s*\\[[^\\]]+\\]\\s*$");
    private static final Pattern FIRST_WORD = Pattern.compile("^(\\s*(?:<init>\\s*)?)([A-Za-z_][A-Za-z0-9_.-]*)");
    private static final Pattern PART = Pattern.compile("(?<string>\"[^\"]*\"|'[^']*')"
            + "|(?<comment>(?<=\\s)#.*$)"
            + "|(?<address>\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?\\b"
            + "|(?<![\\w:])[0-9A-Fa-f]{0,4}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}(?:/\\d{1,3})?(?![\\w:]))"
            + "|(?<number>(?<![\\w.-])(?:0x[0-9A-Fa-f]+|\\d+)(?:ms|s|m|h|G|M|K)?(?![\\w.]))");

    private Highlighting() {}

    /** The parts of one line; together they are the line. */
    public static List<Span> spans(String line) {
        if (COMMENT.matcher(line).matches()) {
            return List.of(new Span(Kind.COMMENT, line));
        }
        if (SECTION.matcher(line).matches()) {
            return List.of(new Span(Kind.SECTION, line));
        }
        List<Span> spans = new ArrayList<>();
        int at = 0;
        Matcher first = FIRST_WORD.matcher(line);
        if (first.find()) {
            add(spans, Kind.PLAIN, first.group(1));
            add(spans, Kind.KEYWORD, first.group(2));
            at = first.end();
        }
        Matcher part = PART.matcher(line);
        while (part.find(at)) {
            add(spans, Kind.PLAIN, line.substring(at, part.start()));
            add(spans, kind(part), part.group());
            at = part.end();
        }
        add(spans, Kind.PLAIN, line.substring(at));
        return spans;
    }

    private static Kind kind(Matcher part) {
        if (part.group("string") != null) {
            return Kind.STRING;
        }
        if (part.group("comment") != null) {
            return Kind.COMMENT;
        }
        return part.group("address") != null ? Kind.ADDRESS : Kind.NUMBER;
    }

    private static void add(List<Span> spans, Kind kind, String text) {
        if (!text.isEmpty()) {
            spans.add(new Span(kind, text));
        }
    }
}
