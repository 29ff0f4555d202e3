package io.twoarm.desktop.ui.canvas;

import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;

/** A part of a drawing at some zoom, in pixels from the drawing's origin; empty when the right is not right of the left. */
record Pixels(int left, int top, int right, int bottom) {
    static final Pixels NONE = new Pixels(0, 0, 0, 0);

    /** All that lies in the bounds at least in part; whole numbers of a step, so that scaled windows have whole pixels, too. */
    static Pixels around(Bounds bounds, double zoom, int step) {
        return new Pixels(
                step * (int) Math.floor(bounds.getMinX() * zoom / step),
                step * (int) Math.floor(bounds.getMinY() * zoom / step),
                step * (int) Math.ceil(bounds.getMaxX() * zoom / step),
                step * (int) Math.ceil(bounds.getMaxY() * zoom / step));
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    boolean isEmpty() {
        return right <= left || bottom <= top;
    }

    boolean contains(Pixels other) {
        return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
    }

    /** @param by less than 0 for a smaller one */
    Pixels grown(int by) {
        return new Pixels(left - by, top - by, right + by, bottom + by);
    }

    Pixels and(Pixels other) {
        return new Pixels(
                Math.max(left, other.left),
                Math.max(top, other.top),
                Math.min(right, other.right),
                Math.min(bottom, other.bottom));
    }

    /** In drawing units. */
    Bounds at(double zoom) {
        return new BoundingBox(left / zoom, top / zoom, width() / zoom, height() / zoom);
    }
}
