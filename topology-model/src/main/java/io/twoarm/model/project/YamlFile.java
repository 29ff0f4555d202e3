package io.twoarm.model.project;

import io.twoarm.model.ObjectPath;
import io.twoarm.model.SourceMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Bytes to YAML nodes, with every failure as a finding.
 *
 * <p>Aliases are refused, because writing the project back would resolve them without a word; deep nesting is refused,
 * because the composer is recursive.
 */
final class YamlFile {
    private static final int DEEPEST = 32;
    private static final int LARGEST_CODE_POINTS = 16 << 20;

    private YamlFile() {}

    /** Reads a file as text; empty when it cannot be, with the reason in the log. */
    static Optional<String> readText(Path file, ReadingLog log) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            log.error(
                    ReadingRule.PROJECT_FILE,
                    "there is no such file; a project is a directory with " + ProjectFiles.TOPOLOGY + " in it.",
                    "Check the path, or create a project from a starter topology.");
            return Optional.empty();
        } catch (IOException e) {
            if (file.getParent() != null && Files.isRegularFile(file.getParent())) {
                log.error(
                        ReadingRule.PROJECT_FILE,
                        file.getParent() + " is a file; a project is a directory with " + ProjectFiles.TOPOLOGY
                                + " in it.",
                        "Give the directory instead of a file in it.");
                return Optional.empty();
            }
            log.error(
                    ReadingRule.PROJECT_FILE,
                    "the file cannot be read: " + e + ".",
                    "Make it a regular file that you may read.");
            return Optional.empty();
        }
        return decode(bytes, log);
    }

    /** Composes the one document of a text; empty when there is none, with the reason in the log. */
    static Optional<Node> compose(String text, ReadingLog log) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowNonScalarKeys(true) // refused later, with a place
                .setCodePointLimit(LARGEST_CODE_POINTS)
                .build();
        try {
            List<Event> events = new ArrayList<>();
            if (!onlyPlainFeatures(new Parse(settings).parseString(text), events, log)) {
                return Optional.empty();
            }
            Optional<Node> root = new Composer(settings, new ParsedEvents(events)).getSingleNode();
            if (root.isEmpty()) {
                log.error(
                        ReadingRule.YAML_SYNTAX,
                        "the file is empty.",
                        "Begin with the lines \"twoarm: 1\" and \"name: my-lab\".");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            logSyntaxError(e, log);
        } catch (ReaderException e) {
            log.error(
                    ReadingRule.YAML_SYNTAX,
                    positionOf(e.getPosition(), text),
                    ObjectPath.ROOT,
                    "the character U+%04X may not stand in YAML.".formatted(e.getCodePoint()),
                    "Remove the character.");
        } catch (YamlEngineException e) {
            log.error(ReadingRule.YAML_SYNTAX, oneLine(e.getMessage()) + ".", "Put the YAML right.");
        }
        return Optional.empty();
    }

    /** @param kept gets the events up to the first one that is refused for its depth */
    private static boolean onlyPlainFeatures(Iterable<Event> events, List<Event> kept, ReadingLog log) {
        int depth = 0;
        boolean plain = true;
        for (Event event : events) {
            kept.add(event);
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                log.error(
                        ReadingRule.YAML_FEATURE,
                        positionOf(event),
                        ObjectPath.ROOT,
                        "the nesting is deeper than " + DEEPEST + " levels; no project needs that.",
                        "Look for brackets that are not closed.");
                return false;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            boolean anchored =
                    event instanceof NodeEvent node && node.getAnchor().isPresent();
            if (anchored) {
                String what = event instanceof AliasEvent ? "an alias (*name)" : "an anchor (&name)";
                log.error(
                        ReadingRule.YAML_FEATURE,
                        positionOf(event),
                        ObjectPath.ROOT,
                        "there is " + what + "; project files do without, so that every value stands where it counts.",
                        "Write the value out at each place.");
                plain = false;
            }
        }
        return plain;
    }

    /** Events of a text that was parsed before, so that it is not parsed twice. */
    private static final class ParsedEvents implements Parser {
        private final List<Event> events;
        private int at;

        ParsedEvents(List<Event> events) {
            this.events = events;
        }

        @Override
        public boolean hasNext() {
            return at < events.size();
        }

        @Override
        public boolean checkEvent(Event.ID wanted) {
            return hasNext() && peekEvent().getEventId() == wanted;
        }

        @Override
        public Event peekEvent() {
            if (!hasNext()) {
                throw new NoSuchElementException("the events are over");
            }
            return events.get(at);
        }

        @Override
        public Event next() {
            Event event = peekEvent();
            at++;
            return event;
        }
    }

    private static void logSyntaxError(MarkedYamlEngineException e, ReadingLog log) {
        SourceMap.Position position = e.getProblemMark()
                .or(e::getContextMark)
                .map(ReadingLog::position)
                .orElseGet(() -> new SourceMap.Position(0, 0));
        String context = e.getContext() == null ? "" : oneLine(e.getContext());
        String started = e.getContextMark()
                .filter(mark -> !context.isEmpty())
                .map(mark -> " that begins in line " + (mark.getLine() + 1))
                .orElse("");
        String problem = oneLine(e.getProblem());
        String message = context.isEmpty() ? problem : context + started + ": " + problem;
        log.error(ReadingRule.YAML_SYNTAX, position, ObjectPath.ROOT, message + ".", syntaxFix(problem));
    }

    private static String syntaxFix(String problem) {
        if (problem.contains("TAB")) {
            return "Indent with blanks instead of tabs.";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "Put a text that holds a colon and a blank in quotes, or check the indentation.";
        }
        if (problem.contains("another document")) {
            return "Keep one project per file: remove the line --- and what follows.";
        }
        if (problem.contains("',' or")) {
            return "Close the bracket, or put a comma between the entries.";
        }
        return "Check indentation, brackets and quotes here; a text with special characters belongs in quotes.";
    }

    private static Optional<String> decode(byte[] bytes, ReadingLog log) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        String text = out.toString();
        try {
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException e) {
            log.error(
                    ReadingRule.NOT_UTF8,
                    positionOf(text.codePointCount(0, text.length()), text),
                    ObjectPath.ROOT,
                    "the byte 0x%02X is not UTF-8 here.".formatted(bytes[in.position()]),
                    "Save the file as UTF-8.");
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static SourceMap.Position positionOf(Event event) {
        return event.getStartMark().map(ReadingLog::position).orElseGet(() -> new SourceMap.Position(0, 0));
    }

    private static SourceMap.Position positionOf(int codePoints, String text) {
        String before = text.substring(
                0, text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length()))));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        String lastLine = before.substring(before.lastIndexOf('\n') + 1);
        return new SourceMap.Position(line, lastLine.codePointCount(0, lastLine.length()) + 1);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("\\.$", "");
    }
}
