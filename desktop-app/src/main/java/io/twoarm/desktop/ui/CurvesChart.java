package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.MetricsModel.Chart;
import io.twoarm.desktop.viewmodel.MetricsModel.Curve;
import io.twoarm.desktop.viewmodel.PacketRate;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;

/** Several curves of one unit, newest at the right, from zero to the largest value, with their names and last values. */
final class CurvesChart extends VBox {
    /** Colours of the style sheet; more curves than these are added up. */
    private static final int COLOURS = 6;

    private static final double HEIGHT = 74;

    private final Label peak = new Label();
    private final Plot plot;
    private final VBox legend = new VBox();

    CurvesChart(String title, int capacity) {
        plot = new Plot(capacity);
        Label caption = new Label(title);
        caption.getStyleClass().add("chart-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        peak.getStyleClass().add("curve-peak");
        peak.setMinWidth(USE_PREF_SIZE);
        caption.setMinWidth(0);
        caption.setTooltip(new Tooltip(title));
        HBox head = new HBox(caption, space, peak);
        head.getStyleClass().add("curve-head");
        legend.getStyleClass().add("chart-legend");
        getStyleClass().add("chart");
        getChildren().addAll(head, plot, legend);
        setAccessibleText(title);
    }

    void show(Chart chart) {
        List<Curve> curves = shortened(chart.curves());
        peak.setText(Texts.text("live.peak", PacketRate.text(chart.largest())));
        plot.show(curves, Math.max(1, chart.largest()));
        legend.getChildren().clear();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            Rectangle sign = new Rectangle(10, 3);
            sign.getStyleClass().addAll("chart-sign", "series-" + i);
            Label name = new Label(Texts.text("metrics.legend", curve.name(), PacketRate.text(last(curve))), sign);
            name.getStyleClass().add("chart-name");
            legend.getChildren().add(name);
        }
        if (curves.isEmpty()) {
            Label none = new Label(Texts.text("metrics.none"));
            none.getStyleClass().add("chart-name");
            legend.getChildren().add(none);
        }
    }

    private static double last(Curve curve) {
        return curve.values().isEmpty() ? 0 : curve.values().getLast();
    }

    /** The largest ones by themselves, the rest as one curve. */
    private static List<Curve> shortened(List<Curve> all) {
        if (all.size() <= COLOURS) {
            return all;
        }
        List<Curve> largest = all.stream()
                .sorted(Comparator.comparingDouble(CurvesChart::sum).reversed())
                .toList();
        List<Curve> shown = new ArrayList<>(largest.subList(0, COLOURS - 1));
        List<Curve> rest = largest.subList(COLOURS - 1, largest.size());
        List<Double> added = new ArrayList<>();
        for (int i = 0; i < rest.getFirst().values().size(); i++) {
            double sum = 0;
            for (Curve curve : rest) {
                sum += curve.values().get(i);
            }
            added.add(sum);
        }
        shown.add(new Curve(Texts.text("metrics.others", rest.size()), added));
        return shown;
    }

    private static double sum(Curve curve) {
        return curve.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The lines. */
    private static final class Plot extends Region {
        private final int capacity;
        private final List<Line> grid = List.of(new Line(), new Line(), new Line());
        private List<Curve> curves = List.of();
        private double largest = 1;

        Plot(int capacity) {
            this.capacity = capacity;
            getStyleClass().add("chart-plot");
            grid.forEach(line -> line.getStyleClass().add("chart-grid"));
            setMinHeight(HEIGHT);
            setPrefHeight(HEIGHT);
            setMaxHeight(HEIGHT);
        }

        void show(List<Curve> shown, double top) {
            curves = shown;
            largest = top;
            getChildren().setAll(grid);
            for (int i = 0; i < shown.size(); i++) {
                Polyline line = new Polyline();
                line.setManaged(false);
                line.getStyleClass().addAll("chart-line", "series-" + i);
                getChildren().add(line);
            }
            requestLayout();
        }

        @Override
        protected void layoutChildren() {
            double width = getWidth();
            for (int i = 0; i < grid.size(); i++) {
                Line line = grid.get(i);
                double y = Math.rint(HEIGHT * (i + 1) / (grid.size() + 1)) + 0.5;
                line.setManaged(false);
                line.setStartX(0);
                line.setEndX(width);
                line.setStartY(y);
                line.setEndY(y);
            }
            double step = width / (capacity - 1);
            for (int i = 0; i < curves.size(); i++) {
                List<Double> values = curves.get(i).values();
                double left = width - step * (values.size() - 1);
                List<Double> points = new ArrayList<>(values.size() * 2);
                for (int k = 0; k < values.size(); k++) {
                    points.add(left + k * step);
                    points.add(3 + (HEIGHT - 6) * (1 - values.get(k) / largest));
                }
                ((Polyline) getChildren().get(grid.size() + i)).getPoints().setAll(points);
            }
        }
    }
}
