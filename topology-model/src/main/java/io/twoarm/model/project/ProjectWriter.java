package io.twoarm.model.project;

import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Writes a topology as {@code topology.yaml}, in one fixed style: the same topology gives the same bytes, and reading
 * them gives the same topology.
 *
 * <p>Comments of the file that is replaced are kept. A comment on lines of its own stays above the field or entry that
 * followed it, a comment at the end of a line stays at the end of that line; empty lines between fields stay as well.
 * What moves: a comment in the middle of something that is written on one line goes above that line, a comment of a
 * field that is left out goes above its object. What goes: the comments of a host, port, segment, pool, service or list
 * entry that is no longer in the topology, which includes one that was renamed; each of them is named in a finding.
 * Quotes, line breaks and the order of keys are not kept.
 */
public final class ProjectWriter {
    /** The rule under which dropped comments are reported. */
    public static final String DROPPED_COMMENT = "dropped-comment";

    private ProjectWriter() {}

    /** The text of a new file. */
    public static String format(Topology topology) {
        return YamlEmitter.emit(TopologyTree.of(topology), Comments.NONE).text();
    }

    /**
     * The text of a file that replaces another one, with the comments of that one.
     *
     * @param former text of the other file; without effect when it is no YAML
     */
    public static String format(Topology topology, String former) {
        ReadingLog log = new ReadingLog(Path.of(ProjectFiles.TOPOLOGY));
        Comments comments = YamlFile.compose(former, log)
                .map(root -> Comments.of(former, root))
                .orElse(Comments.NONE);
        return YamlEmitter.emit(TopologyTree.of(topology), comments).text();
    }

    /**
     * Writes the topology into a project directory, which must exist. The file is replaced as a whole or not at all.
     *
     * @return the comments that were dropped, as notes
     * @throws IOException when the file cannot be written, or when the one that is there is not YAML, so that its
     *     comments would be lost
     */
    public static List<Finding> write(Path directory, Topology topology) throws IOException {
        return replace(directory.resolve(ProjectFiles.TOPOLOGY), TopologyTree.of(topology));
    }

    static List<Finding> replace(Path file, Yaml.Mapping tree) throws IOException {
        Comments comments = Files.exists(file) ? commentsOf(file) : Comments.NONE;
        YamlEmitter.Result result = YamlEmitter.emit(tree, comments);
        WholeFile.replace(file, result.text());
        return result.dropped().stream()
                .map(path -> dropped(file, path, comments))
                .toList();
    }

    private static Comments commentsOf(Path file) throws IOException {
        ReadingLog log = new ReadingLog(file);
        Optional<String> text = YamlFile.readText(file, log);
        Optional<Node> root = text.flatMap(content -> YamlFile.compose(content, log));
        if (root.isEmpty()) {
            throw new IOException("the file was not replaced, because it is not what was read before:\n"
                    + log.findings().stream().map(Finding::text).collect(Collectors.joining("\n")));
        }
        return Comments.of(text.orElseThrow(), root.get());
    }

    private static Finding dropped(Path file, ObjectPath path, Comments comments) {
        String text = Stream.concat(comments.leading(path).stream(), Stream.of(comments.trailing(path)))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        return new Finding(
                DROPPED_COMMENT,
                Severity.NOTE,
                new Finding.Place(Optional.of(file), 0, 0, path.toString()),
                "what the comment \"" + text + "\" was about, " + path + ", is no longer in the topology.",
                "Write the comment again where it belongs, if it is still needed.");
    }
}
