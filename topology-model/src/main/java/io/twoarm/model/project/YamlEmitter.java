package io.twoarm.model.project;

import io.twoarm.model.ObjectPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes YAML in one fixed style, with the comments of a former version of the file.
 *
 * <p>Two blanks per level, LF. A compact mapping or list stands on one line when that has at most 120 characters;
 * entries of a list always do. A comment inside of what is now one line moves above that line; a comment of a field that
 * is no longer written moves to its object.
 */
final class YamlEmitter {
    private static final int LINE_WIDTH = 120;
    private static final String INDENT = "  ";

    private final Comments comments;
    private final StringBuilder out = new StringBuilder();
    private final Set<ObjectPath> homeless;

    private YamlEmitter(Comments comments) {
        this.comments = comments;
        this.homeless = new LinkedHashSet<>(comments.commented());
    }

    /**
     * @param text the whole file
     * @param dropped places of the former file whose comments are not in the text, because what they were about is gone
     */
    record Result(String text, Set<ObjectPath> dropped) {}

    static Result emit(Yaml.Mapping root, Comments comments) {
        YamlEmitter emitter = new YamlEmitter(comments);
        emitter.mapping(root, ObjectPath.ROOT, 0);
        emitter.lines(comments.end(), 0);
        return new Result(emitter.out.toString().stripTrailing() + "\n", emitter.homeless);
    }

    /** @param former where the mapping stood in the former file */
    private void mapping(Yaml.Mapping mapping, ObjectPath former, int level) {
        boolean first = true;
        for (Yaml.Entry entry : mapping.entries()) {
            String opening = INDENT.repeat(level) + YamlScalar.inBlock(entry.key()) + ":";
            Optional<String> line = oneLine(entry.value(), opening.length() + 1);
            ObjectPath path = former.key(entry.key());
            List<String> above = linesAbove(path, entry.value(), line.isPresent());
            if (entry.spaced()
                    && !first
                    && (above.isEmpty() || !above.getFirst().isEmpty())) {
                above.addFirst("");
            }
            lines(above, level);
            out.append(opening);
            value(entry.value(), line, path, level);
            first = false;
        }
    }

    private void listing(Yaml.Listing listing, ObjectPath former, int level) {
        List<OptionalInt> formerPlaces = FormerItems.match(listing.items(), comments, former);
        for (int i = 0; i < listing.items().size(); i++) {
            Yaml item = listing.items().get(i);
            String opening = INDENT.repeat(level) + "- " + flow(item);
            OptionalInt place = formerPlaces.get(i);
            if (place.isEmpty()) {
                out.append(opening).append('\n');
                continue;
            }
            ObjectPath path = former.index(place.getAsInt());
            lines(linesAbove(path, item, true), level);
            out.append(opening).append(suffix(path)).append('\n');
        }
    }

    /** What follows a key's colon. */
    private void value(Yaml value, Optional<String> line, ObjectPath former, int level) {
        if (line.isPresent()) {
            out.append(' ').append(line.get()).append(suffix(former)).append('\n');
            return;
        }
        switch (value) {
            case Yaml.Mapping mapping -> {
                out.append(suffix(former)).append('\n');
                mapping(mapping, former, level + 1);
            }
            case Yaml.Listing listing -> {
                out.append(suffix(former)).append('\n');
                listing(listing, former, level + 1);
            }
            case Yaml.Text(String content) -> block(content, suffix(former), level + 1);
            case Yaml.Literal literal -> throw new IllegalStateException("numbers stand on one line");
        }
    }

    private void block(String content, String suffix, int level) {
        out.append(' ')
                .append(YamlScalar.literalHeader(content).orElseThrow())
                .append(suffix)
                .append('\n');
        content.lines()
                .forEach(line -> out.append(line.isEmpty() ? "" : INDENT.repeat(level) + line)
                        .append('\n'));
    }

    /** The value behind its key on the same line; empty for what takes lines of its own. */
    private static Optional<String> oneLine(Yaml value, int column) {
        return switch (value) {
            case Yaml.Text(String content) ->
                YamlScalar.literalHeader(content).isPresent()
                        ? Optional.empty()
                        : Optional.of(YamlScalar.inBlock(content));
            case Yaml.Literal(String content) -> Optional.of(content);
            case Yaml.Mapping(List<Yaml.Entry> entries, boolean compact) ->
                fitting(flow(value), entries.isEmpty(), compact, column);
            case Yaml.Listing(List<Yaml> items, boolean compact) ->
                fitting(flow(value), items.isEmpty(), compact, column);
        };
    }

    private static Optional<String> fitting(String flow, boolean empty, boolean compact, int column) {
        return empty || compact && column + flow.length() <= LINE_WIDTH ? Optional.of(flow) : Optional.empty();
    }

    private static String flow(Yaml value) {
        return switch (value) {
            case Yaml.Text(String content) -> YamlScalar.inFlow(content);
            case Yaml.Literal(String content) -> content;
            case Yaml.Listing(List<Yaml> items, boolean compact) ->
                items.stream().map(YamlEmitter::flow).collect(Collectors.joining(", ", "[", "]"));
            case Yaml.Mapping(List<Yaml.Entry> entries, boolean compact) ->
                entries.isEmpty()
                        ? "{}"
                        : entries.stream()
                                .map(entry -> YamlScalar.inFlow(entry.key()) + ": " + flow(entry.value()))
                                .collect(Collectors.joining(", ", "{ ", " }"));
        };
    }

    /** The end of the line: a blank and the comment, or nothing. */
    private String suffix(ObjectPath former) {
        String comment = comments.trailing(former);
        return comment.isEmpty() ? "" : " " + comment;
    }

    /** The lines before a value: its own comments, and those from inside it that have no line of their own any more. */
    private List<String> linesAbove(ObjectPath former, Yaml value, boolean onOneLine) {
        List<String> lines = new ArrayList<>(comments.leading(former));
        homeless.remove(former);
        List<ObjectPath> moving = homeless.stream()
                .filter(path -> path.isWithin(former))
                .filter(path -> onOneLine || isFormerField(path, former, value))
                .toList();
        for (ObjectPath path : moving) {
            homeless.remove(path);
            comments.leading(path).stream().filter(line -> !line.isEmpty()).forEach(lines::add);
            if (!comments.trailing(path).isEmpty()) {
                lines.add(comments.trailing(path));
            }
        }
        return lines;
    }

    /** Whether a path leads through a field of the object that is not written any more. */
    private static boolean isFormerField(ObjectPath path, ObjectPath object, Yaml value) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return false;
        }
        ObjectPath child = new ObjectPath(path.steps().subList(0, object.steps().size() + 1));
        boolean written = child.steps().getLast() instanceof ObjectPath.Step.Key(String key)
                && mapping.entries().stream().anyMatch(entry -> entry.key().equals(key));
        return !written && !isNamedEntry(child);
    }

    /** Whether a path is a thing with a name of its own: a host, a port, a segment, a pool, a service. */
    private static boolean isNamedEntry(ObjectPath path) {
        List<ObjectPath.Step> steps = path.steps();
        return steps.size() == 2 || steps.size() == 4 && steps.get(2).equals(new ObjectPath.Step.Key("ports"));
    }

    private void lines(List<String> lines, int level) {
        for (String line : lines) {
            if (!line.isEmpty()) {
                out.append(INDENT.repeat(level)).append(line).append('\n');
            } else if (!out.isEmpty() && !endsWithBlankLine()) {
                out.append('\n');
            }
        }
    }

    private boolean endsWithBlankLine() {
        return out.length() >= 2 && out.charAt(out.length() - 1) == '\n' && out.charAt(out.length() - 2) == '\n';
    }
}
