package io.twoarm.desktop.ui.canvas;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;

/** Which part of a drawing is rendered: where people look and a little around, and in how much detail. */
final class Nearby {
    /** Beyond what is seen, in pixels, so that figures are there before they are needed. */
    private static final double BEYOND = 240;
    /** Below this zoom texts are smaller than five pixels. */
    private static final double LEAST_DETAILED = 0.4;
    /** Change of the zoom after which another part is rendered. */
    private static final double MOST_SCALED = 2;

    /** In drawing units; empty as long as nobody has looked. */
    private Bounds part = new BoundingBox(0, 0, -1, -1);
    /** The zoom that the part was chosen for. */
    private double chosenAt = 1;

    private boolean rough;

    /** What figures cover, and the revision of the drawing in which they did. */
    private final Map<Figure, Bounds> covered = new HashMap<>();

    private int revision = -1;

    /** Figures may cover something else than before, where they are. */
    void measureAnew() {
        covered.clear();
    }

    /** There are other figures, which nobody has looked at. */
    void forget() {
        part = new BoundingBox(0, 0, -1, -1);
        rough = false;
        measureAnew();
    }

    /**
     * Leaves out figures that are not near, and in large drawings details that are too small.
     *
     * @param now the revision of the drawing, another one when figures stand elsewhere
     * @param seen in drawing units
     */
    void look(Collection<Figure> figures, int now, Bounds seen, double zoom, boolean large) {
        double beyond = BEYOND / zoom;
        render(
                figures,
                now,
                new BoundingBox(
                        seen.getMinX() - beyond,
                        seen.getMinY() - beyond,
                        seen.getWidth() + 2 * beyond,
                        seen.getHeight() + 2 * beyond),
                zoom,
                large);
    }

    /** The same for a part that is seen or will be seen soon. */
    void render(Collection<Figure> figures, int now, Bounds wanted, double zoom, boolean large) {
        if (revision != now) {
            revision = now;
            measureAnew();
        }
        rough = coarse(zoom, large);
        part = wanted;
        chosenAt = zoom;
        for (Figure figure : figures) {
            boolean near = covered.computeIfAbsent(figure, Figure::covered).intersects(part);
            figure.setNear(near);
            figure.setDetailed(!large || near && !rough);
        }
    }

    /** Whether what was chosen last is right for another view of the same figures. */
    boolean suffices(Bounds seen, double zoom, boolean large) {
        return part.contains(seen) && fits(zoom, large);
    }

    /** Whether what was chosen last is as detailed as it should be. */
    boolean fits(double zoom, boolean large) {
        return !differs(zoom, chosenAt) && coarse(zoom, large) == rough;
    }

    /** Whether what is made for one zoom cannot be seen at the other. */
    static boolean differs(double zoom, double other) {
        return Math.max(zoom / other, other / zoom) > MOST_SCALED;
    }

    private static boolean coarse(double zoom, boolean large) {
        return large && zoom < LEAST_DETAILED;
    }
}
