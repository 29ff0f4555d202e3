package io.twoarm.desktop.ui.canvas;

import javafx.animation.AnimationTimer;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.transform.Transform;

/**
 * Shows a large drawing as a picture while the view moves: what is near is painted once, and shifted and scaled with the
 * view. When the view rests, figures are seen as sharp as always. Figures stay where they are under the mouse all the time.
 */
final class ViewMotion {
    /** The view rests when it has not moved for so many frames; not a time, so that slow machines do not paint in between. */
    private static final int REST_FRAMES = 10;
    /** Factor between the zoom of the picture and the view's up to which it may be scaled. */
    private static final double MOST_SCALED = 1.6;

    private final Drawing drawing;
    private final ImageView picture = new ImageView();
    private final AnimationTimer rest = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (++quiet > REST_FRAMES) {
                end();
            }
        }
    };
    /** Frames since the view has moved. */
    private int quiet;

    private Bounds painted;
    private double paintedZoom;

    ViewMotion(Drawing drawing) {
        this.drawing = drawing;
        painted = drawing.near();
        picture.setId("moving-picture");
        picture.setMouseTransparent(true);
        picture.setManaged(false);
        picture.setVisible(false);
    }

    /** In drawing units, to be seen through the same viewport. */
    Node picture() {
        return picture;
    }

    /** The view has moved, and {@link Drawing#follow} knows it. */
    void moved(double zoom) {
        if (!drawing.isLarge() || !drawing.isVisible()) {
            return;
        }
        if (!picture.isVisible()
                || !painted.equals(drawing.near())
                || Math.max(zoom / paintedZoom, paintedZoom / zoom) > MOST_SCALED) {
            paint(zoom);
        }
        quiet = 0;
        rest.start();
    }

    private void paint(double zoom) {
        painted = drawing.near();
        paintedZoom = zoom;
        drawing.setOpacity(1);
        // As many pixels as the screen has, where the window is scaled.
        double dense = drawing.getScene().getWindow().getRenderScaleX();
        Bounds seen = drawing.getLocalToParentTransform().transform(painted);
        double left = Math.rint(seen.getMinX());
        double top = Math.rint(seen.getMinY());
        double width = Math.ceil(seen.getWidth());
        double height = Math.ceil(seen.getHeight());
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        parameters.setTransform(Transform.scale(dense, dense));
        parameters.setViewport(new Rectangle2D(left * dense, top * dense, width * dense, height * dense));
        picture.setImage(drawing.snapshot(parameters, imageOf(width * dense, height * dense)));
        picture.setX(painted.getMinX() + (left - seen.getMinX()) / zoom);
        picture.setY(painted.getMinY() + (top - seen.getMinY()) / zoom);
        picture.setFitWidth(width / zoom);
        picture.setFitHeight(height / zoom);
        picture.setVisible(true);
        // Nothing is painted of it then, while it can still be hit.
        drawing.setOpacity(0);
    }

    /** The image that is shown, to be painted over, when it has that size in pixels; null for a new one. */
    private WritableImage imageOf(double width, double height) {
        return picture.getImage() instanceof WritableImage image
                        && image.getWidth() == width
                        && image.getHeight() == height
                ? image
                : null;
    }

    /** Figures are painted by themselves from now on. */
    void end() {
        rest.stop();
        drawing.setOpacity(1);
        picture.setVisible(false);
        picture.setImage(null);
    }
}
