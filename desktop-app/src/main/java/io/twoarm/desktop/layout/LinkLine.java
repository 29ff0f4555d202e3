package io.twoarm.desktop.layout;

import io.twoarm.model.project.LinkShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How people want a link to run.
 *
 * @param bends from the box to the segment, in drawing units; none of a straight link
 */
public record LinkLine(LinkShape shape, List<Point> bends) {
    public static final LinkLine STRAIGHT = new LinkLine(LinkShape.STRAIGHT, List.of());

    public LinkLine {
        bends = List.copyOf(bends);
    }

    /** A bent line through these points; a straight one without any. */
    public static LinkLine through(List<Point> bends) {
        return bends.isEmpty() ? STRAIGHT : new LinkLine(LinkShape.BENT, bends);
    }

    /** Whether there is nothing to keep about it. */
    public boolean isStraight() {
        return equals(STRAIGHT);
    }

    /** Whether it is led round what stands in its way: nobody has said where it bends. */
    boolean findsItsWay() {
        return shape == LinkShape.ORTHOGONAL && bends.isEmpty();
    }

    /** The same line elsewhere. */
    public LinkLine plus(double dx, double dy) {
        return new LinkLine(shape, bends.stream().map(bend -> bend.plus(dx, dy)).toList());
    }

    /** A bent line becomes a straight one without its bends. */
    public LinkLine withoutBends() {
        return shape == LinkShape.BENT ? STRAIGHT : new LinkLine(shape, List.of());
    }

    LinkLine with(int index, Point bend) {
        return changed(points -> points.set(index, bend));
    }

    LinkLine inserted(int index, Point bend) {
        return changed(points -> points.add(index, bend));
    }

    LinkLine without(int index) {
        LinkLine fewer = changed(points -> points.remove(index));
        return fewer.bends().isEmpty() ? fewer.withoutBends() : fewer;
    }

    private LinkLine changed(Consumer<List<Point>> change) {
        List<Point> points = new ArrayList<>(bends);
        change.accept(points);
        return new LinkLine(shape, points);
    }
}
