package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.capture.CaptureListener;
import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.CaptureSettings;
import io.twoarm.diagnose.capture.LiveCapture;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.model.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** A live capture on any places of the running hosts, its packets as a list and joined to connections. */
public final class CaptureModel {
    /** Frames that are kept; when there are more, the older half goes. */
    public static final int MOST_FRAMES = 200_000;

    private static final String SEARCH = "capture-search";
    private static final Duration TYPING = Duration.ofMillis(200);
    private static final long SESSIONS_MILLIS = 500;
    /** Packets are listed at most this often: each time, the table looks at all its rows. */
    private static final long LISTING_NANOS = 200_000_000;

    /** Connections are joined anew this many times as seldom as it takes long. */
    private static final int EASE = 4;

    private final RunningHosts hosts;
    private final CaptureTarget target;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(this, "state", State.IDLE);
    private final ObjectProperty<Arrangement> arrangement =
            new SimpleObjectProperty<>(this, "arrangement", Arrangement.CONNECTIONS);
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final ReadOnlyObjectWrapper<Optional<CaptureRecord.Count>> count =
            new ReadOnlyObjectWrapper<>(this, "count", Optional.empty());
    private final ReadOnlyObjectWrapper<Connections> connections =
            new ReadOnlyObjectWrapper<>(this, "connections", Connections.NONE);
    private final ObservableList<CaptureRow> rows = FXCollections.observableArrayList();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile long listedNanos;
    private volatile boolean unlisted;
    private final ConnectionRows groups = new ConnectionRows();
    private final CaptureExport export;
    private Optional<CaptureRecord> record = Optional.empty();
    private Optional<BackgroundTask> running = Optional.empty();
    private CountDownLatch stopping = new CountDownLatch(0);

    /** What is going on. */
    public enum State {
        IDLE,
        STARTING,
        RUNNING,
        STOPPING
    }

    /** How the packets are listed. */
    public enum Arrangement {
        CONNECTIONS,
        PACKETS
    }

    /**
     * What became of the connections of clients.
     *
     * @param all of them
     * @param whole those without a missing line
     * @param others flows that no client made, such as health checks; they are listed among the packets only
     */
    public record Connections(int all, int whole, int others) {
        static final Connections NONE = new Connections(0, 0, 0);
    }

    CaptureModel(RunningHosts hosts, ProjectModel project, TaskService tasks, Consumer<Notice> notices) {
        this.hosts = hosts;
        target = new CaptureTarget(project);
        this.tasks = tasks;
        this.notices = notices;
        export = new CaptureExport(tasks, notices);
        arrangement.subscribe(this::listAnew);
        search.subscribe(this::searchSoon);
        hosts.reachableProperty().subscribe(reachable -> {
            if (!reachable) {
                stop();
            }
        });
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ObjectProperty<Arrangement> arrangementProperty() {
        return arrangement;
    }

    /** Where is captured, and what. */
    public CaptureTarget target() {
        return target;
    }

    /** Words that a listed packet or connection must have. */
    public StringProperty searchProperty() {
        return search;
    }

    /** What the table shows; only the end grows while packets are listed. */
    public ObservableList<CaptureRow> rows() {
        return rows;
    }

    public ReadOnlyObjectProperty<Optional<CaptureRecord.Count>> countProperty() {
        return count.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Connections> connectionsProperty() {
        return connections.getReadOnlyProperty();
    }

    /** When the first frame was seen, in nanoseconds since 1970; 0 while there is none. */
    public long firstNanos() {
        return record.map(CaptureRecord::firstNanos).orElse(0L);
    }

    public RunningHosts hosts() {
        return hosts;
    }

    /** Starts at the chosen places; without any, at those of the first service. */
    public void start() {
        Optional<Topology> topology = target.topology();
        if (state.get() != State.IDLE || topology.isEmpty()) {
            return;
        }
        List<CapturePoint> places = target.placesOrThoseOfTheFirstService();
        Optional<Supplier<Diagnosis>> way = hosts.diagnosis();
        if (way.isEmpty() || places.isEmpty()) {
            return;
        }
        CaptureRecord next = new CaptureRecord(topology.get(), places, MOST_FRAMES);
        next.search(words());
        record = Optional.of(next);
        rows.clear();
        groups.forget();
        connections.set(Connections.NONE);
        count.set(Optional.of(next.count()));
        state.set(State.STARTING);
        CountDownLatch stop = new CountDownLatch(1);
        stopping = stop;
        CaptureSettings settings = CaptureSettings.STANDARD.withFilter(
                target.filterProperty().get().strip());
        running = Optional.of(tasks.start(
                Texts.text("task.capture", places.size()),
                progress -> {
                    capture(way.get(), settings, next, stop);
                    return true;
                },
                ended()));
    }

    private TaskService.Outcome<Boolean> ended() {
        return new TaskService.Outcome<>() {
            @Override
            public void succeeded(Boolean result) {
                idle();
            }

            @Override
            public void failed(Exception cause) {
                idle();
                notices.accept(Notice.error(Texts.text("notice.captureFailed"), cause));
            }

            @Override
            public void cancelled() {
                idle();
            }
        };
    }

    private void idle() {
        running = Optional.empty();
        state.set(State.IDLE);
        record.ifPresent(this::show);
        if (arrangement.get() == Arrangement.CONNECTIONS) {
            joinAnew();
        }
    }

    /** Blocks until nobody wants the capture any more, and asks meanwhile which sessions there are. */
    private void capture(Supplier<Diagnosis> way, CaptureSettings settings, CaptureRecord into, CountDownLatch stop)
            throws InterruptedException {
        try (Diagnosis diagnosis = way.get();
                LiveCapture capture = diagnosis.capture(into.points(), settings, new Listener(into))) {
            tasks.later(() -> {
                if (state.get() == State.STARTING) {
                    state.set(State.RUNNING);
                }
            });
            long joined = 0;
            long pause = SESSIONS_MILLIS;
            while (stop.getCount() > 0) {
                into.learn(diagnosis.sessions());
                // What came too soon after other packets, with none behind it, is listed now.
                if (unlisted) {
                    tell(into);
                }
                if (System.nanoTime() - joined > pause * 1_000_000) {
                    pause = Math.max(SESSIONS_MILLIS, EASE * join(into));
                    joined = System.nanoTime();
                }
                boolean over = stop.await(SESSIONS_MILLIS, TimeUnit.MILLISECONDS);
            }
            capture.stop();
            into.learn(diagnosis.sessions());
        }
    }

    /** What the capture's threads tell. */
    private final class Listener implements CaptureListener {
        private final CaptureRecord into;

        Listener(CaptureRecord into) {
            this.into = into;
        }

        @Override
        public void frames(List<SeenFrame> frames) {
            into.add(frames);
            unlisted = true;
            if (System.nanoTime() - listedNanos > LISTING_NANOS) {
                tell(into);
            }
        }

        @Override
        public void failed(CapturePoint point, String reason) {
            into.failed(point, reason);
            tell(into);
        }

        @Override
        public void lost(CapturePoint point, long frames) {
            into.lost(point, frames);
            tell(into);
        }
    }

    /** However fast packets come, one turn of the user interface at a time is asked for. */
    private void tell(CaptureRecord from) {
        if (telling.compareAndSet(false, true)) {
            tasks.later(() -> {
                telling.set(false);
                unlisted = false;
                show(from);
            });
        }
    }

    private void show(CaptureRecord from) {
        if (record.filter(current -> current == from).isEmpty()) {
            return;
        }
        count.set(Optional.of(from.count()));
        if (arrangement.get() == Arrangement.PACKETS) {
            CaptureRecord.Fresh fresh = from.fresh();
            if (fresh.replaces()) {
                rows.setAll(fresh.rows());
            } else if (!fresh.rows().isEmpty()) {
                rows.addAll(fresh.rows());
            }
        }
        listedNanos = System.nanoTime();
    }

    /** @return how many milliseconds it took */
    private long join(CaptureRecord from) {
        long start = System.nanoTime();
        ConnectionRows.Joined joined = groups.join(from);
        tasks.later(() -> {
            if (record.filter(current -> current == from).isPresent()) {
                connections.set(joined.count());
                if (arrangement.get() == Arrangement.CONNECTIONS) {
                    ConnectionRows.replace(rows, joined.rows());
                }
            }
        });
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Shows or hides the packets of a connection. */
    public void toggle(CaptureRow.Connection connection) {
        groups.toggle(connection.key());
        joinAnew();
    }

    /** Shows or hides the packets of all connections, also of those to come. */
    public void expandAll(boolean expanded) {
        groups.expandAll(expanded);
        joinAnew();
    }

    private void listAnew() {
        record.ifPresent(from -> {
            if (arrangement.get() == Arrangement.PACKETS) {
                tasks.latest(
                        SEARCH,
                        Duration.ZERO,
                        () -> {
                            from.search(from.words());
                            return true;
                        },
                        done -> show(from),
                        this::broken);
            } else {
                joinAnew();
            }
        });
    }

    private void joinAnew() {
        record.ifPresent(from -> tasks.latest(SEARCH, Duration.ZERO, () -> join(from), took -> {}, this::broken));
    }

    private void searchSoon() {
        record.ifPresent(from -> {
            List<String> next = words();
            tasks.latest(
                    SEARCH,
                    TYPING,
                    () -> {
                        from.search(next);
                        return join(from);
                    },
                    took -> show(from),
                    this::broken);
        });
    }

    private void broken(Exception cause) {
        notices.accept(Notice.error(Texts.text("notice.captureFailed"), cause));
    }

    private List<String> words() {
        return Stream.of(search.get().toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Ends the capture; what was captured stays. */
    public void stop() {
        if (state.get() == State.STARTING) {
            running.ifPresent(BackgroundTask::cancel);
        } else if (state.get() == State.RUNNING) {
            state.set(State.STOPPING);
            stopping.countDown();
        }
    }

    /** Another project, or nothing runs any more. */
    void forget() {
        running.ifPresent(BackgroundTask::cancel);
        stopping.countDown();
        record = Optional.empty();
        rows.clear();
        count.set(Optional.empty());
        connections.set(Connections.NONE);
        target.forget();
    }

    /** Whether there is something to save. */
    public boolean hasFrames() {
        return count.get().filter(it -> it.kept() > 0).isPresent();
    }

    /** Writes all frames as pcapng, with an interface per place. */
    public void save(Path file) {
        record.ifPresent(from -> export.save(from, file));
    }

    /** Opens all frames in Wireshark, from a file of their own. */
    public void openInWireshark() {
        record.ifPresent(export::openInWireshark);
    }
}
