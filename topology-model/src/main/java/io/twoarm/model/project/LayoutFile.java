package io.twoarm.model.project;

import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.Host;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.Segment;
import io.twoarm.model.Topology;
import io.twoarm.model.project.Layout.Link;
import io.twoarm.model.project.Layout.Position;
import io.twoarm.model.project.Yaml.MappingBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads and writes a project's {@code layout.yaml}.
 *
 * <p>Reading is tolerant, because a drawing can always be laid out anew: what cannot be used is left out, and findings of
 * at most warning level say so. A project without the file is complete.
 */
public final class LayoutFile {
    /** The rule under which entries for unknown hosts, segments and ports are reported. */
    public static final String UNKNOWN_NODE = "layout-unknown-node";

    private static final String VERSION_KEY = "twoarmLayout";

    private LayoutFile() {}

    /**
     * What came of reading a layout.
     *
     * @param findings warnings and notes, by line
     */
    public record LayoutReading(Layout layout, List<Finding> findings) {
        public LayoutReading {
            findings = List.copyOf(findings);
        }
    }

    /** Reads the layout of a project directory. What is not in the topology is left out. */
    public static LayoutReading read(Path directory, Topology topology) {
        Path file = directory.resolve(ProjectFiles.LAYOUT);
        if (!Files.exists(file)) {
            return new LayoutReading(Layout.EMPTY, List.of());
        }
        ReadingLog log = new ReadingLog(file);
        return reading(YamlFile.readText(file, log), topology, log);
    }

    /**
     * Reads a layout that lies in no directory, such as a starter's.
     *
     * @param name stands for the file in findings
     */
    public static LayoutReading readText(String text, Path name, Topology topology) {
        return reading(Optional.of(text), topology, new ReadingLog(name));
    }

    /**
     * Writes the layout into a project directory, which must exist. The file is replaced as a whole or not at all;
     * comments are kept as {@link ProjectWriter} keeps them.
     *
     * @return the comments that were dropped, as notes
     * @throws IOException when the file cannot be written, or when the one that is there is not YAML
     */
    public static List<Finding> write(Path directory, Layout layout) throws IOException {
        return ProjectWriter.replace(directory.resolve(ProjectFiles.LAYOUT), tree(layout));
    }

    private static LayoutReading reading(Optional<String> text, Topology topology, ReadingLog log) {
        Layout layout = text.flatMap(content -> YamlFile.compose(content, log))
                .map(root -> layout(new Field(log, ObjectPath.ROOT, root), topology))
                .orElse(Layout.EMPTY);
        List<Finding> findings =
                log.findings().stream().map(LayoutFile::atMostWarning).toList();
        return new LayoutReading(layout, findings);
    }

    private static Finding atMostWarning(Finding finding) {
        return finding.severity() != Severity.ERROR
                ? finding
                : new Finding(finding.rule(), Severity.WARNING, finding.place(), finding.message(), finding.fix());
    }

    private static Layout layout(Field root, Topology topology) {
        if (!FormatVersion.isSupported(root, VERSION_KEY)) {
            return Layout.EMPTY;
        }
        Fields fields = root.object(Shape.LAYOUT);
        Set<String> hosts = topology.hosts().stream().map(Host::name).collect(Collectors.toSet());
        Set<String> segments = topology.segments().stream().map(Segment::name).collect(Collectors.toSet());
        return new Layout(
                positions(fields, "hosts", hosts), positions(fields, "segments", segments), links(fields, topology));
    }

    private static Map<String, Map<String, Link>> links(Fields fields, Topology topology) {
        Map<String, Map<String, Link>> links = new LinkedHashMap<>();
        fields.field(
                "links",
                field -> field.named((host, ports) -> ports.named((port, link) -> {
                    if (topology.host(host).flatMap(it -> it.port(port)).isPresent()) {
                        link(link)
                                .optional()
                                .ifPresent(drawn -> links.computeIfAbsent(host, _ -> new LinkedHashMap<>())
                                        .put(port, drawn));
                    } else {
                        unknown(
                                link,
                                "the topology has no port " + port + " of a host " + host + "; the shape of its link, "
                                        + link.path() + ", is left out.",
                                "Nothing needs to be done: the entry goes when the layout is saved next.");
                    }
                    return Value.missing();
                })));
        return links;
    }

    private static Value<Link> link(Field field) {
        Fields fields = field.object(Shape.LINK);
        Value<LinkShape> shape = fields.field("shape", it -> it.word(LinkShape.class));
        Value<List<Position>> bends = fields.field("bends", it -> it.list(LayoutFile::position));
        return fields.build(() -> new Link(shape.get(), bends.orElse(List.of())));
    }

    private static Map<String, Position> positions(Fields fields, String key, Set<String> known) {
        Map<String, Position> positions = new LinkedHashMap<>();
        fields.field(
                key,
                field -> field.named((name, position) -> {
                    if (known.contains(name)) {
                        position(position).optional().ifPresent(place -> positions.put(name, place));
                    } else {
                        unknown(
                                position,
                                "the topology has no " + position.path() + "; its position is left out.",
                                "Nothing needs to be done: the position goes when the layout is saved next.");
                    }
                    return Value.missing();
                }));
        return positions;
    }

    private static Value<Position> position(Field field) {
        Fields fields = field.object(Shape.POSITION);
        Value<Double> x = fields.field("x", Field::coordinate);
        Value<Double> y = fields.field("y", Field::coordinate);
        return fields.build(() -> new Position(x.get(), y.get()));
    }

    private static void unknown(Field field, String message, String fix) {
        field.log()
                .note(
                        UNKNOWN_NODE,
                        field.log().positionOf(field.path()).orElseGet(field::position),
                        field.path(),
                        message,
                        fix);
    }

    private static Yaml.Mapping tree(Layout layout) {
        MappingBuilder tree = new MappingBuilder().put(VERSION_KEY, Yaml.number(ProjectFiles.FORMAT_VERSION));
        putPositions(tree, "hosts", layout.hosts());
        putPositions(tree, "segments", layout.segments());
        if (!layout.links().isEmpty()) {
            MappingBuilder hosts = new MappingBuilder();
            layout.links().forEach((host, ports) -> {
                MappingBuilder links = new MappingBuilder();
                ports.forEach((port, link) -> links.put(port, tree(link)));
                hosts.put(host, links.block());
            });
            tree.put("links", hosts.block());
        }
        return tree.block();
    }

    private static Yaml.Mapping tree(Link link) {
        MappingBuilder tree = new MappingBuilder().put("shape", Yaml.text(Field.wordOf(link.shape())));
        if (!link.bends().isEmpty()) {
            List<Yaml> bends = link.bends().stream().<Yaml>map(LayoutFile::tree).toList();
            tree.put("bends", new Yaml.Listing(bends, true));
        }
        return tree.compact();
    }

    private static Yaml.Mapping tree(Position position) {
        return new MappingBuilder()
                .put("x", number(position.x()))
                .put("y", number(position.y()))
                .compact();
    }

    private static void putPositions(MappingBuilder tree, String key, Map<String, Position> positions) {
        if (positions.isEmpty()) {
            return;
        }
        MappingBuilder entries = new MappingBuilder();
        positions.forEach((name, position) -> entries.put(name, tree(position)));
        tree.put(key, entries.block());
    }

    /** All digits that are needed to read the same number again, without an exponent. */
    private static Yaml number(double value) {
        BigDecimal digits = BigDecimal.valueOf(value).stripTrailingZeros();
        return new Yaml.Literal(digits.toPlainString());
    }
}
