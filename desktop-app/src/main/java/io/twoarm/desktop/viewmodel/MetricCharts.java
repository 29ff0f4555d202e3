package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.viewmodel.MetricsModel.Chart;
import io.twoarm.desktop.viewmodel.MetricsModel.Curve;
import io.twoarm.desktop.viewmodel.MetricsModel.Subject;
import io.twoarm.diagnose.metrics.MetricSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples as curves. What a sample does not name was 0 then. */
final class MetricCharts {
    private final Map<Subject, Map<String, double[]>> values = new EnumMap<>(Subject.class);
    private final int length;
    private final boolean several;

    private MetricCharts(int length, boolean several) {
        this.length = length;
        this.several = several;
        for (Subject subject : Subject.values()) {
            values.put(subject, new LinkedHashMap<>());
        }
    }

    /** @param samples by director, the newest last; all are drawn to the same end */
    static List<Chart> of(Map<String, List<MetricSample>> samples) {
        int length = samples.values().stream().mapToInt(List::size).max().orElse(0);
        MetricCharts charts = new MetricCharts(length, samples.size() > 1);
        samples.forEach((director, all) -> {
            for (int i = 0; i < all.size(); i++) {
                charts.take(all.get(i), length - all.size() + i);
            }
        });
        return charts.finished();
    }

    private void take(MetricSample sample, int at) {
        String director = several ? sample.director() + " " : "";
        sample.services().forEach(service -> {
            String name = director + service.endpoint();
            put(Subject.SERVICE_PACKETS, name, at, service.rates().packetsIn());
            put(Subject.SERVICE_SESSIONS, name, at, service.rates().sessions());
            service.realservers().forEach(realserver -> {
                String own = director + realserver.endpoint();
                put(Subject.REALSERVER_PACKETS, own, at, realserver.rates().packetsOut());
                put(Subject.REALSERVER_SESSIONS, own, at, realserver.rates().sessions());
                put(Subject.REALSERVER_CONNECTIONS, own, at, realserver.rates().connections());
            });
        });
        sample.ports().forEach(port -> {
            put(Subject.PORT_RECEIVED, director + port.port(), at, port.receivedPackets());
            put(Subject.PORT_SENT, director + port.port(), at, port.sentPackets());
        });
        sample.drops().forEach((reason, rate) -> put(Subject.DROPS, director + DropReason.words(reason), at, rate));
    }

    /** A realserver of several services is one curve. */
    private void put(Subject subject, String name, int at, double value) {
        values.get(subject).computeIfAbsent(name, key -> new double[length])[at] += value;
    }

    private List<Chart> finished() {
        List<Chart> charts = new ArrayList<>();
        values.forEach((subject, curves) -> {
            List<Curve> named = new ArrayList<>();
            curves.forEach((name, numbers) -> {
                List<Double> list = new ArrayList<>(numbers.length);
                for (double number : numbers) {
                    list.add(number);
                }
                named.add(new Curve(name, list));
            });
            charts.add(new Chart(subject, Collections.unmodifiableList(named)));
        });
        return List.copyOf(charts);
    }
}
