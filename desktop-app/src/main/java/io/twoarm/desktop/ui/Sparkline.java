package io.twoarm.desktop.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

/** A small curve of the last minutes, newest at the right, from zero to the largest value. */
final class Sparkline extends Region {
    private static final double HEIGHT = 44;

    private final Polygon area = new Polygon();
    private final Polyline line = new Polyline();
    private final int capacity;
    private List<Double> values = List.of();

    /** @param capacity samples that fill the width */
    Sparkline(int capacity) {
        this.capacity = capacity;
        getStyleClass().add("sparkline");
        area.getStyleClass().add("sparkline-area");
        line.getStyleClass().add("sparkline-line");
        area.setManaged(false);
        line.setManaged(false);
        getChildren().addAll(area, line);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
    }

    void show(List<Double> shown) {
        values = List.copyOf(shown);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double largest = Math.max(
                1, values.stream().mapToDouble(Double::doubleValue).max().orElse(1));
        double step = getWidth() / (capacity - 1);
        double left = getWidth() - step * (values.size() - 1);
        List<Double> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            points.add(left + i * step);
            points.add(2 + (HEIGHT - 4) * (1 - values.get(i) / largest));
        }
        line.getPoints().setAll(points);
        if (!points.isEmpty()) {
            points.add(getWidth());
            points.add(HEIGHT);
            points.add(left);
            points.add(HEIGHT);
        }
        area.getPoints().setAll(points);
    }
}
