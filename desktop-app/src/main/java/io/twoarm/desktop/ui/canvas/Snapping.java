package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A place that comes into line with other figures, or as far from its neighbours as these are from each other, when it is near
 * enough. Each direction snaps for itself.
 *
 * @param x the upright line that it came into, if any
 * @param y the level line that it came into, if any
 * @param gaps that have become equal
 */
record Snapping(Point at, OptionalDouble x, OptionalDouble y, List<Gap> gaps) {
    /** In drawing units. */
    private static final double REACH = 7;

    /** What a figure covers; the place is its centre. */
    record Box(Point centre, double width, double height) {
        private Span across() {
            return new Span(centre.x(), width);
        }

        private Span down() {
            return new Span(centre.y(), height);
        }
    }

    /** The room between two figures, as a line from one to the other. */
    record Gap(Point from, Point to) {}

    /** What a box covers in one direction. */
    private record Span(double centre, double size) {
        double from() {
            return centre - size / 2;
        }

        double to() {
            return centre + size / 2;
        }

        boolean meets(Span other) {
            return from() < other.to() && other.from() < to();
        }
    }

    /** A box with the direction that is looked at first. */
    private record Placed(Span along, Span aside) {}

    /**
     * A place to snap to.
     *
     * @param line that is shown for it, if it is one of lines
     * @param equal pairs of ends of gaps that are equal there
     */
    private record Candidate(double centre, OptionalDouble line, List<double[]> equal) {
        static Candidate line(double centre, double line) {
            return new Candidate(centre, OptionalDouble.of(line), List.of());
        }

        static Candidate gaps(double centre, double[]... equal) {
            return new Candidate(centre, OptionalDouble.empty(), List.of(equal));
        }
    }

    static Snapping none(Point at) {
        return new Snapping(at, OptionalDouble.empty(), OptionalDouble.empty(), List.of());
    }

    /** @param moving where it would stand without snapping */
    static Snapping near(Box moving, Collection<Box> others) {
        Optional<Candidate> x = nearest(
                new Placed(moving.across(), moving.down()),
                others.stream().map(box -> new Placed(box.across(), box.down())).toList());
        Optional<Candidate> y = nearest(
                new Placed(moving.down(), moving.across()),
                others.stream().map(box -> new Placed(box.down(), box.across())).toList());
        Point at = new Point(
                x.map(Candidate::centre).orElse(moving.centre().x()),
                y.map(Candidate::centre).orElse(moving.centre().y()));
        List<Gap> gaps = new ArrayList<>();
        x.ifPresent(found -> found.equal()
                .forEach(ends -> gaps.add(new Gap(new Point(ends[0], at.y()), new Point(ends[1], at.y())))));
        y.ifPresent(found -> found.equal()
                .forEach(ends -> gaps.add(new Gap(new Point(at.x(), ends[0]), new Point(at.x(), ends[1])))));
        return new Snapping(
                at,
                x.map(Candidate::line).orElse(OptionalDouble.empty()),
                y.map(Candidate::line).orElse(OptionalDouble.empty()),
                gaps);
    }

    /** Of those equally near: centres before gaps before edges. */
    private static Optional<Candidate> nearest(Placed moving, List<Placed> others) {
        List<Candidate> candidates = new ArrayList<>();
        others.forEach(other -> candidates.add(
                Candidate.line(other.along().centre(), other.along().centre())));
        candidates.addAll(equalGaps(moving, others));
        double half = moving.along().size() / 2;
        others.forEach(other -> {
            candidates.add(
                    Candidate.line(other.along().from() + half, other.along().from()));
            candidates.add(
                    Candidate.line(other.along().to() - half, other.along().to()));
        });
        double wanted = moving.along().centre();
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.centre() - wanted) <= REACH)
                .min(Comparator.comparingDouble(candidate -> Math.abs(candidate.centre() - wanted)));
    }

    /** Places beside the two nearest neighbours of the same row or column, or between two. */
    private static List<Candidate> equalGaps(Placed moving, List<Placed> others) {
        List<Span> before = new ArrayList<>();
        List<Span> after = new ArrayList<>();
        for (Placed other : others) {
            if (other.aside().meets(moving.aside())) {
                (other.along().centre() < moving.along().centre() ? before : after).add(other.along());
            }
        }
        before.sort(Comparator.comparingDouble(Span::to).reversed());
        after.sort(Comparator.comparingDouble(Span::from));
        double half = moving.along().size() / 2;
        List<Candidate> candidates = new ArrayList<>();
        if (before.size() > 1) {
            Span near = before.getFirst();
            Span far = before.get(1);
            double gap = near.from() - far.to();
            if (gap > 0) {
                candidates.add(
                        Candidate.gaps(near.to() + gap + half, new double[] {far.to(), near.from()}, new double[] {
                            near.to(), near.to() + gap
                        }));
            }
        }
        if (after.size() > 1) {
            Span near = after.getFirst();
            Span far = after.get(1);
            double gap = far.from() - near.to();
            if (gap > 0) {
                candidates.add(Candidate.gaps(
                        near.from() - gap - half,
                        new double[] {near.from() - gap, near.from()},
                        new double[] {near.to(), far.from()}));
            }
        }
        if (!before.isEmpty() && !after.isEmpty()) {
            double from = before.getFirst().to();
            double to = after.getFirst().from();
            double centre = (from + to) / 2;
            if (to - from > moving.along().size()) {
                candidates.add(
                        Candidate.gaps(centre, new double[] {from, centre - half}, new double[] {centre + half, to}));
            }
        }
        return candidates;
    }
}
