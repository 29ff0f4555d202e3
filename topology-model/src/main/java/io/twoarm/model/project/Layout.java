package io.twoarm.model.project;

import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.Name;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where hosts and segments stand on the drawing, and how links run. Presentation only: without it everything means the same.
 *
 * <p>Names are kept in their natural order, so that moving things about changes single lines of the file.
 *
 * @param links of hosts, by host and port; a link that is missing is straight
 */
public record Layout(
        Map<String, Position> hosts, Map<String, Position> segments, Map<String, Map<String, Link>> links) {
    /** Nothing has a place yet. */
    public static final Layout EMPTY = new Layout(Map.of(), Map.of(), Map.of());

    public Layout {
        hosts = sorted(hosts);
        segments = sorted(segments);
        Map<String, Map<String, Link>> byHost = new TreeMap<>();
        links.forEach((host, ports) -> {
            if (!ports.isEmpty()) {
                byHost.put(host, sorted(ports));
            }
        });
        links = sorted(byHost);
    }

    /**
     * How the line of a port's link runs.
     *
     * @param bends from the port to its segment
     */
    public record Link(LinkShape shape, List<Position> bends) {
        public Link {
            bends = List.copyOf(bends);
            if (shape == LinkShape.STRAIGHT && !bends.isEmpty()) {
                throw new InvalidLiteralException(
                        "a straight link has " + bends.size() + " bends; allowed is none.",
                        "Write shape: bent or shape: orthogonal, or leave bends out.");
            }
        }
    }

    /**
     * The centre of a node, in pixels at 100 % zoom, x to the right and y downwards.
     *
     * @param x any finite number
     * @param y any finite number
     */
    public record Position(double x, double y) {
        public Position {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException("a position is finite, not " + x + ", " + y);
            }
            x += 0.0; // turns -0.0 into 0.0, which is written alike and would come back unequal
            y += 0.0;
        }
    }

    public Optional<Position> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    public Optional<Position> segment(String name) {
        return Optional.ofNullable(segments.get(name));
    }

    /** How the link of a port is drawn; empty for a straight one. */
    public Optional<Link> link(String host, String port) {
        return Optional.ofNullable(links.getOrDefault(host, Map.of()).get(port));
    }

    /** The layout with a host at this position. */
    public Layout withHost(String name, Position position) {
        return new Layout(with(hosts, name, position), segments, links);
    }

    /** The layout with a segment at this position. */
    public Layout withSegment(String name, Position position) {
        return new Layout(hosts, with(segments, name, position), links);
    }

    /** The layout with a port's link drawn like this. */
    public Layout withLink(String host, String port, Link link) {
        return new Layout(hosts, segments, with(links, host, with(links.getOrDefault(host, Map.of()), port, link)));
    }

    private static <T> Map<String, T> with(Map<String, T> entries, String name, T entry) {
        Map<String, T> changed = new TreeMap<>(entries);
        changed.put(name, entry);
        return changed;
    }

    private static <T> Map<String, T> sorted(Map<String, T> entries) {
        entries.keySet().forEach(Name::check);
        return Collections.unmodifiableMap(new TreeMap<>(entries));
    }
}
