package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.layout.Point;
import java.util.List;
import javafx.animation.FadeTransition;
import javafx.css.PseudoClass;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Group;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.util.Duration;

/** What is seen only while something is done: guides, the frame of a selection, a new link, a ghost, handles. */
final class OverlayLayer extends Group {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final double FAR = 20_000;
    private static final double HANDLE_RADIUS = 9;
    static final double HANDLE_GAP = 18;

    private final Line column = new Line();
    private final Line row = new Line();
    /** Two for each direction. */
    private final List<Line> gaps = List.of(new Line(), new Line(), new Line(), new Line());

    private final Rectangle frame = new Rectangle();
    private final Line rubber = new Line();
    private final Circle end = new Circle(5);
    private final Rectangle ghost = new Rectangle(150, 54);
    private final Text ghostName = Figure.text("", "ghost-name");
    private final Group handle = new Group();
    private final BendHandles bends = new BendHandles();
    private final Rectangle flash = new Rectangle();
    private final FadeTransition fading = new FadeTransition(Duration.millis(1100), flash);

    OverlayLayer() {
        setManaged(false);
        column.getStyleClass().add("guide");
        row.getStyleClass().add("guide");
        gaps.forEach(gap -> gap.getStyleClass().add("guide-gap"));
        frame.getStyleClass().add("selection-frame");
        rubber.getStyleClass().add("new-link");
        end.getStyleClass().add("new-link-end");
        ghost.getStyleClass().add("ghost");
        ghost.setArcWidth(24);
        ghost.setArcHeight(24);
        Circle knob = new Circle(HANDLE_RADIUS);
        knob.getStyleClass().add("handle-knob");
        Line across = new Line(-4, 0, 4, 0);
        Line down = new Line(0, -4, 0, 4);
        across.getStyleClass().add("handle-sign");
        down.getStyleClass().add("handle-sign");
        across.setMouseTransparent(true);
        down.setMouseTransparent(true);
        handle.getChildren().addAll(knob, across, down);
        handle.setId("connect-handle");
        handle.getStyleClass().add("handle");
        getChildren().addAll(gaps);
        getChildren().addAll(column, row, frame, rubber, end, ghost, ghostName, bends, handle, flash);
        getChildren().forEach(node -> node.setMouseTransparent(node != handle && node != bends));
        flash.getStyleClass().add("flash");
        flash.setArcWidth(28);
        flash.setArcHeight(28);
        flash.setVisible(false);
        fading.setFromValue(1);
        fading.setToValue(0);
        fading.setOnFinished(event -> flash.setVisible(false));
        clear();
        hideHandle();
    }

    /** Draws the eyes to a place. */
    void flash(Bounds place) {
        double margin = 10;
        flash.setX(place.getMinX() - margin);
        flash.setY(place.getMinY() - margin);
        flash.setWidth(place.getWidth() + 2 * margin);
        flash.setHeight(place.getHeight() + 2 * margin);
        flash.setVisible(true);
        fading.playFromStart();
    }

    /** Hides everything but the handle. */
    void clear() {
        hideGuides();
        frame.setVisible(false);
        rubber.setVisible(false);
        end.setVisible(false);
        ghost.setVisible(false);
        ghostName.setVisible(false);
    }

    /** Lines through centres or along edges that are in line, and marks in gaps that are equal. */
    void guides(Snapping snapped) {
        column.setVisible(snapped.x().isPresent());
        row.setVisible(snapped.y().isPresent());
        snapped.x().ifPresent(at -> place(column, at, -FAR, at, FAR));
        snapped.y().ifPresent(at -> place(row, -FAR, at, FAR, at));
        for (int i = 0; i < gaps.size(); i++) {
            boolean shown = i < snapped.gaps().size();
            gaps.get(i).setVisible(shown);
            if (shown) {
                Snapping.Gap gap = snapped.gaps().get(i);
                place(
                        gaps.get(i),
                        gap.from().x(),
                        gap.from().y(),
                        gap.to().x(),
                        gap.to().y());
            }
        }
    }

    void hideGuides() {
        guides(Snapping.none(new Point(0, 0)));
    }

    private static void place(Line line, double x1, double y1, double x2, double y2) {
        line.setStartX(x1);
        line.setStartY(y1);
        line.setEndX(x2);
        line.setEndY(y2);
    }

    Bounds frame(Point2D from, Point2D to) {
        Bounds box = new BoundingBox(
                Math.min(from.getX(), to.getX()),
                Math.min(from.getY(), to.getY()),
                Math.abs(from.getX() - to.getX()),
                Math.abs(from.getY() - to.getY()));
        frame.setX(box.getMinX());
        frame.setY(box.getMinY());
        frame.setWidth(box.getWidth());
        frame.setHeight(box.getHeight());
        frame.setVisible(true);
        return box;
    }

    /** @param allowed whether letting go here connects */
    void rubber(Point from, Point2D to, boolean allowed) {
        place(rubber, from.x(), from.y(), to.getX(), to.getY());
        end.setCenterX(to.getX());
        end.setCenterY(to.getY());
        end.pseudoClassStateChanged(REFUSED, !allowed);
        rubber.pseudoClassStateChanged(REFUSED, !allowed);
        rubber.setVisible(true);
        end.setVisible(true);
    }

    void ghost(String name, Point2D at, boolean allowed) {
        ghostName.setText(name);
        ghost.setX(Math.rint(at.getX() - ghost.getWidth() / 2));
        ghost.setY(Math.rint(at.getY() - ghost.getHeight() / 2));
        Figure.place(ghostName, at.getX() - Figure.widthOf(ghostName) / 2, at.getY() - Figure.heightOf(ghostName) / 2);
        ghost.pseudoClassStateChanged(REFUSED, !allowed);
        ghost.setVisible(true);
        ghostName.setVisible(true);
    }

    void handleAt(Point at) {
        handle.setTranslateX(Math.rint(at.x()));
        handle.setTranslateY(Math.rint(at.y()));
        handle.setVisible(true);
    }

    BendHandles bends() {
        return bends;
    }

    void hideHandle() {
        handle.setVisible(false);
    }

    boolean isHandle(javafx.scene.Node node) {
        return node != null && (node == handle || node.getParent() == handle);
    }
}
