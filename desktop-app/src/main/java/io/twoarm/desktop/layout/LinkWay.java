package io.twoarm.desktop.layout;

import io.twoarm.desktop.layout.Wiring.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The corners of a link through its bends.
 *
 * <p>A link leaves its box upright as far as its texts reach, and arrives at a wire upright. A cloud is entered upright
 * where that is possible, otherwise at its side.
 *
 * @param start at the edge of the box
 * @param downwards whether it leaves the box at its lower edge
 * @param labelLength room that its texts need along the line, in drawing units
 */
record LinkWay(Point start, boolean downwards, double labelLength, Segment segment) {
    /** A link goes at least so far before it turns, in drawing units. */
    static final double SHORTEST_STUB = 12;

    /** How far from its middle a cloud can be entered upright, of its width. */
    private static final double CLOUD_REACH = 0.3;

    /** From bend to bend. The bends stand at the indexes from 2 on. */
    List<Point> bent(List<Point> bends) {
        List<Point> way = new ArrayList<>(List.of(start, stub(start, downwards, labelLength, bends.getFirst())));
        way.addAll(bends);
        Point last = bends.getLast();
        double side = side(last);
        boolean beside = Math.abs(last.y() - segment.centre().y()) <= segment.height() / 2;
        if (!enteredUpright(last) && beside) {
            way.add(new Point(side, waist()));
        } else {
            way.add(entered(entrance(last.x()), last.y()));
        }
        return way;
    }

    /** Where a link turns to its first bend. */
    static Point stub(Point start, boolean downwards, double labelLength, Point bend) {
        int direction = downwards ? 1 : -1;
        double room = (bend.y() - start.y()) * direction;
        return start.plus(0, direction * Math.max(SHORTEST_STUB, Math.min(labelLength, room)));
    }

    /** Upright to the height of each bend, then level to it: two corners for each bend, from index 1 on. */
    List<Point> orthogonal(List<Point> bends) {
        List<Point> way = new ArrayList<>(List.of(start));
        for (Point bend : bends) {
            Point from = way.getLast();
            double y = way.size() == 1 ? leaving(bend.y()) : bend.y();
            way.add(new Point(from.x(), y));
            way.add(new Point(bend.x(), y));
        }
        Point last = way.getLast();
        if (enteredUpright(last)) {
            way.add(entered(last.x(), last.y()));
        } else {
            way.add(new Point(last.x(), waist()));
            way.add(new Point(side(last), waist()));
        }
        return way;
    }

    /** The nearest place within a cloud's reach, or the place itself on a wire. */
    double entrance(double x) {
        if (segment.wire()) {
            return x;
        }
        double reach = segment.width() * CLOUD_REACH;
        return Math.max(segment.centre().x() - reach, Math.min(segment.centre().x() + reach, x));
    }

    private double leaving(double y) {
        return downwards ? Math.max(start.y() + SHORTEST_STUB, y) : Math.min(start.y() - SHORTEST_STUB, y);
    }

    private boolean enteredUpright(Point from) {
        return entrance(from.x()) == from.x();
    }

    /** Where a link that comes from a height meets the segment: on a wire, or at a cloud's roof or ground. */
    Point entered(double x, double from) {
        double middle = segment.centre().y();
        double half = segment.height() / 2;
        if (from > middle) {
            return new Point(x, middle + half);
        }
        double roof = segment.wire()
                ? 0
                : CloudDome.roof((x - segment.centre().x()) / segment.width() + 0.5) * segment.height();
        return new Point(x, Math.rint(middle - half + roof));
    }

    private double waist() {
        return segment.centre().y() + segment.height() * (CloudDome.WAIST - 0.5);
    }

    private double side(Point from) {
        double half = segment.width() / 2;
        return segment.centre().x() + (from.x() < segment.centre().x() ? -half : half);
    }
}
