package io.twoarm.desktop.ui;

import javafx.animation.AnimationTimer;

/** Notes how long the window went without a picture, from when it is made until it is closed. */
final class PulseWatch implements AutoCloseable {
    private final long start = System.nanoTime();
    private long last = start;
    private long longest;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            long at = System.nanoTime();
            longest = Math.max(longest, at - last);
            last = at;
        }
    };

    PulseWatch() {
        UiDriver.doInFx(timer::start);
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    long longestMillis() {
        return UiDriver.inFx(() -> longest) / 1_000_000;
    }

    @Override
    public void close() {
        UiDriver.doInFx(timer::stop);
    }
}
