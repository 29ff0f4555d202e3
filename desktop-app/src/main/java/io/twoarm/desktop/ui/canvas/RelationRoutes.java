package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.ObjectRef.PoolRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.layout.Wiring;
import io.twoarm.desktop.viewmodel.Diagram.Relation;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;

/**
 * Where the arrows from services to their pools run: straight to a pool beside the director, otherwise round the right
 * end of everything between.
 */
record RelationRoutes(
        Wiring.Plan plan,
        Map<String, HostFigure> hosts,
        Map<PoolRef, PoolFigure> pools,
        Map<ObjectRef, GroupFigure> groups,
        Collection<LinkFigure> links) {
    /** Room between the vertical part of a relation and what it passes. */
    private static final double LANE_GAP = 22;

    private static final double LANE_STEP = 12;

    void route(Collection<RelationFigure> relations) {
        int lane = 0;
        for (RelationFigure figure : relations) {
            Relation relation = figure.relation();
            HostFigure director = relation.directors().stream()
                    .map(each -> hosts.get(each.path()))
                    .max(Comparator.comparingDouble(each -> each.centre().x()))
                    .orElseThrow();
            PoolFigure pool = pools.get(relation.pool());
            double fromX = director.centre().x() + director.width() / 2;
            double frame = groups.values().stream()
                    .filter(group -> group.frame().members().contains(director.ref()))
                    .mapToDouble(GroupFigure::right)
                    .findFirst()
                    .orElse(fromX);
            double fromY = director.centre().y() + director.rowOffset(relation.service());
            if (frame < pool.left() && pool.spans(fromY)) {
                figure.routeAcross(fromX, pool.left(), fromY);
                continue;
            }
            double toY = pool.middle() + lane * LANE_STEP;
            double x = Math.max(frame, pool.right());
            x = Math.max(x, passedBy(Math.min(fromY, toY), Math.max(fromY, toY)));
            figure.route(fromX, fromY, x + LANE_GAP + lane * LANE_STEP, pool.right(), toY);
            lane++;
        }
    }

    /** The right end of all wires, links and texts at links between two heights. */
    private double passedBy(double top, double bottom) {
        double right = Double.NEGATIVE_INFINITY;
        for (Wiring.Wire wire : plan.wires().values()) {
            if (wire.y() > top && wire.y() < bottom) {
                right = Math.max(right, wire.right());
            }
        }
        for (LinkFigure link : links) {
            Wiring.Course course = plan.courses().get(link.path());
            right = Math.max(right, rightOf(course, top, bottom));
            double y = course.atBox().y();
            if (y > top && y < bottom) {
                right = Math.max(right, course.atBox().x() + link.textWidth());
            }
        }
        return right;
    }

    private static double rightOf(Wiring.Course course, double top, double bottom) {
        return course.points().stream()
                .filter(point -> point.y() > top && point.y() < bottom)
                .mapToDouble(Point::x)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
