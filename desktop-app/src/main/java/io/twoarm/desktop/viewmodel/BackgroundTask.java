package io.twoarm.desktop.viewmodel;

import java.time.Duration;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Work in progress, as people see it. Its properties change on the user interface's thread only. */
public final class BackgroundTask {
    private final String title;
    private final long startedNanos = System.nanoTime();
    private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper(this, "detail", "");
    private final Runnable canceller;
    private boolean cancelled;

    BackgroundTask(String title, Runnable canceller) {
        this.title = title;
        this.canceller = canceller;
    }

    public String title() {
        return title;
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** What it does right now, one line. */
    public ReadOnlyStringProperty detailProperty() {
        return detail.getReadOnlyProperty();
    }

    void setDetail(String text) {
        detail.set(text);
    }

    /** Interrupts the work; it ends soon after as cancelled. */
    public void cancel() {
        cancelled = true;
        canceller.run();
    }

    /** Whether people asked for the end; what was done until then may still be reported as a result. */
    public boolean cancelled() {
        return cancelled;
    }
}
