package io.twoarm.diagnose.metrics;

import io.twoarm.diagnose.metrics.MetricSample.PortRates;
import io.twoarm.diagnose.metrics.MetricSample.Rates;
import io.twoarm.diagnose.metrics.MetricSample.RealserverRates;
import io.twoarm.diagnose.metrics.MetricSample.ServiceRates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes samples of the lines of {@code watch} (see {@code docs/control-protocol.md}), each against the one before. */
final class WatchLines {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double NANOS = 1e9;

    private final String director;
    private Map<String, Long> before = Map.of();
    private Instant lastAt = Instant.MIN;
    private Map<String, Long> now = new HashMap<>();
    private double seconds;

    WatchLines(String director) {
        this.director = director;
    }

    /** The sample up to this line; empty for the first line, and for what is none. */
    Optional<MetricSample> next(String line, Instant at) {
        JsonNode report;
        try {
            report = JSON.readTree(line);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        boolean first = before.isEmpty();
        seconds = first ? 1 : Math.max(1e-3, Duration.between(lastAt, at).toNanos() / NANOS);
        now = new HashMap<>();
        // So that a director without services and traffic has a line before, too.
        now.put("", 0L);
        MetricSample sample = new MetricSample(
                director, at, report.path("sessions").asLong(), ports(report), services(report), drops(report));
        before = now;
        lastAt = at;
        return first ? Optional.empty() : Optional.of(sample);
    }

    /** Per second since the line before. A counter that went down began anew: the director was restarted. */
    private double rate(String counter, long value) {
        now.put(counter, value);
        long base = before.getOrDefault(counter, 0L);
        return (value >= base ? value - base : value) / seconds;
    }

    private static List<PortRates> ports(JsonNode report) {
        return report.path("ports")
                .valueStream()
                .map(port -> new PortRates(
                        port.path("name").asString(),
                        port.path("received_packets_per_second").asDouble(),
                        port.path("sent_packets_per_second").asDouble(),
                        port.path("received_bytes_per_second").asDouble(),
                        port.path("sent_bytes_per_second").asDouble()))
                .toList();
    }

    private List<ServiceRates> services(JsonNode report) {
        List<ServiceRates> services = new ArrayList<>();
        for (JsonNode service : report.path("services")) {
            String endpoint = service.path("protocol").asString() + " " + endpoint(service);
            List<RealserverRates> realservers = new ArrayList<>();
            for (JsonNode realserver : service.path("realservers")) {
                String name = endpoint(realserver);
                realservers.add(new RealserverRates(
                        name, realserver.path("up").asBoolean(), rates(endpoint + " " + name, realserver)));
            }
            services.add(new ServiceRates(endpoint, rates(endpoint, service), realservers));
        }
        return services;
    }

    /** Address and port; which flows a service is for that has none. */
    private static String endpoint(JsonNode node) {
        if (node.has("match")) {
            return node.path("match").asString();
        }
        String address = node.path("address").asString();
        return (address.contains(":") ? "[" + address + "]:" : address + ":")
                + node.path("port").asInt();
    }

    private Rates rates(String name, JsonNode figures) {
        return new Rates(
                figures.path("active_sessions").asLong()
                        + figures.path("inactive_sessions").asLong(),
                rate(name + " connections", figures.path("connections").asLong()),
                rate(name + " packets in", figures.path("packets_in").asLong()),
                rate(name + " bytes in", figures.path("bytes_in").asLong()),
                rate(name + " packets out", figures.path("packets_out").asLong()),
                rate(name + " bytes out", figures.path("bytes_out").asLong()));
    }

    private Map<String, Double> drops(JsonNode report) {
        Map<String, Double> drops = new HashMap<>();
        report.path("drops").properties().forEach(each -> {
            double rate = rate("drop " + each.getKey(), each.getValue().asLong());
            if (rate > 0) {
                drops.put(each.getKey(), rate);
            }
        });
        return drops;
    }
}
