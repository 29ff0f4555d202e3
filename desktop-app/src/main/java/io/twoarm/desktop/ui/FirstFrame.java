package io.twoarm.desktop.ui;

import javafx.application.Platform;
import javafx.scene.Scene;

/** Waits until what a scene shows now has been painted, for work that would only keep people from seeing it. */
final class FirstFrame implements Runnable {
    /**
     * The first pulse gives a new window its size and place, the second one is what is painted first, and the third does
     * not begin before that has been painted.
     */
    private static final int PAINTED = 3;

    private final Scene scene;
    private final Runnable action;
    private int pulses;

    private FirstFrame(Scene scene, Runnable action) {
        this.scene = scene;
        this.action = action;
    }

    /** @param action runs once, on the user interface's thread; never when the scene is not shown */
    static void then(Scene scene, Runnable action) {
        scene.addPostLayoutPulseListener(new FirstFrame(scene, action));
        Platform.requestNextPulse();
    }

    @Override
    public void run() {
        pulses++;
        if (pulses < PAINTED) {
            Platform.requestNextPulse();
        } else if (pulses == PAINTED) {
            // Not while the listeners are told.
            Platform.runLater(() -> {
                scene.removePostLayoutPulseListener(this);
                action.run();
            });
        }
    }
}
