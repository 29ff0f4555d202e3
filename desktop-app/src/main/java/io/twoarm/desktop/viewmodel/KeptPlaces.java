package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.project.Layout;
import io.twoarm.model.project.Layout.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/** Positions by object path, as the drawing has them, from and to the project's layout. */
final class KeptPlaces {
    private KeptPlaces() {}

    static Map<String, Point> of(Layout layout) {
        Map<String, Point> places = new LinkedHashMap<>();
        layout.hosts().forEach((name, at) -> places.put(new HostRef(name).path(), point(at)));
        layout.segments().forEach((name, at) -> places.put(new SegmentRef(name).path(), point(at)));
        return places;
    }

    static Layout layoutOf(Map<String, Point> places) {
        Map<String, Position> hosts = new LinkedHashMap<>();
        Map<String, Position> segments = new LinkedHashMap<>();
        places.forEach((path, at) -> ObjectRef.at(path).ifPresent(ref -> {
            switch (ref) {
                case HostRef host -> hosts.put(host.name(), new Position(at.x(), at.y()));
                case SegmentRef segment -> segments.put(segment.name(), new Position(at.x(), at.y()));
                default -> throw new IllegalArgumentException(path + " has no place of its own");
            }
        }));
        return new Layout(hosts, segments);
    }

    private static Point point(Position position) {
        return new Point(position.x(), position.y());
    }
}
