package io.twoarm.desktop.ui;

import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.geometry.Bounds;
import javafx.scene.layout.Region;

/** Waits until a region has been laid out for the first time. */
final class WhenSized implements InvalidationListener {
    private final Region region;
    private final Runnable action;

    private WhenSized(Region region, Runnable action) {
        this.region = region;
        this.action = action;
    }

    static void then(Region region, Runnable action) {
        WhenSized waiting = new WhenSized(region, action);
        region.layoutBoundsProperty().addListener(waiting);
    }

    @Override
    public void invalidated(Observable observable) {
        // Asking makes the bounds valid, without which no further change is told.
        Bounds bounds = region.getLayoutBounds();
        if (bounds.getWidth() > 0 && bounds.getHeight() > 0) {
            region.layoutBoundsProperty().removeListener(this);
            action.run();
        }
    }
}
