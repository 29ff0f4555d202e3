package io.twoarm.desktop.ui.canvas;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Group;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.ImageView;
import javafx.scene.paint.Color;
import javafx.scene.transform.Transform;

/**
 * What is seen of a drawing and a little around it, painted at one zoom, in drawing units. While the view is shifted, strips
 * are painted at the edges that it comes near to: all of it at once would take as long as several frames.
 */
final class MovingPicture extends Group {
    /** How far the picture reaches beyond the view at least, in pixels. */
    private static final int AHEAD = 120;
    /** How much further it reaches when a strip was added. */
    private static final int STRIP = 120;
    /** The same for a view that gets wider, in which no strips are added. */
    private static final int AROUND = 240;
    /** Further away from the view nothing is kept. */
    private static final int FAR = 600;
    /** Windows are scaled by quarters, of which four are whole pixels. */
    private static final int STEP = 4;

    private final Drawing drawing;
    /** Cover {@link #painted} together, and none of it twice, because edges are translucent. */
    private final List<Part> parts = new ArrayList<>();

    private Pixels painted = Pixels.NONE;
    /** What is painted next, one edge a frame. */
    private Pixels coming = Pixels.NONE;

    private double zoom = 1;

    MovingPicture(Drawing drawing) {
        this.drawing = drawing;
        setId("moving-picture");
        setMouseTransparent(true);
        setManaged(false);
        setVisible(false);
    }

    /** A painted part, of which the outer rest is no longer shown at times. */
    private final class Part {
        private final ImageView view;
        private final Pixels all;
        private final double dense;
        private Pixels shown;

        /** @param dense pixels of the image for one of the view */
        Part(ImageView view, Pixels all, double dense) {
            this.view = view;
            this.all = all;
            this.dense = dense;
            show(all);
        }

        void show(Pixels wanted) {
            shown = wanted;
            view.setViewport(new Rectangle2D(
                    (shown.left() - all.left()) * dense,
                    (shown.top() - all.top()) * dense,
                    shown.width() * dense,
                    shown.height() * dense));
            Bounds at = shown.at(zoom);
            view.setX(at.getMinX());
            view.setY(at.getMinY());
            view.setFitWidth(at.getWidth());
            view.setFitHeight(at.getHeight());
        }

        /** Whether anything is left of it. */
        boolean crop(Pixels kept) {
            Pixels left = shown.and(kept);
            if (!left.isEmpty() && !left.equals(shown)) {
                show(left);
            }
            return !left.isEmpty();
        }
    }

    /**
     * Paints what is seen and a little around it, and shows itself instead of the figures, which can be hit all the same.
     *
     * @param seen in drawing units
     * @param zooming whether more and more is about to be seen, rather than something beside it
     */
    void paint(Bounds seen, double now, boolean zooming) {
        clear();
        zoom = now;
        painted = Pixels.around(seen, zoom, STEP).grown(zooming ? AROUND : AHEAD);
        drawing.render(painted.at(zoom), zoom);
        coming = painted;
        add(painted);
        setVisible(true);
    }

    void clear() {
        drawing.setOpacity(1);
        setVisible(false);
        parts.clear();
        getChildren().clear();
    }

    /**
     * Adds what the view comes near to.
     *
     * @param seen in drawing units
     * @return false when it has to be painted anew for this view
     */
    boolean follow(Bounds seen, double now) {
        if (!isVisible() || !drawing.isRenderedFor(now) || Nearby.differs(zoom, now)) {
            return false;
        }
        Pixels view = Pixels.around(seen, zoom, 1);
        if (zoom != now) {
            return painted.contains(view);
        }
        if (!painted.equals(coming)) {
            grow();
        } else if (!painted.contains(view.grown(AHEAD))) {
            prepare(Pixels.around(seen, zoom, STEP));
        }
        while (!painted.contains(view)) {
            if (painted.equals(coming)) {
                return false;
            }
            grow();
        }
        return true;
    }

    /** Brings the figures of what the view comes near to, which get their style until the next frame. */
    private void prepare(Pixels view) {
        painted = painted.and(view.grown(FAR));
        parts.removeIf(part -> !part.crop(painted));
        getChildren().setAll(parts.stream().map(part -> part.view).toList());
        Pixels least = view.grown(AHEAD);
        Pixels most = view.grown(AHEAD + STRIP);
        coming = new Pixels(
                painted.left() <= least.left() ? painted.left() : most.left(),
                painted.top() <= least.top() ? painted.top() : most.top(),
                painted.right() >= least.right() ? painted.right() : most.right(),
                painted.bottom() >= least.bottom() ? painted.bottom() : most.bottom());
        drawing.render(coming.at(zoom), zoom);
    }

    /** Paints a strip at one edge. */
    private void grow() {
        Pixels before = painted;
        if (coming.left() < before.left()) {
            painted = new Pixels(coming.left(), before.top(), before.right(), before.bottom());
            add(new Pixels(coming.left(), before.top(), before.left(), before.bottom()));
        } else if (coming.right() > before.right()) {
            painted = new Pixels(before.left(), before.top(), coming.right(), before.bottom());
            add(new Pixels(before.right(), before.top(), coming.right(), before.bottom()));
        } else if (coming.top() < before.top()) {
            painted = new Pixels(before.left(), coming.top(), before.right(), before.bottom());
            add(new Pixels(before.left(), coming.top(), before.right(), before.top()));
        } else {
            painted = new Pixels(before.left(), before.top(), before.right(), coming.bottom());
            add(new Pixels(before.left(), before.bottom(), before.right(), coming.bottom()));
        }
    }

    private void add(Pixels wanted) {
        drawing.setOpacity(1);
        // As many pixels as the screen has, where the window is scaled.
        double dense = drawing.getScene().getWindow().getRenderScaleX();
        Transform own = drawing.getLocalToParentTransform();
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        parameters.setTransform(Transform.affine(
                dense, 0, 0, dense, -(wanted.left() + own.getTx()) * dense, -(wanted.top() + own.getTy()) * dense));
        parameters.setViewport(new Rectangle2D(0, 0, wanted.width() * dense, wanted.height() * dense));
        Part part = new Part(new ImageView(drawing.snapshot(parameters, null)), wanted, dense);
        parts.add(part);
        getChildren().add(part.view);
        // Nothing is painted of it then, while it can still be hit.
        drawing.setOpacity(0);
    }
}
