package io.twoarm.desktop.ui.canvas;

import javafx.animation.AnimationTimer;
import javafx.geometry.Bounds;
import javafx.scene.Node;

/**
 * Shows a large drawing as a picture while the view moves: what is near is painted once, and shifted and scaled with the
 * view. When the view rests, figures are seen as sharp as always. Figures stay where they are under the mouse all the time.
 */
final class ViewMotion {
    /** The view rests when it has not moved for so many frames; not a time, so that slow machines do not paint in between. */
    private static final int REST_FRAMES = 10;

    private final Drawing drawing;
    private final MovingPicture picture;
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

    ViewMotion(Drawing drawing) {
        this.drawing = drawing;
        picture = new MovingPicture(drawing);
    }

    /** In drawing units, to be seen through the same viewport. */
    Node picture() {
        return picture;
    }

    /**
     * The view has moved.
     *
     * @param seen in drawing units
     * @param zooming whether it shows more or less than before
     */
    void moved(Bounds seen, double zoom, boolean zooming) {
        if (!drawing.isLarge() || !drawing.isVisible()) {
            return;
        }
        if (!picture.follow(seen, zoom)) {
            picture.paint(seen, zoom, zooming);
        }
        quiet = 0;
        rest.start();
    }

    /** Figures are painted by themselves from now on. */
    void end() {
        rest.stop();
        picture.clear();
    }
}
