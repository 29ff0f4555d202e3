package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef.HostRef;
import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.design.ObjectRef.ServiceRef;
import java.util.Map;

/** What the running hosts add to the drawing. Objects without an entry are shown as designed. */
public record LiveOverlay(
        Map<HostRef, HostLive> hosts, Map<PortRef, PortLive> ports, Map<ServiceRef, ServiceLive> services) {

    public static final LiveOverlay NONE = new LiveOverlay(Map.of(), Map.of(), Map.of());

    public LiveOverlay {
        hosts = Map.copyOf(hosts);
        ports = Map.copyOf(ports);
        services = Map.copyOf(services);
    }

    /** From well to not reachable; decides the colour and the sign. */
    public enum Health {
        UP,
        /** Reachable, but nothing of the design has been started there yet. */
        IDLE,
        DEGRADED,
        DOWN
    }

    /** @param caption replaces the role under the host's name, such as {@code up · 12 connections} */
    public record HostLive(Health health, String caption) {}

    /**
     * Packets per second over the last interval, as seen from the port's host.
     *
     * @param carrier whether there is a signal from the other end
     */
    public record PortLive(double receivedPackets, double sentPackets, boolean carrier) {
        public PortLive(double receivedPackets, double sentPackets) {
            this(receivedPackets, sentPackets, true);
        }
    }

    /** @param summary such as {@code 2/2 up} */
    public record ServiceLive(Health health, String summary) {}
}
