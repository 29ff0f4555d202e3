package io.twoarm.desktop.ui.canvas;

import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Scanner;
import java.util.regex.Pattern;
import javafx.scene.shape.ArcTo;
import javafx.scene.shape.Circle;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.CubicCurveTo;
import javafx.scene.shape.Ellipse;
import javafx.scene.shape.HLineTo;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.QuadCurveTo;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.Shape;
import javafx.scene.shape.VLineTo;

/** The geometry of the shapes that drawings consist of, which JavaFX keeps to itself. */
final class ShapePath {
    /** The commands of SVG's path data that {@link RoleGlyph} and {@link StatusSign} use, and their numbers. */
    private static final Pattern PART = Pattern.compile("[MLHVhvalmzZ]|[-+]?(?:\\d*\\.\\d+|\\d+)");

    private final Path2D path = new Path2D.Double();

    private ShapePath() {}

    static java.awt.Shape of(Shape shape) {
        return switch (shape) {
            case Rectangle it ->
                new RoundRectangle2D.Double(
                        it.getX(), it.getY(), it.getWidth(), it.getHeight(), it.getArcWidth(), it.getArcHeight());
            case Circle it -> round(it.getCenterX(), it.getCenterY(), it.getRadius(), it.getRadius());
            case Ellipse it -> round(it.getCenterX(), it.getCenterY(), it.getRadiusX(), it.getRadiusY());
            case Line it -> new Line2D.Double(it.getStartX(), it.getStartY(), it.getEndX(), it.getEndY());
            case Polyline it -> new ShapePath().polyline(it.getPoints());
            case Path it -> new ShapePath().elements(it.getElements());
            case SVGPath it -> new ShapePath().data(it.getContent());
            default -> throw new IllegalArgumentException("no drawing has a " + shape.getClass());
        };
    }

    private static java.awt.Shape round(double x, double y, double across, double down) {
        return new Ellipse2D.Double(x - across, y - down, 2 * across, 2 * down);
    }

    private Path2D polyline(List<Double> points) {
        for (int i = 0; i + 1 < points.size(); i += 2) {
            if (i == 0) {
                path.moveTo(points.get(0), points.get(1));
            } else {
                path.lineTo(points.get(i), points.get(i + 1));
            }
        }
        return path;
    }

    private Path2D elements(List<PathElement> elements) {
        for (PathElement element : elements) {
            switch (element) {
                case MoveTo to -> path.moveTo(to.getX(), to.getY());
                case LineTo to -> path.lineTo(to.getX(), to.getY());
                case HLineTo to -> path.lineTo(to.getX(), here().getY());
                case VLineTo to -> path.lineTo(here().getX(), to.getY());
                case QuadCurveTo to -> path.quadTo(to.getControlX(), to.getControlY(), to.getX(), to.getY());
                case CubicCurveTo to ->
                    path.curveTo(
                            to.getControlX1(),
                            to.getControlY1(),
                            to.getControlX2(),
                            to.getControlY2(),
                            to.getX(),
                            to.getY());
                case ArcTo to -> arc(to.getRadiusX(), to.isLargeArcFlag(), to.isSweepFlag(), to.getX(), to.getY());
                case ClosePath _ -> path.closePath();
                default -> throw new IllegalArgumentException("no drawing has a " + element.getClass());
            }
        }
        return path;
    }

    private Point2D here() {
        return path.getCurrentPoint();
    }

    /** A part of a circle, by its ends (SVG 1.1, F.6.5). */
    private void arc(double radius, boolean large, boolean sweep, double x, double y) {
        Point2D from = here();
        double halfX = (from.getX() - x) / 2;
        double halfY = (from.getY() - y) / 2;
        double half = Math.hypot(halfX, halfY);
        double r = Math.max(radius, half);
        double away = Math.sqrt(r * r - half * half) / half * (large == sweep ? -1 : 1);
        double centreX = (from.getX() + x) / 2 + away * halfY;
        double centreY = (from.getY() + y) / 2 - away * halfX;
        double start = Math.toDegrees(Math.atan2(centreY - from.getY(), from.getX() - centreX));
        double end = Math.toDegrees(Math.atan2(centreY - y, x - centreX));
        double extent = end - start;
        if (sweep && extent > 0) {
            extent -= 360;
        } else if (!sweep && extent < 0) {
            extent += 360;
        }
        path.append(new Arc2D.Double(centreX - r, centreY - r, 2 * r, 2 * r, start, extent, Arc2D.OPEN), true);
    }

    private Path2D data(String content) {
        try (Scanner parts = new Scanner(String.join(
                " ", PART.matcher(content).results().map(it -> it.group()).toList()))) {
            parts.useLocale(java.util.Locale.ROOT);
            String command = "M";
            while (parts.hasNext()) {
                if (!parts.hasNextDouble()) {
                    command = parts.next();
                }
                command = follow(command, parts);
            }
        }
        return path;
    }

    /** @return what further numbers without a command mean */
    private String follow(String command, Scanner numbers) {
        Point2D at = path.getCurrentPoint() == null ? new Point2D.Double() : here();
        switch (command) {
            case "M" -> path.moveTo(numbers.nextDouble(), numbers.nextDouble());
            case "L" -> path.lineTo(numbers.nextDouble(), numbers.nextDouble());
            case "l" -> path.lineTo(at.getX() + numbers.nextDouble(), at.getY() + numbers.nextDouble());
            case "H" -> path.lineTo(numbers.nextDouble(), at.getY());
            case "h" -> path.lineTo(at.getX() + numbers.nextDouble(), at.getY());
            case "V" -> path.lineTo(at.getX(), numbers.nextDouble());
            case "v" -> path.lineTo(at.getX(), at.getY() + numbers.nextDouble());
            case "a" -> {
                double radius = numbers.nextDouble();
                numbers.nextDouble();
                numbers.nextDouble();
                boolean large = numbers.nextDouble() != 0;
                boolean sweep = numbers.nextDouble() != 0;
                arc(radius, large, sweep, at.getX() + numbers.nextDouble(), at.getY() + numbers.nextDouble());
            }
            case "z", "Z" -> path.closePath();
            default -> throw new IllegalArgumentException("no pictogram has " + command);
        }
        return command.equals("M") ? "L" : command;
    }
}
