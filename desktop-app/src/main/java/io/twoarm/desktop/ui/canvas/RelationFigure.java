package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.viewmodel.Diagram.Relation;
import javafx.scene.shape.ArcTo;
import javafx.scene.shape.HLineTo;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.VLineTo;

/** A dashed arrow from a virtual service round the outside to the pool that serves it. */
final class RelationFigure extends Figure {
    private static final double CORNER = 12;
    private static final double HEAD = 6;

    private final Relation relation;
    private final Path line = new Path();
    private final Path head = new Path();

    RelationFigure(Relation relation) {
        super(relation.service(), "relation-figure");
        this.relation = relation;
        setId("relation-" + relation.service().name() + "-" + relation.pool().name());
        line.getStyleClass().add("relation");
        head.getStyleClass().add("relation-head");
        getChildren().addAll(line, head);
        setMouseTransparent(true);
        setAccessibleText(relation.service().name() + " → " + relation.pool().name());
    }

    Relation relation() {
        return relation;
    }

    @Override
    void arrange() {}

    /** @param lane x of the vertical part, right of everything that it passes */
    void route(double fromX, double fromY, double lane, double toX, double toY) {
        double y1 = Math.rint(fromY) + 0.5;
        double y2 = Math.rint(toY) + 0.5;
        double down = Math.signum(y2 - y1);
        double corner = Math.min(CORNER, Math.abs(y2 - y1) / 2);
        double x = Math.rint(lane) + 0.5;
        line.getElements()
                .setAll(
                        new MoveTo(fromX, y1),
                        new HLineTo(x - corner),
                        new ArcTo(corner, corner, 0, x, y1 + down * corner, false, down > 0),
                        new VLineTo(y2 - down * corner),
                        new ArcTo(corner, corner, 0, x - corner, y2, false, down > 0),
                        new HLineTo(toX + HEAD));
        head.getElements()
                .setAll(
                        new MoveTo(toX + HEAD + 2, y2 - HEAD + 1),
                        new LineTo(toX + 2, y2),
                        new LineTo(toX + HEAD + 2, y2 + HEAD - 1));
    }

    /** Straight to a pool at the right of its director. */
    void routeAcross(double fromX, double toX, double at) {
        double y = Math.rint(at) + 0.5;
        line.getElements().setAll(new MoveTo(fromX, y), new HLineTo(toX - HEAD));
        head.getElements()
                .setAll(
                        new MoveTo(toX - HEAD - 2, y - HEAD + 1),
                        new LineTo(toX - 2, y),
                        new LineTo(toX - HEAD - 2, y + HEAD - 1));
    }

    @Override
    double width() {
        return 0;
    }

    @Override
    double height() {
        return 0;
    }
}
