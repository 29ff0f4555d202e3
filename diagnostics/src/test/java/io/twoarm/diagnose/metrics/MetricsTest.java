package io.twoarm.diagnose.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static String line(int connections, int packets, int noSession) {
        return """
                {"state":"running","sessions":7,"services":[{"protocol":"tcp","address":"10.0.96.204","port":80,
                "connections":%1$d,"active_sessions":2,"inactive_sessions":5,"packets_in":%2$d,"bytes_in":%2$d00,
                "packets_out":0,"bytes_out":0,"realservers":[{"address":"192.168.229.1","port":80,"up":true,
                "connections":%1$d,"active_sessions":2,"inactive_sessions":5,"packets_in":%2$d,"bytes_in":%2$d00,
                "packets_out":0,"bytes_out":0}]}],
                "ports":[{"name":"dpdk2","received_packets_per_second":12.5,"sent_packets_per_second":3,
                "received_bytes_per_second":800,"sent_bytes_per_second":200}],
                "drops":{"no_session":%3$d,"bad_checksum":4}}""".formatted(connections, packets, noSession).replace("\n", "");
    }

    @Test
    void countersBecomeRatesPerSecondOfTheIntervalThatPassed() {
        WatchLines lines = new WatchLines("director");
        assertThat(lines.next(line(10, 100, 1), START)).isEmpty();

        MetricSample sample = lines.next(line(14, 300, 5), START.plusSeconds(2)).orElseThrow();

        MetricSample.ServiceRates service = sample.services().getFirst();
        assertThat(sample.sessions()).isEqualTo(7);
        assertThat(service.endpoint()).isEqualTo("tcp 10.0.96.204:80");
        assertThat(service.rates().connections()).isEqualTo(2, within(1e-9));
        assertThat(service.rates().packetsIn()).isEqualTo(100, within(1e-9));
        assertThat(service.rates().sessions()).isEqualTo(7);
        assertThat(service.realservers().getFirst().rates().bytesIn()).isEqualTo(10_000, within(1e-6));
        assertThat(sample.ports().getFirst().receivedPackets()).isEqualTo(12.5);
        assertThat(sample.drops()).containsOnlyKeys("no_session");
        assertThat(sample.drops().get("no_session")).isEqualTo(2, within(1e-9));
    }

    @Test
    void aDirectorThatWasRestartedHasNoNegativeRates() {
        WatchLines lines = new WatchLines("director");
        lines.next(line(1000, 100_000, 50), START);

        MetricSample sample = lines.next(line(3, 30, 0), START.plusSeconds(1)).orElseThrow();

        assertThat(sample.services().getFirst().rates().connections()).isEqualTo(3, within(1e-9));
        assertThat(sample.services().getFirst().rates().packetsIn()).isEqualTo(30, within(1e-9));
    }

    @Test
    void whatIsNoReportHasNoSample() {
        WatchLines lines = new WatchLines("director");

        assertThat(lines.next("twoarm-directorctl: no director answers", START)).isEmpty();
    }
}
