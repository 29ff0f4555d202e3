package io.twoarm.desktop.design;

import io.twoarm.desktop.layout.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Moves figures into line. Everything goes by centres. */
public final class Arranging {
    private Arranging() {}

    /** How figures are lined up. */
    public enum Way {
        /** One below the other: all get the same x. */
        COLUMN,
        /** Beside each other: all get the same y. */
        ROW,
        /** The same distance from left to right. */
        SPREAD_ACROSS,
        /** The same distance from top to bottom. */
        SPREAD_DOWN
    }

    /** New centres for those of the paths that have a place. */
    public static Map<String, Point> arrange(Map<String, Point> places, Collection<String> paths, Way way) {
        Map<String, Point> changed = new HashMap<>(places);
        List<String> known = paths.stream().filter(places::containsKey).toList();
        switch (way) {
            case COLUMN -> {
                double x = Math.rint(mean(places, known, Point::x));
                known.forEach(
                        path -> changed.put(path, new Point(x, places.get(path).y())));
            }
            case ROW -> {
                double y = Math.rint(mean(places, known, Point::y));
                known.forEach(
                        path -> changed.put(path, new Point(places.get(path).x(), y)));
            }
            case SPREAD_ACROSS ->
                spread(places, known, Point::x)
                        .forEach((path, x) ->
                                changed.put(path, new Point(x, places.get(path).y())));
            case SPREAD_DOWN ->
                spread(places, known, Point::y)
                        .forEach((path, y) ->
                                changed.put(path, new Point(places.get(path).x(), y)));
        }
        return changed;
    }

    private static double mean(Map<String, Point> places, List<String> paths, ToDoubleFunction<Point> of) {
        return paths.stream().map(places::get).mapToDouble(of).average().orElse(0);
    }

    private static Map<String, Double> spread(
            Map<String, Point> places, List<String> paths, ToDoubleFunction<Point> of) {
        List<String> sorted = new ArrayList<>(paths);
        sorted.sort(Comparator.comparingDouble(path -> of.applyAsDouble(places.get(path))));
        Map<String, Double> spread = new HashMap<>();
        if (sorted.size() > 1) {
            double first = of.applyAsDouble(places.get(sorted.getFirst()));
            double last = of.applyAsDouble(places.get(sorted.getLast()));
            for (int i = 0; i < sorted.size(); i++) {
                spread.put(sorted.get(i), Math.rint(first + (last - first) * i / (sorted.size() - 1)));
            }
        }
        return spread;
    }
}
