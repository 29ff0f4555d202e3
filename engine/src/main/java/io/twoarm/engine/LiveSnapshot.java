package io.twoarm.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the hosts are doing right now. Delivered about once a second while somebody watches. */
public record LiveSnapshot(Instant at, Map<String, HostState> hosts, Map<String, DirectorState> directors) {

    /**
     * @param reachable whether it answers on SSH
     * @param services unit name to systemd's state, such as {@code active} or {@code failed}
     * @param links the kernel's interfaces, without the loopback one
     * @param addresses that the kernel has on any of them
     * @param neighbours that the kernel knows or looks for
     */
    public record HostState(
            String host,
            boolean reachable,
            Map<String, String> services,
            List<LinkState> links,
            Set<String> addresses,
            List<NeighbourState> neighbours) {
        public HostState {
            services = Map.copyOf(services);
            links = List.copyOf(links);
            addresses = Set.copyOf(addresses);
            neighbours = List.copyOf(neighbours);
        }

        /** Of which nothing but its units is known. */
        public HostState(String host, boolean reachable, Map<String, String> services) {
            this(host, reachable, services, List.of(), Set.of(), List.of());
        }

        public boolean healthy() {
            return reachable && services.values().stream().allMatch("active"::equals);
        }
    }

    /**
     * One of the kernel's interfaces.
     *
     * @param carrier whether there is a signal from the other end
     * @param receivedPackets per second over the last interval
     * @param sentPackets per second over the last interval
     */
    public record LinkState(String name, boolean carrier, double receivedPackets, double sentPackets) {}

    /**
     * @param state of RFC 4861 as {@code ip neighbour} names it, such as {@code REACHABLE} or {@code FAILED}
     */
    public record NeighbourState(String address, String device, String state) {
        /** Whether nobody has answered to ARP or neighbour solicitations. */
        public boolean silent() {
            return state.equals("FAILED") || state.equals("INCOMPLETE");
        }
    }

    /**
     * @param uptimeSeconds since the daemon was ready
     * @param sessions sessions now
     * @param drops packets dropped since start, by counter name, without the zeros
     * @param vrrp states such as {@code MASTER}, by the name of the instance; empty without VRRP
     */
    public record DirectorState(
            String director,
            long uptimeSeconds,
            long sessions,
            List<PortState> ports,
            List<ServiceState> services,
            Map<String, Long> drops,
            Map<String, String> vrrp) {}

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
