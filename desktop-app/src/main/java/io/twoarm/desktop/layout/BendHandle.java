package io.twoarm.desktop.layout;

import io.twoarm.desktop.layout.Wiring.Course;
import io.twoarm.model.project.LinkShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be dragged of a link: a bend of a bent one, or a leg of an orthogonal one, which moves across itself.
 *
 * @param course the link as it is drawn
 * @param line the same as it is kept; with the new bend when that is what is dragged
 * @param index of the bend, or of the leg: 0 leaves the box, odd ones are level, even ones upright
 */
public record BendHandle(Course course, LinkLine line, int index) {
    /** A bend so near to the line of its neighbours lies on it, in drawing units. */
    private static final double ON_LINE = 6;

    /** A step in an orthogonal line that is no larger than this is none, in drawing units. */
    private static final double SMALLEST_STEP = 4;

    /** A shorter leg has no handle, in drawing units. */
    private static final double SHORTEST_LEG = 24;

    /** Everything of a link that can be dragged. */
    public static List<BendHandle> of(Course course, LinkLine line) {
        List<BendHandle> handles = new ArrayList<>();
        switch (line.shape()) {
            case STRAIGHT -> {}
            case BENT -> {
                for (int i = 0; i < line.bends().size(); i++) {
                    handles.add(new BendHandle(course, line, i));
                }
            }
            case ORTHOGONAL -> {
                for (int leg = 0; leg <= 2 * corners(course).size(); leg++) {
                    BendHandle handle = new BendHandle(course, line, leg);
                    if (handle.length() >= SHORTEST_LEG) {
                        handles.add(handle);
                    }
                }
            }
        }
        return handles;
    }

    /**
     * What is dragged when a link is grabbed somewhere to bend it: a new bend there, or the leg of an orthogonal link;
     * empty where a leg cannot be moved.
     */
    public static Optional<BendHandle> at(Course course, LinkLine line, Point at) {
        int leg = legAt(course.points(), at);
        if (line.shape() == LinkShape.ORTHOGONAL) {
            return leg <= 2 * corners(course).size()
                    ? Optional.of(new BendHandle(course, line, leg))
                    : Optional.empty();
        }
        List<Point> bends = bendsOf(course, line);
        int before = line.shape() == LinkShape.BENT ? Math.max(0, leg - 1) : leg;
        int index = Math.min(before, bends.size());
        List<Point> more = new ArrayList<>(bends);
        more.add(index, at);
        return Optional.of(new BendHandle(course, LinkLine.through(more), index));
    }

    /** The bends of a bent line that runs where the link runs now. */
    public static List<Point> bendsOf(Course course, LinkLine line) {
        return line.shape() == LinkShape.BENT
                ? line.bends()
                : course.points().subList(1, course.points().size() - 1);
    }

    /** The same with one in the middle of a link that runs straight. */
    public static List<Point> bendsToStartWith(Course course, LinkLine line) {
        List<Point> bends = bendsOf(course, line);
        Point from = course.atBox();
        Point to = course.atSegment();
        return bends.isEmpty()
                ? List.of(new Point(Math.rint((from.x() + to.x()) / 2), Math.rint((from.y() + to.y()) / 2)))
                : bends;
    }

    /** Where it is on the drawing: the bend, or the middle of the leg. */
    public Point place() {
        return isLeg()
                ? new Point((from().x() + to().x()) / 2, (from().y() + to().y()) / 2)
                : line.bends().get(index);
    }

    /** Whether it is a leg of an orthogonal link. */
    public boolean isLeg() {
        return line.shape() == LinkShape.ORTHOGONAL;
    }

    /** Whether it is a leg from left to right, which moves up and down. */
    public boolean isLevel() {
        return isLeg() && index % 2 == 1;
    }

    /** The corners that it may come into line with. */
    public List<Point> neighbours() {
        List<Point> others = new ArrayList<>(isLeg() ? course.points() : line.bends());
        if (isLeg()) {
            others.subList(index, Math.min(others.size(), index + 2)).clear();
        } else {
            others.remove(index);
            others.add(course.atBox());
            others.add(course.atSegment());
        }
        return others;
    }

    /** The link while its bend or leg is dragged to a place. */
    public LinkLine dragged(Point to) {
        if (!isLeg()) {
            return line.with(index, to);
        }
        LinkLine kept = new LinkLine(LinkShape.ORTHOGONAL, corners(course));
        if (index == 0) {
            return kept.inserted(0, new Point(to.x(), turn()));
        }
        int bend = (index - 1) / 2;
        Point now = kept.bends().get(bend);
        return kept.with(bend, isLevel() ? new Point(now.x(), to.y()) : new Point(to.x(), now.y()));
    }

    /** The link after the drag: a bend on the line of its neighbours is none, and neither is a step of a few pixels. */
    public LinkLine dropped(Point to) {
        if (isLeg()) {
            return tidied(dragged(to));
        }
        return onLine(to).isPresent() ? line.without(index) : dragged(to);
    }

    /** The nearest point on the line between the neighbours of a bend, when it is near enough. */
    public Optional<Point> onLine(Point to) {
        if (isLeg()) {
            return Optional.empty();
        }
        List<Point> bends = line.bends();
        Point before = index == 0
                ? LinkWay.stub(course.atBox(), course.downwards(), course.labelLength(), to)
                : bends.get(index - 1);
        Point after = index < bends.size() - 1 ? bends.get(index + 1) : course.atSegment();
        List<Point> points = course.points();
        boolean upright = points.getLast().x() == points.get(points.size() - 2).x();
        if (index == bends.size() - 1 && upright) {
            after = new Point(before.x(), after.y());
        }
        return nearest(before, after, to);
    }

    /** The link without its bend, or without the step that an orthogonal link makes here; empty where there is none. */
    public Optional<LinkLine> removed() {
        if (!isLeg()) {
            return Optional.of(line.without(index));
        }
        LinkLine kept = new LinkLine(LinkShape.ORTHOGONAL, line.bends());
        int bend = (index - 1) / 2;
        return index == 0 || bend >= kept.bends().size() ? Optional.empty() : Optional.of(tidied(kept.without(bend)));
    }

    private LinkLine tidied(LinkLine wanted) {
        LinkLine tidy = wanted;
        for (int i = 0; i < tidy.bends().size(); ) {
            List<Point> bends = tidy.bends();
            double x = i == 0 ? course.atBox().x() : bends.get(i - 1).x();
            boolean stepless = Math.abs(bends.get(i).x() - x) <= SMALLEST_STEP;
            boolean merged = i + 1 < bends.size()
                    && Math.abs(bends.get(i).y() - bends.get(i + 1).y()) <= SMALLEST_STEP;
            if (stepless || merged) {
                tidy = tidy.without(i);
                i = 0;
            } else {
                i++;
            }
        }
        return tidy;
    }

    /** Where an upright link steps aside that is dragged at its first leg: behind its texts, if they leave room. */
    private double turn() {
        double leg = Math.abs(to().y() - from().y());
        double ahead = Math.max(LinkWay.SHORTEST_STUB, Math.min(course.labelLength(), leg / 2));
        return Math.rint(from().y() + (course.downwards() ? ahead : -ahead));
    }

    /** Every second corner of an orthogonal link is a bend, whether it is kept or was found. */
    private static List<Point> corners(Course course) {
        List<Point> bends = new ArrayList<>();
        for (int i = 2; i < course.points().size() - 1; i += 2) {
            bends.add(course.points().get(i));
        }
        return bends;
    }

    private Point from() {
        return course.points().get(index);
    }

    private Point to() {
        return course.points().get(index + 1);
    }

    private double length() {
        return Math.hypot(to().x() - from().x(), to().y() - from().y());
    }

    private static int legAt(List<Point> points, Point at) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i + 1 < points.size(); i++) {
            Point foot = foot(points.get(i), points.get(i + 1), at);
            double distance = Math.hypot(foot.x() - at.x(), foot.y() - at.y());
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    private static Optional<Point> nearest(Point from, Point to, Point at) {
        Point foot = foot(from, to, at);
        return Math.hypot(foot.x() - at.x(), foot.y() - at.y()) <= ON_LINE
                ? Optional.of(new Point(Math.rint(foot.x()), Math.rint(foot.y())))
                : Optional.empty();
    }

    /** The point of a line between two points that is nearest to another one. */
    private static Point foot(Point from, Point to, Point at) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double square = dx * dx + dy * dy;
        double share = square == 0 ? 0 : ((at.x() - from.x()) * dx + (at.y() - from.y()) * dy) / square;
        double within = Math.max(0, Math.min(1, share));
        return from.plus(within * dx, within * dy);
    }
}
