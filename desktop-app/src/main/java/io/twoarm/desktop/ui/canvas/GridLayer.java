package io.twoarm.desktop.ui.canvas;

import javafx.scene.Group;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;

/** Dots on the ground, so that moving the view can be seen. Drawn anew only when the size or the theme changes. */
final class GridLayer extends Group {
    private static final double STEP = 24;
    private static final double DOT = 1.6;

    private final Canvas canvas = new Canvas();
    /** Its fill is the colour of the dots, which only a style sheet knows. */
    private final Rectangle ink = new Rectangle();

    GridLayer() {
        getStyleClass().add("canvas-grid");
        ink.getStyleClass().add("canvas-grid-ink");
        ink.setVisible(false);
        ink.fillProperty().addListener((property, before, now) -> draw(now));
        getChildren().addAll(canvas, ink);
        setMouseTransparent(true);
        setManaged(false);
    }

    void cover(double width, double height) {
        double wide = Math.ceil(width / STEP + 2) * STEP;
        double high = Math.ceil(height / STEP + 2) * STEP;
        if (canvas.getWidth() != wide || canvas.getHeight() != high) {
            canvas.setWidth(wide);
            canvas.setHeight(high);
            draw(ink.getFill());
        }
    }

    void shift(double x, double y) {
        canvas.setTranslateX(Math.floorMod((long) x, (long) STEP) - STEP);
        canvas.setTranslateY(Math.floorMod((long) y, (long) STEP) - STEP);
    }

    private void draw(Paint colour) {
        GraphicsContext context = canvas.getGraphicsContext2D();
        context.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        context.setFill(colour == null ? Color.TRANSPARENT : colour);
        for (double x = STEP / 2; x < canvas.getWidth(); x += STEP) {
            for (double y = STEP / 2; y < canvas.getHeight(); y += STEP) {
                context.fillOval(x - DOT / 2, y - DOT / 2, DOT, DOT);
            }
        }
    }
}
