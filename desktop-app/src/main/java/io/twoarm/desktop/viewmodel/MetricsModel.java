package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.Diagnosis;
import io.twoarm.diagnose.metrics.MetricSample;
import io.twoarm.diagnose.metrics.MetricStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What directors count, as curves of the last minutes: by virtual service, realserver, port and reason of drops. */
public final class MetricsModel {
    /** Samples of a curve, one per second. */
    public static final int MOST_SAMPLES = 120;

    private static final String WATCH = "watch-metrics";
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final RunningHosts hosts;
    private final TaskService tasks;
    private final Consumer<Notice> notices;
    private final Map<String, List<MetricSample>> samples = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<List<Chart>> charts = new ReadOnlyObjectWrapper<>(this, "charts", List.of());
    private boolean wanted;
    private int generation;

    /** What a chart is about, in the order in which they stand. */
    public enum Subject {
        SERVICE_PACKETS,
        SERVICE_SESSIONS,
        REALSERVER_PACKETS,
        REALSERVER_SESSIONS,
        REALSERVER_CONNECTIONS,
        PORT_RECEIVED,
        PORT_SENT,
        DROPS
    }

    /** Curves of the same unit. */
    public record Chart(Subject subject, List<Curve> curves) {
        public Chart {
            curves = List.copyOf(curves);
        }

        /** The largest value of any curve; 0 without one. */
        public double largest() {
            return curves.stream()
                    .flatMap(curve -> curve.values().stream())
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
        }
    }

    /** @param values the newest last, one per second */
    public record Curve(String name, List<Double> values) {
        public Curve {
            values = List.copyOf(values);
        }
    }

    MetricsModel(RunningHosts hosts, TaskService tasks, Consumer<Notice> notices) {
        this.hosts = hosts;
        this.tasks = tasks;
        this.notices = notices;
        hosts.reachableProperty().subscribe(reachable -> restart());
    }

    public RunningHosts hosts() {
        return hosts;
    }

    public ReadOnlyObjectProperty<List<Chart>> chartsProperty() {
        return charts.getReadOnlyProperty();
    }

    /** Whether somebody looks; directors are asked only then. */
    public void want(boolean looking) {
        if (wanted != looking) {
            wanted = looking;
            restart();
        }
    }

    /** Another project or other hosts. */
    void restart() {
        tasks.cancelLatest(WATCH);
        generation++;
        samples.clear();
        charts.set(List.of());
        int own = generation;
        hosts.diagnosis()
                .filter(way -> wanted)
                .ifPresent(way -> tasks.latest(
                        WATCH,
                        Duration.ZERO,
                        () -> {
                            watch(way, own);
                            return true;
                        },
                        done -> {},
                        cause -> notices.accept(Notice.error(Texts.text("notice.metricsFailed"), cause))));
    }

    /** Until the thread is interrupted. */
    private void watch(Supplier<Diagnosis> way, int own) throws InterruptedException {
        try (Diagnosis diagnosis = way.get();
                MetricStream _ = diagnosis.metrics(INTERVAL, sample -> tasks.later(() -> take(sample, own)))) {
            new CountDownLatch(1).await();
        }
    }

    private void take(MetricSample sample, int own) {
        if (own != generation) {
            return;
        }
        List<MetricSample> all = samples.computeIfAbsent(sample.director(), name -> new ArrayList<>());
        all.add(sample);
        if (all.size() > MOST_SAMPLES) {
            all.removeFirst();
        }
        charts.set(MetricCharts.of(samples));
    }
}
