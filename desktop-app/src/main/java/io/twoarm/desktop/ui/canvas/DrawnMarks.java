package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.picture.VectorPicture.Colour;
import io.twoarm.desktop.picture.VectorPicture.Lettering;
import io.twoarm.desktop.picture.VectorPicture.Mark;
import io.twoarm.desktop.picture.VectorPicture.Pen;
import io.twoarm.desktop.picture.VectorPicture.Step;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;
import javafx.scene.transform.Transform;

/** Reads what a part of the scene graph shows as marks of a picture without pixels: outlines and texts, as they are styled. */
final class DrawnMarks {
    private final List<Mark> marks = new ArrayList<>();

    private DrawnMarks() {}

    /**
     * @param root whose style sheets are applied
     * @param dx from the root's coordinates to those of the picture
     */
    static List<Mark> of(Node root, double dx, double dy) {
        DrawnMarks drawn = new DrawnMarks();
        drawn.visit(root, Transform.translate(dx, dy), 1);
        return drawn.marks;
    }

    /** @param toPicture from the node's own coordinates */
    private void visit(Node node, Transform toPicture, double opacity) {
        double seen = opacity * node.getOpacity();
        if (!node.isVisible() || seen == 0 || node instanceof PacketLayer) {
            return;
        }
        switch (node) {
            case Text text -> label(text, toPicture, seen);
            case Shape shape -> outline(shape, toPicture, seen);
            case Parent parent ->
                parent.getChildrenUnmodifiable()
                        .forEach(child ->
                                visit(child, toPicture.createConcatenation(child.getLocalToParentTransform()), seen));
            default -> {}
        }
    }

    private void label(Text text, Transform toPicture, double opacity) {
        Optional<Colour> colour = colour(text.getFill(), opacity);
        if (text.getText().isBlank() || colour.isEmpty()) {
            return;
        }
        Point2D start = toPicture.transform(text.getX(), text.getY() + text.getBaselineOffset());
        Point2D along = toPicture.deltaTransform(1, 0);
        double degrees = Math.toDegrees(Math.atan2(along.getY(), along.getX()));
        double scale = along.magnitude();
        String family = text.getFont().getFamily();
        String style = text.getFont().getStyle() + " " + family;
        marks.add(new Mark.Label(
                text.getText(),
                start.getX(),
                start.getY(),
                degrees,
                text.getLayoutBounds().getWidth() * scale,
                new Lettering(
                        family.replaceFirst(" ?Semi ?Bold$", ""),
                        family.contains("Mono"),
                        style.contains("Bold"),
                        text.getFont().getSize() * scale),
                colour.get()));
    }

    private void outline(Shape shape, Transform toPicture, double opacity) {
        Optional<Colour> fill = colour(shape.getFill(), opacity);
        Optional<Pen> pen = colour(shape.getStroke(), opacity)
                .filter(colour -> shape.getStrokeWidth() > 0)
                .map(colour -> new Pen(
                        colour,
                        shape.getStrokeWidth() * toPicture.deltaTransform(1, 0).magnitude(),
                        List.copyOf(shape.getStrokeDashArray())));
        if (fill.isEmpty() && pen.isEmpty()) {
            return;
        }
        AffineTransform transform = new AffineTransform(
                toPicture.getMxx(),
                toPicture.getMyx(),
                toPicture.getMxy(),
                toPicture.getMyy(),
                toPicture.getTx(),
                toPicture.getTy());
        List<Step> steps = steps(ShapePath.of(shape).getPathIterator(transform));
        if (!steps.isEmpty()) {
            marks.add(new Mark.Outline(steps, fill, pen));
        }
    }

    private static List<Step> steps(PathIterator path) {
        List<Step> steps = new ArrayList<>();
        double[] at = new double[6];
        Point2D last = Point2D.ZERO;
        for (; !path.isDone(); path.next()) {
            switch (path.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> {
                    steps.add(new Step.Move(at[0], at[1]));
                    last = new Point2D(at[0], at[1]);
                }
                case PathIterator.SEG_LINETO -> {
                    steps.add(new Step.Line(at[0], at[1]));
                    last = new Point2D(at[0], at[1]);
                }
                case PathIterator.SEG_QUADTO -> {
                    Point2D control = new Point2D(at[0], at[1]);
                    Point2D end = new Point2D(at[2], at[3]);
                    Point2D first = last.interpolate(control, 2.0 / 3);
                    Point2D second = end.interpolate(control, 2.0 / 3);
                    steps.add(new Step.Curve(
                            first.getX(), first.getY(), second.getX(), second.getY(), end.getX(), end.getY()));
                    last = end;
                }
                case PathIterator.SEG_CUBICTO -> {
                    steps.add(new Step.Curve(at[0], at[1], at[2], at[3], at[4], at[5]));
                    last = new Point2D(at[4], at[5]);
                }
                default -> steps.add(new Step.Close());
            }
        }
        return steps;
    }

    private static Optional<Colour> colour(Paint paint, double opacity) {
        return paint instanceof Color colour && colour.getOpacity() * opacity > 0
                ? Optional.of(
                        new Colour(colour.getRed(), colour.getGreen(), colour.getBlue(), colour.getOpacity() * opacity))
                : Optional.empty();
    }
}
