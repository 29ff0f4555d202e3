package io.twoarm.desktop.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;

/** Notes how long the window went without a picture, from when it is made until it is closed. */
final class PulseWatch implements AutoCloseable {
    private final long start = System.nanoTime();
    private final List<Long> gaps = new ArrayList<>();
    private long last = start;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            long at = System.nanoTime();
            gaps.add(at - last);
            last = at;
        }
    };

    PulseWatch() {
        UiDriver.doInFx(timer::start);
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The longest gap of the shortest ones that are this share of all, 0 to 1. */
    long millisOf(double share) {
        List<Long> sorted = UiDriver.inFx(() -> gaps.stream().sorted().toList());
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share)) / 1_000_000;
    }

    @Override
    public void close() {
        UiDriver.doInFx(timer::stop);
    }
}
