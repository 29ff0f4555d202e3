package io.twoarm.desktop.layout;

/** The centre of a figure, in drawing units (pixels at zoom 1), x to the right and y downwards. */
public record Point(double x, double y) {
    public Point plus(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }
}
