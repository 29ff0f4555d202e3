package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.Point;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A place that comes into line with others when it is near enough.
 *
 * @param x the line that it came into, if any
 */
record Snapping(Point at, OptionalDouble x, OptionalDouble y) {
    /** In drawing units. */
    private static final double REACH = 7;

    static Snapping none(Point at) {
        return new Snapping(at, OptionalDouble.empty(), OptionalDouble.empty());
    }

    static Snapping near(Point wanted, Collection<Point> others) {
        OptionalDouble x = nearest(wanted.x(), others, Point::x);
        OptionalDouble y = nearest(wanted.y(), others, Point::y);
        return new Snapping(new Point(x.orElse(wanted.x()), y.orElse(wanted.y())), x, y);
    }

    private static OptionalDouble nearest(double wanted, Collection<Point> others, ToDoubleFunction<Point> of) {
        double best = Double.NaN;
        for (Point other : others) {
            double distance = Math.abs(of.applyAsDouble(other) - wanted);
            if (distance <= REACH && !(distance >= Math.abs(best - wanted))) {
                best = of.applyAsDouble(other);
            }
        }
        return Double.isNaN(best) ? OptionalDouble.empty() : OptionalDouble.of(best);
    }
}
