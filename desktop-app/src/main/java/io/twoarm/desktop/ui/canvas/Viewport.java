package io.twoarm.desktop.ui.canvas;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;

/** Which part of the drawing is seen, and how large. Shifts are whole pixels, so that texts and lines stay sharp. */
final class Viewport {
    static final double SMALLEST = 0.1;
    static final double LARGEST = 3;
    /** Fitting never makes texts larger than this. */
    static final double LARGEST_FIT = 1.35;

    private static final double SMALLEST_READABLE = 0.5;

    private final Translate shift = new Translate();
    private final Scale scale = new Scale();
    private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(this, "zoom", 1);

    /** @param layers what is seen through it, all in drawing units */
    Viewport(Node... layers) {
        for (Node layer : layers) {
            layer.getTransforms().setAll(shift, scale);
        }
    }

    /** From the view's pixels to drawing units. */
    Point2D toDrawing(Point2D at) {
        return new Point2D((at.getX() - shift.getX()) / zoom.get(), (at.getY() - shift.getY()) / zoom.get());
    }

    void centreOn(double x, double y, double width, double height) {
        set(zoom.get(), width / 2 - x * zoom.get(), height / 2 - y * zoom.get());
    }

    ReadOnlyDoubleProperty zoomProperty() {
        return zoom.getReadOnlyProperty();
    }

    double zoom() {
        return zoom.get();
    }

    double shiftX() {
        return shift.getX();
    }

    double shiftY() {
        return shift.getY();
    }

    void pan(double dx, double dy) {
        shift.setX(Math.rint(shift.getX() + dx));
        shift.setY(Math.rint(shift.getY() + dy));
    }

    /** @param x of the point in the view that stays where it is */
    void zoomTo(double wanted, double x, double y) {
        double to = Math.max(SMALLEST, Math.min(LARGEST, wanted));
        double factor = to / zoom.get();
        set(to, x - (x - shift.getX()) * factor, y - (y - shift.getY()) * factor);
    }

    /** Whether all of the content can be seen in a view of that size with texts that can be read. */
    static boolean readable(Bounds content, double width, double height, Insets margin) {
        return whole(content, width, height, margin) >= SMALLEST_READABLE;
    }

    /** The zoom at which the content fills the view. */
    private static double whole(Bounds content, double width, double height, Insets margin) {
        double free = width - margin.getLeft() - margin.getRight();
        double high = height - margin.getTop() - margin.getBottom();
        return Math.min(free / content.getWidth(), high / content.getHeight());
    }

    /**
     * Shows the content, in the middle where it is smaller than the view.
     *
     * @param readable whether texts must stay readable even when not everything can be seen then: the top and the left
     *     are seen
     */
    void fit(Bounds content, double width, double height, Insets margin, boolean readable) {
        double free = width - margin.getLeft() - margin.getRight();
        double high = height - margin.getTop() - margin.getBottom();
        if (content.isEmpty() || free <= 0 || high <= 0) {
            return;
        }
        double whole = whole(content, width, height, margin);
        double to = Math.max(readable ? SMALLEST_READABLE : SMALLEST, Math.min(LARGEST_FIT, whole));
        double left = margin.getLeft() + Math.max(0, (free - content.getWidth() * to) / 2);
        double top = margin.getTop() + Math.max(0, (high - content.getHeight() * to) / 2);
        set(to, left - content.getMinX() * to, top - content.getMinY() * to);
    }

    private void set(double to, double x, double y) {
        scale.setX(to);
        scale.setY(to);
        shift.setX(Math.rint(x));
        shift.setY(Math.rint(y));
        zoom.set(to);
    }
}
