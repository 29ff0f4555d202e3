package io.twoarm.engine.drawing;

import java.util.List;

/**
 * A picture as shapes, painted in their order; x to the right, y downwards, in pixels.
 *
 * @param title for readers that cannot see it
 */
record Sketch(String title, double width, double height, List<Shape> shapes) {
    Sketch {
        shapes = List.copyOf(shapes);
    }

    /** Something to be painted. */
    sealed interface Shape {
        /** @param round radius of the corners */
        record Box(double x, double y, double width, double height, double round, String fill, String stroke)
                implements Shape {}

        record Line(double x1, double y1, double x2, double y2, String stroke) implements Shape {}

        /**
         * One line of text.
         *
         * @param x of its middle
         * @param y of its base line
         */
        record Label(double x, double y, String text, double size, boolean bold, String fill) implements Shape {}
    }
}
