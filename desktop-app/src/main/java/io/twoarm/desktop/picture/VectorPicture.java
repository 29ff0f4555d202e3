package io.twoarm.desktop.picture;

import java.util.List;
import java.util.Optional;

/**
 * A picture without pixels.
 *
 * @param width in units of 1/96 inch, x to the right and y downwards
 * @param title for readers that cannot see it
 * @param background what it is painted on
 * @param marks from the back to the front
 */
public record VectorPicture(double width, double height, String title, Colour background, List<Mark> marks) {
    public VectorPicture {
        marks = List.copyOf(marks);
    }

    /**
     * @param red from 0 to 1, as the others
     * @param opacity 0 is not to be seen
     */
    public record Colour(double red, double green, double blue, double opacity) {}

    /**
     * How a line is drawn.
     *
     * @param dashes lengths of line and gap in turn; empty for a solid line
     */
    public record Pen(Colour colour, double width, List<Double> dashes) {
        public Pen {
            dashes = List.copyOf(dashes);
        }
    }

    /** Something that is drawn. */
    public sealed interface Mark {
        /** An area, its outline, or both. */
        record Outline(List<Step> steps, Optional<Colour> fill, Optional<Pen> pen) implements Mark {
            public Outline {
                steps = List.copyOf(steps);
            }
        }

        /**
         * A text.
         *
         * @param x left end of the baseline
         * @param y of the baseline
         * @param degrees by which it is turned clockwise about that point
         * @param width that it takes up, so that other fonts do not change the picture
         */
        record Label(String text, double x, double y, double degrees, double width, Lettering lettering, Colour colour)
                implements Mark {}
    }

    /**
     * @param size in units of the picture
     */
    public record Lettering(String family, boolean monospaced, boolean bold, double size) {}

    /** A step of a pen. */
    public sealed interface Step {
        record Move(double x, double y) implements Step {}

        record Line(double x, double y) implements Step {}

        /** A cubic Bézier curve. */
        record Curve(double x1, double y1, double x2, double y2, double x, double y) implements Step {}

        record Close() implements Step {}
    }
}
