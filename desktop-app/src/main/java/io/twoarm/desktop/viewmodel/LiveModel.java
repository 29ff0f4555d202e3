package io.twoarm.desktop.viewmodel;

import io.twoarm.engine.Engine;
import io.twoarm.engine.Estate;
import io.twoarm.engine.LiveSnapshot;
import io.twoarm.engine.LiveSnapshot.DirectorState;
import io.twoarm.engine.LiveSnapshot.PortState;
import io.twoarm.engine.LiveWatch;
import io.twoarm.engine.OpenProject;
import io.twoarm.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What the running hosts report, about once a second, and how it was in the last minutes. */
public final class LiveModel {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Three minutes. */
    private static final int MOST_SAMPLES = 180;

    private static final String WATCH = "watch-hosts";

    private final Engine engine;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final ReadOnlyObjectWrapper<Optional<LiveSnapshot>> snapshot =
            new ReadOnlyObjectWrapper<>(this, "snapshot", Optional.empty());
    private final ReadOnlyObjectWrapper<LiveOverlay> overlay =
            new ReadOnlyObjectWrapper<>(this, "overlay", LiveOverlay.NONE);
    private final ReadOnlyObjectWrapper<List<Sample>> history = new ReadOnlyObjectWrapper<>(this, "history", List.of());
    private Optional<Topology> topology = Optional.empty();
    /** Tells the snapshots of this watch from late ones of an earlier. */
    private int generation;

    public LiveModel(Engine engine, TaskService tasks, Consumer<Notice> notices) {
        this.engine = engine;
        this.tasks = tasks;
        this.notices = notices;
    }

    /**
     * One point of the curves.
     *
     * @param packets received per second, over all ports of all directors
     * @param sessions over all directors
     * @param drops packets dropped since start, over all directors
     */
    public record Sample(double packets, long sessions, long drops) {}

    public ReadOnlyObjectProperty<Optional<LiveSnapshot>> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LiveOverlay> overlayProperty() {
        return overlay.getReadOnlyProperty();
    }

    /** The last three minutes, oldest first. */
    public ReadOnlyObjectProperty<List<Sample>> historyProperty() {
        return history.getReadOnlyProperty();
    }

    void start(OpenProject project, Estate estate) {
        stop();
        topology = project.topology();
        int own = generation;
        tasks.latest(
                WATCH,
                Duration.ZERO,
                () -> {
                    watch(project, estate, own);
                    return true;
                },
                done -> {},
                cause -> notices.accept(Notice.error(Texts.text("notice.cannotWatchHosts", estate.name()), cause)));
    }

    /** Until the thread is interrupted. */
    private void watch(OpenProject project, Estate estate, int own) throws InterruptedException {
        try (LiveWatch _ = engine.watch(project, estate, INTERVAL, taken -> tasks.later(() -> show(own, taken)))) {
            new CountDownLatch(1).await();
        }
    }

    /** The design changed under the running hosts; what they report is laid over the new one. */
    void design(Topology changed) {
        topology = Optional.of(changed);
        snapshot.get().ifPresent(last -> overlay.set(LiveOverlayBuilder.overlayOf(changed, last)));
    }

    private void show(int from, LiveSnapshot taken) {
        if (from != generation) {
            return;
        }
        snapshot.set(Optional.of(taken));
        topology.ifPresent(design -> overlay.set(LiveOverlayBuilder.overlayOf(design, taken)));
        List<Sample> samples = new ArrayList<>(history.get());
        if (samples.size() >= MOST_SAMPLES) {
            samples.removeFirst();
        }
        samples.add(sample(taken));
        history.set(List.copyOf(samples));
    }

    private static Sample sample(LiveSnapshot taken) {
        return new Sample(
                taken.directors().values().stream()
                        .flatMap(director -> director.ports().stream())
                        .mapToDouble(PortState::receivedPackets)
                        .sum(),
                taken.directors().values().stream()
                        .mapToLong(DirectorState::sessions)
                        .sum(),
                taken.directors().values().stream()
                        .flatMap(director -> director.drops().values().stream())
                        .mapToLong(Long::longValue)
                        .sum());
    }

    void stop() {
        generation++;
        tasks.cancelLatest(WATCH);
        snapshot.set(Optional.empty());
        overlay.set(LiveOverlay.NONE);
        history.set(List.of());
    }
}
