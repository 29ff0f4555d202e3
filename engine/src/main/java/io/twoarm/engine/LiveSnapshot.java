package io.twoarm.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the hosts are doing right now. Delivered about once a second while somebody watches. */
public record LiveSnapshot(Instant at, Map<String, HostState> hosts, Map<String, DirectorState> directors) {

    /**
     * @param reachable whether it answers on SSH
     * @param services unit name to systemd's state, such as {@code active} or {@code failed}
     */
    public record HostState(String host, boolean reachable, Map<String, String> services) {
        public boolean healthy() {
            return reachable && services.values().stream().allMatch("active"::equals);
        }
    }

    /**
     * @param uptimeSeconds since the daemon was ready
     * @param sessions sessions now
     * @param drops packets dropped since start, by counter name, without the zeros
     */
    public record DirectorState(
            String director,
            long uptimeSeconds,
            long sessions,
            List<PortState> ports,
            List<ServiceState> services,
            Map<String, Long> drops) {}

    /** Rates are per second over the last interval. */
    public record PortState(
            String port, double receivedPackets, double sentPackets, double receivedBytes, double sentBytes) {}

    /**
     * @param endpoint such as {@code tcp 10.0.96.204:80}
     * @param connections since start
     */
    public record ServiceState(
            String endpoint, long connections, long activeConnections, List<RealserverState> realservers) {}

    /** @param up whether health checks let it take new connections */
    public record RealserverState(String endpoint, int weight, boolean up, long connections, long activeConnections) {}
}
