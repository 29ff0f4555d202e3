package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.LayoutRequest;
import io.twoarm.desktop.layout.Wiring;
import io.twoarm.desktop.viewmodel.Diagram;
import io.twoarm.desktop.viewmodel.ReadingOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What automatic layout has to know of the arranged figures.
 *
 * @param hosts by their paths
 * @param segments by their paths
 */
record LayoutBoxes(
        Diagram diagram,
        Map<String, HostFigure> hosts,
        Map<String, SegmentFigure> segments,
        Map<PortRef, LinkFigure> links,
        Map<ObjectRef, GroupFigure> groups) {
    LayoutRequest request() {
        List<LayoutRequest.Box> boxes = new ArrayList<>();
        hosts.forEach((path, figure) ->
                boxes.add(new LayoutRequest.Box(path, figure.width() + hostMargin(figure), boxHeight(figure))));
        segments.forEach((path, figure) ->
                boxes.add(new LayoutRequest.Box(path, boxWidth(figure), Math.max(8, figure.height()))));
        List<LayoutRequest.Connection> connections = ReadingOrder.stepsOf(diagram).stream()
                .map(step -> {
                    LinkFigure figure = links.get(step.link().port());
                    return new LayoutRequest.Connection(step.from(), step.to(), figure.width(), figure.height());
                })
                .toList();
        return new LayoutRequest(boxes, connections);
    }

    /** A wire is as long as the hosts on it need; one without hosts keeps itself and its text free of others. */
    private double boxWidth(SegmentFigure figure) {
        if (figure.cloudy()) {
            return figure.width();
        }
        boolean plugged =
                links.values().stream().anyMatch(link -> link.link().segment().equals(figure.ref()));
        return plugged ? 20 : Wiring.SHORTEST_WIRE + 2 * figure.textReach();
    }

    /** Frames need room at both sides; the first director of a group has the group's name at its left. */
    private double hostMargin(HostFigure figure) {
        Optional<GroupFigure> group = groupOf(figure.ref());
        boolean first = group.filter(it -> it.frame().members().getFirst().equals(figure.ref()))
                .isPresent();
        double grouped = first ? 2 * GroupFigure.BAND : group.isPresent() ? 2 * GroupFigure.PADDING : 0;
        return Math.max(pooled(diagram, figure.ref()) ? 16 : 0, grouped);
    }

    private double boxHeight(HostFigure figure) {
        double framed = groupOf(figure.ref())
                .map(group -> Math.max(figure.height() + 2 * GroupFigure.PADDING, group.textLength()))
                .orElse(figure.height());
        return framed + (pooled(diagram, figure.ref()) ? 24 : 0);
    }

    private Optional<GroupFigure> groupOf(ObjectRef host) {
        return groups.values().stream()
                .filter(group -> group.frame().members().contains(host))
                .findFirst();
    }

    /** Whether a frame lies around a host, so that texts at its links have to keep away. */
    static boolean framed(Diagram diagram, ObjectRef host) {
        return pooled(diagram, host)
                || diagram.groups().stream().anyMatch(group -> group.members().contains(host));
    }

    private static boolean pooled(Diagram diagram, ObjectRef host) {
        return diagram.pools().stream().anyMatch(pool -> pool.members().stream().anyMatch(host::equals));
    }
}
