package io.twoarm.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.desktop.viewmodel.MetricsModel.Chart;
import io.twoarm.desktop.viewmodel.MetricsModel.Curve;
import io.twoarm.desktop.viewmodel.MetricsModel.Subject;
import io.twoarm.diagnose.metrics.MetricSample;
import io.twoarm.diagnose.metrics.MetricSample.PortRates;
import io.twoarm.diagnose.metrics.MetricSample.Rates;
import io.twoarm.diagnose.metrics.MetricSample.RealserverRates;
import io.twoarm.diagnose.metrics.MetricSample.ServiceRates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricChartsTest {
    private static MetricSample sample(String director, double packets, Map<String, Double> drops) {
        Rates rates = new Rates(3, 1, packets, 0, packets, 0);
        return new MetricSample(
                director,
                Instant.EPOCH,
                3,
                List.of(new PortRates("dpdk2", packets, packets / 2, 0, 0)),
                List.of(
                        new ServiceRates(
                                "tcp 10.0.96.204:80",
                                rates,
                                List.of(new RealserverRates("192.168.229.1:80", true, rates))),
                        new ServiceRates(
                                "tcp 10.0.96.204:443",
                                rates,
                                List.of(new RealserverRates("192.168.229.1:80", true, rates)))),
                drops);
    }

    private static List<Curve> curves(List<Chart> charts, Subject subject) {
        return charts.stream()
                .filter(chart -> chart.subject() == subject)
                .flatMap(chart -> chart.curves().stream())
                .toList();
    }

    @Test
    void everySubjectHasItsCurvesAndARealserverOfTwoServicesIsOne() {
        List<Chart> charts = MetricCharts.of(Map.of(
                "director",
                List.of(sample("director", 10, Map.of()), sample("director", 20, Map.of("dropped_no_service", 4.0)))));

        assertThat(charts).extracting(Chart::subject).containsExactly(Subject.values());
        assertThat(curves(charts, Subject.SERVICE_PACKETS))
                .containsExactly(
                        new Curve("tcp 10.0.96.204:80", List.of(10.0, 20.0)),
                        new Curve("tcp 10.0.96.204:443", List.of(10.0, 20.0)));
        assertThat(curves(charts, Subject.REALSERVER_PACKETS))
                .containsExactly(new Curve("192.168.229.1:80", List.of(20.0, 40.0)));
        assertThat(curves(charts, Subject.PORT_SENT)).containsExactly(new Curve("dpdk2", List.of(5.0, 10.0)));
        assertThat(curves(charts, Subject.DROPS)).containsExactly(new Curve("no service", List.of(0.0, 4.0)));
    }

    @Test
    void severalDirectorsAreNamedAndEndAtTheSameTime() {
        List<Chart> charts = MetricCharts.of(new java.util.TreeMap<>(Map.of(
                "director-a", List.of(sample("director-a", 1, Map.of()), sample("director-a", 2, Map.of())),
                "director-b", List.of(sample("director-b", 7, Map.of())))));

        assertThat(curves(charts, Subject.PORT_RECEIVED))
                .containsExactly(
                        new Curve("director-a dpdk2", List.of(1.0, 2.0)),
                        new Curve("director-b dpdk2", List.of(0.0, 7.0)));
    }
}
