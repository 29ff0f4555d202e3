package io.twoarm.director.control;

import io.twoarm.director.port.DeviceCounters;
import io.twoarm.director.port.PortSnapshot;
import io.twoarm.director.report.Counter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rates between two looks at the daemon. */
final class RateMeter {
    private final Map<String, DeviceCounters> lastPorts = new HashMap<>();
    private long lastNanos = System.nanoTime();

    /** What happened since the last call; rates are per second. */
    Json measure(DirectorView director) throws ControlException {
        DirectorView.Running running = director.running();
        long now = System.nanoTime();
        double seconds = Math.max(1, now - lastNanos) / 1e9;
        lastNanos = now;
        Json.ObjectBuilder drops = Json.object();
        running.forwarder().counters().forEach((counter, value) -> {
            if (counter.kind() == Counter.Kind.DROPPED && value > 0) {
                drops.put(counter.label(), value);
            }
        });
        Json.ObjectBuilder report = Json.object()
                .put("state", director.phase().name().toLowerCase(Locale.ROOT))
                .put("uptime_seconds", director.uptimeMillis() / 1000.0)
                .put("sessions", running.forwarder().sessionCount())
                .put("services", Reports.servicesOf(running))
                .put("ports", rates(running.interfaces(), seconds))
                .put("drops", drops.build());
        if (!director.vrrp().isEmpty()) {
            report.put("vrrp", Reports.vrrpOf(director));
        }
        return report.build();
    }

    private List<Json> rates(List<PortSnapshot> ports, double seconds) {
        List<Json> rates = new ArrayList<>();
        for (PortSnapshot port : ports) {
            DeviceCounters now = port.counters();
            DeviceCounters last = lastPorts.getOrDefault(port.name(), now);
            lastPorts.put(port.name(), now);
            rates.add(Json.object()
                    .put("name", port.name())
                    .put("received_packets_per_second", (now.receivedPackets() - last.receivedPackets()) / seconds)
                    .put("sent_packets_per_second", (now.sentPackets() - last.sentPackets()) / seconds)
                    .put("received_bytes_per_second", (now.receivedBytes() - last.receivedBytes()) / seconds)
                    .put("sent_bytes_per_second", (now.sentBytes() - last.sentBytes()) / seconds)
                    .build());
        }
        return rates;
    }
}
