package io.twoarm.desktop.layout;

import java.util.Arrays;

/** The ellipses that a cloud is heaped up of, over a flat ground, in shares of its width and height from its upper left. */
public enum CloudDome {
    LEFT(0.2, 0.64, 0.2, 0.34),
    HIGHEST(0.4, 0.38, 0.24, 0.38),
    UPPER_RIGHT(0.66, 0.42, 0.2, 0.32),
    RIGHT(0.82, 0.66, 0.18, 0.32);

    /** Where a cloud is widest. */
    static final double WAIST = 0.65;

    private final double x;
    private final double y;
    private final double halfWidth;
    private final double halfHeight;

    CloudDome(double x, double y, double halfWidth, double halfHeight) {
        this.x = x;
        this.y = y;
        this.halfWidth = halfWidth;
        this.halfHeight = halfHeight;
    }

    /** Of its centre. */
    public double x() {
        return x;
    }

    /** Of its centre. */
    public double y() {
        return y;
    }

    public double halfWidth() {
        return halfWidth;
    }

    public double halfHeight() {
        return halfHeight;
    }

    /** How far below its top a cloud begins at a place of its width. */
    static double roof(double at) {
        return Arrays.stream(values())
                .filter(dome -> Math.abs(at - dome.x) < dome.halfWidth)
                .mapToDouble(dome -> {
                    double aside = (at - dome.x) / dome.halfWidth;
                    return dome.y - dome.halfHeight * Math.sqrt(1 - aside * aside);
                })
                .min()
                .orElse(WAIST);
    }
}
