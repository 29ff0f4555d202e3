package io.twoarm.model.project;

import io.twoarm.model.Name;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where hosts and segments stand on the drawing. Presentation only: without it everything means the same.
 *
 * <p>Names are kept in their natural order, so that moving things about changes single lines of the file.
 */
public record Layout(Map<String, Position> hosts, Map<String, Position> segments) {
    /** Nothing has a place yet. */
    public static final Layout EMPTY = new Layout(Map.of(), Map.of());

    public Layout {
        hosts = sorted(hosts);
        segments = sorted(segments);
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

    /** The layout with a host at this position. */
    public Layout withHost(String name, Position position) {
        return new Layout(with(hosts, name, position), segments);
    }

    /** The layout with a segment at this position. */
    public Layout withSegment(String name, Position position) {
        return new Layout(hosts, with(segments, name, position));
    }

    private static Map<String, Position> with(Map<String, Position> positions, String name, Position position) {
        Map<String, Position> changed = new TreeMap<>(positions);
        changed.put(name, position);
        return changed;
    }

    private static Map<String, Position> sorted(Map<String, Position> positions) {
        positions.keySet().forEach(Name::check);
        return Collections.unmodifiableMap(new TreeMap<>(positions));
    }
}
