package io.twoarm.desktop.ui.canvas;

import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** The whole drawing, small, with a frame around what is seen. It shows itself when much is not seen. */
public final class OverviewMap extends Region {
    public static final double WIDTH = 172;
    public static final double HEIGHT = 116;
    private static final double MARGIN = 10;
    /** A figure that sticks out a little is no reason to cover others with a map. */
    private static final double MOST_SEEN = 0.8;
    /** Pixels; smaller boxes have no corners that could be seen. */
    private static final double SMALLEST_ROUNDED = 4;

    private final TopologyCanvas drawn;
    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    /** Never seen; their fills are colours that only a style sheet knows. */
    private final Rectangle host = new Rectangle();

    private final Rectangle wire = new Rectangle();
    private final Rectangle frame = new Rectangle();
    private double scale = 1;
    private double left;
    private double top;
    /** What is drawn; nothing when it does not fit to a revision. */
    private int drawnRevision = -1;

    /** @param drawn what it is the map of; call {@link #refresh} when the view or a figure has moved */
    public OverviewMap(TopologyCanvas drawn) {
        this.drawn = drawn;
        getStyleClass().add("overview-map");
        setId("overview-map");
        setMinSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        host.getStyleClass().add("overview-host");
        wire.getStyleClass().add("overview-wire");
        host.setVisible(false);
        wire.setVisible(false);
        frame.getStyleClass().add("overview-frame");
        frame.setMouseTransparent(true);
        Rectangle clip = new Rectangle(WIDTH, HEIGHT);
        clip.setArcWidth(16);
        clip.setArcHeight(16);
        setClip(clip);
        getChildren().addAll(canvas, host, wire, frame);
        host.fillProperty().subscribe(this::recolour);
        wire.fillProperty().subscribe(this::recolour);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::go);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
    }

    private void recolour() {
        drawnRevision = -1;
        refresh();
    }

    private void go(MouseEvent event) {
        drawn.centreOn(left + event.getX() / scale, top + event.getY() / scale);
        event.consume();
    }

    /** Draws the map anew, or hides it when it would tell nothing. */
    public void refresh() {
        if (!drawn.drawing().isVisible()) {
            setVisible(false);
            return;
        }
        Bounds all = drawn.drawing().extent();
        Bounds seen = drawn.seen();
        boolean useful = !all.isEmpty() && share(all, seen) < MOST_SEEN;
        setVisible(useful);
        if (!useful) {
            return;
        }
        if (drawnRevision != drawn.drawing().revision()) {
            drawnRevision = drawn.drawing().revision();
            draw(all);
        }
        Point2D at = toMap(seen);
        frame.setX(Math.rint(at.getX()) + 0.5);
        frame.setY(Math.rint(at.getY()) + 0.5);
        frame.setWidth(Math.rint(seen.getWidth() * scale));
        frame.setHeight(Math.rint(seen.getHeight() * scale));
    }

    private void draw(Bounds all) {
        scale = Math.min((WIDTH - 2 * MARGIN) / all.getWidth(), (HEIGHT - 2 * MARGIN) / all.getHeight());
        left = all.getCenterX() - WIDTH / 2 / scale;
        top = all.getCenterY() - HEIGHT / 2 / scale;
        GraphicsContext context = canvas.getGraphicsContext2D();
        context.clearRect(0, 0, WIDTH, HEIGHT);
        drawn.drawing().footprints().forEach((ref, box) -> {
            boolean thin = box.getHeight() < box.getWidth() / 4;
            context.setFill(thin ? wire.getFill() : host.getFill());
            Point2D at = toMap(box);
            double width = Math.max(2, box.getWidth() * scale);
            double height = thin ? 2 : Math.max(2, box.getHeight() * scale);
            if (Math.max(width, height) < SMALLEST_ROUNDED) {
                context.fillRect(at.getX(), at.getY(), width, height);
            } else {
                context.fillRoundRect(at.getX(), at.getY(), width, height, 3, 3);
            }
        });
    }

    /** How much of the drawing is seen, from 0 to 1. */
    private static double share(Bounds all, Bounds seen) {
        double wide = Math.min(all.getMaxX(), seen.getMaxX()) - Math.max(all.getMinX(), seen.getMinX());
        double high = Math.min(all.getMaxY(), seen.getMaxY()) - Math.max(all.getMinY(), seen.getMinY());
        return Math.max(0, wide) * Math.max(0, high) / (all.getWidth() * all.getHeight());
    }

    private Point2D toMap(Bounds box) {
        return new Point2D((box.getMinX() - left) * scale, (box.getMinY() - top) * scale);
    }
}
