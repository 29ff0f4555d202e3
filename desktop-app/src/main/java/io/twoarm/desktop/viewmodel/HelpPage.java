package io.twoarm.desktop.viewmodel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the manual in blocks. It reads as much of Markdown as the manual is written in: headings, paragraphs, lists,
 * tables and code.
 *
 * @param file its name, such as {@code workbench.md}
 */
public record HelpPage(String file, List<Block> blocks) {
    /** The pages that the program brings, in the order in which they are read. */
    public static final List<String> FILES = List.of(
            "workbench.md",
            "lint-rules.md",
            "project-file.md",
            "deployment.md",
            "lab.md",
            "diagnostics.md",
            "director.md",
            "generated-files.md",
            "design-tools.md");

    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.*)");
    private static final Pattern ITEM = Pattern.compile("(?:[-*]|\\d+\\.) +(.*)");
    private static final Pattern RULE = Pattern.compile("[\\s|:-]+");
    private static final Pattern SPAN = Pattern.compile(
            "`(?<code>[^`]+)`|\\*\\*(?<strong>[^*]+)\\*\\*|\\*(?<emphasis>[^*]+)\\*|!\\[[^\\]]*\\]\\([^)]*\\)"
                    + "|\\[(?<link>[^\\]]+)\\]\\((?<target>[^)]*)\\)");

    public HelpPage {
        blocks = List.copyOf(blocks);
    }

    /** A part of a page. */
    public sealed interface Block {
        /** @param level 1 is the title */
        record Heading(int level, String text, String anchor) implements Block {}

        record Paragraph(List<Span> spans) implements Block {}

        record Item(List<Span> spans) implements Block {}

        record Code(String text) implements Block {}

        /** @param rows the first one has the heads */
        record Table(List<List<List<Span>>> rows) implements Block {}
    }

    /** What a part of a text is. */
    public enum Kind {
        PLAIN,
        CODE,
        STRONG,
        EMPHASIS,
        LINK
    }

    /** @param target where a link leads: a page, an anchor, or both; empty for other texts */
    public record Span(Kind kind, String text, String target) {}

    /** Reads a page that the program brings. */
    public static HelpPage load(String file) {
        try (InputStream stream = HelpPage.class.getResourceAsStream("/io/twoarm/desktop/help/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the program is incomplete: help page " + file + " is missing");
            }
            return parse(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static HelpPage parse(String file, String markdown) {
        return new HelpPage(file, new Reader(markdown.lines().toList()).blocks());
    }

    public String title() {
        return headings().findFirst().map(Block.Heading::text).orElse(file);
    }

    public Stream<Block.Heading> headings() {
        return blocks.stream().filter(Block.Heading.class::isInstance).map(Block.Heading.class::cast);
    }

    /** The number of the block that an anchor names; that of the first heading with the word otherwise. */
    public Optional<Integer> find(String anchor) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i) instanceof Block.Heading heading
                    && heading.anchor().equals(anchor)) {
                return Optional.of(i);
            }
        }
        for (int i = 0; i < blocks.size(); i++) {
            if (!anchor.isEmpty() && textOf(blocks.get(i)).contains(anchor)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static String textOf(Block block) {
        return switch (block) {
            case Block.Heading heading -> heading.text();
            case Block.Paragraph paragraph -> text(paragraph.spans());
            case Block.Item item -> text(item.spans());
            case Block.Code code -> code.text();
            case Block.Table table ->
                String.join(
                        "\n",
                        table.rows().stream()
                                .flatMap(List::stream)
                                .map(HelpPage::text)
                                .toList());
        };
    }

    public static String text(List<Span> spans) {
        return String.join("", spans.stream().map(Span::text).toList());
    }

    /** As GitHub makes it of a heading. */
    static String anchorOf(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher part = SPAN.matcher(text);
        int at = 0;
        while (part.find()) {
            add(spans, Kind.PLAIN, text.substring(at, part.start()), "");
            add(spans, Kind.CODE, part.group("code"), "");
            add(spans, Kind.STRONG, part.group("strong"), "");
            add(spans, Kind.EMPHASIS, part.group("emphasis"), "");
            add(spans, Kind.LINK, part.group("link"), part.group("target"));
            at = part.end();
        }
        add(spans, Kind.PLAIN, text.substring(at), "");
        return spans;
    }

    private static void add(List<Span> spans, Kind kind, String text, String target) {
        if (text != null && !text.isEmpty()) {
            spans.add(new Span(kind, text, target));
        }
    }

    /** Goes through the lines of a page. */
    private static final class Reader {
        private final List<String> lines;
        private final List<Block> blocks = new ArrayList<>();
        private int at;

        Reader(List<String> lines) {
            this.lines = lines;
        }

        List<Block> blocks() {
            while (at < lines.size()) {
                block();
            }
            return blocks;
        }

        private void block() {
            String line = lines.get(at).strip();
            Matcher heading = HEADING.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (line.isEmpty()) {
                at++;
            } else if (line.startsWith("```")) {
                code();
            } else if (heading.matches()) {
                at++;
                String text = text(spans(heading.group(2)));
                blocks.add(new Block.Heading(heading.group(1).length(), text, anchorOf(text)));
            } else if (line.startsWith("|")) {
                table();
            } else if (item.matches()) {
                at++;
                blocks.add(new Block.Item(spans(item.group(1) + rest())));
            } else {
                at++;
                List<Span> spans = spans(line + rest());
                if (!spans.isEmpty()) {
                    blocks.add(new Block.Paragraph(spans));
                }
            }
        }

        /** The lines that go on with what began before. */
        private String rest() {
            StringBuilder rest = new StringBuilder();
            while (at < lines.size()) {
                String next = lines.get(at).strip();
                boolean other = next.isEmpty()
                        || next.startsWith("```")
                        || next.startsWith("|")
                        || HEADING.matcher(next).matches()
                        || ITEM.matcher(next).matches();
                if (other) {
                    break;
                }
                rest.append(' ').append(next);
                at++;
            }
            return rest.toString();
        }

        private void code() {
            StringBuilder text = new StringBuilder();
            at++;
            while (at < lines.size() && !lines.get(at).strip().startsWith("```")) {
                text.append(lines.get(at++)).append('\n');
            }
            at++;
            blocks.add(new Block.Code(text.toString().stripTrailing()));
        }

        private void table() {
            List<List<List<Span>>> rows = new ArrayList<>();
            while (at < lines.size() && lines.get(at).strip().startsWith("|")) {
                String row = lines.get(at++).strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
                if (!RULE.matcher(row).matches()) {
                    rows.add(Stream.of(row.split("(?<!\\\\)\\|", -1))
                            .map(cell -> spans(cell.strip().replace("\\|", "|")))
                            .toList());
                }
            }
            blocks.add(new Block.Table(rows));
        }
    }
}
