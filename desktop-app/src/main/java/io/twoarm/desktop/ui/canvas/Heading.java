package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A direction on the drawing, as an arrow key gives it.
 *
 * @param dx -1 to the left, 1 to the right, 0 otherwise
 * @param dy -1 upwards, 1 downwards, 0 otherwise
 */
record Heading(int dx, int dy) {
    /** The figure that is next to one; the first of all without one. */
    Optional<Figure> next(Optional<Figure> from, List<Figure> figures) {
        if (from.isEmpty()) {
            return figures.stream().findFirst();
        }
        Point at = from.get().centre();
        return figures.stream()
                .filter(figure -> ahead(at, figure.centre()) > 0)
                .min(Comparator.comparingDouble(figure -> detour(at, figure.centre())));
    }

    private double ahead(Point at, Point to) {
        return (to.x() - at.x()) * dx + (to.y() - at.y()) * dy;
    }

    /** Distance in which going sideways counts double. */
    private double detour(Point at, Point to) {
        double sideways = Math.abs((to.x() - at.x()) * dy) + Math.abs((to.y() - at.y()) * dx);
        return ahead(at, to) + 2 * sideways;
    }
}
