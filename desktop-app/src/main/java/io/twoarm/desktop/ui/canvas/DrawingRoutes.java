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
import java.util.Optional;
import java.util.Set;

/** Leads links, wires, frames and relations along where hosts and segments stand. */
final class DrawingRoutes {
    /** Half the height of the text beside a wire. */
    private static final double WIRE_TEXT = 20;

    private final Map<String, HostFigure> hosts;
    private final Map<String, SegmentFigure> segments;
    private final Map<PortRef, LinkFigure> links;
    private final Map<PoolRef, PoolFigure> pools;
    private final Map<ObjectRef, GroupFigure> groups;
    /** What is drawn; empty for figures that were never led anywhere. */
    private Optional<Wiring.Plan> drawn = Optional.empty();

    DrawingRoutes(
            Map<String, HostFigure> hosts,
            Map<String, SegmentFigure> segments,
            Map<PortRef, LinkFigure> links,
            Map<PoolRef, PoolFigure> pools,
            Map<ObjectRef, GroupFigure> groups) {
        this.hosts = hosts;
        this.segments = segments;
        this.links = links;
        this.pools = pools;
        this.groups = groups;
    }

    /** There are other figures. */
    void forget() {
        drawn = Optional.empty();
    }

    /** @return the links that run elsewhere now */
    List<LinkFigure> route(DrawnLines lines, Collection<RelationFigure> relations) {
        forget();
        return route(lines, relations, Set.of());
    }

    /**
     * The same when nothing else has changed since than where some hosts and segments stand, and the bends of their links.
     *
     * @param moved their paths
     */
    List<LinkFigure> route(DrawnLines lines, Collection<RelationFigure> relations, Set<String> moved) {
        Wiring.Plan plan = plan(lines, moved);
        drawn = Optional.of(plan);
        List<LinkFigure> elsewhere = links.values().stream()
                .filter(figure -> figure.route(plan.courses().get(figure.path()), lines.of(figure)))
                .toList();
        plan.wires().forEach((path, wire) -> {
            SegmentFigure figure = segments.get(path);
            figure.stretch(wire, crowded(plan, wire, figure.textReach()));
        });
        groups.values().forEach(group -> group.enclose(membersOf(group.frame().members())));
        framePools();
        new RelationRoutes(plan, hosts, pools, groups, links.values()).route(relations);
        return elsewhere;
    }

    private Wiring.Plan plan(DrawnLines lines, Set<String> moved) {
        List<Wiring.Box> boxes = new ArrayList<>();
        hosts.forEach(
                (path, figure) -> boxes.add(new Wiring.Box(path, figure.centre(), figure.width(), figure.height())));
        List<Wiring.Segment> ends = new ArrayList<>();
        segments.forEach(
                (path, figure) -> ends.add(new Wiring.Segment(path, figure.centre(), figure.width(), figure.height())));
        List<Wiring.Link> led = links.values().stream()
                .map(figure -> new Wiring.Link(
                        figure.path(),
                        figure.hostPath(),
                        figure.segmentPath(),
                        figure.textWidth(),
                        figure.height(),
                        lines.of(figure)))
                .toList();
        Wiring wiring = new Wiring(boxes, ends);
        return drawn.map(before -> wiring.plan(led, before, moved)).orElseGet(() -> wiring.plan(led));
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
