package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.Wiring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Leads links, wires, frames and relations along where hosts and segments stand. */
record DrawingRoutes(
        Map<String, HostFigure> hosts,
        Map<String, SegmentFigure> segments,
        Map<PortRef, LinkFigure> links,
        Map<PoolRef, PoolFigure> pools,
        Map<ObjectRef, GroupFigure> groups) {
    /** Half the height of the text beside a wire. */
    private static final double WIRE_TEXT = 20;

    void route(DrawnLines lines, Collection<RelationFigure> relations) {
        Wiring.Plan plan = plan(lines);
        links.forEach((port, figure) -> figure.route(plan.courses().get(figure.path()), lines.of(figure)));
        plan.wires().forEach((path, wire) -> {
            SegmentFigure figure = segments.get(path);
            figure.stretch(wire, crowded(plan, wire, figure.textReach()));
        });
        groups.values().forEach(group -> group.enclose(membersOf(group.frame().members())));
        framePools();
        new RelationRoutes(plan, hosts, pools, groups, links.values()).route(relations);
    }

    private Wiring.Plan plan(DrawnLines lines) {
        List<Wiring.Box> boxes = new ArrayList<>();
        hosts.forEach(
                (path, figure) -> boxes.add(new Wiring.Box(path, figure.centre(), figure.width(), figure.height())));
        List<Wiring.Segment> ends = new ArrayList<>();
        segments.forEach(
                (path, figure) -> ends.add(new Wiring.Segment(path, figure.centre(), figure.width(), figure.height())));
        return new Wiring(boxes, ends)
                .plan(links.values().stream()
                        .map(figure -> new Wiring.Link(
                                figure.path(),
                                figure.hostPath(),
                                figure.segmentPath(),
                                figure.textWidth(),
                                figure.height(),
                                lines.of(figure)))
                        .toList());
    }

    /** Whether the text before a wire would stand on another wire. */
    private static boolean crowded(Wiring.Plan plan, Wiring.Wire wire, double reach) {
        return plan.wires().values().stream()
                .filter(other -> !other.id().equals(wire.id()))
                .anyMatch(other -> Math.abs(other.y() - wire.y()) < WIRE_TEXT
                        && other.left() < wire.left()
                        && other.right() > wire.left() - reach);
    }

    private void framePools() {
        List<PoolFigure> framed = new ArrayList<>();
        for (PoolFigure pool : pools.values()) {
            int depth = (int) framed.stream()
                    .filter(other -> other.frame().members().stream()
                            .anyMatch(pool.frame().members()::contains))
                    .count();
            pool.enclose(membersOf(pool.frame().members()), depth);
            framed.add(pool);
        }
    }

    private List<HostFigure> membersOf(Collection<ObjectRef.HostRef> members) {
        return members.stream()
                .map(member -> hosts.get(member.path()))
                .filter(Objects::nonNull)
                .toList();
    }
}
