package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.SegmentRef;
import io.twoarm.desktop.layout.LinkLine;
import io.twoarm.desktop.layout.Point;
import io.twoarm.model.project.Layout;
import io.twoarm.model.project.Layout.Position;
import io.twoarm.model.project.LinkShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Positions and lines of links by object path, as the drawing has them, from and to the project's layout. */
final class KeptPlaces {
    private KeptPlaces() {}

    static Map<String, Point> of(Layout layout) {
        Map<String, Point> places = new LinkedHashMap<>();
        layout.hosts().forEach((name, at) -> places.put(new HostRef(name).path(), point(at)));
        layout.segments().forEach((name, at) -> places.put(new SegmentRef(name).path(), point(at)));
        return places;
    }

    static Map<String, LinkLine> linesOf(Layout layout) {
        Map<String, LinkLine> lines = new LinkedHashMap<>();
        layout.links()
                .forEach((host, ports) -> ports.forEach((port, link) -> lines.put(
                        new PortRef(host, port).path(),
                        link.shape() == LinkShape.BENT && link.bends().isEmpty()
                                ? LinkLine.STRAIGHT
                                : new LinkLine(
                                        link.shape(),
                                        link.bends().stream()
                                                .map(KeptPlaces::point)
                                                .toList()))));
        return lines;
    }

    static Layout layoutOf(Design design) {
        Map<String, Position> hosts = new LinkedHashMap<>();
        Map<String, Position> segments = new LinkedHashMap<>();
        design.places()
                .forEach((path, at) -> ObjectRef.at(path).ifPresent(ref -> {
                    switch (ref) {
                        case HostRef host -> hosts.put(host.name(), new Position(at.x(), at.y()));
                        case SegmentRef segment -> segments.put(segment.name(), new Position(at.x(), at.y()));
                        default -> throw new IllegalArgumentException(path + " has no place of its own");
                    }
                }));
        Layout layout = new Layout(hosts, segments, Map.of());
        for (Map.Entry<String, LinkLine> each : design.lines().entrySet()) {
            if (!(ObjectRef.at(each.getKey()).orElseThrow() instanceof PortRef port)) {
                throw new IllegalArgumentException(each.getKey() + " has no link");
            }
            LinkLine line = each.getValue();
            List<Position> bends = line.bends().stream()
                    .map(bend -> new Position(bend.x(), bend.y()))
                    .toList();
            layout = layout.withLink(port.host(), port.name(), new Layout.Link(line.shape(), bends));
        }
        return layout;
    }

    private static Point point(Position position) {
        return new Point(position.x(), position.y());
    }
}
