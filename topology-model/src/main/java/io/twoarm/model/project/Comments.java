package io.twoarm.model.project;

import io.twoarm.model.ObjectPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The comments and blank lines of a YAML file, each with the object or field that it belongs to.
 *
 * <p>Lines of their own belong to what begins on the next line that begins something; a comment at the end of a line
 * belongs to what begins first on that line. What follows the last field belongs to the file.
 */
final class Comments {
    /** Of a file that does not exist yet. */
    static final Comments NONE = new Comments();

    private final Map<ObjectPath, List<String>> leading = new LinkedHashMap<>();
    private final Map<ObjectPath, String> trailing = new LinkedHashMap<>();
    private final List<String> end = new ArrayList<>();
    private final Map<ObjectPath, Node> nodes = new HashMap<>();

    private Comments() {}

    /** @param root the document that the text was composed to, without comments */
    static Comments of(String text, Node root) {
        Comments comments = new Comments();
        NavigableMap<Integer, ObjectPath> firstOnLine = new TreeMap<>();
        comments.index(ObjectPath.ROOT, root, firstOnLine);
        LoadSettings settings = LoadSettings.builder().setParseComments(true).build();
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CommentEvent comment) {
                comments.add(comment, firstOnLine);
            }
        }
        return comments;
    }

    /** Whether the file has this object or field. */
    boolean knows(ObjectPath path) {
        return nodes.containsKey(path);
    }

    /** The node that stands there; only for paths that are {@linkplain #knows known}. */
    Node node(ObjectPath path) {
        return nodes.get(path);
    }

    /** Lines before an object or field, without indentation: comments that begin with #, and empty lines. */
    List<String> leading(ObjectPath path) {
        return leading.getOrDefault(path, List.of());
    }

    /** The comment at the end of its first line, or an empty text. */
    String trailing(ObjectPath path) {
        return trailing.getOrDefault(path, "");
    }

    /** Lines after everything else. */
    List<String> end() {
        return end;
    }

    /** The paths that have a comment, by their order in the file. */
    Set<ObjectPath> commented() {
        Set<ObjectPath> paths = new LinkedHashSet<>();
        leading.forEach((path, lines) -> {
            if (lines.stream().anyMatch(line -> !line.isEmpty())) {
                paths.add(path);
            }
        });
        paths.addAll(trailing.keySet());
        return paths;
    }

    private void index(ObjectPath path, Node node, NavigableMap<Integer, ObjectPath> firstOnLine) {
        nodes.put(path, node);
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key) {
                        ObjectPath child = path.key(key.getValue());
                        firstOnLine.putIfAbsent(lineOf(key), child);
                        index(child, tuple.getValueNode(), firstOnLine);
                    }
                }
            }
            case SequenceNode sequence -> {
                for (int i = 0; i < sequence.getValue().size(); i++) {
                    Node item = sequence.getValue().get(i);
                    firstOnLine.putIfAbsent(lineOf(item), path.index(i));
                    index(path.index(i), item, firstOnLine);
                }
            }
            default -> {
                // a scalar has nothing below it
            }
        }
    }

    private void add(CommentEvent comment, NavigableMap<Integer, ObjectPath> firstOnLine) {
        int line = comment.getStartMark().orElseThrow().getLine();
        String text = comment.getCommentType() == CommentType.BLANK_LINE
                ? ""
                : "#" + comment.getValue().stripTrailing();
        if (comment.getCommentType() == CommentType.IN_LINE) {
            Map.Entry<Integer, ObjectPath> owner = firstOnLine.floorEntry(line);
            if (owner != null && trailing.putIfAbsent(owner.getValue(), text) != null) {
                addLine(leading.computeIfAbsent(owner.getValue(), path -> new ArrayList<>()), text);
            } else if (owner == null) {
                addLine(end, text);
            }
            return;
        }
        Map.Entry<Integer, ObjectPath> owner = firstOnLine.higherEntry(line);
        addLine(owner == null ? end : leading.computeIfAbsent(owner.getValue(), path -> new ArrayList<>()), text);
    }

    /** Several empty lines in a row count as one. */
    private static void addLine(List<String> lines, String text) {
        if (!text.isEmpty() || lines.isEmpty() || !lines.getLast().isEmpty()) {
            lines.add(text);
        }
    }

    private static int lineOf(Node node) {
        return node.getStartMark().orElseThrow().getLine();
    }
}
