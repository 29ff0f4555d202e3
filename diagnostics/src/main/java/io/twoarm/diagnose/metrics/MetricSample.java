package io.twoarm.diagnose.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A director over one interval. Rates are per second.
 *
 * @param at the end of the interval
 * @param sessions at that time
 * @param drops packets by the reason for which they were dropped, without the zeros
 */
public record MetricSample(
        String director,
        Instant at,
        long sessions,
        List<PortRates> ports,
        List<ServiceRates> services,
        Map<String, Double> drops) {
    public MetricSample {
        ports = List.copyOf(ports);
        services = List.copyOf(services);
        drops = Map.copyOf(drops);
    }

    /** @param port name in {@code dpvs.conf} */
    public record PortRates(
            String port, double receivedPackets, double sentPackets, double receivedBytes, double sentBytes) {}

    /** @param endpoint such as {@code tcp 10.0.96.204:80} */
    public record ServiceRates(String endpoint, Rates rates, List<RealserverRates> realservers) {
        public ServiceRates {
            realservers = List.copyOf(realservers);
        }
    }

    /** @param endpoint such as {@code 192.168.229.1:80} */
    public record RealserverRates(String endpoint, boolean up, Rates rates) {}

    /**
     * @param sessions at the end of the interval
     * @param in from clients
     * @param out from realservers
     */
    public record Rates(
            long sessions, double connections, double packetsIn, double bytesIn, double packetsOut, double bytesOut) {}
}
